"""From records to the lines of a RIS file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from homepage.common.characters import line, readable
from publications.records import AuthorName, Link, PublicationRecord

from ..fitting import unfitted
from ..keywords import keywords
from ..rich_text import to_plain
from .reader import author_name
from .types import AWARD, KINDS, TAG, TEXTS, WRITTEN

RANGE = re.compile(r"([^\s,;–-]+)\s*(?:-{1,3}|–)\s*([^\s,;–-]+)")
# Tags that may stand more than once, so that a kept one joins those that are written.
REPEATED = frozenset({"SN", "DA", "N1", "AU", "A1"})


def write(records: Iterable[PublicationRecord]) -> Iterator[str]:
    """Yield a RIS file of these records, entry by entry."""
    return map(_entry, records)


def dump(records: Iterable[PublicationRecord]) -> str:
    """Return the file as one text."""
    return "".join(write(records))


def _entry(record) -> str:
    record = unfitted(record)
    lines = [(tag, value) for tag, value in _values(record) if value]
    written = {tag for tag, _ in lines}
    lines += [
        (tag, str(value))
        for tag, kept in record.extra.items()
        if _is_tag(tag) and tag not in {"TY", "ER"} and (tag not in written or tag in REPEATED)
        for value in (kept if isinstance(kept, list) else [kept])
    ]
    text = "".join(f"{tag}  - {_lines(tag, value)}\r\n" for tag, value in lines)
    return f"TY  - {_type(record)}\r\n{text}ER  - \r\n\r\n"


def _is_tag(name):
    return re.fullmatch(r"[A-Z][A-Z0-9]", name) is not None


def _type(record):
    kept = record.extra.get("TY", "")
    if isinstance(kept, str) and _is_type(kept) and KINDS.get(kept, "document") == record.kind:
        return kept
    return WRITTEN.get(record.kind, "GEN")


def _is_type(text):
    return re.fullmatch(r"[A-Z0-9]{1,10}", text) is not None


def _values(record) -> Iterator[tuple[str, str]]:
    first, last = _first_and_last(record.pages)
    yield "ID", record.citation_key
    yield "TI", to_plain(record.title)
    for name in record.authors:
        yield "AU", _written_name(name)
    yield "AU", "et al." if record.and_others else ""
    yield "T2", record.venue
    yield "J2", record.venue_acronym
    yield "PY", f"{record.year:04d}" if record.year else ""
    yield "DA", _written_date(record)
    yield "VL", record.volume
    yield "IS", record.number
    yield "SP", first
    yield "EP", last
    yield "PB", record.publisher
    yield "SN", record.issn
    yield "SN", record.isbn
    yield "DO", record.doi or (f"10.48550/arXiv.{record.arxiv_id}" if record.arxiv_id else "")
    yield "AN", f"arXiv:{record.arxiv_id}" if record.arxiv_id else ""
    for link in record.links:
        yield _link_tag(link), link.url
    yield "LA", record.language
    for word in keywords(record):
        yield "KW", word
    yield "AB", record.abstract
    yield "N1", AWARD + to_plain(record.award) if record.award else ""
    yield "N1", to_plain(record.note)


def _written_name(name):
    if name.family:
        family = " ".join(filter(None, [name.particle, name.family]))
        return ", ".join([family, name.given, name.suffix]).rstrip(", ")
    if author_name(name.literal) == AuthorName(literal=name.literal):
        return name.literal
    return f"{name.literal},"


def _written_date(record):
    if not (record.year and record.month):
        return ""
    day = f"{record.day:02d}" if record.day else ""
    return f"{record.year:04d}/{record.month:02d}/{day}/"


def _first_and_last(pages):
    match = RANGE.fullmatch(pages.strip())
    return match.groups() if match else (pages, "")


def _link_tag(link: Link):
    path = link.url.partition("?")[0].partition("#")[0]
    return "L1" if path.lower().endswith(".pdf") else "UR"


def _lines(tag, value):
    """Return a value as it stands in the file; a line in it must not look like a tag."""
    if tag not in TEXTS:
        return line(value)
    first, *others = readable(value).split("\n")
    return "\r\n".join([first, *(f" {text}" if TAG.match(text) else text for text in others)])
