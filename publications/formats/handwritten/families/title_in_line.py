"""Title first, the authors behind it on the same line, with or without “by”.

- [A Title](u) by Jane Doe, John Roe. *Venue*, 2024
- **A Title.** J. Doe and R. Roe *Journal* **2024**, *12*, 45-67, [doi:...](u)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .. import byline
from ..authors import has_owner, names_of
from ..blocks import Block
from ..entry import Entry, assembled
from ..flow import Flow
from ..labels import behind_labels
from ..spans import SKIPPED, titles_at

NAME = "title and authors in one line"
BY = re.compile(r"[\s.,:;|·–—-]*\(?\s*((?:by|authors?\s*:)(?=\s))?\s*", re.I)
BEFORE_BY = re.compile(r"[\s,.]\s*by\s(?=\s*[^\W\d_a-z])")


def cut(block: Block, owner: Sequence[str]) -> Entry | None:
    """Cut an entry at the list of names behind its title; None if none stands there."""
    if block.odd:
        return None
    flow = Flow.of(block.lines)
    start, labels = behind_labels(flow)
    best = None
    named = byline.find(flow, start)
    for begin, end, follows, certainty in _titles(flow, start):
        if named and named.count > 1 and named.end >= end - 1:
            continue  # a list of names is no title
        by = BY.match(flow.text, follows)
        place = by.end()
        found = byline.find(flow, place)
        if found is None:
            continue
        names = names_of(flow.line(place, found.end))
        if not names.names or not flow.text[begin:end].strip():
            continue
        is_known = has_owner(names, owner) if owner else len(names.names) > 1 or bool(by[1])
        entry = assembled(
            flow.line(begin, end),
            names,
            flow.cut(found.end),
            labels,
            by[1] or "",
            certainty if is_known else certainty * 0.6,
        )
        if entry and is_known:
            return entry
        best = best or entry
    return best


def _titles(flow, start):
    """Yield (start, end, next, certainty) of what may be the title, likeliest first."""
    begin = SKIPPED.match(flow.text, start).end()
    by = BEFORE_BY.search(flow.text, begin)
    for span in titles_at(flow, start):
        if span.certainty == 1.0:
            yield span.start, span.end, span.next, 1.0
    if by:
        yield begin, by.start() + 1, by.start(), 0.9
    for span in titles_at(flow, start):
        if span.certainty < 1.0:
            yield span.start, span.end, span.next, span.certainty
