"""What a paper is on every list that names it: rendered once, kept, and put in everywhere.

A list is rendered with a stand-in for each paper: a few characters that no text has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from .state import State

# Of the private use area, so that no template changes them.
START, END = "\ue000", "\ue001"
# Pieces that are looked up at once.
BATCH = 100
STAND_IN = re.compile(f"{START}([a-z]+)([0-9]+){END}".encode())


def stand_in(kind: str, key: int) -> str:
    """Return what stands in a text for a piece."""
    return f"{START}{kind}{key}{END}"


def filled(content: bytes, state: State) -> Iterator[bytes]:
    """Yield a text with the pieces in the places of their stand-ins, which need not fit in memory.

    Raises KeyError if there is no such piece.
    """
    start, matches = 0, STAND_IN.finditer(content)
    while some := list(islice(matches, BATCH)):
        found = _found(some, state)
        for match in some:
            yield content[start : match.start()]
            yield found[match.groups()].encode()
            start = match.end()
    yield content[start:]


def _found(matches, state) -> dict[tuple[bytes, bytes], str]:
    """Return the pieces that stand-ins stand for."""
    keys = defaultdict(list)
    for match in matches:
        keys[match[1]].append(match[2])
    return {
        (kind, b"%d" % key): text
        for kind, some in keys.items()
        for key, text in state.pieces(map(int, some), kind.decode()).items()
    }
