"""Finds the row of a record: by DOI, arXiv id, citation key, then folded title and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from homepage.common.markdown import plain
from homepage.common.text import fold

from .models import Publication, Visibility
from .preprints import is_publishing, own_doi, share_an_author
from .records import PublicationRecord
from .rows import to_record


class Matcher:
    """The rows of the site by what identifies them; within one import each is matched once.

    A row is known as it is now and as the source had it last time. Those `taken` already are
    matched by nothing.
    """

    def __init__(self, format: str, taken: Collection[int] = ()):
        self.format = format
        self.by: dict[tuple, list[Publication]] = defaultdict(list)
        self.own: dict[str, list[Publication]] = defaultdict(list)
        self.taken: set[int] = set(taken)
        self.offered: set[int] = set()
        self.rows = list(Publication.objects.for_import())
        self.now = {row.pk: to_record(row) for row in self.rows}
        self.said = {row.pk: self._said_of(row) for row in self.rows}
        for row in self.rows:
            for record in (self.now[row.pk], self.base(row)):
                for key in (*_keys(record), *_loose_keys(record)):
                    if row not in self.by[key]:
                        self.by[key].append(row)
            if self._is_own(row):
                self.own[folded_title(self.base(row))].append(row)

    def base(self, row: Publication) -> PublicationRecord:
        """Return what this format last said about a row; an empty record if nothing."""
        return self.said[row.pk]

    def _said_of(self, row):
        source = next((s for s in row.sources.all() if s.format == self.format), None)
        return PublicationRecord.from_json(source.record if source else {})

    def match(self, record: PublicationRecord) -> Publication | None:
        """Return the row of a record and take it, if there is one."""
        for key in _keys(record):
            free = [row for row in self.by.get(key, ()) if row.pk not in self.taken]
            free = [row for row in free if _is_compatible(key, record, self.now[row.pk])]
            if free:
                # A row that came from this format before the others: it is its own.
                return self._take(min(free, key=lambda row: (not self._is_own(row), row.pk)))
        return None

    def match_own_title(self, record: PublicationRecord) -> Publication | None:
        """Return the one free row that this format gave under the same title, if there is one."""
        title = folded_title(record)
        free = [
            row
            for row in self.own.get(title, ())
            if row.pk not in self.taken
            and _is_compatible(("title", title), record, self.now[row.pk])
        ]
        return self._take(free[0]) if len(free) == 1 else None

    def offer(self, record: PublicationRecord) -> Publication | None:
        """Return a free row that may be the preprint of this record, or what became of it.

        That is for a person to say: the arXiv id is the same but not the title, or the other
        way round.
        """
        for key in _loose_keys(record):
            for row in self.by.get(key, ()):
                if row.pk in self.taken | self.offered or row.visibility == Visibility.TRASH:
                    continue
                if _may_be_one_work(key, record, self.now[row.pk]):
                    self.offered.add(row.pk)
                    return row
        return None

    def unmatched(self, source: str) -> list[Publication]:
        """Return the rows that this source gave last time and has no longer."""
        return [
            row
            for row in self.rows
            if row.pk not in self.taken
            and row.visibility != Visibility.TRASH
            and any(s.run and s.run.source == source for s in row.sources.all())
        ]

    def _take(self, row):
        self.taken.add(row.pk)
        return row

    def _is_own(self, row):
        return any(source.format == self.format for source in row.sources.all())


def folded_title(record: PublicationRecord) -> str:
    """Return a title for comparing; one without letters (“???”) as it is."""
    return fold(plain(record.title)) or plain(record.title)


def _keys(record: PublicationRecord) -> Iterable[tuple]:
    title = folded_title(record)
    if record.doi:
        yield ("doi", record.doi.lower())
    if record.arxiv_id:
        yield ("arxiv", record.arxiv_id.lower())
    if record.citation_key:
        yield ("key", record.citation_key.lower(), title)
    if title:
        yield ("title", title, record.year)


def _loose_keys(record: PublicationRecord) -> Iterable[tuple]:
    """Yield what a preprint and its published version have in common, whatever their years."""
    if record.arxiv_id:
        yield ("arxiv", record.arxiv_id.lower())
    if title := folded_title(record):
        yield ("any year", title)


def _is_compatible(key, record, row):
    """Return whether a match by one identifier is not refuted by another.

    A conference and its journal version may share an arXiv id, or a title and year; where both
    have a DOI and they differ, or the titles differ and so do the venues, they are two works.
    """
    if key[0] == "doi":
        return True
    if _have_other_dois(record, row):
        return False
    if key[0] == "arxiv":
        if folded_title(record) == folded_title(row):
            return True
        if is_publishing(row, record) or is_publishing(record, row):
            return False
        return not (record.venue and row.venue and record.venue != row.venue)
    return True


def _may_be_one_work(key, record, row):
    if not (is_publishing(row, record) or is_publishing(record, row)):
        return False
    if _have_other_dois(record, row) or not share_an_author(record, row):
        return False
    if key[0] == "arxiv":
        return True
    return not (record.arxiv_id and row.arxiv_id and record.arxiv_id != row.arxiv_id)


def _have_other_dois(record, row):
    ours, theirs = own_doi(row), own_doi(record)
    return bool(ours and theirs and ours != theirs)
