"""Title first, then authors, then venue, each on a line of its own; links anywhere near.

1. **Title** [[pdf]](u) [[code]](u)
**Jane Doe**, John Roe
*Venue (ACR), 2024* (Oral)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from homepage.common.identifiers import arxiv_date, find_arxiv, find_doi
from homepage.common.markdown import escape_inline
from publications.names import NameList, is_person
from publications.records import Link, PublicationRecord

from .. import venue
from ..authors import author_of, has_owner, links_people, names_of
from ..blocks import Block, Group, Line, joined, plain_text, says_something
from ..kinds import kind_of
from ..links import Peeled, links_in_text, peel
from ..titles import inline_source, linked_title, title_and_tail, without_number

NAME = "title first"


@dataclass(frozen=True)
class Entry:
    """An entry cut into its parts, not yet read."""

    title: Line
    authors: NameList
    rest: tuple[Line, ...]
    links: tuple[Link, ...]
    dropped: tuple[str, ...]
    certainty: float


def emphasised_names(group: Group) -> list[str]:
    """Return the names that stand out in the author lines of a list, one for each entry.

    Who sets every name in bold points at nobody.
    """
    found = []
    for block in group.blocks:
        entry = cut(block, ())
        names = entry.authors.names if entry else ()
        marked = [name.text for name in names if name.emphasised and is_person(name.text)]
        if len(marked) == 1 and (len(names) > 1 or len(group.blocks) > 1):
            found += marked
    return found


def all_names(group: Group) -> list[set[str]]:
    """Return, for each entry that can be cut, the names of its author line."""
    entries = filter(None, (cut(block, ()) for block in group.blocks))
    return [
        {name.text for name in entry.authors.names if is_person(name.text)} for entry in entries
    ]


def confidence(group: Group, owner: Sequence[str]) -> float:
    """Return how well a list fits this family, from 0 to 1.

    An entry fits when one of its lines is a list of names; the owner must be among them.
    """
    fits = 0.0
    for block in group.blocks:
        entry = cut(block, owner)
        if entry and entry.certainty >= 0.75 and has_owner(entry.authors, owner):
            fits += 1
    return fits / len(group.blocks)


def read(block: Block, owner: Sequence[str], heading: str) -> PublicationRecord | None:
    """Return the record of one entry, or None if it does not fit this family."""
    entry = cut(block, owner)
    if entry is None or block.odd or entry.certainty < 0.6:
        return None
    title, tail = title_and_tail(without_number(entry.title))
    line = venue.read([tail, *entry.rest] if says_something(tail) else entry.rest)
    links = entry.links
    if not says_something(title):
        return None
    record = PublicationRecord(
        title=inline_source(title),
        authors=tuple(author_of(name, owner) for name in entry.authors.names),
        and_others=entry.authors.and_others,
        conjunction=entry.authors.conjunction,
        venue=line.name,
        venue_acronym=line.acronym,
        venue_prefix=line.prefix,
        status=line.status or "published",
        year=line.year,
        award=escape_inline(", ".join(line.awards)),
        note=escape_inline("; ".join([*line.notes, *entry.dropped])),
        doi=next(filter(None, (find_doi(link.url) for link in links)), ""),
        arxiv_id=line.arxiv_id or next(filter(None, (find_arxiv(link.url) for link in links)), ""),
        links=links,
        line=block.line,
        text=block.text,
    )
    record = _dated_by_arxiv(record)
    return replace(record, kind=kind_of(heading, record, line.is_preprint))


def cut(block: Block, owner: Sequence[str]) -> Entry | None:
    """Cut an entry at its author line; None where no line is a list of names."""
    peeled = [
        Peeled(line) if number and links_people(line, owner) else peel(line, first=not number)
        for number, line in enumerate(block.lines)
    ]
    lines = [item.line for item in peeled]
    place, names, last, certainty = _author_line(lines, owner)
    if place == 0:
        return None
    title = joined(lines[:place])
    if not re.search(r"\w", plain_text(title)):
        return None
    rest = tuple(line for line in lines[last:] if says_something(line))
    links = tuple(link for item in peeled for link in item.links)
    linked, title = linked_title(title)
    inner = tuple(link for line in rest for link in links_in_text(line))
    dropped = tuple(label for item in peeled for label in item.dropped)
    return Entry(title, names, rest, (*linked, *links, *inner), dropped, certainty)


def _author_line(lines, owner):
    """Return (place, names, end, certainty) of the line that is a list of names; place 0 if none.

    The line with the owner in it wins, else the first that is all names. A comma or “and” at
    the end of a line says that the list goes on.
    """
    best = (0, NameList(()), 0, 0.0)
    for place in range(1, min(len(lines), 5)):
        end = place + 1
        while end < len(lines) and re.search(r"(?:[,;、&]|\band)\s*$", plain_text(lines[end - 1])):
            end += 1
        names = names_of(joined(lines[place:end]))
        if not names.names:
            continue
        certainty = sum(is_person(name.text) for name in names.names) / len(names.names)
        if certainty > 0.5 and owner and has_owner(names, owner):
            return place, names, end, max(certainty, 0.75)
        if len(names.names) == 1 and not names.names[0].emphasised:
            certainty *= 0.7  # one capitalised phrase may be a venue as well
        if certainty > best[3]:
            best = (place, names, end, certainty)
    return best


def _dated_by_arxiv(record):
    """Date an entry without venue and year by its arXiv id, to the month."""
    if record.venue or record.year or not record.arxiv_id:
        return record
    year, month = arxiv_date(record.arxiv_id)
    return replace(record, year=year, month=month)
