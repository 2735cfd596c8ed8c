"""How a paper's fields read on a page: names with their marks, venue, pages and date."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from homepage.common import identifiers
from homepage.common.patterns import Later

from .models import Authorship, Kind, Publication, Status
from .once import once, related

# A publisher, school or institution stands for the venue of what appears in none.
SELF_PUBLISHED = {Kind.BOOK, Kind.THESIS, Kind.REPORT}

KINDS = dict(Kind.choices)

LEAD_INS = {
    Status.SUBMITTED: gettext_lazy("Submitted to"),
    Status.ACCEPTED: gettext_lazy("Accepted by"),
    Status.TO_APPEAR: gettext_lazy("To appear in"),
}

EQUAL = gettext_lazy("equal contribution")
CORRESPONDING = gettext_lazy("corresponding author")


# Commas between two names, or after a venue, of one script; Korean uses the Latin one.
COMMAS = (
    ("，", Later("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")),
    ("، ", Later("[\u0600-\u06ff]")),
)


@dataclass(frozen=True)
class Signature:
    """One name of an author list as it is shown; `roles` say in words what the marks mean.

    `comma` parts it from the next name.
    """

    name: str
    marks: str = ""
    roles: tuple[str, ...] = ()
    is_owner: bool = False
    url: str = ""
    is_right_to_left: bool = False
    comma: str = ", "

    @property
    def is_plain(self) -> bool:
        """Return whether it is set as its name and nothing more."""
        return not (self.marks or self.roles or self.is_owner or self.url or self.is_right_to_left)


def source_text(publication: Publication) -> str:
    """Return the text to show in place of the fields of a paper that was read with doubt.

    The latest source comes first in what `PublicationQuerySet.for_page()` fetched.
    """
    if not publication.doubts:
        return ""
    return next((source.text for source in related(publication, "sources") if source.text), "")


def signatures(publication: Publication) -> list[Signature]:
    """Return the author list in its order; behind “with” the owner goes without saying."""
    return once(publication, "signatures", lambda: _signatures(publication))


def _signatures(publication):
    rows = related(publication, "authorships")
    if publication.authors_prefix.lower().endswith("with"):
        rows = [row for row in rows if not row.author.is_owner] or rows
    names = list(map(str, rows))
    commas = [*(_comma(one, other) for one, other in pairwise(names)), ""]
    return list(map(_signature, rows, names, commas))


def legend(names: Iterable[Signature]) -> list[tuple[str, str]]:
    """Return (marks, meaning) for each role in `names`.

    A role's marks are those that all its holders carry and nobody else does.
    """
    names = list(names)
    found = []
    for role in (EQUAL, CORRESPONDING):
        holders = [set(name.marks) for name in names if role in name.roles]
        others = [set(name.marks) for name in names if role not in name.roles]
        if holders:
            own = set.intersection(*holders).difference(*others)
            found.append(("".join(sorted(own)), role))
    return found


def shared_legend(publications: Iterable[Publication]) -> list[tuple[str, str]]:
    """Return the one legend of a list of papers; nothing where each needs its own.

    That is where only one has marks, where a mark means two things, or where a mark of the
    legend stands on another paper without a meaning.
    """
    return common_legend(map(signatures, publications))


def common_legend(lists: Iterable[list[Signature]]) -> list[tuple[str, str]]:
    """Return the one legend of the author lists of papers; lists without a mark change nothing."""
    return joint_legend(
        (legend(names), {mark for name in names for mark in name.marks}) for names in lists
    )


def joint_legend(
    papers: Iterable[tuple[Iterable[tuple[str, str]], Iterable[str]]],
) -> list[tuple[str, str]]:
    """Return the one legend of papers of which each gives its own, and all its marks."""
    papers = [(dict(own), set(marks)) for own, marks in papers]
    meanings: dict[str, str] = {}
    for own, _marks in papers:
        for mark, role in own.items():
            if not mark or meanings.setdefault(mark, role) != role:
                return []
    if any(set("".join(meanings)) & marks - set("".join(own)) for own, marks in papers):
        return []
    return list(meanings.items()) if sum(bool(own) for own, _marks in papers) > 1 else []


def lead_in(publication: Publication) -> str:
    """Return the words before the venue: the owner's own, else what the status says."""
    if publication.venue_prefix:
        return publication.venue_prefix
    if publication.status == Status.PUBLISHED:
        return ""
    status = Status(publication.status)
    return str(LEAD_INS[status]) if publication.venue else f"{status.label}."


