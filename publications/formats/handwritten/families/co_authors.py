"""Only the co-authors are named: the owner, whose page it is, goes without saying.

- **A Title** [[pdf]](u) (with Jane Doe and John Roe), *Journal*, 2024
- *A Title*, joint with Jane Doe. Revise and resubmit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from publications.names import NameList

from .. import byline
from ..authors import names_of
from ..blocks import Block
from ..entry import Entry, assembled
from ..flow import Flow
from ..labels import behind_labels
from ..spans import Span, titles_at

NAME = "co-authors"
# So many entries must name co-authors for the list to be of this kind.
SHARE = 0.3
WITH = re.compile(
    r"(?P<open>[(\[（])?\s*(?P<with>(?:(?:joint(?:ly)?|co-?authored|coauthors?)(?:\s+work)?\s+)?with|"
    r"w/)\s*:?\s+(?=(?-i:[^\W\d_a-z])|\W)",
    re.I,
)


def cut(block: Block, owner: Sequence[str]) -> Entry | None:
    """Cut an entry at “with”; one without it is the owner's alone, if its title is marked up."""
    if block.odd:
        return None
    flow = Flow.of(block.lines)
    start, labels = behind_labels(flow)
    if _begins_with_names(flow, start):
        return None
    for span in (*titles_at(flow, start), *_titles_before(flow, start)):
        for found in WITH.finditer(flow.text, span.end):
            names = byline.find(flow, found.end())
            if names is None:
                continue
            named = flow.text[found.end() : names.end].strip()
            if names.count == 1 and not found["open"] and " " not in named:
                continue  # “Learning with Graphs”
            end = names.end
            if found["open"] and (closing := re.compile(r"[\s.]*[)\]）]").match(flow.text, end)):
                end = closing.end()
            return _implied(
                flow.line(span.start, span.end),
                names_of(flow.line(found.end(), names.end)),
                [*flow.cut(span.next, found.start()), *flow.cut(end)],
                labels,
                found["with"],
                span.certainty,
            )
    span = next(titles_at(flow, start), None)
    if span is None or span.certainty < 1:
        return None
    return _implied(
        flow.line(span.start, span.end),
        NameList(()),
        flow.cut(span.next),
        labels,
        certainty=0.9,
    )


def _titles_before(flow, start):
    """Yield a title that only the bracket with the co-authors ends: “A Title (with Jane Doe)”."""
    found = WITH.search(flow.text, start)
    if found and found["open"] and len(flow.text[start : found.start()].split()) > 1:
        yield Span(start, found.start(), found.start(), 0.8)


def _implied(*parts, **options):
    entry = assembled(*parts, **options)
    return entry and replace(entry, goes_without_saying=True)


def _begins_with_names(flow, start):
    """Return whether an entry begins with its authors; a title in bold may look like names."""
    named = byline.find(flow, start)
    if named is None or named.count < 2:
        return False
    span = next(titles_at(flow, start), None)
    is_marked = span is not None and span.certainty == 1
    return not (is_marked and not flow.text[span.end : named.end].strip())
