"""Where a visitor can go from every page: made of the sections, in the owner's order."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists
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


def public_sections() -> list[Section]:
    """Return all public sections, each of which knows whether the site has news and papers."""
    news, papers = Exists(NewsItem.objects.public()), Exists(Publication.objects.public())
    return list(Section.objects.public().annotate(has_news=news, has_papers=papers))


def destinations(sections: list[Section] | None = None) -> list[Destination]:
    """Return the parts of the home page, then the pages; news and the list of papers last.

    A home page of one part has nothing to jump to. `sections` are what `public_sections` returns.
    """
    known = public_sections() if sections is None else sections
    sections = [section for section in known if section.is_in_navigation]
    parts = [section for section in sections if section.place == Section.Place.HOME]
    pages = [section for section in sections if section.place == Section.Place.PAGE]
    found = [
        Destination(section.title, section.get_absolute_url())
        for section in [*(parts if len(parts) > 1 else []), *pages]
    ]
    shows_news = any(section.shows == Section.Shows.NEWS for section in sections)
    has_news = known[0].has_news if known else NewsItem.objects.public().exists()
    if has_news and not shows_news:
        found.append(Destination(gettext("News"), reverse("news")))
    if known[0].has_papers if known else Publication.objects.public().exists():
        shown = any(section.shows != Section.Shows.TEXT for section in sections)
        title = gettext("All publications") if shown else gettext("Publications")
        found.append(Destination(title, reverse("publications:list")))
    return found
