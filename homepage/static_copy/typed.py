"""Who typed a link: the owner, in one of the rows, or nobody, so that a template made it."""

from __future__ import annotations

from django.contrib.redirects.models import Redirect

from homepage.models import Section
from profiles.models import NewsItem, Profile
from publications.models import Author, Category, Publication, PublicationLink, Source, Venue

COLUMNS = (
    (Section, ("body",)),
    (NewsItem, ("body",)),
    (Profile, ("footer", "affiliation_url")),
    (Category, ("intro",)),
    (PublicationLink, ("url",)),
    (Publication, ("abstract", "title", "note", "award")),
    (Source, ("text",)),
    (Author, ("url",)),
    (Venue, ("url",)),
    (Redirect, ("new_path",)),
)


def typed_in(address: str) -> str | None:
    """Return what the owner calls the row that an address was typed in, None if there is none."""
    for model, columns in COLUMNS:
        for column in columns:
            row = model.objects.filter(**{f"{column}__contains": address}).first()
            if row is not None:
                return f"{model._meta.verbose_name} “{row}”"
    return None
