"""Between rows and records: `to_record` the one way out, `Writer` the way in, in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from homepage.common.many_rows import insert, update
from homepage.common.progress import job
from homepage.common.slugs import save_new

from .changes import (
    SOURCE_FIELDS,
    Changes,
    State,
    as_stored,
    former_source,
    moved,
    new_publication_state,
    publication_state,
    source_values,
)
from .models import (
    Author,
    Authorship,
    Category,
    ImportRun,
    Publication,
    PublicationLink,
    Source,
    Topic,
    Venue,
)
from .models.publications import search_text
from .once import once, related
from .people import People
from .records import AuthorName, Link, PublicationRecord

# Fields that a record and a row share by name.
COLUMNS = (
    "title kind position status authors_prefix and_others conjunction venue_prefix year month day "
    "volume number pages publisher abstract language award note doi arxiv_id isbn issn "
    "citation_key selected doubts"
).split()
VALUES = attrgetter(*COLUMNS)
NAME = "given family particle suffix literal is_owner url orcid".split()
NAME_OF = attrgetter(*NAME)
# Columns that hold the name of a stored file.
FILES = ("pdf", "image")


def to_record(publication: Publication, format: str = "") -> PublicationRecord:
    """Return a row as a record; with `for_import()` it takes no query.

    `format` names the one whose fields without a column come along.
    """
    return once(publication, ("record", format), lambda: _record(publication, format))


def _record(publication, format):
    if format and not (kept := _kept_fields(publication, format)):
        return to_record(publication)
    kept = kept if format else {}
    names = map(_author_name, related(publication, "authorships"))
    rows = related(publication, "links")
    links = (Link(link.label, link.url, link.file.name or "") for link in rows)
    topics = (topic.name for topic in related(publication, "topics"))
    return record_of(publication, names, links, topics, kept)


def record_of(
    publication: Publication,
    authors: Iterable[AuthorName],
    links: Iterable[Link],
    topics: Iterable[str],
    extra: Mapping[str, Any],
) -> PublicationRecord:
    """Return the record of a row and of what belongs to it."""
    venue, category = publication.venue, publication.category
    return PublicationRecord(
        category=category.slug if category else "",
        venue=venue.name if venue else "",
        venue_acronym=venue.acronym if venue else "",
        authors=tuple(authors),
        links=tuple(links),
        topics=tuple(topics),
        extra=extra,
        **dict(zip(COLUMNS, VALUES(publication), strict=True)),
        **{name: getattr(publication, name).name or "" for name in FILES},
    )


def _kept_fields(publication, format):
    sources = related(publication, "sources")
    return next((source.extra for source in sources if source.format == format), {})


def _author_name(authorship) -> AuthorName:
    author = authorship.author
    printed, marks = authorship.printed_name, authorship.marks
    roles = authorship.equal_contribution, authorship.corresponding
    if printed or marks or any(roles):
        return replace(
            _known(author), printed=printed, marks=marks, equal=roles[0], corresponding=roles[1]
        )
    return _known(author)


def _known(author) -> AuthorName:
    """Return the name of an author, as it is on most papers."""
    return once(author, "name", lambda: AuthorName(**dict(zip(NAME, NAME_OF(author), strict=True))))


class Writer:
    """Writes records of one import as rows: new ones in bulk, on `finish()`.

    What it does to the rows is noted in `changes`.
    """

    def __init__(self, format: str, run: ImportRun, changes: Changes):
        self.format = format
        self.run = run
        self.changes = changes
        self.people = People(in_bulk=True)
        self.venues = {(venue.name, venue.acronym): venue for venue in Venue.objects.all()}
        self.categories = {category.slug: category for category in Category.objects.all()}
        self.rows: dict[int, Publication] = {}
        self.former: dict[int, State] = {}
        self.moved: list[Publication] = []
        self.sources: dict[int, Source] = {}
        self.new: list[PublicationRecord] = []
        self.said_again: list[Source] = []
        self.made_venues: list[Venue] = []
        self.topics = {topic.name: topic for topic in Topic.objects.all()}
        self.made_topics: list[Topic] = []

    def fetch(self, ids: Sequence[int], changing: Sequence[int]) -> None:
        """Get ready for `update` on rows, in few queries; `changing` are more than named again.

        When they are updated, `settle` has to follow.
        """
        for row in with_parts(changing):
            self.rows[row.pk] = row
            self.former[row.pk] = publication_state(row)
        for some in batches(ids):
            sources = Source.objects.filter(format=self.format, publication_id__in=some)
            self.sources |= {source.publication_id: source for source in sources}

    def create(self, record: PublicationRecord) -> None:
        """Make a new publication of a record when the writer finishes."""
        self.new.append(record)

    def update(
        self,
        publication_id: int,
        record: PublicationRecord,
        values: Mapping[str, Any],
        links: Sequence[Link],
        topics: Sequence[str] = (),
    ) -> None:
        """Set the fields of `values` from `record`, add links and topics, remember the record.

        The row has been fetched.
        """
        if values or links or topics:
            publication = self.rows[publication_id]
            if links or topics or values.keys() != {"position"}:
                self._set(publication, record, values)
                self._add_links(publication, links)
                if topics:
                    publication.topics.add(*self._topics(topics))
                publication.version += 1
                publication.save()
            else:
                publication.position = record.position
                self.moved.append(publication)
        self._remember(publication_id, record)

    def _add_links(self, publication, links):
        """Add links behind those that are there; a new version of a file takes its place."""
        rows = list(publication.links.all())
        source = self.sources.get(publication.pk)
        said = {link.get("file") for link in source.record.get("links", ())} if source else set()
        said.discard(None)
        added = []
        for link in links:
            older = [row for row in rows if row.label == link.label and row.file.name in said]
            if link.file and older:
                older[0].file = link.file
                older[0].save(update_fields=["file"])
            else:
                added.append(link)
        insert(PublicationLink, _of([publication], [_links(added, len(rows))]))

    def _set(self, publication, record, values):
        for name in values:
            if name == "venue":
                publication.venue = self._venue(record)
                save_new(self._new_venues())
            elif name == "category":
                publication.category = self.categories.get(record.category)
            elif name == "authors":
                publication.authorships.all().delete()
                authorships = self._authorships(record.authors)
                self.people.save_new()
                insert(Authorship, _of([publication], [authorships]))
            elif name == "image":
                # The file is stored once the rows are: its size is read then.
                publication.image_width = publication.image_height = None
                publication.image = record.image
            else:
                setattr(publication, name, getattr(record, name))

    def _remember(self, publication_id, record):
        """Keep the record as what this format says, and note what it had said before."""
        values = as_stored(source_values(record, self.run.pk))
        source = self.sources.get(publication_id)
        self.changes.sources[str(publication_id)] = source and former_source(source, values)
        source = source or Source(publication_id=publication_id, format=self.format)
        for name, value in values.items():
            setattr(source, name, value)
        self.said_again.append(source)

    def settle(self) -> None:
        """Write what `update` left to be done of the fetched rows, and let go of them."""
        save_positions(self.moved)
        others = self.rows.keys() - {row.pk for row in self.moved}
        refresh_search_text(others)
        for row in self.moved:
            former = self.former[row.pk]
            self.changes.note_change(row, former, moved(former, row))
        for row in with_parts(others):
            self.changes.note_change(row, self.former[row.pk])
            let_go(row)
        self._save_known(source for source in self.said_again if source.pk)
        insert(Source, [source for source in self.said_again if not source.pk])
        for row in self.rows.values():
            let_go(row)
        for done in (self.rows, self.former, self.moved, self.sources, self.said_again):
            done.clear()

    def finish(self) -> list[Publication]:
        """Write the new publications with their authors, links and sources; return them."""
        taken = Publication.taken_slugs() | Publication.reserved_slugs
        made = []
        with job("Saving", len(self.new)) as advance:
            for some in batches(self.new):
                made += self._save(some, taken)
                advance(len(some))
        self.changes.note_made(self.people.made)
        self.changes.note_made([*self.made_venues, *self.made_topics])
        self.new = []
        return made

    def _save(self, records, taken) -> list[Publication]:
        """Save new rows with all their parts; `taken` are the slugs in use."""
        rows = [self._row(record) for record in records]
        authorships = [self._authorships(record.authors) for record in records]
        self.people.save_new()
        save_new(self._new_venues())
        self._topics({name: None for record in records for name in record.topics})
        topics = [self._topics(record.topics) for record in records]
        for row, names, subjects, record in zip(rows, authorships, topics, records, strict=True):
            row.venue = self._venue(record)  # whose id is known by now
            row.search_text = search_text(row, names, subjects, [record])
        save_new(rows, taken)
        links = [_links(record.links) for record in records]
        insert(Authorship, _of(rows, authorships))
        insert(PublicationLink, _of(rows, links))
        insert(Source, [self._source(*pair) for pair in zip(rows, records, strict=True)])
        through = Publication.topics.through
        filed = zip(rows, topics, strict=True)
        insert(through, [through(publication=row, topic=one) for row, its in filed for one in its])
        for parts in zip(rows, authorships, links, topics, strict=True):
            self.changes.note_digest(parts[0], new_publication_state(*parts))
        return rows

    def _row(self, record):
        self._venue(record)
        values = {name: getattr(record, name) for name in (*COLUMNS, *FILES, "visibility")}
        category = self.categories.get(record.category)
        return Publication(
            category=category, **{name: value for name, value in values.items() if value}
        )

    def _source(self, row, record):
        return Source(
            publication_id=row.pk, format=self.format, **source_values(record, self.run.pk)
        )

    def _save_known(self, sources):
        named_again, others = [], []
        for source in sources:
            is_same = self.changes.sources[str(source.publication_id)].keys() <= {"run_id"}
            (named_again if is_same else others).append(source)
        for some in batches([source.pk for source in named_again]):
            Source.objects.filter(pk__in=some).update(run=self.run)
        update(others, SOURCE_FIELDS)

    def _venue(self, record):
        if not record.venue:
            return None
        key = record.venue, record.venue_acronym
        if key not in self.venues:
            name, acronym = key
            self.venues[key] = Venue(name=name, acronym=acronym, url=record.venue_url)
            self.made_venues.append(self.venues[key])
        return self.venues[key]

    def _topics(self, names) -> list[Topic]:
        """Return the topics of these names; those that are new are made."""
        new = [Topic(name=name) for name in names if name not in self.topics]
        save_new(new)
        self.topics |= {topic.name: topic for topic in new}
        self.made_topics += new
        return [self.topics[name] for name in names]

    def _new_venues(self):
        return [venue for venue in self.made_venues if venue.pk is None]

    def _authorships(self, names) -> list[NewAuthorship]:
        return [self._authorship(position, name) for position, name in enumerate(names, 1)]

    def _authorship(self, position, name):
        author = self.people.find_or_create(name)
        printed = name.printed or str(name)
        return NewAuthorship(
            author=author,
            position=position,
            printed_name="" if printed == str(author) else printed,
            marks=name.marks,
            equal_contribution=name.equal,
            corresponding=name.corresponding,
        )


@dataclass(slots=True)
class NewAuthorship:
    """A row of `Authorship` to be inserted: there are many, and a model's instance costs more."""

    author: Author
    position: int
    printed_name: str
    marks: str
    equal_contribution: bool
    corresponding: bool
    publication_id: int | None = None

    @property
    def author_id(self) -> int:
        return self.author.pk