def appeared_in(publication: Publication) -> str:
    """Return venue and year, as in “Neural Networks (NN), 2022”; what is unknown is left out."""
    place, year = _place(publication), str(publication.year or "")
    return f"{place}{_comma(place, place)}{year}" if place and year else place or year


def locator(publication: Publication) -> str:
    """Return volume, number and pages, as in “vol. 44, no. 3, pp. 1–20”."""
    volume = publication.volume and _("vol. {}").format(publication.volume)
    number = publication.number and _("no. {}").format(publication.number)
    return ", ".join(filter(None, [volume, number, _pages(publication.pages)]))


def kind_text(publication: Publication) -> str:
    """Return its kind in words, as `get_kind_display` does, which goes through all of them."""
    return str(KINDS.get(publication.kind, publication.kind))


def date_text(publication: Publication) -> str:
    """Return the date at the precision that is known: “5 March 2024”, “March 2024”, “2024”."""
    if not publication.year:
        return ""
    month = MONTHS[publication.month] if publication.month else ""
    day = publication.day if month and publication.day else ""
    return " ".join(str(part) for part in (day, month, publication.year) if part)


def _signature(authorship: Authorship, name: str, comma: str) -> Signature:
    author = authorship.author
    marks, roles = authorship.marks, []
    if authorship.equal_contribution:
        roles.append(EQUAL)
    if authorship.corresponding:
        roles.append(CORRESPONDING)
    if not marks:
        marks = "*" * authorship.equal_contribution + "✉" * authorship.corresponding
    return Signature(
        name, marks, tuple(roles), author.is_owner, author.url, _is_right_to_left(name), comma
    )


def _comma(before: str, after: str) -> str:
    """Return the comma of the script that both are written in."""
    if before.isascii() or after.isascii():
        return ", "
    return next(
        (comma for comma, script in COMMAS if script.search(before) and script.search(after)), ", "
    )


def _is_right_to_left(text: str) -> bool:
    if text.isascii():
        return False
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)


def _place(publication: Publication) -> str:
    if publication.venue:
        return str(publication.venue)
    if publication.publisher and publication.kind in SELF_PUBLISHED:
        return publication.publisher
    if publication.arxiv_id:
        return f"arXiv:{publication.arxiv_id}"
    return publication.publisher


def runs_backwards(pages: str) -> bool:
    """Return whether a range of pages ends before it begins: “12-7”, but not “1012-7”."""
    match = re.fullmatch(r"\s*(\d{1,8})\s*[-–—]+\s*(\d{1,8})\s*", pages)
    if not match or len(match[2]) < len(match[1]) and len(match[1]) > 2:
        return False  # “1012-17” is short for “1012-1017”
    return int(match[2]) < int(match[1])


def _pages(pages: str) -> str:
    """Return `pages` with its word; a range is set with an en dash."""
    text = re.sub(r"(?<=\w)\s*(?:-{1,3}|–|—)\s*(?=\w)", "–", pages)
    if not text:
        return ""
    return (_("pp. {}") if re.search(r"[–,;&+]", text) else _("p. {}")).format(text)


def links_of(publication: Publication) -> list[tuple[str, str]]:
    """Return the labels and addresses of all links: PDF, the owner's own, identifiers."""
    return once(publication, "links", lambda: list(_links(publication)))


def _links(publication):
    if publication.pdf:
        yield "PDF", publication.pdf_address
    for link in related(publication, "links"):
        yield link.label, link.target
    yield from identifier_links(publication)


def identifier_links(publication: Publication) -> list[tuple[str, str]]:
    """Return the labels and addresses of identifiers to which none of a paper's links leads."""
    said = " ".join(link.url for link in related(publication, "links")).lower()
    links = []
    if publication.doi and publication.doi.lower() not in unquote(said):
        links.append(("DOI", identifiers.doi_url(publication.doi)))
    if publication.arxiv_id and publication.arxiv_id.lower() not in said:
        links.append(("arXiv", identifiers.arxiv_url(publication.arxiv_id)))
    return links
