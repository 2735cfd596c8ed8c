"""All public papers with what lists are made of, read once: for who asks for every list.

It answers for lists that have an address without a query: of all papers, and of one facet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from .choices import Choice, in_order, named_values
from .facets import FACETS, ListState
from .models import Category, Publication
from .narrowing import narrow


@dataclass(frozen=True, slots=True)
class Known:
    """What lists have to know of a paper to find its place; `rank` is its place among all."""

    pk: int
    rank: int
    slug: str
    year: int | None
    kind: str
    is_doubted: bool
    created: datetime
    modified: datetime


class Catalogue:
    """The papers in their order, the newest first, and who has which value of which facet."""

    def __init__(self):
        self.categories = {category.pk: category for category in Category.objects.all()}
        rows = Publication.objects.public().newest_first()
        rows = rows.values_list("pk", "slug", "year", "kind", "doubts", "created", "modified")
        self.papers = {
            pk: Known(pk, rank, slug, year, kind, bool(doubts), created, modified)
            for rank, (pk, slug, year, kind, doubts, created, modified) in enumerate(rows)
        }
        confirmed = Publication.objects.public().confirmed()
        # By facet: the values of each paper, and the papers of each value.
        self.values: dict[str, dict[int, list[str]]] = {}
        self.members: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self.named: dict[tuple[str, str], Choice] = {}
        for facet in FACETS:
            self._read(facet, confirmed)
        self.leading = set(narrow(ListState(first=True)).values_list("pk", flat=True))
        self._of_all: dict[str, list[Choice]] = {}
        self._last: tuple[ListState, dict[str, list[Choice]]] | None = None

    def _read(self, facet, papers):
        values = self.values[facet] = defaultdict(list)
        for key, choice in named_values(facet, papers, self.categories):
            # Who signs a paper twice is on it once.
            if choice.value not in values[key]:
                values[key].append(choice.value)
                self.members[facet, choice.value].append(self.papers[key])
                self.named[facet, choice.value] = choice
        for value in {value for some in values.values() for value in some}:
            self.members[facet, value].sort(key=lambda paper: paper.rank)

    def of(self, state: ListState) -> list[Known]:
        """Return the papers of a list, the newest first."""
        if not state.facets:
            return list(self.papers.values())
        ((facet, value),) = state.facets.items()
        return self.members.get((facet, value), [])

    def choices(self, state: ListState) -> dict[str, list[Choice]]:
        """Return what `choices.choices` does; pages of one list are asked for in turn."""
        whole = state.with_()
        if self._last is None or self._last[0] != whole:
            self._last = whole, in_order(self._choices(whole), self.categories)
        return self._last[1]

    def _choices(self, state) -> Iterator[Choice]:
        papers = [paper for paper in self.of(state) if not paper.is_doubted]
        for facet in FACETS:
            yield from self._all(facet) if facet in state.facets else self._counted(facet, papers)
        leading = [paper.modified for paper in papers if paper.pk in self.leading]
        doubted = [paper.modified for paper in self.of(state) if paper.is_doubted]
        for name, times in (("first", leading), ("doubted", doubted)):
            if times:
                yield Choice(name, "", "", len(times), max(times))

    def _all(self, facet):
        """Return all choices of a facet: those of a list that is narrowed by nothing else."""
        if facet not in self._of_all:
            papers = [paper for paper in self.papers.values() if not paper.is_doubted]
            self._of_all[facet] = list(self._counted(facet, papers))
        return self._of_all[facet]

    def _counted(self, facet, papers):
        values = self.values[facet]
        found: dict[str, list[Known]] = defaultdict(list)
        for paper in papers:
            for value in values.get(paper.pk, ()):
                found[value].append(paper)
        for value, some in found.items():
            last = max(paper.modified for paper in some)
            yield replace(self.named[facet, value], count=len(some), modified=last)
