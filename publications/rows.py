"""Between rows and records: `to_record` the one way out, `Writer` the way in, in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from homepage.common.slugs import free_slug, temporary_slug
from homepage.common.text import fold

from .models import (
    Author,
    Authorship,
    Category,
    ImportRun,
    Publication,
    PublicationLink,
    Source,
    Venue,
)
from .records import AuthorName, Link, PublicationRecord

# Fields that a record and a row share by name.
COLUMNS = (
    "title kind position status and_others conjunction venue_prefix year month day volume "
    "number pages publisher abstract language award note doi arxiv_id isbn issn citation_key "
    "doubts"
).split()


def to_record(publication: Publication) -> PublicationRecord:
    """Return a row as a record; with `for_page()` or `for_import()` it takes no query."""
    venue, category = publication.venue, publication.category
    return PublicationRecord(
        category=category.slug if category else "",
        venue=venue.name if venue else "",
        venue_acronym=venue.acronym if venue else "",
        authors=tuple(map(_author_name, publication.authorships.all())),
        links=tuple(Link(link.label, link.url) for link in publication.links.all() if link.url),
        **{name: getattr(publication, name) for name in COLUMNS},
    )


def _author_name(authorship) -> AuthorName:
    author = authorship.author
    return AuthorName(
        given=author.given,
        family=author.family,
        particle=author.particle,
        suffix=author.suffix,
        literal=author.literal,
        printed=authorship.printed_name,
        marks=authorship.marks,
        equal=authorship.equal_contribution,
        corresponding=authorship.corresponding,
        is_owner=author.is_owner,
        url=author.url,
    )


class Writer:
    """Writes records of one import as rows: new ones in bulk, on `finish()`."""

    def __init__(self, format: str, run: ImportRun):
        self.format = format
        self.run = run
        self.people = People()
        self.venues = {(venue.name, venue.acronym): venue for venue in Venue.objects.all()}
        self.categories = {category.slug: category for category in Category.objects.all()}
        self.slugs = Publication.taken_slugs() | Publication.reserved_slugs
        self.new: list[tuple[Publication, PublicationRecord]] = []

    def create(self, record: PublicationRecord) -> None:
        """Make a new publication of a record when the writer finishes."""
        publication = Publication(
            category=self.categories.get(record.category),
            venue=self._venue(record.venue, record.venue_acronym),
            **{name: value for name in COLUMNS if (value := getattr(record, name))},
        )
        base = publication.slug_base()
        publication.slug = free_slug(base, self.slugs) if base else temporary_slug()
        self.slugs.add(publication.slug)
        self.new.append((publication, record))

    def update(
        self,
        publication_id: int,
        record: PublicationRecord,
        values: Mapping[str, Any],
        links: Sequence[Link],
    ) -> None:
        """Set the fields of `values` from `record`, add `links`, remember the record as base."""
        publication = Publication.objects.get(pk=publication_id)
        for name in values:
            if name == "venue":
                publication.venue = self._venue(record.venue, record.venue_acronym)
            elif name == "category":
                publication.category = self.categories.get(record.category)
            elif name == "authors":
                publication.authorships.all().delete()
                Authorship.objects.bulk_create(self._authorships(publication, record.authors))
            else:
                setattr(publication, name, getattr(record, name))
        if links:
            start = publication.links.count()
            PublicationLink.objects.bulk_create(_links(publication, links, start))
        if values or links:
            publication.version += 1
            publication.save()
            publication.update_search_text()
        Source.objects.update_or_create(
            publication=publication, format=self.format, defaults=self._source(record)
        )

    def finish(self) -> list[Publication]:
        """Write the new publications with their authors, links and sources; return them."""
        rows = [row for row, _ in self.new]
        for row, record in self.new:
            row.search_text = search_text(record)
        Publication.objects.bulk_create(rows, batch_size=200)
        unnamed = [row for row in rows if not row.slug_base()]
        for row in unnamed:
            row.slug = row.slug_with_id()
        Publication.objects.bulk_update(unnamed, ["slug"], batch_size=200)
        authorships, links, sources = [], [], []
        for row, record in self.new:
            authorships += self._authorships(row, record.authors)
            links += _links(row, record.links)
            sources.append(Source(publication=row, format=self.format, **self._source(record)))
        Authorship.objects.bulk_create(authorships, batch_size=500)
        PublicationLink.objects.bulk_create(links, batch_size=500)
        Source.objects.bulk_create(sources, batch_size=200)
        self.new = []
        return rows

    def _source(self, record):
        return {
            "run": self.run,
            "text": record.text,
            "line": record.line,
            "extra": dict(record.extra),
            "record": record.as_json(),
        }

    def _venue(self, name, acronym):
        if not name:
            return None
        if (name, acronym) not in self.venues:
            self.venues[name, acronym] = Venue.objects.create(name=name, acronym=acronym)
        return self.venues[name, acronym]

    def _authorships(self, publication, names):
        for position, name in enumerate(names, 1):
            author = self.people.find_or_create(name)
            printed = name.printed or str(name)
            yield Authorship(
                publication=publication,
                author=author,
                position=position,
                printed_name="" if printed == str(author) else printed,
                marks=name.marks,
                equal_contribution=name.equal,
                corresponding=name.corresponding,
            )


class People:
    """The authors by every folded form of their full name; never by initials."""

    def __init__(self):
        self.known: dict[str, Author] = {}
        self.owner: Author | None = None
        for author in Author.objects.order_by("-id"):
            self._remember(author)
            if author.is_owner:
                self.owner = author

    def find_or_create(self, name: AuthorName) -> Author:
        """Return the person of a written name; a name marked as the owner's is the owner."""
        if name.is_owner and self.owner is not None:
            return self.owner
        key = fold(name.printed or str(name)) or name.printed or str(name)
        author = self.known.get(key) or self.known.get(fold(str(name)))
        if author is None:
            author = Author.from_name(name)
            author.save()
            self._remember(author)
            self.known[key] = author
        return author

    def _remember(self, author):
        for folded in author.folded_names() or {str(author)}:
            self.known[folded] = author


def search_text(record: PublicationRecord, topics: Sequence[str] = ()) -> str:
    """Return the folded text of a publication that searches read."""
    from homepage.common.markdown import plain

    names = [name.printed or str(name) for name in record.authors]
    parts = [plain(record.title), *names, record.venue, record.venue_acronym, *topics]
    return fold(" ".join([*parts, record.abstract]))


def _links(publication, links, start=0):
    return [
        PublicationLink(publication=publication, position=position, label=link.label, url=link.url)
        for position, link in enumerate(links, start + 1)
    ]
