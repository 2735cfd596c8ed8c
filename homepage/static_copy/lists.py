"""Lists of papers as pages, files and feeds, made of what each paper is on a list."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

from homepage.common.atom import Feed
from homepage.common.site import absolute
from publications.catalogue import Catalogue
from publications.entries import Look, Shown
from publications.facets import ListState
from publications.feeds import MOST_ENTRIES
from publications.formats import EXCHANGED
from publications.formats.joining import joined
from publications.grouping import Place
from publications.listing import Listing
from publications.views import PublicationListView

from .entries import shown
from .papers import KEYS
from .pieces import stand_in
from .state import State
from .visitor import Answer, Visitor, answer

# Papers whose texts are read at once.
BATCH = 500


class Lists:
    """Answers for addresses of lists that need no query."""

    def __init__(self, visitor: Visitor, catalogue: Catalogue, state: State):
        self.visitor = visitor
        self.catalogue = catalogue
        self.state = state

    def answer(self, path: str, state: ListState) -> Answer:
        """Return what stands at the path of a list; its pieces are not filled in yet."""
        format = EXCHANGED.get(path.rpartition(".")[2])
        if format:
            return self._file(state, format)
        request = self.visitor.request(path)
        return self._page(state, request) if path.endswith("/") else self._feed(state, request)

    def _page(self, state, request) -> Answer:
        view = PublicationListView()
        view.setup(request)
        listing = KnownListing(state, self)
        return self.visitor.framed(view.render_to_response(view.get_context_data(listing=listing)))

    def _file(self, state, format) -> Answer:
        papers = [paper.pk for paper in self.catalogue.of(state) if not paper.is_doubted]
        keys = self.state.pieces(papers, KEYS)
        wanted = [json.loads(keys[key])[format.name] for key in papers]
        # A long list is in memory only once.
        content = bytearray()
        for text in joined(format.name, Texts(papers, format.name, self.state), wanted):
            content += text.encode()
        return Answer(bytes(content), format.media_type)

    def _feed(self, state, request) -> Answer:
        papers = [paper for paper in self.catalogue.of(state) if not paper.is_doubted]
        papers.sort(key=lambda paper: (-paper.created.date().toordinal(), paper.rank))
        entries = [
            SimpleNamespace(updated=paper.modified, stand_in=stand_in("feed", paper.pk))
            for paper in papers[:MOST_ENTRIES]
        ]
        addresses = (absolute(path, request) for path in (state.feed_url(), state.url()))
        feed = Feed(*addresses, KnownListing(state, self).page_title, entries)
        return answer(feed.response(request))


@dataclass(frozen=True)
class Texts:
    """What papers say in a format, read some hundred at a time."""

    papers: list[int]
    format: str
    state: State

    def __len__(self) -> int:
        return len(self.papers)

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self.papers), BATCH):
            some = self.papers[start : start + BATCH]
            found = self.state.pieces(some, self.format)
            yield from (found[key] for key in some)


class KnownListing(Listing):
    """A page of a list whose papers are known; the database is not asked."""

    def __init__(self, state: ListState, lists: Lists):
        super().__init__(state)
        self.lists = lists
        self.categories = lists.catalogue.categories

    @cached_property
    def choices(self):
        return self.lists.catalogue.choices(self.asked)

    def places(self, start: int, end: int) -> Sequence[Place]:
        papers = self.lists.catalogue.of(self.state)[start:end]
        return [Place(paper.pk, paper.year, paper.kind, None) for paper in papers]

    def shown(self, look: Look, *, keep: bool) -> Shown:
        return shown(self.groups, look, self.lists.state)
