"""A look at two folders, whether they are as the last export left them: two sums, and no tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from .target import scan, stamp_of


class Glance(NamedTuple):
    """What stands in the target, as one number; whether the draft has the same files but `fresh`.

    Those are of the same inode, and nothing else is in the draft.
    """

    total: int
    is_alike: bool


def glance(target: Path, draft: Path, fresh: Collection[str]) -> Glance | None:
    """Return what is seen of two folders, None if there is something that no export makes."""
    others: list[str] = []
    total, same, found = 0, 0, 0
    try:
        for name, entry in scan(target, others):
            total += mark(name, *stamp_of(entry.stat(follow_symlinks=False)))
            if name not in fresh:
                same += hash((name, entry.inode()))
        if draft.is_dir():
            for name, entry in scan(draft, others):
                if name not in fresh:
                    found += hash((name, entry.inode()))
    except OSError:
        return None
    return None if others else Glance(total, same == found)


def total_of(files: Iterable[tuple[str, int, int]]) -> int:
    """Return the number of a folder of files with these names, sizes and times."""
    return sum(mark(*file) for file in files)


def mark(name: str, size: int, mtime: int) -> int:
    """Return a number for a file, the same in every process."""
    return hash((crc32(name.encode()), size, mtime))
