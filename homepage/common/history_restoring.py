"""Bringing a kept state back, and with it what it names and has been deleted since.

Other rows go first: what one of them has by now is left out of the state, or the state does not
come back beside it; either is said in a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, models, transaction
from django.template.defaultfilters import date
from django.utils.timezone import localtime
from reversion.errors import RevertError
from reversion.models import Version

from .history import State, keep, keep_found, model_of, recording
from .history_bulk import keep_many
from .history_models import (
    fields_left_alone,
    identity,
    is_registered,
    label,
    models_of_parts,
    relations_to_parts,
    stored_relations,
    yielding_fields,
)
from .slugs import SluggedModel


class CannotRestore(Exception):
    """The state cannot come back; the message is a sentence for the editor."""


class Restored(NamedTuple):
    """A row that came back; `notes` are sentences on what did not come with it."""

    row: models.Model
    notes: list[str]


def restore(found: State, user) -> Restored:
    """Bring a state back, in one transaction, and keep it as a change.

    What it names and is deleted (an author, a venue) comes back with it. Raises CannotRestore,
    and changes nothing, if something it needs is gone for good.
    """
    model = model_of(found.version)
    with transaction.atomic():
        present = model._base_manager.filter(pk=found.version.object_id).first()
        if present is not None:
            keep_found(present)
        try:
            with recording(user), transaction.atomic():
                returning = _Returning(found.version, user)
                row = returning.write(present)
                done = f"Restored as it was on {date(localtime(found.made), 'j F Y, H:i')}."
                keep(row, " ".join([done, *returning.notes]))
        except (RevertError, IntegrityError) as error:
            raise CannotRestore(
                f"“{found.name}” cannot be restored: something that belongs to it was deleted "
                "or is taken by another. Restore that first."
            ) from error
    return Restored(row, returning.notes)


class _Stored:
    """A row, or a part of it, as a version has it; `values` may be changed before it is written."""

    def __init__(self, version: Version):
        self.version = version
        self.model = model_of(version)
        self.pk = self.model._meta.pk.to_python(version.object_id)
        (self.data,) = json.loads(version.serialized_data)
        self.values: dict[str, Any] = self.data["fields"]

    def references(self) -> Iterator[tuple[models.Field, list[int]]]:
        """Yield the fields that refer to rows whose states are kept, and the keys of those."""
        for field in stored_relations(self.model):
            if is_registered(field.related_model):
                value = self.values.get(field.name)
                keys = value if isinstance(value, list) else [value]
                yield field, [key for key in keys if key is not None]

    def refer(self, field: models.Field, other: dict[int, int]) -> None:
        """Refer to other rows, by the keys that were referred to."""
        value = self.values.get(field.name)
        if isinstance(value, list):
            self.values[field.name] = list(dict.fromkeys(other.get(key, key) for key in value))
        else:
            self.values[field.name] = other.get(value, value)

    def instance(self) -> models.Model:
        """Return the row as it is to be, not saved and without relations to many."""
        known = {field.name: field for field in self.model._meta.concrete_fields}
        columns = {known[name].attname: v for name, v in self.values.items() if name in known}
        return self.model(pk=self.pk, **columns)

    def write(self) -> None:
        self.version.serialized_data = json.dumps([self.data], cls=DjangoJSONEncoder)
        self.version.revert()


class _Returning:
    """A row on its way back from a version. `notes` say what does not come with it."""

    def __init__(self, version: Version, user):
        self.version, self.user = version, user
        self.model = model_of(version)
        self.notes: list[str] = []
        # Read anew: they are changed before they are written.
        stored = [_Stored(one) for one in Version.objects.filter(revision=version.revision_id)]
        (self.whole,) = (one for one in stored if one.version.pk == version.pk)
        parts = set(models_of_parts(self.model))
        self.parts = [one for one in stored if one.model in parts]

    def write(self, present: models.Model | None) -> models.Model:
        """Write the row and its parts; return it. `present` is the row as it is now."""
        self._refer_to_what_is_there()
        self._leave_to_others(present)
        for name in fields_left_alone(self.model) if present else ():
            self.whole.values[name] = self.model._meta.get_field(name).value_to_string(present)
        for relation in relations_to_parts(self.model):
            part = relation.related_model
            kept = [one.pk for one in self.parts if one.model is part]
            there = part._base_manager.filter(**{relation.field.name: self.whole.pk})
            there.exclude(pk__in=kept).delete()
        for stored in (self.whole, *self.parts):
            stored.write()
        _check_references(self.model)
        row = self.model._base_manager.get(pk=self.whole.pk)
        if hasattr(row, "content_restored"):
            self.notes += row.content_restored()
        return row

    def _refer_to_what_is_there(self):
        """Bring back what it names and is gone, unless another row says the same by now."""
        for stored in (self.whole, *self.parts):
            for field, keys in stored.references():
                if field.related_model is not self.model:
                    there = field.related_model._base_manager.in_bulk(keys)
                    gone = [key for key in keys if key not in there]
                    stored.refer(field, {key: self._bring_back(field, key) for key in gone})

    def _bring_back(self, field, key) -> int:
        """Return the key of the row that came back, or that stands for it."""
        model = field.related_model
        version = Version.objects.get_for_object_reference(model, key).first()
        if version is None:
            return key  # it is gone for good: the reference is checked once all is written
        returning = _Returning(version, self.user)
        if twin := returning.twin():
            return twin.pk
        row = returning.write(None)
        self.notes += returning.notes
        comment = " ".join([f"Brought back with “{self.version.object_repr}”.", *returning.notes])
        keep_many(model, [row.pk], comment, self.user, anew=True)
        return row.pk

    def twin(self) -> models.Model | None:
        """Return another row that says the same by now."""
        row = self.whole.instance()
        same = {name: getattr(row, name) for name in identity(self.model)}
        return self._others(**same).first() if same else None

    def _others(self, **values):
        return self.model._base_manager.filter(**values).exclude(pk=self.whole.pk)

    def _leave_to_others(self, present):
        if twin := self.twin():
            kind = self.model._meta.verbose_name
            raise CannotRestore(
                f"“{self.version.object_repr}” cannot be restored: there is another {kind} "
                f"“{twin}” by now. Change or delete that one first."
            )
        row = self.whole.instance()
        for field in yielding_fields(self.model):
            value = getattr(row, field.attname)
            if not value:
                continue
            lookup = "iexact" if isinstance(field, models.CharField) else "exact"
            if holder := self._others(**{f"{field.name}__{lookup}": value}).first():
                self.whole.values[field.name] = field.get_default()
                if field.editable:
                    self.notes.append(_left_out(field, value, holder))
        if isinstance(row, SluggedModel):
            self._find_address(row, present)

    def _find_address(self, row, present):
        holder = self._others(slug=row.slug).first()
        if holder is None:
            return
        former, row.slug = row.slug, present.slug if present else row.free_slug()
        self.whole.values["slug"] = row.slug
        self.notes.append(f"Its address ends in “{row.slug}” now: “{holder}” has “{former}”.")


def _left_out(field, value, holder) -> str:
    what = f"“{label(field)}”"
    if not isinstance(field, models.BooleanField):
        what = f"The {field.verbose_name} “{value}”"
    return f"{what} was left out: “{holder}” has it now."


def _check_references(model):
    """Raise IntegrityError for a row that refers to none: else that comes with the commit only."""
    tables = [each._meta.db_table for each in (model, *models_of_parts(model))]
    many = [field.m2m_db_table() for field in model._meta.local_many_to_many]
    connection.check_constraints(table_names=[*tables, *many])
