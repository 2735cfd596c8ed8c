"""From the lines of a RIS file to records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from homepage.common.characters import line, readable
from homepage.common.identifiers import find_arxiv, normalize_isbn, normalize_issn
from publications.names import UPPER, parse_name
from publications.records import AuthorName, Loaded, Problem, PublicationRecord

from ..addresses import arxiv_of, links_of, split_doi
from ..fitting import fitted, is_citation_key
from ..keywords import distinct
from ..rich_text import from_plain
from .lines import entries
from .types import AWARD, KINDS, WRITTEN

OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.?\s*al\.?),?", re.I)
DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2})?(?:[/-](\d{1,2})?(?:/.*)?)?)?\s*", re.ASCII)


def load(text: str) -> Loaded:
    """Return the publications of a RIS file. Never raises: what is not read is a problem."""
    records: list[PublicationRecord] = []
    problems: list[Problem] = []
    for entry in entries(readable(text), problems):
        record = _read(entry)
        record, found = fitted(record)
        if entry.is_open:
            say = "the entry has no end; end it with a line “ER  - ”"
            problems.append(Problem(entry.line, say, record.citation_key))
        if not record.title:
            say = "the entry has no title, so it is left out; give it a line “TI  - The title”"
            problems.append(Problem(entry.line, say, record.citation_key))
            continue
        records.append(record)
        problems += found
    return Loaded(tuple(records), tuple(problems))


class _Values:
    """The values of an entry by tag; what nobody takes is kept."""

    def __init__(self, entry):
        self.values: dict[str, list[str]] = {}
        for tag, value in entry.tags:
            if value:
                self.values.setdefault(tag, []).append(value)

    def first(self, *tags):
        """Take the first value of the first of these tags that has one."""
        for tag in tags:
            if values := self.values.get(tag):
                value = values.pop(0)
                # The same said twice says nothing more.
                for other in tags:
                    self.values[other] = [v for v in self.values.get(other, ()) if v != value]
                return value
        return ""

    def every(self, *tags):
        return [value for tag in tags for value in self.values.pop(tag, ())]

    def keep(self, tag, value):
        self.values.setdefault(tag, []).append(value)

    def rest(self):
        kept = {tag: values for tag, values in self.values.items() if values}
        return {tag: v[0] if len(v) == 1 else v for tag, v in kept.items()}


def _read(entry) -> PublicationRecord:
    values = _Values(entry)
    kind = _kind(values)
    is_whole = kind in ("book", "thesis", "report")
    title = values.first("TI", "T1", "CT", *(["BT"] if is_whole else []))
    venue = values.first("T2", "JF", "BT", "JO")
    links, doi, arxiv_id = _addresses(values, entry)
    names = values.every("AU", "A1")
    others = [name for name in names if OTHERS.fullmatch(name)]
    record = PublicationRecord(
        title=from_plain(title),
        kind=kind,
        authors=tuple(author_name(name) for name in names if name not in others),
        and_others=bool(others),
        venue=venue,
        venue_acronym=values.first("J2", "JA", "JO"),
        volume=values.first("VL"),
        number=values.first("IS"),
        pages=_pages(values),
        publisher=values.first("PB"),
        abstract=values.first("AB", "N2"),
        language=values.first("LA"),
        topics=_topics(values),
        doi=doi,
        arxiv_id=arxiv_id,
        links=tuple(links),
        line=entry.line,
        text="\n".join(entry.source).strip("\n"),
        **_date(values),
        **_numbers(values),
        **_notes(values),
        **_key(values),
    )
    return replace(record, extra=values.rest())


def _kind(values):
    tag = values.first("TY").upper()
    kind = KINDS.get(tag, "document")
    if WRITTEN[kind] != tag and tag:
        values.keep("TY", tag)
    return kind


# “Doe J.R.”, “van Dee C.”: some databases write no comma.
TURNED = re.compile(
    rf"(?P<family>(?:[^\W\d_][\w'’-]+\s){{1,3}}(?<=[^\W\d_A-Z]\s))(?P<given>(?:[{UPPER}]\.[\s-]?){{1,4}})"
)
# Others list the addresses of authors among those of the paper.
MAIL = re.compile(r"[^\s/:@]+@[^\s/:@]+\.[A-Za-z]{2,}")


def author_name(text: str) -> AuthorName:
    """Return the name in a value: "Family, Given, Suffix"; a comma at the end marks a group."""
    family, *others = [line(part) for part in text.split(",")]
    if not others:
        turned = TURNED.fullmatch(family)
        return (
            AuthorName(turned["given"].strip(), turned["family"].strip())
            if turned
            else parse_name(family)
        )
    given, suffix = others[0], " ".join(others[1:]).strip()
    if not given and not suffix:
        return AuthorName(literal=line(text).rstrip(", "))
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and words[count][:1].islower():
        count += 1
    particle, family = " ".join(words[:count]), " ".join(words[count:])
    return AuthorName(given, family, particle, suffix)


def _date(values) -> Mapping[str, Any]:
    found: dict[str, int] = {}
    for value in values.every("PY") + values.every("Y1") + values.every("DA"):
        match = DATE.fullmatch(value)
        parts = [int(part) for part in match.groups() if part] if match else []
        date = dict(zip(("year", "month", "day"), parts, strict=False))
        if not match or any(found.get(name, number) != number for name, number in date.items()):
            values.keep("DA", value)
        else:
            found |= date
            if (rest := value.split("/", 3)[3:]) and rest[0].strip():
                values.keep("DA", value)
    return found


def _pages(values):
    first, last = values.first("SP"), values.first("EP")
    return "-".join(filter(None, [first, last]))


def _addresses(values, entry):
    """Return (links, DOI, arXiv id); links stand in the order of the file."""
    doi, arxiv_id = "", ""
    for value in values.every("DO"):
        found, arxiv = split_doi(value)
        if not (found or arxiv) or (doi and found and found.lower() != doi.lower()):
            values.keep("DO", value)
        doi, arxiv_id = doi or found, arxiv_id or arxiv
    for value in values.every("AN"):
        if (found := find_arxiv(value)) and not (arxiv_id and arxiv_id != found):
            arxiv_id = found
        else:
            values.keep("AN", value)
    for value in values.every("UR", "L1", "L2", "LK"):
        if MAIL.fullmatch(value):
            values.keep("UR", value)
    addresses = [value for tag, value in entry.tags if tag in ("UR", "L1", "L2", "LK")]
    addresses = [value for value in addresses if not MAIL.fullmatch(value)]
    return links_of(addresses, doi), doi, arxiv_id or arxiv_of(addresses)


def _numbers(values):
    found: dict[str, str] = {}
    for value in values.every("SN"):
        for name, normalize in (("issn", normalize_issn), ("isbn", normalize_isbn)):
            try:
                number = normalize(re.sub(r"\s*\(.*", "", value))
            except ValueError:
                continue
            if found.setdefault(name, number) == number:
                break
        else:
            values.keep("SN", value)
    return found


def _notes(values):
    notes = [line(note) for note in values.every("N1")]
    awards = [note.removeprefix(AWARD) for note in notes if note.startswith(AWARD)]
    others = [note for note in notes if not note.startswith(AWARD)]
    return {"award": from_plain(", ".join(awards)), "note": from_plain("; ".join(others))}


def _topics(values):
    """Take the keywords; some programs give only the first of many lines its tag."""
    return tuple(distinct(word for value in values.every("KW") for word in value.split("\n")))


def _key(values):
    key = values.first("ID")
    if key and not is_citation_key(key):
        values.keep("ID", key)
        key = ""
    return {"citation_key": key}
