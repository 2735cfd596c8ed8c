"""The file that stands for an address."""

from __future__ import annotations

import re

INDEX = "index.html"
LONGEST = 255  # bytes of one name, on every usual file system
UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")


def file_name(path: str) -> str:
    """Return the name of the file that a server sends for `path`.

    Raises ValueError where no file can stand for it.
    """
    segments = path.removeprefix("/").split("/")
    if not segments[-1]:
        segments[-1] = INDEX
    for segment in segments:
        if segment in ("", ".", "..") or UNSAFE.search(segment):
            raise ValueError(f"{path!r} is no address of a file")
        if len(segment.encode()) > LONGEST:
            raise ValueError(f"{path!r} is too long for the name of a file")
    return "/".join(segments)


def has_suffix(path: str) -> bool:
    """Return whether a server tells by the end of a path what kind of file it is."""
    return bool(re.search(r"[^/.]\.[A-Za-z0-9]{1,5}$", path))
