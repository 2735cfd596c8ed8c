"""The rules of those who read the page of a paper, each with what to do where it fails.

Google Scholar: https://scholar.google.com/intl/en/scholar/inclusion.html and its webmaster
guidelines. Zotero: its translator "Embedded Metadata", and the order of translators.
Link previews: https://ogp.me.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from homepage.common.markdown import plain

from ..models import Kind, Publication, Visibility
from .page import Page

SCHOLAR, ZOTERO, PREVIEW = "Google Scholar", "Zotero", "Link previews"
# Google Scholar leaves larger files to Google Books.
LARGEST_PDF = 5_000_000
# The tag that names what a kind of work appeared in; Zotero goes by the last one on the page.
CONTAINERS = {
    "citation_journal_title": "Journal Article",
    "citation_technical_report_institution": "Report",
    "citation_conference_title": "Conference Paper",
    "citation_inbook_title": "Book Section",
    "citation_dissertation_institution": "Thesis",
}
ZOTERO_TYPES = {
    Kind.JOURNAL: "Journal Article",
    Kind.CONFERENCE: "Conference Paper",
    Kind.CHAPTER: "Book Section",
    Kind.THESIS: "Thesis",
    Kind.REPORT: "Report",
}


class Outcome(Enum):
    """`ADVICE` is what a reader can do without, but is better with."""

    GOOD = "good"
    ADVICE = "could be better"
    FAIL = "fails"


@dataclass(frozen=True)
class Check:
    """One rule: who reads it, what was found, and what to do if that is not right."""

    reader: str
    label: str
    outcome: Outcome
    found: str = ""
    help: str = ""


Rule = Callable[[Page, Publication], Check]


def check_page(page: Page, paper: Publication) -> list[Check]:
    """Return all checks of the page of a paper, by reader."""
    if paper.doubts:
        return [_doubted()]
    return [rule(page, paper) for rule in RULES]


def _doubted():
    return Check(
        SCHOLAR, "The fields are sure", Outcome.FAIL, "Read with doubt by an import",
        "Look at the fields, correct them and empty “Doubts”: until then the page has no tags.",
    )  # fmt: skip


def _judged(reader, label, is_good, found, help="", bad=Outcome.FAIL):
    return Check(
        reader, label, Outcome.GOOD if is_good else bad, found, "" if is_good else help
    )  # fmt: skip


def _is_open(page, paper):
    closed = "noindex" in page.first("robots") or paper.visibility != Visibility.PUBLIC
    found = "not public" if paper.visibility != Visibility.PUBLIC else page.first("robots")
    return _judged(
        SCHOLAR, "It may be indexed", not closed, found or "yes",
        "Make the paper public: drafts and the trash are seen by nobody.",
    )  # fmt: skip


def _has_whole_address(page, paper):
    is_good = page.canonical.startswith("https://")
    return _judged(
        SCHOLAR, "Its address is whole and lasting", is_good, page.canonical,
        "Set SITE_URL to the address of the site, beginning with https://.",
    )  # fmt: skip


def _has_title(page, paper):
    found = page.first("citation_title")
    return _judged(
        SCHOLAR, "The title", found == plain(paper.title), found,
        "The title in the tags is another one: please report this.",
    )  # fmt: skip


def _has_authors(page, paper):
    found = page.all("citation_author")
    count = len(paper.authorships.all())
    return _judged(
        SCHOLAR, "All authors, in order", bool(found) and len(found) == count, "; ".join(found),
        "Add the authors: a paper without any is not indexed.",
    )  # fmt: skip


def _has_date(page, paper):
    found = page.first("citation_publication_date")
    return _judged(
        SCHOLAR, "The date", bool(found), found, "Give the year: without it a paper is not indexed."
    )


def _has_container(page, paper):
    found = [content for name, content in page.tags if name in CONTAINERS]
    needs_one = paper.kind in ZOTERO_TYPES
    return _judged(
        SCHOLAR, "What it appeared in", bool(found) or not needs_one, "".join(found[-1:]),
        "Give the venue; of a thesis or report, the school or institution as publisher.",
        Outcome.ADVICE,
    )  # fmt: skip


def _has_text(page, paper):
    found = "abstract" if paper.abstract else "PDF" if page.first("citation_pdf_url") else ""
    return _judged(
        SCHOLAR, "Something to read", bool(found), found,
        "Add the abstract: a page with a title alone is not indexed.",
    )  # fmt: skip


def _has_pdf(page, paper):
    address = page.first("citation_pdf_url")
    size = _size(paper.pdf)
    if address and size > LARGEST_PDF:
        return Check(
            SCHOLAR, "The PDF", Outcome.ADVICE, f"{address} ({size / 1e6:.1f} MB)",
            "Files of more than 5 MB are not read; save a smaller one, as for the web.",
        )  # fmt: skip
    return _judged(
        SCHOLAR, "The PDF", bool(address), address,
        "Upload the PDF, if you may: only one on this site is found together with the paper.",
        Outcome.ADVICE,
    )  # fmt: skip


def _size(file):
    try:
        return file.size if file else 0
    except OSError:
        return 0


def _is_read_by_tags(page, paper):
    is_good = bool(page.first("citation_title")) and not page.has_coins
    found = "" if is_good else "other data on the page"
    return _judged(
        ZOTERO, "It takes the paper from the tags", is_good, found,
        "The page must not carry the data of a list; please report this.",
    )  # fmt: skip


def _is_saved_as(page, paper):
    last = [name for name, _ in page.tags if name in CONTAINERS][-1:]
    found = CONTAINERS[last[0]] if last else page.first("DC.type")
    wanted = ZOTERO_TYPES.get(paper.kind, found)
    return _judged(
        ZOTERO, "It is saved as", found == wanted and bool(found), found or "Web Page",
        f"Give the venue, so that it is saved as a {wanted}.", Outcome.ADVICE,
    )  # fmt: skip


def _keeps_namesakes(page, paper):
    found = page.all("citation_author")
    twice = [one for one, other in pairwise(found) if one == other]
    return _judged(
        ZOTERO, "Every author is kept", not twice, "; ".join(twice),
        "Two authors beside each other have the same name; write one of them more fully.",
        Outcome.ADVICE,
    )  # fmt: skip


def _has_doi(page, paper):
    found = page.first("citation_doi")
    needs_one = paper.kind in (Kind.JOURNAL, Kind.CONFERENCE, Kind.CHAPTER, Kind.BOOK)
    return _judged(
        ZOTERO, "The DOI", bool(found) or not needs_one, found, "Add the DOI, if it has one.",
        Outcome.ADVICE,
    )  # fmt: skip


def _has_preview(page, paper):
    title, description = page.first("og:title"), page.first("og:description")
    is_good = bool(title and description and page.first("og:url"))
    return _judged(
        PREVIEW, "Title and description", is_good, f"{title} · {description[:80]}",
        "Add the abstract, or a venue and year.",
    )  # fmt: skip


def _has_picture(page, paper):
    found = page.first("og:image")
    return _judged(
        PREVIEW, "A picture", found.startswith(("http://", "https://")), found,
        "Add a picture of the paper, or a photo to your profile.", Outcome.ADVICE,
    )  # fmt: skip


RULES: tuple[Rule, ...] = (
    _is_open,
    _has_whole_address,
    _has_title,
    _has_authors,
    _has_date,
    _has_container,
    _has_text,
    _has_pdf,
    _is_read_by_tags,
    _is_saved_as,
    _keeps_namesakes,
    _has_doi,
    _has_preview,
    _has_picture,
)
