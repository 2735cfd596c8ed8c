"""Title first, then authors, then venue, each on a line of its own; links anywhere near.

1. **Title** [[pdf]](u) [[code]](u)
**Jane Doe**, John Roe
*Venue (ACR), 2024* (Oral)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publications.names import NameList, is_person

from .. import byline
from ..authors import BY, has_owner, names_of
from ..blocks import Block
from ..entry import Entry, distinct
from ..flow import Flow
from ..labels import behind_labels, is_venue_label
from ..links import links_in_text, peel
from ..runs import CODE, EM, STRONG, Line, joined, plain_text, says_something
from ..titles import linked_title, title_and_tail
from ..venue import YEAR

NAME = "title first"
MOST_LINES = 6


def cut(block: Block, owner: Sequence[str]) -> Entry | None:
    """Cut an entry at its author line; None where no line is a list of names."""
    if block.odd:
        return None
    pictures = [line for line in block.lines if line and all(_is_picture(run) for run in line)]
    lines = [line for line in block.lines if line not in pictures]
    labels: list[Line] = []
    while len(lines) > 2 and _is_label(lines[0]):
        labels.append(lines.pop(0))
    while len(lines) > 2 and _is_one_link(*lines[:2]):
        lines[:2] = [joined(lines[:2])]
    if len(lines) < 2:
        return None
    first = Flow.of(lines[:1])
    start, typed = behind_labels(first)
    lines = [line for line in (first.line(start), *lines[1:]) if line]
    return cut_lines([*lines, *pictures], [*labels, *typed], owner)


def _is_label(line):
    return is_venue_label(plain_text(line)) or all(CODE in run for run in line if run.text.strip())


def _is_one_link(first, second):
    """Return whether a line break only wraps the link that a title is."""
    hrefs = {run.href for run in (*first, *second) if run.text.strip()}
    return len(hrefs) == 1 and None not in hrefs


def _is_picture(run):
    return run.image is not None or not run.text.strip()


def cut_lines(lines: Sequence[Line], labels: Sequence[Line], owner: Sequence[str]) -> Entry | None:
    peeled = [peel(line, first=not number) for number, line in enumerate(lines)]
    texts = [item.line for item in peeled]
    place, names, behind, last, certainty = _author_line(texts, owner)
    if place == 0:
        return None
    head, between = _title_lines(texts[:place])
    title, tail = title_and_tail(head)
    if not says_something(title):
        return None
    rest = (tail, *between, behind, *texts[last:])
    rest = tuple(line for line in rest if says_something(line))
    linked, title = linked_title(title)
    inner = [link for line in rest for link in links_in_text(line)]
    by = BY.match(plain_text(joined(texts[place:last])))
    return Entry(
        title=title,
        authors=names,
        rest=rest,
        labels=tuple(labels),
        links=distinct([*linked, *(link for item in peeled for link in item.links), *inner], title),
        dropped=tuple(label for item in peeled for label in item.dropped),
        prefix=by[0].strip(" :") if by else "",
        certainty=certainty,
    )


def _title_lines(lines):
    """Part the title from a venue that stands between it and the authors."""
    lines = [line for line in lines if says_something(line)]
    if len(lines) < 2:
        return joined(lines), ()
    solid = [run for run in lines[0] if run.text.strip()]
    for style in (STRONG, EM, "link"):
        marked = [run.href if style == "link" else style in run for run in solid]
        if solid and all(marked):
            others = [run for run in lines[1] if run.text.strip()]
            if not all(run.href if style == "link" else style in run for run in others):
                return lines[0], lines[1:]
    if re.search(YEAR, plain_text(lines[1])) or EM in lines[1][0]:
        return lines[0], lines[1:]
    return joined(lines), ()


def _author_line(lines, owner):
    """Return (place, names, what follows them, end, certainty) of the line that is names.

    Place 0 says that there is none.

    The line with the owner in it wins, else the first that is all names. A comma or “and” at
    the end of a line says that the list goes on.
    """
    best = (0, NameList(()), (), 0, 0.0)
    for place in range(1, min(len(lines), MOST_LINES)):
        end = place + 1
        while end < len(lines) and re.search(r"(?:[,;、&]|\band)\s*$", plain_text(lines[end - 1])):
            end += 1
        written = joined(lines[place:end])
        names, tail = _names_and_tail(written)
        if not names.names:
            continue
        certainty = sum(is_person(name.text) for name in names.names) / len(names.names)
        if certainty > 0.5 and owner and has_owner(names, owner):
            return place, names, tail, end, max(certainty, 0.75)
        if len(names.names) == 1 and not names.names[0].emphasised:
            certainty *= 0.7  # one capitalised phrase may be a venue as well
        if certainty > best[4]:
            best = (place, names, tail, end, certainty)
    return best


def _names_and_tail(line):
    """Part the names of a line from a date or a venue that stands behind them."""
    flow = Flow.of([line])
    by = BY.match(flow.text)
    found = byline.find(flow, by.end() if by else 0)
    if (
        found is None
        or " " not in flow.text[: found.end].strip()
        or not TAIL.match(flow.text, found.end)
    ):
        return names_of(line), ()
    return names_of(flow.line(0, found.end)), flow.line(found.end)


# “(2023)”, “, NeurIPS 2023”, “. Venue, 2023”
TAIL = re.compile(
    rf"[\s,.;]*(?:\(?{YEAR}|[^\W\d_a-z][^\n]*{YEAR}|\((?:in|under|to|forth|accept|submit))", re.I
)
