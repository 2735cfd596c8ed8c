"""What a paper is on every list that names it: rendered once, kept, and put in everywhere.

A list is rendered with a stand-in for each paper: a few characters that no text has.
"""

from __future__ import annotations

import re

from .state import State

# Of the private use area, so that no template changes them.
START, END = "\ue000", "\ue001"
STAND_IN = re.compile(f"{START}([a-z]+)([0-9]+){END}".encode())


def stand_in(kind: str, key: int) -> str:
    """Return what stands in a text for a piece."""
    return f"{START}{kind}{key}{END}"


def filled(content: bytes, state: State) -> bytes:
    """Return a text with the pieces in the places of their stand-ins."""
    return STAND_IN.sub(
        lambda match: state.piece(int(match[2]), match[1].decode()).encode(), content
    )
