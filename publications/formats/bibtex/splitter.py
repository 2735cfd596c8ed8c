"""Cuts a file at each line that begins an entry, so that a bad entry costs only itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from publications.records import Problem

from .types import KINDS, PLAIN

# At the beginning of a line, or anywhere if a key follows.
BEGIN = re.compile(
    r"^[ \t]*(?P<first>@)[ \t]*[A-Za-z][\w.+:-]*\s*[{(]"
    r"|(?P<inner>@)[A-Za-z]\w*[ \t]*\{[ \t]*[^\s,{}()=\"]{1,200}[ \t]*,",
    re.M,
)
TYPES = "|".join(sorted(PLAIN | KINDS.keys()))
REMARK = re.compile(
    rf"""^(?:
        (?P<conflict><{{7}}|>{{7}})
      | [ \t]*%[^\n]*?@[ \t]*[A-Za-z]+[ \t]*[{{(][ \t]*(?P<commented>[^\s,{{}}()=]*)
      | [ \t]*(?P<open>@[ \t]*(?:{TYPES}))\b[ \t]*(?:[^{{(\s,][^{{(\n,]*,.*)?$
    )""",
    re.M | re.X | re.I,
)
SAYS = {
    "conflict": "this is a mark of a git conflict; both sides are read: keep the right one",
    "commented": "this entry is commented out with %, so it is left out",
    "open": "there is no { behind this, so it is left out; an entry begins like @article{key,",
}


@dataclass(frozen=True)
class Chunk:
    """A stretch of the file that begins with `@`, and the number of its first line."""

    text: str
    line: int


def chunks(text: str) -> list[Chunk]:
    """Return the stretches of a file; what stands before the first entry is none."""
    found = []
    line, position = 1, 0
    for start, end in pairwise([*_starts(text), len(text)]):
        line += text.count("\n", position, start)
        position = start
        found.append(Chunk(text[start:end], line))
    return found


def _starts(text) -> Iterator[int]:
    last = 0
    for match in BEGIN.finditer(text):
        start = match.start(match.lastgroup)
        if match["inner"]:
            line = max(last, text.rfind("\n", last, start) + 1)
            if "%" in text[line:start]:
                continue
        yield start
        last = start


def before_entries(text: str) -> str:
    """Return what stands before the first entry: front matter, a heading, remarks."""
    return text[: next(_starts(text), len(text))]


def remarks(text: str, line: int) -> Iterator[Problem]:
    """Yield problems about text between entries, which BibTeX passes over without a word."""
    position = 0
    for match in REMARK.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        yield Problem(line, SAYS[match.lastgroup], match["commented"] or "")
