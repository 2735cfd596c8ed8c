"""The rows of the site as plain data: every column that says something of the content.

A row of another model is named by its slug. A value that a new row has anyway is left out.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db.models import FileField, ForeignKey, Model, Prefetch, QuerySet

from homepage.models import Section
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
    Visibility,
)
from publications.models.querysets import latest_first

# Columns that stay behind, and why.
LEFT_OUT = {
    "id": "rows are numbered anew, in the same order",
    "version": "it counts the edits of a row here",
    "search_text": "it is made of the other columns",
    "run": "what an import did here can be undone only here",
    "site": "a database holds one site",
}


@dataclass(frozen=True)
class Table:
    """A model on its way out and in; `parts` are the rows that belong to one of its rows."""

    model: type[Model]
    name: str
    parts: Mapping[str, type[Model]] = field(default_factory=dict, compare=False)

    def rows(self) -> QuerySet:
        """Return the rows that leave, in the order in which they were made."""
        rows = self.model._default_manager.order_by("pk")
        if self.model is Publication:
            return rows.exclude(visibility=Visibility.TRASH)
        if self.model is Redirect:
            return rows.filter(site_id=settings.SITE_ID)
        return rows


# Each behind those that it names.
TABLES = (
    Table(Topic, "topics"),
    Table(Venue, "venues"),
    Table(Category, "categories"),
    Table(Author, "people"),
    Table(Profile, "profile", {"links": ProfileLink}),
    Table(Section, "sections"),
    Table(NewsItem, "news"),
    Table(
        Publication,
        "publications",
        {"authorships": Authorship, "links": PublicationLink, "sources": Source},
    ),
    Table(Redirect, "redirects"),
)


def columns(model: type[Model], owner: type[Model] | None = None) -> list:
    """Return the columns that leave with a row; a part does not name the row it belongs to."""
    return [
        column
        for column in model._meta.concrete_fields
        if column.name not in LEFT_OUT
        and not (isinstance(column, ForeignKey) and column.related_model is owner)
    ]


def relations(model: type[Model]) -> list:
    """Return the relations to many that are no rows of their own."""
    return [
        relation
        for relation in model._meta.many_to_many
        if relation.remote_field.through._meta.auto_created
    ]


def rows_of(table: Table) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as data."""
    rows = table.rows().select_related(*_keys(table.model))
    parts = [Prefetch(name, _parts(model, table.model)) for name, model in table.parts.items()]
    names = [relation.name for relation in relations(table.model)]
    for row in rows.prefetch_related(*names, *parts).iterator(chunk_size=500):
        yield _data(table, row)


def _parts(model, owner) -> QuerySet:
    rows = model._default_manager.select_related(*_keys(model, owner))
    # Of sources the latest is shown; in a new database it is the one that is made last.
    return rows.order_by(*latest_first()).reverse() if model is Source else rows.order_by("pk")


def _keys(model, owner=None):
    """Return the rows that a row names; joined, for SQLite asks for a thousand at most."""
    return [one.name for one in columns(model, owner) if isinstance(one, ForeignKey)] or [None]


def _data(table, row) -> dict[str, Any]:
    data = _values(row)
    for relation in relations(table.model):
        rows = getattr(row, relation.name).all()
        if slugs := [one.slug for one in rows if _leaves(one)]:
            data[relation.name] = slugs
    for name in table.parts:
        if parts := [_values(part, table.model) for part in getattr(row, name).all()]:
            data[name] = parts
    return data


def _leaves(row):
    return getattr(row, "visibility", "") != Visibility.TRASH


def _values(row, owner=None) -> dict[str, Any]:
    values = {}
    for column in columns(type(row), owner):
        value = _plain(row, column)
        is_given = column.has_default() or column.null or column.empty_strings_allowed
        if not is_given or value != column.get_default():
            values[column.name] = value
    return values


def _plain(row, column):
    value = getattr(row, column.name)
    if isinstance(column, ForeignKey):
        return value.slug if value else None
    if isinstance(column, FileField):
        return value.name or ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value
