"""From the lines of a RIS file to its entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from publications.records import Problem

from .types import TAG, TEXTS

# Some programs indent the lines, or set one space where two belong.
LOOSE_TAG = re.compile(r"\s*([A-Z][A-Z0-9]) {0,4}- ?(.*)$")


@dataclass
class Entry:
    """The lines of an entry by tag, in their order; `is_open` until its end is read."""

    line: int
    written: list[tuple[str, list[str]]] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    is_open: bool = True

    @property
    def tags(self) -> list[tuple[str, str]]:
        """Return (tag, value); a line without a tag is the rest of the one before."""
        return [
            (tag, ("\n" if tag in TEXTS else " ").join(lines).strip())
            for tag, lines in self.written
        ]


def entries(text: str, problems: list[Problem]) -> Iterator[Entry]:
    """Yield the entries of a file; what stands outside of them becomes a problem."""
    pattern = LOOSE_TAG if not re.search(r"^TY  -", text, re.M) else TAG
    entry, is_outside = None, False
    for number, source in enumerate(text.split("\n"), 1):
        match = pattern.match(source)
        tag, value = (match[1], match[2] or "") if match else ("", source)
        if tag == "TY":
            if entry is not None:
                yield entry
            entry, is_outside = Entry(number), False
        if entry is None:
            if source.strip() and not is_outside:
                is_outside = True
                say = "this is outside of any entry, so it is left out; begin one with “TY  - JOUR”"
                problems.append(Problem(number, say))
            continue
        entry.source.append(source)
        if tag == "ER":
            entry.is_open = False
            yield entry
            entry = None
        elif tag:
            entry.written.append((tag, [value]))
        else:
            entry.written[-1][1].append(value)
    if entry is not None:
        yield entry
