"""What an export wrote: a file in the copy itself, so that both change as one.

It is read and written line by line: it is as long as the copy has files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

MANIFEST = ".homepage-export"
VERSION = 1


class Head(NamedTuple):
    """What a copy as a whole is of; empty if there is none, or none of ours."""

    base_url: str = ""
    revision: str = ""


def read_head(path: Path) -> Head:
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            said = json.loads(file.readline())
        return Head(said["base_url"], said["revision"]) if said["version"] == VERSION else Head()
    except (OSError, ValueError, KeyError, TypeError):
        return Head()


def read_files(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the paths of a copy's files with their sizes; raises OSError and ValueError."""
    with path.open(encoding="utf-8", newline="\n") as file:
        json.loads(file.readline())
        for line in file:
            name, size = line.split("\t")[:2]
            yield name, int(size)


def lines(head: Head, files: Iterable[tuple[str, int]]) -> Iterator[bytes]:
    """Yield the manifest of a copy with these files."""
    said = {"version": VERSION, **head._asdict()}
    yield f"{json.dumps(said)}\n".encode()
    for name, size in files:
        yield f"{name}\t{size}\n".encode()
