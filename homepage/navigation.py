"""Where a visitor can go from every page: made of the sections, in the owner's order."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from profiles.models import NewsItem
from publications.models import Publication

from .models import Section


@dataclass(frozen=True)
class Destination:
    """One entry of the navigation; `title` is a line as the owner typed it."""

    title: str
    address: str


def destinations() -> list[Destination]:
    """Return the parts of the home page, then the pages; news and the list of papers last.

    A home page of one part has nothing to jump to.
    """
    sections = list(Section.objects.public().in_navigation())
    parts = [section for section in sections if section.place == Section.Place.HOME]
    pages = [section for section in sections if section.place == Section.Place.PAGE]
    found = [
        Destination(section.title, section.get_absolute_url())
        for section in [*(parts if len(parts) > 1 else []), *pages]
    ]
    shows_news = any(section.shows == Section.Shows.NEWS for section in sections)
    if not shows_news and NewsItem.objects.public().exists():
        found.append(Destination(gettext("News"), reverse("news")))
    if Publication.objects.public().exists():
        shown = any(section.shows != Section.Shows.TEXT for section in sections)
        title = gettext("All publications") if shown else gettext("Publications")
        found.append(Destination(title, reverse("publications:list")))
    return found
