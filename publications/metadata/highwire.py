"""`citation_*` tags on the page of a paper, as Google Scholar and Zotero read them.

The rules are theirs (https://scholar.google.com/intl/en/scholar/inclusion.html; Zotero's
translator "Embedded Metadata"): one tag for each author, in order, without marks; a date is
`YYYY/MM/DD`, or the year alone; no tag is empty. Zotero takes the kind of a paper from the last
tag that names what it appeared in, so that a conference stands after its proceedings. Where no
such tag can be, `DC.type` tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from homepage.common.markdown import flat, plain
from publications.records import AuthorName, PublicationRecord

from .parts import container, doi, kept_whole, pages

JOURNALS = frozenset(["article-journal", "article-magazine", "article-newspaper"])
# What Zotero calls the kinds for which there is no tag.
TYPES = {
    "article-journal": "journalArticle",
    "paper-conference": "conferencePaper",
    "article": "preprint",
    "chapter": "bookSection",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "dataset": "dataset",
    "software": "computerProgram",
    "patent": "patent",
    "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle",
    "webpage": "webpage",
    "document": "document",
}


def tags(
    record: PublicationRecord,
    *,
    address: str,
    pdf: str = "",
    language: str = "",
) -> list[tuple[str, str]]:
    """Return (name, content) of each tag. `address` and `pdf` are whole addresses of this site."""
    appeared = list(_appeared(record))
    found = [
        ("citation_title", plain(record.title)),
        *(("citation_author", author) for author in _authors(record.authors)),
        ("citation_publication_date", _date(record)),
        *(appeared or [("DC.type", TYPES.get(record.kind, ""))]),
        *_locators(record),
        ("citation_publisher", record.publisher if not _is_institution(record) else ""),
        ("citation_issn", record.issn),
        ("citation_isbn", record.isbn),
        ("citation_doi", doi(record)),
        ("citation_arxiv_id", record.arxiv_id),
        ("citation_language", language),
        ("citation_keywords", "; ".join(word.replace(";", ",") for word in record.topics)),
        ("citation_abstract", flat(record.abstract)),
        ("citation_abstract_html_url", address),
        ("citation_pdf_url", pdf),
    ]
    return [(name, content) for name, content in found if content]


def _authors(names: Iterable[AuthorName]) -> list[str]:
    # A semicolon would part one name into two.
    written = [kept_whole(name).replace(";", ",") for name in names]
    if len(written) == 1:
        # Zotero takes “van Beethoven, Ludwig Maria” for two people, if there is no other author
        # and plain spaces stand on both sides of the comma.
        family, comma, given = written[0].partition(", ")
        written = [family + comma + given.replace(" ", "\u00a0")]
    return written


def _date(record):
    if record.year and record.month and record.day:
        return f"{record.year:04d}/{record.month:02d}/{record.day:02d}"
    return f"{record.year:04d}" if record.year else ""


def _appeared(record) -> Iterator[tuple[str, str]]:
    """Yield the tags that say what the work appeared in, by its kind; the last one tells it."""
    venue = container(record)
    if _is_institution(record):
        name = "dissertation" if record.kind == "thesis" else "technical_report"
        if institution := record.publisher or venue:
            yield f"citation_{name}_institution", institution
    elif venue and record.kind in ("article-magazine", "article-newspaper"):
        # A title of a journal would make a paper in a journal of it.
        yield "DC.type", TYPES[record.kind]
        yield "prism.publicationName", venue
    elif venue and record.kind in JOURNALS:
        yield "citation_journal_title", venue
        if record.venue_acronym:
            yield "citation_journal_abbrev", record.venue_acronym
    elif venue and record.kind in ("paper-conference", "chapter"):
        yield "citation_inbook_title", venue
        if record.kind == "paper-conference":
            yield "citation_conference_title", venue


def _is_institution(record):
    return record.kind in ("thesis", "report")


def _locators(record) -> Iterator[tuple[str, str]]:
    first, last = pages(record)
    yield "citation_volume", record.volume
    is_report = record.kind == "report"
    yield ("citation_technical_report_number" if is_report else "citation_issue"), record.number
    yield "citation_firstpage", first
    yield "citation_lastpage", last
