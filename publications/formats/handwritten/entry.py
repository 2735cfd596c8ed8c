"""What holds for an entry of any family: it loses no word, and doubt is said, not hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from homepage.common.markdown import escape_inline, plain
from homepage.common.text import words
from publications.records import PublicationRecord

from ..fitting import LONGEST, LONGEST_ADDRESS, LONGEST_LABEL, LONGEST_NAME
from .blocks import Block, plain_text
from .kinds import kind_of

# More words than this that no field holds are no remark: the entry was misread.
FEW = 12
LONGEST_MARKS = 20


def doubtful(block: Block, heading: str) -> PublicationRecord:
    """Return a record that is shown as its source until the owner confirms its fields."""
    title = next((text for line in block.lines if (text := plain_text(line))), "Untitled")
    record = PublicationRecord(
        title=escape_inline(title[:300]) or "Untitled",
        doubts="The import could not tell title, authors and venue apart.",
        line=block.line,
        text=block.text,
    )
    return replace(record, kind=kind_of(heading, record, False))


def fits(record: PublicationRecord) -> bool:
    """Return whether the columns take what was read: what is longer than they are was misread."""
    texts = all(len(getattr(record, name)) <= most for name, most in LONGEST.items())
    labels = all(
        len(link.label) <= LONGEST_LABEL and len(link.url) <= LONGEST_ADDRESS
        for link in record.links
    )
    names = all(
        len(name.printed) <= LONGEST_NAME["literal"]
        and len(name.marks) <= LONGEST_MARKS
        and all(len(getattr(name, part)) <= most for part, most in LONGEST_NAME.items())
        for name in record.authors
    )
    return texts and labels and names


def keeping_all_words(record: PublicationRecord, block: Block) -> PublicationRecord:
    """Return the record with every visible word of the entry: what no field shows is a note."""
    shown = set().union(*(words(text) for text in shown_texts(record)))
    visible = " ".join(plain_text(line) for line in block.lines)
    left = [word for word in re.findall(r"[\w'’.%-]+", visible) if words(word) - shown]
    if not left:
        return record
    if len(left) > FEW:
        return replace(
            record, doubts=f"The import found no field for: {' '.join(left)}", category=""
        )
    note = "; ".join(filter(None, [record.note, escape_inline(" ".join(dict.fromkeys(left)))]))
    return replace(record, note=note)


def shown_texts(record: PublicationRecord) -> Iterator[str]:
    """Yield what the public pages show of a record's fields."""
    yield plain(record.title)
    for name in record.authors:
        printed = name.printed or str(name)
        yield f"{printed} {name.marks} {printed}{name.marks}"
    yield record.conjunction
    if record.and_others:
        yield "et al"
    yield from (record.venue_prefix, record.venue, record.venue_acronym, str(record.year or ""))
    yield from (plain(record.award), plain(record.note))
    yield from (link.label for link in record.links)
    if record.arxiv_id:
        yield f"arXiv {record.arxiv_id}"
    if record.kind == "article":
        yield "Preprint"
