"""Rows as records: however many there are, in a fixed number of queries and in little memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from sys import intern
from typing import Any

from django.db.models.functions import Lower

from .models import Authorship, Publication, PublicationLink, Source
from .records import AuthorName, Link, PublicationRecord
from .rows import record_of

NAME = "given family particle suffix literal is_owner url orcid".split()
PLACE = {
    "printed_name": "printed",
    "marks": "marks",
    "equal_contribution": "equal",
    "corresponding": "corresponding",
}


class Records:
    """The records of some publications; they can be gone through more than once.

    Rows are made one by one. Of what belongs to them, only what a record needs is kept, and each
    author once: a prefetch would hold all rows of five tables.
    """

    def __init__(self, publications, format: str = ""):
        self.publications = publications
        self.format = format

    def __iter__(self) -> Iterator[PublicationRecord]:
        return (record for _, record in self.with_rows())

    def with_rows(self) -> Iterator[tuple[Publication, PublicationRecord]]:
        """Yield each row, without its parts, and its record."""
        rows = self.publications.select_related("category", "venue").defer("search_text")
        for row in rows.iterator(chunk_size=200):
            key = row.pk
            parts = self._authors(key), self._links(key), self._topics[key], self._extra(key)
            yield row, record_of(row, *parts)

    def _authors(self, key):
        for author, *values in self._authorships[key]:
            place = dict(zip(PLACE.values(), values, strict=True))
            yield AuthorName(**self._people[author], **place)

    def _links(self, key):
        return (Link(*values) for values in self._all_links[key])

    def _extra(self, key):
        return self._sources.get(key, {})

    @cached_property
    def _authorships(self) -> dict[int, list[tuple]]:
        found: dict[int, list[tuple]] = defaultdict(list)
        rows = self._of(Authorship).values_list(
            "publication_id", "author_id", *PLACE, *(f"author__{name}" for name in NAME)
        )
        self._people: dict[int, dict[str, Any]] = {}
        for publication, author, *values in rows.iterator():
            place, name = values[: len(PLACE)], values[len(PLACE) :]
            found[publication].append((author, *place))
            if author not in self._people:
                self._people[author] = dict(zip(NAME, name, strict=True))
        return found

    @cached_property
    def _all_links(self) -> dict[int, list[tuple]]:
        found: dict[int, list[tuple]] = defaultdict(list)
        rows = self._of(PublicationLink).values_list("publication_id", "label", "url", "file")
        for publication, *values in rows.iterator():
            found[publication].append(tuple(values))
        return found

    @cached_property
    def _topics(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        rows = Publication.topics.through.objects.filter(publication__in=self._keys())
        rows = rows.order_by(Lower("topic__name"), "topic_id")
        for publication, name in rows.values_list("publication_id", "topic__name").iterator():
            found[publication].append(intern(name))  # names are few, papers many
        return found

    @cached_property
    def _sources(self) -> dict[int, Any]:
        if not self.format:
            return {}
        rows = self._of(Source).filter(format=self.format).exclude(extra={})
        return dict(rows.values_list("publication_id", "extra").iterator())

    def _of(self, model):
        rows = model.objects.filter(publication__in=self._keys())
        return rows.order_by(*model._meta.ordering)

    def _keys(self):
        return self.publications.order_by().values("pk")
