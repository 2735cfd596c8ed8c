"""Publications as entries of a feed; what was read with doubt is in none."""

from __future__ import annotations

from django.db.models.functions import TruncDate
from django.http import HttpRequest
from django.template.loader import render_to_string

from homepage.common.atom import Entry, with_whole_addresses
from homepage.common.site import absolute

from .models import Publication
from .models.querysets import PublicationQuerySet, newest_first

MOST_ENTRIES = 50


def entries(papers: PublicationQuerySet, request: HttpRequest) -> list[Entry]:
    """Return what was added last; of one day, as of one import, the newest publications."""
    added = papers.confirmed().order_by(TruncDate("created").desc(), *newest_first())
    shown = added.for_page()[:MOST_ENTRIES]
    return [entry(paper, request) for paper in shown]


def entry(paper: Publication, request: HttpRequest) -> Entry:
    """Return a publication as it stands in a feed."""
    address = absolute(paper.get_absolute_url(), request)
    content = render_to_string("publications/_feed_entry.html", {"publication": paper})
    names = (str(authorship) for authorship in paper.authorships.all())
    return Entry(
        uid=paper.uid,
        title=str(paper),
        address=address,
        published=paper.created,
        updated=paper.modified,
        content=with_whole_addresses(content, address),
        authors=tuple(names),
        topics=tuple(topic.name for topic in paper.topics.all()),
    )
