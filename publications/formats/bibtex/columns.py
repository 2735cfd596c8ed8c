"""From the fields of an entry to the columns of a record; what is taken is not kept as well."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from publications.latex import decode
from publications.records import AuthorName, Link, PublicationRecord

from ..addresses import arxiv_of
from ..handwritten.legend import explained, roles
from ..languages import language_tag
from .dates import read_date, take_status
from .identifiers import VENUES, read_arxiv, read_arxiv_venue, read_doi, read_number
from .journals import with_journals
from .keywords import read_keywords
from .links import read_links
from .names import ROLES, read_annotations, read_names
from .tags import from_markdown, take_anchors, without_tags
from .text import read_abstract, read_text, read_title
from .types import kind_of, says_kind, type_of
from .values import Values

DASH = re.compile(r"\s*(?:[-–—]{2,}|–|—)\s*")
ARXIV_NUMBER = re.compile(r"arXiv:\s*(?:[a-z-]+(?:\.[A-Z]{2})?/)?\d{4}\.?\d{3,5}(?:v\d+)?", re.I)
LONGEST_LEGEND = 500
AWARDED = "Awarded"
# What people put into al-folio's badge beside acronyms of venues.
NO_VENUE = re.compile(
    r"(?:arxiv|preprint|pre-print|conference|journal|workshop|book|chapter|thesis|phd|ph\.d|master|"
    r"patent|report|tech|survey|under|in |submitted|working|poster|demo|tutorial|software|dataset|"
    r"data|code|misc|other|article|paper|talk|review|news)\b.*",
    re.I,
)
WITH_YEAR = re.compile(r"(?P<name>.*?\S)[\s'’]+(?:(?:19|20)?\d\d)")
ACRONYM = re.compile(r"[^\s.]{2,15}(?: [^\s.]{1,8})?")


class Whence(NamedTuple):
    """What type is meant, what kind that is, and where the publication is found."""

    entry_type: str
    kind: str
    doi: str
    arxiv_id: str
    links: list[Link]


def read_whence(entry_type: str, values: Values) -> Whence:
    """Take what tells the kind; nothing else does."""
    entry_type = type_of(entry_type, values.fields)
    eprint = read_arxiv(values)
    is_arxiv, arxiv_of_venue = read_arxiv_venue(values)
    doi, arxiv_of_doi = read_doi(values)
    anchors = _take_anchors(values)
    links, linked = read_links(values.fields, doi)
    links += [link for link in anchors if link.url not in {known.url for known in links}]
    for name in linked:
        values.take(name, column="links")
    arxiv_of_links = arxiv_of([link.url for link in links])
    arxiv_id = eprint or arxiv_of_venue or arxiv_of_doi or arxiv_of_links
    has_venue = any(name in values.fields for name in VENUES[:-1])
    on_arxiv = not has_venue and (is_arxiv or bool(arxiv_id))
    kind = kind_of(entry_type, values.fields, on_arxiv=on_arxiv)
    return Whence(entry_type, kind, doi, arxiv_id, links)


def read_columns(entry_type: str, values: Values) -> tuple[str, PublicationRecord]:
    """Return the type that is meant, and the record; `values` holds what is left over."""
    written_type = entry_type
    entry_type, kind, doi, arxiv_id, links = read_whence(entry_type, values)
    if says_kind(values.fields, entry_type):
        values.take("entrysubtype", column="kind")
    date = read_date(values)
    date["status"] = take_status(values, "note", date["status"])
    note = values.text("note", column="note", read=read_title)
    authors, and_others = _authors(values, note)
    venue = _venue(values, written_type)
    return entry_type, PublicationRecord(
        title=_title(values, kind),
        kind=kind,
        authors=authors,
        and_others=and_others,
        venue=venue,
        venue_acronym=_acronym(values, date["year"]),
        volume=values.text("volume", column="volume"),
        number=_number(values),
        pages=_pages(values),
        publisher=_publisher(values, kind, written_type),
        abstract=values.text("abstract", column="abstract", read=read_abstract),
        language=_language(values),
        topics=_topics(values),
        award=_award(values),
        note=note,
        doi=doi,
        arxiv_id=arxiv_id,
        isbn=read_number(values, "isbn"),
        issn=read_number(values, "issn"),
        links=tuple(links),
        selected=_selected(values),
        **date,
    )


def _take_anchors(values):
    """Take links out of the texts of which a page shows one line."""
    links = []
    for name in ("title", "award", "note"):
        source = values.fields.get(name, "")
        text, found = take_anchors(from_markdown(source) if name == "award" else source)
        if text != source:
            values.replace(name, text)
        links += found
    return links


def _title(values, kind) -> str:
    names = ["title", *(["booktitle", "maintitle"] if kind == "book" else [])]
    title = values.text(*names, column="title", read=read_title)
    subtitle = values.text("subtitle", column="title", read=read_title) if title else ""
    if not subtitle:
        return title
    return f"{title} {subtitle}" if title.endswith((":", "?", "!")) else f"{title}: {subtitle}"


def _authors(values, note) -> tuple[tuple[AuthorName, ...], bool]:
    names = read_names(values.take("author", column="authors"), values.unknown)
    if names.by_commas:
        values.say('the names are parted by commas, so they are a guess; put " and " between them')
    legend = " ".join(filter(None, [note, values.text_of("annotation")]))
    authors = list(names.authors)
    if legend and len(legend) <= LONGEST_LEGEND and any(name.marks for name in authors):
        authors = [explained(name, roles(legend)) for name in authors]
    return tuple(_annotated(authors, values)), names.and_others


def _annotated(authors, values) -> list[AuthorName]:
    """Return the names with what annotations in our own form say; others are kept."""
    for field, column in (("author+an:marks", "marks"), ("author+an:printed", "printed")):
        texts = read_annotations(values.fields.get(field, ""))
        if texts and max(texts) <= len(authors):
            for number, text in texts.items():
                found = decode(text).text
                authors[number - 1] = replace(authors[number - 1], **{column: found})
            values.take(field, column="authors")
    texts = read_annotations(values.fields.get("author+an", ""))
    if texts and max(texts) <= len(authors) and set(texts.values()) <= ROLES.keys():
        for number, text in texts.items():
            authors[number - 1] = replace(authors[number - 1], **ROLES[text])
        values.take("author+an", column="authors")
    return authors


def _venue(values, entry_type) -> str:
    names = VENUES if entry_type == "article" else (*VENUES[2:], *VENUES[:2])
    return values.text(*names, column="venue", read=_read_venue)


def _read_venue(source, unknown):
    return read_text(with_journals(without_tags(source)), unknown)


def _acronym(values, year) -> str:
    """Take the acronym of the venue; one with the year of the paper is kept with it as well."""
    text = values.text_of("abbr").strip()
    if text and not NO_VENUE.fullmatch(text):
        match = WITH_YEAR.fullmatch(text)
        if match and year and text.endswith(str(year)[2:]):
            values.use("abbr", "venue_acronym")
            return match["name"]
        return values.text("abbr", column="venue_acronym")
    is_acronym = not text and ACRONYM.fullmatch(values.text_of("shortjournal"))
    return values.text("shortjournal", column="venue_acronym") if is_acronym else ""


def is_badge(text: str, year: int | None) -> bool:
    """Return whether `abbr` would not be read as the acronym that it is."""
    return bool(NO_VENUE.fullmatch(text) or (year and WITH_YEAR.fullmatch(text)))


def _publisher(values, kind, entry_type) -> str:
    names = ["publisher", "school", "institution", "organization"]
    if kind in ("thesis", "report"):
        names = ["school", "institution", "publisher", "organization"]
    if entry_type == "proceedings":
        # It stands for the editor there.
        names.remove("organization")
    return values.text(*names, column="publisher")


def _pages(values) -> str:
    names = ("pages", "eid", "articleno", "article-number")
    # A lone dash is a field that was left open; an arXiv id stands in its own column.
    names = [name for name in names if re.search(r"\w", values.fields.get(name, ""))]
    names = [name for name in names if not _is_arxiv(values, name)]
    text = values.text(*names, column="pages")
    return ",".join(map(_range, text.split(",")))


def _number(values) -> str:
    names = [name for name in ("number", "issue") if not _is_arxiv(values, name)]
    return values.text(*names, column="number")


def _is_arxiv(values, name):
    """Return whether a field says no more than “arXiv:2403.01234”."""
    return ARXIV_NUMBER.fullmatch(values.text_of(name).strip()) is not None


def _range(text):
    """Return a range with one hyphen; where hyphens are part of its numbers, two tell it."""
    return DASH.sub("--" if "-" in DASH.sub("", text) else "-", text)


def _language(values) -> str:
    for name in ("language", "langid"):
        written = values.text_of(name)
        if tag := language_tag(written):
            # A name of the language is kept as well, for those who know no tags.
            (values.take if tag == written else values.use)(name, column="language")
            return tag
    return ""


def _topics(values) -> tuple[str, ...]:
    written = [values.take(name, column="topics") for name in ("keywords", "keyword")]
    return tuple(read_keywords([text for text in written if text], values.unknown))


def _award(values) -> str:
    """Take an award; of one that is only a flag, the word on al-folio's button."""
    text = values.text("award", "award_name", column="award", read=read_title)
    return AWARDED if not text and values.take_flag("award", "award") else text


def _selected(values) -> bool:
    is_selected = values.text_of("selected").strip().lower() in ("true", "yes", "1")
    if is_selected:
        values.take("selected", column="selected")
    return is_selected
