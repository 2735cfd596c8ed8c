"""All public papers with what lists are made of, read once: for who asks for every list.

It answers for lists that have an address without a query: of all papers, and of one facet. Of each
paper it keeps a few numbers, so that ten thousand take little more room than one.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import compress

from .choices import EPOCH, Choice, in_order, named, values
from .facets import FACETS, ListState
from .models import Category, Publication
from .narrowing import narrow

MICROSECOND = timedelta(microseconds=1)
# Places in the order of all papers.
Places = Sequence[int]


class Catalogue:
    """The papers in their order, the newest first, and who has which value of which facet.

    A paper goes by its place in that order: `keys[place]` is its key in the database.
    """

    def __init__(self):
        self.categories = {category.pk: category for category in Category.objects.all()}
        self.keys = array("q")
        self.kinds: list[str] = []
        self.years: list[int | None] = []
        self.days = array("i")  # of their creation
        self.is_doubted = bytearray()
        self._modified = array("q")
        self._read_papers()
        # By facet: the values of each paper, and the papers of each value.
        self.values: dict[str, list[tuple[str, ...]]] = {}
        self.members: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("i"))
        self.named: dict[tuple[str, str], Choice] = {}
        places = {key: place for place, key in enumerate(self.keys)}
        for facet in FACETS:
            self._read_facet(facet, places)
        leading = narrow(ListState(first=True)).values_list("pk", flat=True)
        self.is_leading = bytearray(len(self.keys))
        for key in leading.iterator(chunk_size=500):
            self.is_leading[places[key]] = True
        self._of_all: dict[str, list[Choice]] = {}
        self._last: tuple[ListState, dict[str, list[Choice]]] | None = None

    def __len__(self) -> int:
        return len(self.keys)

    def _read_papers(self):
        rows = Publication.objects.public().newest_first()
        rows = rows.values_list("pk", "year", "kind", "doubts", "created", "modified")
        same: dict[object, object] = {}
        for key, year, kind, doubts, created, modified in rows.iterator(chunk_size=500):
            self.keys.append(key)
            self.years.append(same.setdefault(year, year))
            self.kinds.append(same.setdefault(kind, kind))
            self.is_doubted.append(bool(doubts))
            self.days.append(created.date().toordinal())
            self._modified.append((modified - EPOCH) // MICROSECOND)

    def _read_facet(self, facet, places):
        papers = Publication.objects.public().confirmed()
        for choice in named(facet, papers, self.categories):
            self.named[facet, choice.value] = choice
        found = self.values[facet] = [()] * len(self.keys)
        same: dict[object, object] = {}
        for key, value in values(facet, papers, self.categories):
            place = places[key]
            # Who signs a paper twice is on it once.
            if value not in found[place]:
                some = (*found[place], same.setdefault(value, value))
                found[place] = same.setdefault(some, some) if len(some) == 1 else some
        for place, some in enumerate(found):
            for value in some:
                self.members[facet, value].append(place)

    @cached_property
    def doubted(self) -> frozenset[int]:
        """Return the keys of the papers that were read with doubt."""
        return frozenset(compress(self.keys, self.is_doubted))

    def of(self, state: ListState) -> Places:
        """Return the papers of a list, the newest first."""
        if not state.facets:
            return range(len(self.keys))
        ((facet, value),) = state.facets.items()
        return self.members.get((facet, value), ())

    def confirmed(self, state: ListState) -> Places:
        """Return the papers of a list that were not read with doubt."""
        papers = self.of(state)
        # A value of a facet counts only where it is sure.
        return papers if state.facets else [p for p in papers if not self.is_doubted[p]]

    def modified(self, place: int) -> datetime:
        return EPOCH + self._modified[place] * MICROSECOND

    def choices(self, state: ListState) -> dict[str, list[Choice]]:
        """Return what `choices.choices` does; pages of one list are asked for in turn."""
        whole = state.with_()
        if self._last is None or self._last[0] != whole:
            self._last = whole, in_order(self._choices(whole), self.categories)
        return self._last[1]

    def _choices(self, state) -> Iterator[Choice]:
        papers = self.confirmed(state)
        is_whole = not state.facets
        for facet in FACETS:
            is_open = is_whole or facet in state.facets
            yield from self._all(facet) if is_open else self._counted(facet, papers)
        leading = [place for place in papers if self.is_leading[place]]
        doubted = [place for place in self.of(state) if self.is_doubted[place]]
        for name, some in (("first", leading), ("doubted", doubted)):
            if some:
                yield self._counting(Choice(name, "", "", 0, EPOCH), some)

    def _all(self, facet):
        """Return all choices of a facet: those of a list that is narrowed by nothing else."""
        if facet not in self._of_all:
            self._of_all[facet] = [
                self._counting(choice, some)
                for (which, _), choice in self.named.items()
                if which == facet and (some := self.members.get((facet, choice.value)))
            ]
        return self._of_all[facet]

    def _counted(self, facet, papers: Iterable[int]):
        values = self.values[facet]
        found: dict[str, list[int]] = defaultdict(list)
        for place in papers:
            for value in values[place]:
                found[value].append(place)
        for value, some in found.items():
            yield self._counting(self.named[facet, value], some)

    def _counting(self, choice, papers: Places) -> Choice:
        last = max(map(self._modified.__getitem__, papers))
        return replace(choice, count=len(papers), modified=EPOCH + last * MICROSECOND)