@dataclass(slots=True)
class NewLink:
    """A row of `PublicationLink` to be inserted."""

    position: int
    label: str
    url: str
    file: str
    publication_id: int | None = None


def _of(rows, parts) -> Iterator[NewAuthorship | NewLink]:
    """Yield the parts of saved rows, each with the key of its row."""
    for row, its_parts in zip(rows, parts, strict=True):
        for part in its_parts:
            part.publication_id = row.pk
            yield part


def with_parts(ids: Iterable[int]) -> Iterator[Publication]:
    """Yield rows with all their parts, in a constant number of queries for some hundred."""
    for some in batches(ids):
        yield from Publication.objects.for_change().filter(pk__in=some)


def let_go(row: Publication) -> None:
    """Part a row from its parts: each knows the other, so that memory would keep both for long."""
    row.__dict__.pop("_prefetched_objects_cache", None)


def save_positions(rows: Sequence[Publication]) -> None:
    """Save rows of which only the place in the source has changed.

    That is all rows behind a paper that was added at its head.
    """
    for row in rows:
        row.version += 1
    update(rows, ("position", "version", "modified"))


def refresh_search_text(ids: Iterable[int]) -> None:
    """Rebuild what searches read of rows that were written."""
    for some in batches(ids):
        Publication.objects.filter(pk__in=some).refresh_search_text()


def batches(items: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Yield items by the hundred, as many as a query takes."""
    items = list(items)
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _links(links, start=0) -> list[NewLink]:
    return [
        NewLink(position=position, label=link.label, url=link.url, file=link.file)
        for position, link in enumerate(links, start + 1)
    ]
