"""COinS: a publication in the `title` of an empty element, for Zotero on pages of many.

OpenURL in keys and values (ANSI/NISO Z39.88-2004, https://ocoins.info/). Never beside
`citation_*` tags: Zotero would take this and lose the abstract and the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote_plus

from homepage.common.identifiers import arxiv_url
from homepage.common.markdown import plain
from publications.records import PublicationRecord

from .highwire import JOURNALS, TYPES
from .parts import container, doi, iso_date, kept_whole, pages

FORMAT = "info:ofi/fmt:kev:mtx:"
BOOKS = {
    "paper-conference": "proceeding",
    "chapter": "bookitem",
    "book": "book",
    "report": "report",
}
ORDINARY = re.compile(r"[A-Za-z0-9_.~:/,() -]*")


def context_object(record: PublicationRecord) -> str:
    """Return a publication as a ContextObject, without what is unknown."""
    pairs = [("ctx_ver", "Z39.88-2004"), *_work(record), *_rest(record)]
    return "&".join(f"{key}={_quoted(value)}" for key, value in pairs if value)


def _quoted(value):
    """Return a value as in a query; most need nothing but the sign for a space."""
    if ORDINARY.fullmatch(value):
        return value.replace(" ", "+")
    return quote_plus(value, safe=":/,()")


def _work(record) -> Iterator[tuple[str, str]]:
    """Yield the kind of the work, its title and what it appeared in."""
    title, venue = plain(record.title), container(record)
    if record.kind in JOURNALS:
        yield "rft_val_fmt", f"{FORMAT}journal"
        yield "rft.genre", "article"
        yield "rft.atitle", title
        yield "rft.jtitle", venue
        yield "rft.stitle", record.venue_acronym if venue else ""
        # OpenURL has no word for these; Zotero takes its own, behind all that is of journals.
        yield "rft.type", TYPES[record.kind] if record.kind != "article-journal" else ""
    elif record.kind in BOOKS:
        yield "rft_val_fmt", f"{FORMAT}book"
        yield "rft.genre", BOOKS[record.kind]
        is_part = record.kind in ("paper-conference", "chapter")
        yield "rft.atitle", title if is_part else ""
        yield "rft.btitle", venue if is_part else title
        yield "rft.pub", record.publisher
    elif record.kind == "thesis":
        yield "rft_val_fmt", f"{FORMAT}dissertation"
        yield "rft.title", title
        yield "rft.inst", record.publisher
    elif record.kind == "patent":
        yield "rft_val_fmt", f"{FORMAT}patent"
        yield "rft.title", title
        yield "rft.number", record.number
        yield "rft.assignee", record.publisher
    else:  # OpenURL has no such kind; Dublin Core has them all
        yield "rft_val_fmt", f"{FORMAT}dc"
        yield "rft.type", TYPES.get(record.kind, "document")
        yield "rft.title", title
        yield "rft.publisher", record.publisher


def _rest(record) -> Iterator[tuple[str, str]]:
    for name in record.authors:
        yield "rft.inventor" if record.kind == "patent" else "rft.au", kept_whole(name)
    first, last = pages(record)
    yield "rft.date", iso_date(record)
    yield "rft.volume", record.volume
    yield "rft.issue", record.number if record.kind != "patent" else ""
    yield "rft.spage" if last else "rft.pages", first
    yield "rft.epage", last
    yield "rft.issn", record.issn
    yield "rft.isbn", record.isbn
    if known := doi(record):
        yield "rft_id", f"info:doi/{known}"
    if record.arxiv_id and not record.doi:
        yield "rft_id", arxiv_url(record.arxiv_id)
