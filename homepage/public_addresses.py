"""Every public address of the site: what the sitemap names and a static copy holds."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Max
from django.urls import reverse

from profiles.models import NewsItem, Profile
from publications.addresses import Address, addresses
from publications.models import Publication

from .models import Section


def public_addresses() -> Iterator[Address]:
    """Yield every address that answers a visitor without a query, uploads apart.

    The number of queries does not grow with the site.
    """
    yield Address(reverse("home"), _last_change_of_home(), is_indexed=True)
    for section in Section.objects.public().with_own_page():
        yield Address(section.get_absolute_url(), section.modified, is_indexed=True)
    yield from addresses()
    for name in ("sitemap", "robots", "favicon"):
        yield Address(reverse(name))


def _last_change_of_home():
    shown = [
        Profile.objects,
        Section.objects.public(),
        NewsItem.objects.public(),
        Publication.objects.public(),
    ]
    times = [rows.aggregate(last=Max("modified"))["last"] for rows in shown]
    return max(filter(None, times), default=None)
