"""Rows with good defaults: a test names only what it is about."""

from datetime import date, timedelta
from itertools import count

from django.utils.timezone import now

from homepage.models import Backup, Section
from profiles.models import NewsItem, Profile, ProfileLink
from publications.models import (
    Author,
    Authorship,
    Category,
    Publication,
    PublicationLink,
    Source,
    Topic,
    Venue,
)

_number = count(1)


def make_profile(*, links=(), **values):
    """Make the one profile; `links` are (kind, address) or (kind, address, label)."""
    profile = Profile(**{"name": "Mingqing Xiao", **values})
    profile.save()
    for position, (kind, url, *label) in enumerate(links):
        ProfileLink.objects.create(
            profile=profile, position=position, kind=kind, url=url, label="".join(label)
        )
    return profile


def make_author(name="Ada Lovelace", **values):
    """Make an author; the last word is the family name, one word alone a whole name."""
    given, _, family = name.rpartition(" ")
    parts = {"given": given, "family": family} if given else {"literal": name}
    return Author.objects.create(**{**parts, **values})


def make_category(title="Journal Papers", **values):
    return Category.objects.create(title=title, **values)


def make_venue(name="Neural Networks", acronym="", **values):
    return Venue.objects.create(name=name, acronym=acronym, **values)


def make_publication(
    title="", *, authors=("Ada Lovelace",), links=(), topics=(), venue="", source="", **values
):
    """Make a public paper.

    `authors` are names, authors, or (name, {fields of the authorship}): the same name is the
    same person. `links` are (label, address). `venue` is a venue, a name, or "Name (ACRONYM)".
    `category` may be a heading. `source` is the text an import read it from.
    """
    if isinstance(values.get("category"), str):
        heading = values["category"]
        values["category"] = Category.objects.filter(title=heading).first() or make_category(
            heading
        )
    publication = Publication.objects.create(
        title=title or f"Paper number {next(_number)}",
        venue=_venue(venue),
        **{"year": 2022, **values},
    )
    for position, item in enumerate(authors):
        name, fields = item if isinstance(item, tuple) else (item, {})
        Authorship.objects.create(
            publication=publication, author=_author(name), position=position, **fields
        )
    PublicationLink.objects.bulk_create(
        PublicationLink(publication=publication, position=position, label=label, url=url)
        for position, (label, url) in enumerate(links)
    )
    publication.topics.set(Topic.objects.get_or_create(name=name)[0] for name in topics)
    if source:
        Source.objects.create(publication=publication, format="markdown", text=source)
    return publication


def make_section(title="About me", *, categories=(), **values):
    section = Section.objects.create(title=title, **values)
    section.categories.set(categories)
    return section


def make_news(body="A paper is accepted.", **values):
    return NewsItem.objects.create(body=body, **{"date": date(2024, 9, 25), **values})


def make_backup(**ago):
    """Note a backup that was made so long `ago`, as in days=3."""
    return Backup.objects.create(made=now() - timedelta(**ago), file="/backups/site.zip", size=1)


def _venue(venue):
    if isinstance(venue, Venue) or not venue:
        return venue or None
    name, _, acronym = venue.removesuffix(")").partition(" (")
    return Venue.objects.filter(name=name, acronym=acronym).first() or make_venue(name, acronym)


def _author(name):
    if isinstance(name, Author):
        return name
    return next((one for one in Author.objects.all() if str(one) == name), None) or make_author(
        name
    )
