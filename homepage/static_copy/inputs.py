"""Digests of all that pages are made of: where two are equal, so are the pages.

Nobody has to be told of a change. A paper's is read from its rows, the others from what their
pages show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property

from django.utils.translation import get_language

from homepage.common.build import build_id
from homepage.freshness import site_changed
from homepage.models import Section
from profiles.models import NewsItem, Profile, ProfileLink
from publications.catalogue import Catalogue
from publications.facets import ListState
from publications.fingerprints import fingerprints
from publications.listing import PAGE_SIZE
from publications.models import Category, Publication

from .links import Place

# Papers whose rows are read at once.
BATCH = 500
SIZE = 16  # bytes of a digest


def digest(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=SIZE).hexdigest()


class Inputs:
    """What the files of one copy are made of; `surroundings` is a page without content.

    Papers go by their places in the catalogue; `shown` is what `shown_of_papers` returned. Raises
    KeyError if a paper has gone.
    """

    def __init__(
        self, place: Place, catalogue: Catalogue, surroundings: bytes, shown: Mapping[int, bytes]
    ):
        self.catalogue = catalogue
        self.site = digest(build_id(), get_language(), place)
        self.page = digest(self.site, _rows(Profile), _rows(ProfileLink), surroundings)
        self.list = digest(self.page, _rows(Category))
        # Digests of all that pages of a paper are made of.
        start = self.page.encode()
        self.papers = [_hashed(start + shown[key]) for key in catalogue.keys]
        self.members: dict[ListState, str] = {}
        self.offers: dict[str, str] = {}

    def of_paper(self, place: int) -> str:
        """Return what all that is shown of a paper is made of."""
        return self.papers[place].hex()

    def of_list(self, state: ListState) -> str:
        """Return what all pages and files of a list are made of."""
        whole = state if state.page == 1 else state.with_()
        if whole not in self.members:
            # Its pages and files are asked for in turn.
            papers = self._together(self.catalogue.of(whole))
            offers = [self._offered(facet) for facet in whole.facets]
            self.members = {whole: digest(self.list, papers, offers)}
        return self.members[whole]

    def of_page(self, state: ListState) -> str:
        """Return what one page of a list is made of: its papers, and what it says of all."""
        papers = self.catalogue.of(state)
        start = (state.page - 1) * PAGE_SIZE
        shown = self._together(papers[start : start + PAGE_SIZE])
        choices = self.catalogue.choices(state)
        offers = [_offer(choice) for some in choices.values() for choice in some]
        return digest(self.list, state, len(papers), shown, offers)

    @cached_property
    def rest(self) -> str:
        """Return what all other pages are made of: everything."""
        rows = map(_rows, (Section, Category.sections.through, NewsItem))
        papers = self._together(range(len(self.catalogue)))
        return digest(self.list, papers, list(rows), site_changed())

    def _together(self, places):
        """Return one digest of what papers are made of, in their order."""
        return _hashed(b"".join(map(self.papers.__getitem__, places))).hex()

    def _offered(self, facet):
        """Return what a list narrowed by this facet offers instead: it counts all papers."""
        if facet not in self.offers:
            found = self.catalogue.choices(ListState())[facet]
            self.offers[facet] = digest(list(map(_offer, found)))
        return self.offers[facet]


def shown_of_papers() -> dict[int, bytes]:
    """Return by keys a digest of all that is ever shown of each public paper."""
    keys = list(Publication.objects.public().values_list("pk", flat=True))
    found = {}
    for start in range(0, len(keys), BATCH):
        for key, seen in fingerprints(keys[start : start + BATCH]).items():
            found[key] = _hashed(repr(seen).encode())
    return found


def _hashed(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=SIZE).digest()


def _offer(choice):
    """Return what a list shows of a choice."""
    return choice.facet, choice.value, choice.label, choice.count, choice.is_owner


def _rows(model):
    """Return all that is in the rows of a model."""
    return list(model.objects.order_by("pk").values_list())
