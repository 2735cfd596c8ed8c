"""Pairs of papers that may be one work, for a person to look at.

The rule is careful: a conference paper and its journal version share title and authors and are
two works, and so are papers with DOIs of their own. What was once called different stays so.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from .models import Publication, Visibility

# arXiv gives every preprint a DOI of its own; it says nothing about what became of it.
ARXIV_DOI = "10.48550/"
# “Editorial” and “Preface” are titles of many papers.
SHORTEST_TITLE = 15
MOST_YEARS_APART = 3


class Paper(NamedTuple):
    """What tells works apart."""

    pk: int
    title: str
    doi: str
    arxiv_id: str
    venue_id: int | None
    year: int | None


def suspects() -> list[tuple[int, int]]:
    """Return pairs of ids, the older paper first; in two queries, however many papers there are."""
    papers = Publication.objects.exclude(visibility=Visibility.TRASH).order_by("pk")
    groups = defaultdict(list)
    for paper in map(Paper._make, papers.values_list(*Paper._fields)):
        for key in _keys(paper):
            groups[key].append(paper)
    links = Publication.different_from.through.objects
    different = set(links.values_list("from_publication_id", "to_publication_id"))
    pairs = {
        (first.pk, second.pk): None
        for group in groups.values()
        for first, second in zip(group, group[1:], strict=False)
        if _may_be_one(first, second)
    }
    return [pair for pair in pairs if pair not in different]


def _keys(paper: Paper) -> Iterator[tuple[str, str]]:
    if doi := _doi(paper):
        yield "doi", doi
    if paper.arxiv_id:
        yield "arxiv", paper.arxiv_id.lower()
    title = _bare(paper.title)
    if len(title) >= SHORTEST_TITLE or not title.isascii():
        yield "title", title


def _may_be_one(first: Paper, second: Paper) -> bool:
    dois = _doi(first), _doi(second)
    if all(dois):
        return dois[0] == dois[1]
    if first.venue_id and second.venue_id and first.venue_id != second.venue_id:
        return False
    years = first.year, second.year
    return not all(years) or abs(years[0] - years[1]) <= MOST_YEARS_APART


def _doi(paper):
    doi = paper.doi.lower()
    return "" if doi.startswith(ARXIV_DOI) else doi


def _bare(title):
    """Return the letters and digits of a title; `fold` would take ten times as long."""
    if not title.isascii():
        title = unicodedata.normalize("NFKD", title)
        title = "".join(char for char in title if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "", title).casefold()
