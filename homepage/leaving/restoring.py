"""Coming back into an empty site: from the data of a folder to the rows they were.

What stands in the data may have been changed by hand. A value that its column refuses is left
out, with a problem; data that make no row are refused with a sentence, and nothing is saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import (
    CharField,
    DateTimeField,
    FileField,
    ForeignKey,
    JSONField,
    Model,
    TextField,
)

from homepage.common.addresses import safe_address
from homepage.common.files import media_type
from profiles.models import Profile
from publications.changes import Changes, publication_state
from publications.models import Author, Category, ImportRun, Publication, Topic, Venue
from publications.records import Problem
from publications.rows import with_parts

from .tables import TABLES, Table, columns, relations

Data = Mapping[str, Sequence[dict[str, Any]]]
FORMAT = "folder"
BATCH = 200
# What no database takes: NUL, and halves of characters.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Columns of which an import takes more than a form does: links as they were typed, old years.
ADDRESSES = frozenset(["url", "affiliation_url", "new_path"])
WIDER = frozenset(["year"])


class BrokenData(ValueError):
    """The data of a folder make no site; the message says where and why."""


def is_empty_site() -> bool:
    """Return whether there is nothing yet that data could meet."""
    return not any(table.model._default_manager.exists() for table in TABLES)


def restore(data: Data, run: ImportRun) -> dict[type[Model], list[Model]]:
    """Write all rows of a folder into an empty site, and note in `run` what was made.

    Return the rows. Raises BrokenData, and writes nothing.
    """
    rows = Rows(data)
    try:
        with transaction.atomic():
            made = rows.save()
            _note(made, run)
            return made
    except (IntegrityError, DataError, OverflowError) as error:
        raise BrokenData(f"a row of it cannot be stored ({error})") from error


class Rows:
    """The rows that data make, not saved yet; `problems` name what was left out."""

    def __init__(self, data: Data):
        self.data = data
        self.problems: list[Problem] = []
        self.known: dict[tuple[type[Model], str], Model] = {}
        self.rows: dict[Table, list[Model]] = {}
        self.parts: dict[type[Model], list[Model]] = {}
        for table in TABLES:
            self.rows[table] = [self._row(table, *one) for one in enumerate(self._of(table), 1)]
        self.joined = {
            relation: list(self._pairs(table, relation))
            for table in TABLES
            for relation in relations(table.model)
        }

    def save(self) -> dict[type[Model], list[Model]]:
        """Write the rows; return them by their models."""
        made = {table.model: self._created(rows) for table, rows in self.rows.items()}
        for rows in self.parts.values():
            self._created(rows)
        for relation, pairs in self.joined.items():
            _join(relation, pairs)
        Publication.objects.refresh_search_text()
        return made

    def _of(self, table):
        found = self.data.get(table.name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise BrokenData(f"{table.name}.json should be a list of objects, each in {{...}}")
        return found

    def _row(self, table, number, data):
        where = f"{table.name}.json, row {number}"
        row = self._built(table.model, data, where)
        if slug := getattr(row, "slug", ""):
            self.known[table.model, slug] = row
        for name, model in table.parts.items():
            for part in _list(data, name, dict, where):
                made = self._built(model, part, where, table.model)
                (key,) = [
                    field
                    for field in model._meta.concrete_fields
                    if isinstance(field, ForeignKey) and field.related_model is table.model
                ]
                setattr(made, key.name, row)
                self.parts.setdefault(model, []).append(made)
        return row

    def _built(self, model, data, where, owner=None):
        values = {}
        for column in columns(model, owner):
            if column.name in data:
                try:
                    values[column.name] = self._value(column, data[column.name], where)
                except ValidationError as error:
                    self._leave_out(column, data, where, error)
        if model is Profile:
            values["id"] = 1  # there is one
        if model is Redirect:
            values["site_id"] = settings.SITE_ID
        return model(**values)

    def _value(self, column, value, where):
        if isinstance(column, ForeignKey):
            return None if value is None else self._named(column.related_model, value, where)
        return checked(column, value)

    def _leave_out(self, column, data, where, error):
        """Leave a value out of the data and say so, if there can be a row without it."""
        say = f"{column.name.replace('_', ' ')}: {' '.join(error.messages)}"
        if not (column.blank or column.null or column.has_default()):
            raise BrokenData(f"{where}: {say}") from error
        self.problems.append(Problem(0, f"{say} It was left out.", path=where))
        del data[column.name]

    def _named(self, model, slug, where):
        row = self.known.get((model, slug)) if isinstance(slug, str) else None
        if row is None:
            raise BrokenData(f"{where} names “{slug}”, which is no {model._meta.verbose_name}")
        return row

    def _created(self, rows):
        if not rows:
            return []
        model = type(rows[0])
        # A new row is stamped with the time of now: the old times are set behind that.
        stamps = [one.name for one in columns(model) if isinstance(one, DateTimeField)]
        times = [[getattr(row, name) for name in stamps] for row in rows]
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        if stamps:
            for row, values in zip(rows, times, strict=True):
                for name, value in zip(stamps, values, strict=True):
                    setattr(row, name, value or getattr(row, name))
            model._default_manager.bulk_update(rows, stamps, batch_size=BATCH)
        return rows

    def _pairs(self, table, relation):
        """Yield the rows that a relation to many joins."""
        for number, (row, data) in enumerate(zip(self.rows[table], self._of(table), strict=True)):
            where = f"{table.name}.json, row {number + 1}"
            for slug in _list(data, relation.name, str, where):
                yield row, self._named(relation.related_model, slug, where)


def _join(relation, pairs):
    through = relation.remote_field.through
    # A relation to the same model has two columns to it: from, and to.
    ours, theirs = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    rows = (through(**{f"{ours}_id": one.pk, f"{theirs}_id": two.pk}) for one, two in pairs)
    through._default_manager.bulk_create(rows, batch_size=BATCH)


def checked(column, value: Any) -> Any:
    """Return a value as its column holds it. Raises ValidationError."""
    if any(map(UNSTORABLE.search, _texts(value))):
        raise ValidationError("There are characters in it that no text has.")
    if isinstance(column, JSONField):
        if type(value) is not type(column.get_default()):
            raise ValidationError("This should be {...}.")
        return value
    if isinstance(column, FileField):
        if value and not is_upload(value):
            raise ValidationError(f"“{value}” is no name of a picture or PDF.")
        return value or ""
    if isinstance(column, CharField | TextField):
        if not isinstance(value, str):
            raise ValidationError(f"“{value}” is no text.")
    else:
        value = column.to_python(value)
    column.validate(value, None)
    if column.name in ADDRESSES:
        if safe_address(value) != value or len(value) > column.max_length:
            raise ValidationError(f"“{value}” is no address that a link may have.")
    elif column.name not in WIDER:
        column.run_validators(value)
    return value


def _texts(value) -> Iterator[str]:
    """Yield all texts in JSON data, however deep they stand."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one


def is_upload(name: Any) -> bool:
    """Return whether a file can be stored under a name and be served from there."""
    if not isinstance(name, str) or not media_type(name) or "\\" in name or ":" in name:
        return False
    return all(part and part.isprintable() and part[0] != "." for part in name.split("/"))


def _list(data, name, kind, where):
    found = data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, kind) for one in found):
        raise BrokenData(f"{where}: “{name}” should be a list")
    return found


def _note(made, run) -> None:
    """Note what was made, so that it can be undone."""
    changes = Changes(FORMAT)
    for row in with_parts([row.pk for row in made[Publication]]):
        changes.note_digest(row, publication_state(row))
    for model in (Author, Venue, Topic, Category):
        changes.note_made(made[model])
    run.changes = [changes.as_json()]
    run.save(update_fields=["changes"])
