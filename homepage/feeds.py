"""What is new on the site, to be followed in a feed reader."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.views.generic import View

from profiles.models import NewsItem, Profile
from publications.feeds import MOST_ENTRIES, entries
from publications.models import Publication

from .common.atom import Entry, Feed, with_whole_addresses
from .common.markdown import flat
from .common.pages import render
from .common.site import absolute
from .common.text import shortened


class SiteFeedView(View):
    """News and publications together, the newest first."""

    def get(self, request):
        found = [*_news(request), *entries(Publication.objects.public(), request)]
        # By days: the publications of one import are in order already.
        found.sort(key=lambda entry: entry.published.date(), reverse=True)
        name = Profile.objects.values_list("name", flat=True).first()
        title = name or gettext("Home page")
        return _feed(request, "feed", "home", title, found[:MOST_ENTRIES])


class NewsFeedView(View):
    def get(self, request):
        return _feed(request, "news-feed", "news", gettext("News"), _news(request))


def _feed(request, name, page, title, found):
    address, page = (absolute(reverse(route), request) for route in (name, page))
    return Feed(address, page, title, found).response(request)


def _news(request: HttpRequest) -> list[Entry]:
    return [_entry(item, request) for item in NewsItem.objects.public()[:MOST_ENTRIES]]


def _entry(item: NewsItem, request) -> Entry:
    address = absolute(item.get_absolute_url(), request)
    content = render("homepage/_feed_entry.html", {"item": item})
    return Entry(
        uid=item.uid,
        title=shortened(flat(item.body), 80),
        address=address,
        published=datetime.combine(item.date, time(), UTC),
        updated=item.modified,
        content=with_whole_addresses(content, address),
    )
