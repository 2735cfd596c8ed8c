"""The pages that search engines are to know, each with its last change: a text in pieces."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from django.utils.timezone import get_current_timezone

from publications.addresses import Address

from .common.pages import render

# What stands in a template for what is put in without it.
PLACE = "PLACE"


def sitemap(addresses: Iterable[Address], origin: str) -> Iterator[str]:
    """Yield a sitemap of those addresses that search engines are to know."""
    start, _, end = render("sitemap.xml", {"pages": PLACE}).partition(PLACE)
    zone = get_current_timezone()
    yield start
    for address in addresses:
        if address.is_indexed:
            modified = address.modified and address.modified.astimezone(zone).date()
            yield _page(modified).replace(PLACE, escape(origin + address.path))
    yield end


@functools.lru_cache(maxsize=1000)
def _page(modified: date | None) -> str:
    """Return what is said of any page of that day: putting in which one is far quicker."""
    return render("_sitemap_page.xml", {"location": PLACE, "modified": modified})
