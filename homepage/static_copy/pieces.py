"""What a paper is on every list that names it: rendered once, kept in a file, put in everywhere.

A list is rendered with a stand-in for each paper: a few characters that no text has.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable

# Of the private use area, so that no template changes them.
START, END = "\ue000", "\ue001"
STAND_IN = re.compile(f"{START}([a-z]+)([0-9]+){END}".encode())
LENGTH_BITS = 32


class Pieces:
    """Texts by kind and key, in a file without a name; only where each stands is remembered."""

    def __init__(self):
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 it lives as long as this object
        self.size = 0
        self.places: dict[str, dict[int, int]] = defaultdict(dict)

    def put(self, kind: str, key: int, text: str) -> None:
        content = text.encode()
        self.file.write(content)
        self.places[kind][key] = self.size << LENGTH_BITS | len(content)
        self.size += len(content)

    def get(self, kind: str, key: int) -> bytes:
        """Return a text; raises KeyError."""
        place = self.places[kind][key]
        start, length = place >> LENGTH_BITS, place & (1 << LENGTH_BITS) - 1
        return os.pread(self.file.fileno(), length, start)

    def has(self, kind: str, key: int) -> bool:
        return key in self.places[kind]

    def flush(self) -> None:
        """Let `get` see what was put."""
        self.file.flush()

    def close(self) -> None:
        self.file.close()


class Shelf:
    """Pieces that several have written, as one."""

    def __init__(self, parts: Iterable[Pieces]):
        self.parts = list(parts)

    def get(self, kind: str, key: int) -> bytes:
        part = next(part for part in self.parts if part.has(kind, key))
        return part.get(kind, key)

    def has(self, kind: str, key: int) -> bool:
        return any(part.has(kind, key) for part in self.parts)

    def filled(self, content: bytes) -> bytes:
        """Return a text with the pieces in the places of their stand-ins."""
        return STAND_IN.sub(lambda match: self.get(match[1].decode(), int(match[2])), content)


def stand_in(kind: str, key: int) -> str:
    """Return what stands in a text for a piece."""
    return f"{START}{kind}{key}{END}"
