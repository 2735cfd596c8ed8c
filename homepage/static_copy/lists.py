"""Lists of papers as pages, files and feeds, made of what each paper is on a list."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from heapq import nsmallest
from types import SimpleNamespace

from homepage.common.atom import Feed
from homepage.common.site import absolute
from publications.catalogue import Catalogue
from publications.entries import Look, Shown
from publications.facets import ListState
from publications.feeds import MOST_ENTRIES
from publications.formats import EXCHANGED
from publications.formats.joining import joined, key_alone
from publications.grouping import Place
from publications.listing import Listing
from publications.views import PublicationListView

from .clerk import Clerk
from .entries import shown
from .names import file_name
from .papers import KEYS
from .pieces import filled, stand_in
from .state import Due, State
from .visitor import Answer, Visitor, answer

# Papers whose texts are read at once.
BATCH = 500


class Lists:
    """Writes what stands at addresses of lists; it needs no query."""

    def __init__(self, visitor: Visitor, catalogue: Catalogue, state: State):
        self.visitor = visitor
        self.catalogue = catalogue
        self.state = state
        # By format: papers that want a key there which others want too.
        self.contested: dict[str, dict[int, str]] = {}

    def write(self, clerk: Clerk, due: Due) -> None:
        """Write the file of a list."""
        state = ListState(**{due.facet: due.value} if due.facet else {}, page=due.page)
        if format := EXCHANGED.get(due.path.rpartition(".")[2]):
            clerk.write_pieces(file_name(due.path), self._file(state, format), due.inputs)
            return
        request = self.visitor.request(due.path)
        answer = self._page if due.path.endswith("/") else self._feed
        fill = partial(filled, state=self.state)
        clerk.write(due.path, answer(state, request), due.inputs, fill=fill)

    def _page(self, state, request) -> Answer:
        view = PublicationListView()
        view.setup(request)
        listing = KnownListing(state, self)
        return self.visitor.framed(view.render_to_response(view.get_context_data(listing=listing)))

    def _file(self, state, format) -> Iterator[bytes]:
        papers = self._keys(self.catalogue.confirmed(state))
        texts = Texts(papers, format.name, self.state)
        for text in joined(format.name, texts, self._wanted(papers, format.name)):
            yield text.encode()

    def _wanted(self, papers, format):
        """Return the keys that papers want in a file, None if each can have its own."""
        if format not in self.contested:
            self.contested[format] = self.state.contested(format)
        contested = self.contested[format]
        names = [contested[key] for key in papers if key in contested] if contested else ()
        if len(set(names)) == len(names):
            return None
        keys = self.state.pieces(papers, KEYS)
        return [json.loads(keys[key])[format] for key in papers]

    def _keys(self, places):
        return array("q", map(self.catalogue.keys.__getitem__, places))

    def _feed(self, state, request) -> Answer:
        days, places = self.catalogue.days, self.catalogue.confirmed(state)
        newest = nsmallest(MOST_ENTRIES, places, key=lambda place: (-days[place], place))
        entries = [
            SimpleNamespace(
                updated=self.catalogue.modified(place),
                stand_in=stand_in("feed", self.catalogue.keys[place]),
            )
            for place in newest
        ]
        addresses = (absolute(path, request) for path in (state.feed_url(), state.url()))
        feed = Feed(*addresses, KnownListing(state, self).page_title, entries)
        return answer(feed.response(request))


def claims(pieces: Iterable[tuple[int, str, str]]) -> Iterator[tuple[str, str, int]]:
    """Yield the formats of papers with the names that they want there, capitals aside."""
    for key, kind, text in pieces:
        if kind == KEYS:
            for format, wanted in json.loads(text).items():
                if name := key_alone(format, wanted):
                    yield format, name.lower(), key


@dataclass(frozen=True)
class Texts:
    """What papers say in a format, read some hundred at a time."""

    papers: Sequence[int]
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
        known = self.lists.catalogue
        places = known.of(self.state)[start:end]
        return [
            Place(known.keys[place], known.years[place], known.kinds[place], None)
            for place in places
        ]

    def shown(self, look: Look, *, keep: bool) -> Shown:
        return shown(self.groups, look, self.lists.state)
