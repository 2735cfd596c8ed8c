"""Every address outside this site that a visitor may click, with the rows it stands in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag

from django.conf import settings
from django.db import models

from homepage.common.identifiers import arxiv_url, doi_url
from homepage.common.markdown import render
from homepage.models import Section
from profiles.models import NewsItem, Profile
from publications.models import Author, Category, Publication, PublicationLink, Venue

HREF = re.compile(r'<a [^>]*?href="(https?://[^"]+)"')
MANY = 500


@dataclass(frozen=True)
class Place:
    """A row that holds an address; `label` is how the owner knows it."""

    model: str  # as in ContentType: "publications.publication"
    pk: int
    label: str


def outgoing_links() -> dict[str, list[Place]]:
    """Return each address with its places, in the order in which the site shows them.

    Papers in the trash, and what only they use, are left out; drafts are not. Fragments are
    dropped: a server never sees them.
    """
    found: dict[str, list[Place]] = {}
    for address, row in _addresses():
        address = urldefrag(address).url
        if not address.lower().startswith(("http://", "https://")) or _is_ours(address):
            continue
        place = Place(row._meta.label_lower, row.pk, str(row)[:200])
        places = found.setdefault(address, [])
        if place not in places:
            places.append(place)
    return found


def _is_ours(address):
    ours = settings.SITE_URL
    return bool(ours) and (address == ours or address.startswith(f"{ours}/"))


def _addresses() -> Iterator[tuple[str, models.Model]]:
    for profile in Profile.objects.prefetch_related("links"):
        yield profile.affiliation_url, profile
        for link in profile.links.all():
            yield link.url, profile
    for model, field in ((Section, "body"), (NewsItem, "body"), (Category, "intro")):
        for row in model.objects.all():
            yield from _in_text(getattr(row, field), row)
    kept = Publication.objects.exclude(visibility="trash")
    for paper in kept.newest_first().iterator(MANY):
        yield doi_url(paper.doi) if paper.doi else "", paper
        yield arxiv_url(paper.arxiv_id) if paper.arxiv_id else "", paper
        yield from _in_text(paper.abstract, paper)
    links = PublicationLink.objects.filter(publication__in=kept).select_related("publication")
    for link in links.iterator(MANY):
        yield link.url, link.publication
    for venue in Venue.objects.filter(publications__in=kept).exclude(url="").distinct():
        yield venue.url, venue
    for author in Author.objects.filter(publications__in=kept).exclude(url="").distinct():
        yield author.url, author


def _in_text(source, row):
    if "://" in source or "www." in source:
        for match in HREF.finditer(render(source)):
            yield html.unescape(match[1]), row
