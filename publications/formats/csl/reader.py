"""From the items of a CSL-JSON file to records."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from homepage.common.characters import line, readable
from homepage.common.identifiers import find_arxiv, normalize_isbn, normalize_issn
from publications.records import Link, Loaded, Problem, PublicationRecord

from ..addresses import arxiv_of, is_doi_address, links_of, split_doi
from ..fitting import fitted, is_citation_key
from ..keys import NUMBERED, is_made
from ..keywords import distinct, parted
from ..rich_text import from_csl
from .abstracts import from_jats
from .dates import read_date
from .document import items
from .names import read_names
from .types import KINDS, OTHER_KINDS, READ_STATUS
from .values import Values

# Its names and dates have other places; read as CSL-JSON every paper would lose its authors.
ZOTEROS_OWN = (
    "this is Zotero's own JSON, which only Zotero reads, so it is left out; export the list again "
    "as “CSL JSON” or “BibTeX”"
)


def load(text: str) -> Loaded:
    """Return the publications of a CSL-JSON file. Never raises: what is not read is a problem."""
    records: list[PublicationRecord] = []
    problems: list[Problem] = []
    for item in items(text, problems):
        values = Values(item)
        if "itemType" in values.data and "type" not in values.data:
            problems.append(Problem(item.line, ZOTEROS_OWN))
            break
        record = replace(_read(values), line=item.line, text=readable(item.text))
        record, found = fitted(record)
        problems += [Problem(item.line, say, record.citation_key) for say in values.problems]
        problems += found
        if record.title:
            records.append(record)
        else:
            say = 'the item has no title, so it is left out; give it a "title"'
            problems.append(Problem(item.line, say, record.citation_key))
    return Loaded(tuple(records), tuple(problems))


def _read(values) -> PublicationRecord:
    kind = _kind(values)
    doi, arxiv_id = _identifiers(values)
    links = _links(values, doi)
    authors, and_others = read_names(values)
    record = PublicationRecord(
        title=from_csl(values.text("title")),
        kind=kind,
        status=_status(values),
        authors=authors,
        and_others=and_others,
        venue=line(values.text("container-title", *(EVENTS if kind == "paper-conference" else ()))),
        venue_acronym=values.text("container-title-short", "journalAbbreviation"),
        volume=values.text("volume"),
        number=values.text("issue", "number"),
        pages=values.text("page", "article-number"),
        publisher=values.text("publisher"),
        abstract=from_jats(values.text("abstract")),
        language=values.text("language"),
        topics=_topics(values),
        note=from_csl(values.text("note")),
        award=from_csl(_custom(values, "award")),
        selected=_selected(values),
        doi=doi,
        arxiv_id=arxiv_id or arxiv_of([link.url for link in links]),
        issn=_number(values, "ISSN", normalize_issn),
        isbn=_number(values, "ISBN", normalize_isbn),
        links=tuple(links),
        **read_date(values),
    )
    return _with_key(record, values)


EVENTS = ("event-title", "event")


def _kind(values):
    written = values.text("type")
    kind = written if written in KINDS else OTHER_KINDS.get(written, "document")
    if kind != written and written:
        values.keep("type", written)
    return kind


def _status(values):
    written = values.text("status")
    status = READ_STATUS.get(written.lower(), "")
    if written and not status:
        values.keep("status", written)
    return status


def _identifiers(values) -> tuple[str, str]:
    """Take DOI and arXiv id, which stands in several places depending on who wrote the file."""
    written = values.text("DOI")
    doi, arxiv_id = split_doi(written)
    if written and not (doi or arxiv_id):
        values.keep("DOI", written)
    if str(values.data.get("archive", "")).lower() == "arxiv":
        location = values.data.get("archive_location")
        found = find_arxiv(location) if isinstance(location, str) else None
        if found and arxiv_id in ("", found):
            arxiv_id = found
            del values.data["archive"], values.data["archive_location"]
    for name in ("number", "note"):
        value = values.data.get(name)
        if (
            isinstance(value, str)
            and ARXIV.fullmatch(value)
            and arxiv_id in ("", find_arxiv(value))
        ):
            arxiv_id = find_arxiv(value) or arxiv_id
            del values.data[name]
    return doi, arxiv_id


# What Zotero writes for a preprint: “arXiv:2104.08253 [cs]”.
ARXIV = re.compile(r"\s*arxiv:\s*[\w./-]*\d{4}[\w./-]*(?:\s*\[[\w.-]+\])?\s*", re.I)


def _links(values, doi) -> list[Link]:
    """Take the links: one address is a variable of CSL, the rest with its labels is ours."""
    custom = values.data.get("custom")
    written = custom.get("links") if isinstance(custom, dict) else None
    links = []
    if isinstance(written, list) and all(map(_is_link, written)):
        links = [Link(line(link["label"]), link["url"]) for link in written]
        _take_custom(values, "links")
    url = values.text("URL").strip()
    if url and not is_doi_address(url, doi) and url not in [link.url for link in links]:
        links += links_of([url], doi)
    return links


def _is_link(data):
    return (
        isinstance(data, dict)
        and set(data) == {"label", "url"}
        and all(isinstance(value, str) for value in data.values())
    )


def _topics(values) -> tuple[str, ...]:
    """Take the keywords; where separators do not tell them apart, they stand in a list of ours."""
    written = values.texts("keyword")
    custom = values.data.get("custom")
    words = custom.get("keywords") if isinstance(custom, dict) else None
    if isinstance(words, list) and words and all(isinstance(word, str) for word in words):
        return tuple(distinct(_take_custom(values, "keywords")))
    return tuple(distinct(word for text in written for word in parted(text)))


def _custom(values, name) -> str:
    custom = values.data.get("custom")
    if not isinstance(custom, dict) or not isinstance(custom.get(name), str):
        return ""
    return _take_custom(values, name)


def _selected(values) -> bool:
    custom = values.data.get("custom")
    is_selected = isinstance(custom, dict) and custom.get("selected") is True
    return is_selected and _take_custom(values, "selected")


def _take_custom(values, name):
    custom = dict(values.data.pop("custom"))
    value = custom.pop(name)
    if custom:
        values.keep("custom", custom)
    return value


def _number(values, name, normalize: Callable[[str], str]) -> str:
    """Take the first ISSN or ISBN that is one; if there are others, all are kept."""
    written = values.texts(name)
    found: list[str] = []
    for text in written:
        whole = _valid(text, normalize)
        found += [whole] if whole else [_valid(part, normalize) for part in SEPARATOR.split(text)]
    if "" in found or len(set(found)) > 1:
        values.keep(name, written[0] if len(written) == 1 else written)
    return next(filter(None, found), "")


SEPARATOR = re.compile(r"[,;\s]+")


def _valid(text, normalize):
    try:
        return normalize(text)
    except ValueError:
        return ""


def _with_key(record, values) -> PublicationRecord:
    """Return the record with its citation key and with all that nobody took."""
    key, name = values.text("citation-key"), values.text("id")
    if key and not is_citation_key(key):
        values.keep("citation-key", key)
        key = ""
    if not key and is_citation_key(name) and not is_made(name, record):
        key = name
    # A number at its end tells apart what has the same key.
    is_ours = is_made(name, record) or (key and key in (name, NUMBERED.sub("", name)))
    if name and not is_ours:
        values.keep("id", name)
    return replace(record, citation_key=key, extra=values.data)
