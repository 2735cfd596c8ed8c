"""The folder that a copy is written to: built beside it, and swapped in whole.

Nothing is ever removed that an earlier export did not write. Whatever happens meanwhile, at the
target stands the old copy or the new one. Files that did not change are the same files in both
(hard links), so that they keep their time and cost no room.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .manifest import MANIFEST, Manifest

AT_FDCWD = -100
RENAME_EXCHANGE = 2  # see renameat2(2)
# How many files that are not ours a refusal names.
NAMED = 3


class RefusedTarget(ValueError):
    """The folder cannot be written to; the message says why and what to do."""


class Target:
    """A folder that holds an earlier export, or nothing."""

    def __init__(self, path: Path):
        self.path = Path(os.path.abspath(path))
        self.draft = self.path.parent / f".{self.path.name}.export"
        self.former = self.path.parent / f".{self.path.name}.former"

    def check(self) -> Manifest:
        """Return what the earlier export wrote; raise RefusedTarget if anything else is there."""
        if not self.path.name:
            raise RefusedTarget(f"{self.path} cannot be the copy: name a folder in it.")
        self._recover()
        if self.path.is_symlink() or (self.path.exists() and not self.path.is_dir()):
            raise RefusedTarget(f"{self.path} is no folder: name a new one, or an earlier export.")
        if not self.path.exists():
            return Manifest()
        manifest = Manifest.read(self.path / MANIFEST)
        strangers = _strangers(self.path, manifest)
        if not strangers:
            return manifest
        names = ", ".join(strangers[:NAMED]) + (" and more" if len(strangers) > NAMED else "")
        if not manifest.files:
            raise RefusedTarget(
                f"{self.path} is not empty and no earlier export ({names}): name a new folder. "
                "Nothing was touched."
            )
        raise RefusedTarget(
            f"{self.path} holds what the export did not write ({names}): move it away, for the "
            "folder is replaced as a whole. Nothing was touched."
        )

    @contextmanager
    def replacement(self, dry_run: bool = False) -> Iterator[Draft]:
        """Give a folder to build the new copy in; it takes the old one's place at the end.

        It is removed if the block raises. With `dry_run` nothing is written at all.
        """
        if dry_run:
            yield Draft(None, self.path)
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(self.draft):
            try:
                yield Draft(self.draft, self.path)
                self._swap()
            finally:
                shutil.rmtree(self.draft, ignore_errors=True)
                shutil.rmtree(self.former, ignore_errors=True)

    def _swap(self):
        if not self.path.exists():
            self.draft.rename(self.path)
        elif not _exchange(self.draft, self.path):
            self.path.rename(self.former)
            self.draft.rename(self.path)

    def _recover(self):
        """Undo the half of a swap, where a killed export left one."""
        if self.former.is_dir() and not self.path.exists():
            self.former.rename(self.path)


class Draft:
    """A copy that is being built in `folder`, `former` being the one it is to replace.

    Without a folder it only says what it would write.
    """

    def __init__(self, folder: Path | None, former: Path):
        self.folder = folder and str(folder)
        self.former = str(former)
        self.made = {self.folder}

    def write(self, name: str, content: bytes) -> bool:
        """Write a file, or keep the one that is the same; return whether it was written."""
        if self._was(name, content):
            self.keep(name)
            return False
        if self.folder:
            with open(self._place(name), "wb") as file:
                file.write(content)
        return True

    def keep(self, name: str) -> None:
        """Take a file over as it was."""
        if not self.folder:
            return
        source, place = f"{self.former}/{name}", self._place(name)
        try:
            os.link(source, place)
        except OSError:  # a file system without links
            shutil.copy2(source, place)

    def _was(self, name, content):
        former = f"{self.former}/{name}"
        try:
            if os.stat(former).st_size != len(content):
                return False
            with open(former, "rb") as file:
                return file.read() == content
        except OSError:
            return False

    def _place(self, name: str) -> str:
        folder, _, last = name.rpartition("/")
        folder = f"{self.folder}/{folder}" if folder else self.folder
        if folder not in self.made:
            os.makedirs(folder, exist_ok=True)
            self.made.add(folder)
        return f"{folder}/{last}"


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Make an empty folder and hold it; what a killed export left there is removed."""
    if folder.is_dir():
        with _lock(folder):
            shutil.rmtree(folder)
    folder.mkdir(mode=0o755)
    with _lock(folder):
        yield


@contextmanager
def _lock(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise RefusedTarget(
            f"Another export is writing there ({folder}): wait until it has ended."
        ) from error
    finally:
        os.close(handle)


def _strangers(folder, manifest) -> list[str]:
    """Return the files in a folder that the export did not write."""
    ours = {*manifest.files, MANIFEST} if manifest.files else set()
    found = []
    for place, folders, names in os.walk(folder):
        start = place[len(str(folder)) + 1 :]
        links = [name for name in folders if os.path.islink(f"{place}/{name}")]
        for name in (*names, *links):
            path = f"{start}/{name}" if start else name
            if path not in ours:
                found.append(path)
    return sorted(found)


def _exchange(a: Path, b: Path) -> bool:
    """Swap two folders in one step; return False where the system has no such step."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    paths = os.fsencode(a), os.fsencode(b)
    if rename(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(code, os.strerror(code), str(b))
