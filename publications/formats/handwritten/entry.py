"""What holds for an entry of any family: it loses no word, and doubt is said, not hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from homepage.common.markdown import escape_inline, plain
from homepage.common.text import words
from publications.records import PublicationRecord

from .blocks import Block, plain_text
from .kinds import kind_of

# More words than this that no field holds are no remark: the entry was misread.
FEW = 12


def doubtful(block: Block, heading: str) -> PublicationRecord:
    """Return a record that is shown as its source until the owner confirms its fields."""
    title = next((text for line in block.lines if (text := plain_text(line))), "Untitled")
    record = PublicationRecord(
        title=escape_inline(title[:300]),
        doubts="The import could not tell title, authors and venue apart.",
        line=block.line,
        text=block.text,
    )
    return replace(record, kind=kind_of(heading, record, False))


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
