"""Every public address of the site: what the sitemap names and a static copy holds."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from profiles.models import NewsItem
from publications.addresses import Address, addresses
from publications.models import Publication

from .freshness import last_change, site_changed
from .models import Section


def public_addresses() -> Iterator[Address]:
    """Yield every address that answers a visitor without a query, uploads apart.

    The number of queries does not grow with the site.
    """
    yield from site_addresses()
    yield from addresses()


def site_addresses() -> Iterator[Address]:
    """Yield the addresses that are neither of one paper nor of a list of papers."""
    yield Address(reverse("home"), site_changed(), is_indexed=True)
    if news := last_change(NewsItem.objects.public()):
        yield Address(reverse("news"), news, is_indexed=True)
        yield Address(reverse("news-feed"), news)
    papers = last_change(Publication.objects.public())
    for section in Section.objects.public().with_own_page():
        shown = {Section.Shows.NEWS: news, Section.Shows.TEXT: None}.get(section.shows, papers)
        modified = max(filter(None, [section.modified, shown]))
        yield Address(section.get_absolute_url(), modified, is_indexed=True)
    for name in ("feed", "sitemap", "robots", "favicon"):
        yield Address(reverse(name))
