"""Every public address of the site: what the sitemap names and a static copy holds."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from profiles.models import NewsItem
from publications.addresses import Address, addresses

from .freshness import last_change, site_changed
from .models import Section


def public_addresses() -> Iterator[Address]:
    """Yield every address that answers a visitor without a query, uploads apart.

    The number of queries does not grow with the site.
    """
    yield Address(reverse("home"), site_changed(), is_indexed=True)
    if news := last_change(NewsItem.objects.public()):
        yield Address(reverse("news"), news, is_indexed=True)
        yield Address(reverse("news-feed"), news)
    for section in Section.objects.public().with_own_page():
        yield Address(section.get_absolute_url(), section.modified, is_indexed=True)
    yield from addresses()
    for name in ("feed", "sitemap", "robots", "favicon"):
        yield Address(reverse(name))
