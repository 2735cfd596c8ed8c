"""Publications as entries of a feed; what was read with doubt is in none."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models.functions import TruncDate
from django.http import HttpRequest

from homepage.common.atom import Entry, with_whole_addresses
from homepage.common.pages import render
from homepage.common.pieces import Pieces
from homepage.common.site import absolute, origin

from .display import links_of
from .entries import Entries
from .models import Publication
from .models.querysets import PublicationQuerySet, newest_first
from .once import related

MOST_ENTRIES = 50


class RenderedEntry(NamedTuple):
    """An entry as it stands in a feed, with what the feed has to know of it."""

    published: datetime
    updated: datetime
    stand_in: str


def entries(papers: PublicationQuerySet, request: HttpRequest) -> list[RenderedEntry]:
    """Return what was added last; of one day, as of one import, the newest publications."""
    added = papers.confirmed().order_by(TruncDate("created").desc(), *newest_first())
    rows = list(added.values_list("pk", "created", "modified")[:MOST_ENTRIES])
    keys = [key for key, _, _ in rows]

    def made(paper):
        return rendered(paper, request)

    texts = Entries(keys).pieces(keys, Pieces("feed", origin(request)), made)
    return [RenderedEntry(*dates, texts[key]) for key, *dates in rows if key in texts]


def rendered(paper: Publication, request: HttpRequest) -> str:
    """Return a publication as it stands in a feed."""
    return render("_feed_entry.xml", {"entry": _entry(paper, request)})


def _entry(paper, request) -> Entry:
    address = absolute(paper.get_absolute_url(), request)
    names = [str(authorship) for authorship in related(paper, "authorships")]
    context = {"publication": paper, "names": names, "links": links_of(paper)}
    content = render("publications/_feed_entry.html", context)
    return Entry(
        uid=paper.uid,
        title=str(paper),
        address=address,
        published=paper.created,
        updated=paper.modified,
        content=with_whole_addresses(content, address),
        authors=tuple(names),
        topics=tuple(topic.name for topic in related(paper, "topics")),
    )
