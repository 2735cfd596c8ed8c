"""Authors first: one line or several, with or without a date, the title marked up or not.

- Doe, J., & Roe, R. (2024). A title. *Journal*, 12(3), 45-67. [[Link](u)]
- Jane Doe and **John Roe**. "A Title". In Proceedings of X, 2024. [pdf](u)
- Jane Doe, John Roe. [A Title](u). Venue, 2024.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .. import byline
from ..authors import names_of
from ..blocks import Block
from ..entry import Entry, assembled
from ..flow import Flow
from ..labels import behind_labels
from ..runs import says_something
from ..spans import date_at, title_at

NAME = "authors first"
# “(listed alphabetically)”, “(co-first author)” between the names and the date or the title
REMARK = re.compile(r"\s*[(\[][^()\[\]\n\d]{3,60}[)\]][.,]?")


def cut(block: Block, owner: Sequence[str]) -> Entry | None:
    """Cut an entry behind the list of names that it begins with; None if it begins otherwise."""
    if block.odd:
        return None
    flow = Flow.of(block.lines)
    start, labels = behind_labels(flow)
    found = byline.find(flow, start)
    if found is None:
        return None
    names = names_of(flow.line(start, found.end))
    begin = date_at(flow, _behind_remarks(flow, found.end))
    dates = [line for line in flow.cut(found.end, begin) if says_something(line)]
    span = title_at(flow, begin)
    if span is None or not names.names:
        return None
    return assembled(
        flow.line(span.start, span.end),
        names,
        flow.cut(span.next),
        (*labels, *dates),
        certainty=span.certainty,
    )


def _behind_remarks(flow, place):
    """Return where the names end for good: what is said of them in brackets goes with them."""
    while date_at(flow, place) == place and (remark := REMARK.match(flow.text, place)):
        run = flow.run_at(remark.end() - 2)
        if run is not None and run.href is not None:
            break  # a button
        place = remark.end()
    return place
