"""The one vocabulary between formats and rows: plain, frozen, without Django.

Readers of every format yield `PublicationRecord`s, `reconcile` writes them to rows, and
`PublicationQuerySet.records()` turns rows into records again for every writer.
Field names are those of CSL and BibTeX; an empty string or None says "unknown".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class AuthorName:
    """One name in an author list: in parts where they are known, else `literal`.

    `printed` is the name as this list prints it, where that differs from its parts in reading
    order; `marks` are those typed beside it. `equal` and `corresponding` are set only where a
    legend explains a mark. `url` and `orcid` lead to the person, `aliases` are other ways to
    write the name; they are no part of the list.
    """

    given: str = ""
    family: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""
    printed: str = ""
    marks: str = ""
    equal: bool = False
    corresponding: bool = False
    is_owner: bool = False
    url: str = field(default="", compare=False)
    orcid: str = field(default="", compare=False)
    aliases: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return in_reading_order(self)


def in_reading_order(name: AuthorName) -> str:
    """Return a name of these parts, or of a row that has the same ones, as it is read."""
    parts = (name.given, name.particle, name.family, name.suffix)
    return name.literal or " ".join(filter(None, parts))


@dataclass(frozen=True)
class Link:
    """A link as its owner labelled it: to an address, or to the stored file of that name."""

    label: str
    url: str = ""
    file: str = ""

    @property
    def target(self) -> str:
        return self.url or self.file


@dataclass(frozen=True)
class Problem:
    """Something that a reader could not take as it stood: where, and what to do.

    `path` names the file, where a source is made of several.
    """

    line: int
    message: str
    key: str = ""
    path: str = ""

    def __str__(self) -> str:
        where = place(self.path, self.line)
        return ": ".join(part for part in (where, self.key, self.message) if part)


def place(path: str, line: int) -> str:
    """Return where something stands, for people: “_pages/about.md, line 3”."""
    return ", ".join(part for part in (path, f"line {line}" if line else "") if part)


@dataclass(frozen=True)
class PublicationRecord:
    """One publication as a source gives it.

    `title`, `award` and `note` are inline Markdown, `abstract` is Markdown; the rest is plain
    text. `kind` is a CSL type; `topics` are keywords. `conjunction` is the word before the last
    author ("and"), where the list has one; `authors_prefix` are the words before the first
    ("by"): behind "with" the page names all but the owner. `venue_prefix` holds the words that
    lead to the venue ("In", "To appear in"). `category` is the heading it stands under. `pdf` and
    `image` are the names of stored files, `venue_url` leads to the venue, `visibility` is that of
    a new row. `path`, `line`, `text`
    and `extra` (fields without a column) say where it came from and are no part of the work.
    """

    title: str
    kind: str = ""
    category: str = ""
    position: int = 0
    status: str = ""
    authors: tuple[AuthorName, ...] = ()
    authors_prefix: str = ""
    and_others: bool = False
    conjunction: str = ""
    venue: str = ""
    venue_acronym: str = ""
    venue_prefix: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""
    abstract: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    award: str = ""
    note: str = ""
    doi: str = ""
    arxiv_id: str = ""
    isbn: str = ""
    issn: str = ""
    citation_key: str = ""
    links: tuple[Link, ...] = ()
    selected: bool = False
    pdf: str = ""
    image: str = ""
    doubts: str = ""
    venue_url: str = field(default="", compare=False)
    visibility: str = field(default="", compare=False)
    path: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
    text: str = field(default="", compare=False)
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def as_json(self) -> dict[str, Any]:
        """Return the work itself as JSON-ready data, without what is empty."""
        data = {name: value for name, value in vars(self).items() if name not in PROVENANCE}
        data["links"] = [_without_empty(vars(link)) for link in self.links]
        data["authors"] = [_without_empty(vars(author)) for author in self.authors]
        return _without_empty(data)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PublicationRecord:
        """Return the record that `as_json` wrote; names it does not know are passed over."""
        known = {item.name for item in fields(cls)}
        values = {name: value for name, value in data.items() if name in known}
        values["authors"] = tuple(
            AuthorName(**{**author, "aliases": tuple(author.get("aliases", ()))})
            for author in data.get("authors", ())
        )
        values["links"] = tuple(Link(**link) for link in data.get("links", ()))
        values["topics"] = tuple(data.get("topics", ()))
        return cls(**{"title": "", **values})


PROVENANCE = frozenset({"venue_url", "visibility", "path", "line", "text", "extra"})


def _without_empty(data):
    return {name: value for name, value in data.items() if value}


@dataclass(frozen=True)
class Loaded:
    """What a reader found: the records in the order of the source, and what it could not take.

    `headings` are those that the source has over its records, and `under` the key of that which
    each record stands under, "" for none.
    """

    records: tuple[PublicationRecord, ...] = ()
    problems: tuple[Problem, ...] = ()
    headings: tuple[CategoryRecord, ...] = ()
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class CategoryRecord:
    """A heading of the list: `key` is its identity in a later import, `order` Category.Ordering."""

    key: str
    title: str
    intro: str = ""
    default_kind: str = ""
    position: int = 0
    ordering: str = "newest"
    line: int = 0
