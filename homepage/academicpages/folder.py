"""The folder of an old site: its files are found and read, and nothing outside of it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from homepage.common.decode import DecodingError, decode
from publications.records import Problem

LARGEST_TEXT = 20_000_000  # bytes; the longest page seen so far had 90,000
MOST_FILES = 20_000


class SiteFolder:
    """A folder with the files of a site; paths are relative to it, with slashes.

    What cannot be read is noted in `problems`, once.
    """

    def __init__(self, root: Path):
        self.root = root.resolve()
        self.problems: list[Problem] = []
        self.noted: set[str] = set()

    def has(self, path: str) -> bool:
        """Return whether there is a file or folder at a path inside the folder."""
        found = self._inside(path)
        return found is not None and found.exists()

    def file(self, path: str) -> Path | None:
        """Return the file at a path, if it is one and lies inside the folder."""
        found = self._inside(path)
        try:
            return found if found is not None and found.is_file() else None
        except OSError:
            return None

    def names(self, under: str, suffixes: Iterable[str], *, deep: bool = True) -> list[str]:
        """Return the paths of the files below a folder that end in one of `suffixes`, in order.

        Hidden ones are left out; so are links that lead out of the folder, with a problem.
        """
        start = self._inside(under)
        if start is None or not start.is_dir():
            return []
        found: list[str] = []
        for here, folders, files in os.walk(start):
            folders[:] = sorted(name for name in folders if _is_seen(name) and deep)
            for name in sorted(files):
                is_wanted = PurePosixPath(name).suffix.lower() in suffixes
                if not is_wanted or not _is_seen(name) or len(found) >= MOST_FILES:
                    continue
                path = (Path(here) / name).relative_to(self.root).as_posix()
                if self._inside(path) is None:
                    self.note(path, "is a link that leads out of the folder; it was left out")
                else:
                    found.append(path)
        return found

    def text(self, path: str) -> str | None:
        """Return a file as text; None, with a problem, if it is not to be had or is none."""
        file = self._inside(path)
        if file is None:
            self.note(path, "is a link that leads out of the folder; it was left out")
            return None
        try:
            with file.open("rb") as handle:
                data = handle.read(LARGEST_TEXT + 1)
        except OSError as error:
            self.note(path, f"cannot be read ({error.strerror}); it was left out")
            return None
        if len(data) > LARGEST_TEXT:
            self.note(path, "is larger than 20 MB, which no page is; it was left out")
            return None
        try:
            decoded = decode(data)
        except DecodingError as error:
            self.note(path, f"{error}; it was left out")
            return None
        if decoded.warning:
            self.note(path, decoded.warning)
        return decoded.text

    def note(self, path: str, message: str, line: int = 0) -> None:
        """Note a problem with a file, unless it has one already."""
        if path not in self.noted:
            self.noted.add(path)
            self.problems.append(Problem(line, message, path=path))

    def _inside(self, path):
        """Return where a path leads, links followed; None if that is outside of the folder."""
        try:
            found = (self.root / path.lstrip("/")).resolve()
        except (OSError, RuntimeError, ValueError):  # a circle of links, a NUL in the name
            return None
        return found if found.is_relative_to(self.root) else None


def _is_seen(name):
    """Return whether Jekyll looks at a file: names that begin so are hidden from it."""
    return not name.startswith((".", "_", "#")) and not name.endswith("~")
