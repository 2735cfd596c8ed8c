"""Digests of all that pages are made of: where two are equal, so are the pages.

Nobody has to be told of a change. A paper's is read from its rows, the others from what their
pages show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property

from django.utils.translation import get_language

from homepage.common.build import build_id
from homepage.freshness import site_changed
from homepage.models import Section
from profiles.models import NewsItem, Profile, ProfileLink
from publications.catalogue import Catalogue, Known
from publications.facets import ListState
from publications.fingerprints import fingerprints
from publications.listing import PAGE_SIZE
from publications.models import Category

from .links import Place

# Papers whose rows are read at once.
BATCH = 500


def digest(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


class Inputs:
    """What the files of one copy are made of; `surroundings` is a page without content.

    `papers` are digests by key of all that is ever shown of a paper.
    """

    def __init__(self, place: Place, catalogue: Catalogue, surroundings: bytes):
        self.catalogue = catalogue
        self.site = digest(build_id(), get_language(), place)
        self.page = digest(self.site, _rows(Profile), _rows(ProfileLink), surroundings)
        self.list = digest(self.page, _rows(Category))
        self.papers = {
            key: digest(self.page, found) for key, found in _fingerprints(catalogue.papers)
        }
        self.members: dict[ListState, str] = {}
        self.offers: dict[str, str] = {}

    def of_paper(self, paper: Known, path: str) -> str:
        return digest(self.papers[paper.pk], path)

    def of_list(self, state: ListState) -> str:
        """Return what all pages and files of a list are made of."""
        whole = state.with_()
        if whole not in self.members:
            papers = "".join(self.papers[paper.pk] for paper in self.catalogue.of(whole))
            offers = [self._offered(facet) for facet in whole.facets]
            self.members[whole] = digest(self.list, papers, offers)
        return self.members[whole]

    def of_page(self, state: ListState) -> str:
        """Return what one page of a list is made of: its papers, and what it says of all."""
        papers = self.catalogue.of(state)
        start = (state.page - 1) * PAGE_SIZE
        shown = [self.papers[paper.pk] for paper in papers[start : start + PAGE_SIZE]]
        choices = self.catalogue.choices(state)
        offers = [_offer(choice) for some in choices.values() for choice in some]
        return digest(self.list, state, len(papers), shown, offers)

    @cached_property
    def rest(self) -> str:
        """Return what all other pages are made of: everything."""
        rows = map(_rows, (Section, Category.sections.through, NewsItem))
        return digest(self.list, list(self.papers.items()), list(rows), site_changed())

    def _offered(self, facet):
        """Return what a list narrowed by this facet offers instead: it counts all papers."""
        if facet not in self.offers:
            found = self.catalogue.choices(ListState())[facet]
            self.offers[facet] = digest(list(map(_offer, found)))
        return self.offers[facet]


def _offer(choice):
    """Return what a list shows of a choice."""
    return choice.facet, choice.value, choice.label, choice.count, choice.is_owner


def _rows(model):
    """Return all that is in the rows of a model."""
    return list(model.objects.order_by("pk").values_list())


def _fingerprints(keys: Iterable[int]):
    keys = list(keys)
    for start in range(0, len(keys), BATCH):
        yield from fingerprints(keys[start : start + BATCH]).items()
