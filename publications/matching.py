"""Finds the row of a record: by DOI, arXiv id, citation key, then folded title and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from homepage.common.markdown import plain
from homepage.common.text import fold

from .models import Authorship, Publication, Source, Visibility
from .preprints import is_publishing, own_doi, share_an_author
from .records import PublicationRecord


@dataclass(slots=True, eq=False)
class Known:
    """What tells a row from others: a fraction of the row, for all rows are held at once."""

    pk: int
    title: str
    kind: str
    venue: str
    year: int | None
    doi: str
    arxiv_id: str
    citation_key: str
    visibility: str
    folded: str = ""
    is_own: bool = False


class Identity(NamedTuple):
    """What a source said last time that tells a work from others."""

    title: str
    doi: str
    arxiv_id: str
    citation_key: str
    year: int | None


class Name(NamedTuple):
    """What of an author's name tells whether two works share one."""

    family: str
    literal: str


class Matcher:
    """The rows of the site by what identifies them; within one import each is matched once.

    A row is known as it is now and as the source had it last time. Those `taken` already are
    matched by nothing.
    """

    def __init__(self, format: str, taken: Collection[int] = ()):
        self.format = format
        self.by: dict[tuple, list[Known]] = defaultdict(list)
        self.own: dict[str, list[Known]] = defaultdict(list)
        self.taken: set[int] = set(taken)
        self.offered: set[int] = set()
        self.rows = {row.pk: row for row in _known()}
        for row in self.rows.values():
            row.folded = folded_title(row)
            self._add(row, row, row.folded)
        for key, said in self._said():
            row = self.rows[key]
            folded = row.folded if said.title == row.title else folded_title(said)
            self._add(row, said, folded)
            self.own[folded].append(row)
            row.is_own = True

    def match(self, record: PublicationRecord) -> Known | None:
        """Return the row of a record and take it, if there is one."""
        title = folded_title(record)
        for key in _keys(record, title):
            free = [row for row in self.by.get(key, ()) if row.pk not in self.taken]
            free = [row for row in free if _is_compatible(key, record, title, row)]
            if free:
                # A row that came from this format before the others: it is its own.
                return self._take(min(free, key=lambda row: (not row.is_own, row.pk)))
        return None

    def match_own_title(self, record: PublicationRecord) -> Known | None:
        """Return the one free row that this format gave under the same title, if there is one."""
        title = folded_title(record)
        free = [
            row
            for row in self.own.get(title, ())
            if row.pk not in self.taken and _is_compatible(("title", title), record, title, row)
        ]
        return self._take(free[0]) if len(free) == 1 else None

    def offer(self, record: PublicationRecord) -> Known | None:
        """Return a free row that may be the preprint of this record, or what became of it.

        That is for a person to say: the arXiv id is the same but not the title, or the other
        way round.
        """
        for key in _loose_keys(record, folded_title(record)):
            for row in self.by.get(key, ()):
                if row.pk in self.taken | self.offered or row.visibility == Visibility.TRASH:
                    continue
                if self._may_be_one_work(key, record, row):
                    self.offered.add(row.pk)
                    return row
        return None

    def unmatched(self, source: str) -> list[str]:
        """Return the titles of rows that this source gave last time and has no longer."""
        given = Source.objects.filter(run__source=source).values_list("publication_id", flat=True)
        gone = set(given) - self.taken
        return [
            plain(row.title)
            for row in self.rows.values()
            if row.pk in gone and row.visibility != Visibility.TRASH
        ]

    def _said(self) -> Iterator[tuple[int, Identity]]:
        """Yield what this format last said about rows, with their keys."""
        sources = Source.objects.filter(format=self.format).order_by("publication_id")
        for key, record in sources.values_list("publication_id", "record").iterator(200):
            if key in self.rows:
                known = {name: record.get(name, "") for name in Identity._fields}
                yield key, Identity(**{**known, "year": record.get("year")})

    def _add(self, row, identity, title):
        keys = [*_keys(identity, title), *_loose_keys(identity, title)]
        for key in keys:
            if row not in self.by[key]:
                self.by[key].append(row)

    def _take(self, row):
        self.taken.add(row.pk)
        return row

    def _may_be_one_work(self, key, record, row):
        if not (is_publishing(row, record) or is_publishing(record, row)):
            return False
        if _have_other_dois(record, row):
            return False
        if not share_an_author(record.authors, self._authors[row.pk]):
            return False
        if key[0] == "arxiv":
            return True
        return not (record.arxiv_id and row.arxiv_id and record.arxiv_id != row.arxiv_id)

    @cached_property
    def _authors(self) -> dict[int, list[Name]]:
        found: dict[int, list[Name]] = defaultdict(list)
        rows = Authorship.objects.order_by().values_list(
            "publication_id", "author__family", "author__literal"
        )
        for key, *name in rows.iterator():
            found[key].append(Name(*name))
        return found


def _known() -> Iterator[Known]:
    names = "pk title kind venue__name year doi arxiv_id citation_key visibility".split()
    rows = Publication.objects.order_by("pk").values_list(*names)
    return (Known(*values) for values in rows.iterator())


def folded_title(work: PublicationRecord | Known | Identity) -> str:
    """Return a title for comparing; one without letters (“???”) as it is."""
    title = plain(work.title)
    return fold(title) or title


def _keys(work, title) -> Iterable[tuple]:
    if work.doi:
        yield ("doi", work.doi.lower())
    if work.arxiv_id:
        yield ("arxiv", work.arxiv_id.lower())
    if work.citation_key:
        yield ("key", work.citation_key.lower(), title)
    if title:
        yield ("title", title, work.year)


def _loose_keys(work, title) -> Iterable[tuple]:
    """Yield what a preprint and its published version have in common, whatever their years."""
    if work.arxiv_id:
        yield ("arxiv", work.arxiv_id.lower())
    if title:
        yield ("any year", title)


def _is_compatible(key, record, title, row):
    """Return whether a match by one identifier is not refuted by another.

    A conference and its journal version may share an arXiv id, or a title and year; where both
    have a DOI and they differ, or the titles differ and so do the venues, they are two works.
    """
    if key[0] == "doi":
        return True
    if _have_other_dois(record, row):
        return False
    if key[0] == "arxiv":
        if title == row.folded:
            return True
        if is_publishing(row, record) or is_publishing(record, row):
            return False
        return not (record.venue and row.venue and record.venue != row.venue)
    return True


def _have_other_dois(record, row):
    ours, theirs = own_doi(row), own_doi(record)
    return bool(ours and theirs and ours != theirs)
