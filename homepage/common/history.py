"""Every state of what people edit, kept with who made it and when; django-reversion stores it.

A state is a row with its parts (a paper with its authors and links). Whatever changes rows keeps
their states before and after: the forms of the admin here, all that writes many rows at once
with `history_bulk`. A row that was only made yet has no state: the first change keeps it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import reversion
from django.contrib.contenttypes.models import ContentType
from django.db import models
from reversion.models import Version

FOUND = "As it was before the next change."
_kept_fields: dict[type[models.Model], tuple[str, ...]] = {}
_parts: dict[type[models.Model], tuple[str, ...]] = {}


@dataclass(frozen=True)
class Difference:
    """One field in two states, as people read it."""

    label: str
    before: str
    after: str


def register(model: type[models.Model], *, parts: Sequence[str] = (), keeps: Sequence[str] = ()):
    """Have states of `model` kept, with the rows that its relations `parts` lead to.

    `keeps` are fields that say nothing of the content: a restored row keeps its present ones.
    A model's method `content_restored()` is called after its row came back.
    """
    if model in _parts:
        return
    for name in parts:
        related = model._meta.get_field(name).related_model
        if not reversion.is_registered(related):
            reversion.register(related)
    reversion.register(model, follow=parts, exclude=[field.name for field in _notes(model)])
    _parts[model], _kept_fields[model] = tuple(parts), tuple(keeps)


def is_registered(model: type[models.Model]) -> bool:
    return model in _parts


def registered() -> Iterator[type[models.Model]]:
    """Yield the models whose states are kept."""
    yield from _parts


def models_of_parts(model: type[models.Model]) -> list[type[models.Model]]:
    """Return the models of the parts that states of `model` hold."""
    return [model._meta.get_field(name).related_model for name in _parts[model]]


def fields_left_alone(model: type[models.Model]) -> tuple[str, ...]:
    """Return the fields that stay as they are when a state of `model` comes back."""
    return _kept_fields[model]


def stored_relations(model: type[models.Model]) -> list[models.Field]:
    """Return the fields of a stored row, or of a part, that refer to other rows."""
    one = [field for field in model._meta.concrete_fields if field.many_to_one]
    return [*one, *_own_many_to_many(model)]


@contextmanager
def recording(user) -> Iterator[None]:
    """Keep what `keep` is given inside as one change by `user`, in a transaction.

    One row to a change: a state comes back together with all that was kept with it.
    """
    with reversion.create_revision(manage_manually=True):
        reversion.set_user(user if user.is_authenticated else None)
        yield


def keep(row: models.Model, comment: str = "") -> None:
    """Keep the present state of a row and its parts as part of the change being recorded."""
    if comment:
        reversion.set_comment(comment)
    models.prefetch_related_objects([row], *_whole_parts(type(row)))
    reversion.add_to_revision(row)


def is_recording() -> bool:
    return reversion.is_active()


def keep_found(row: models.Model) -> None:
    """Keep the present state of a row, unless it is the last one kept, as a change of its own.

    Not while another change is being recorded, of which it would become a part.
    """
    states = states_of(row, limit=1)
    if states and states[0].portrait == Album().of_row(row):
        return
    with reversion.create_revision(manage_manually=True):
        keep(row, FOUND)


class State:
    """A row as it once was. `version` is what is stored of it."""

    def __init__(self, version: Version, album: Album):
        self.version = version
        self.album = album

    @property
    def pk(self) -> int:
        return self.version.pk

    @property
    def made(self) -> datetime:
        return self.version.revision.date_created

    @property
    def by(self) -> str:
        user = self.version.revision.user
        return user.get_username() if user else ""

    @property
    def comment(self) -> str:
        return self.version.revision.get_comment()

    @property
    def name(self) -> str:
        return self.version.object_repr

    @cached_property
    def portrait(self) -> dict[str, str]:
        """Return what a reader of the state sees: text by label."""
        return self.album.of_version(self.version)

    def since(self, earlier: State | None) -> list[Difference]:
        """Return what changed from the state before to this one; all of it for the first."""
        return differences(earlier.portrait if earlier else {}, self.portrait)


def states_of(row: models.Model, limit: int | None = None) -> list[State]:
    """Return the kept states of a row, the latest first."""
    versions = Version.objects.get_for_object(row).select_related("revision__user")
    versions = versions.prefetch_related("revision__version_set")
    album = Album()
    return [State(version, album) for version in versions[:limit]]


def state(row_or_model, version_pk: int) -> State:
    """Return one state; raises Version.DoesNotExist."""
    if isinstance(row_or_model, models.Model):
        versions = Version.objects.get_for_object(row_or_model)
    else:
        versions = Version.objects.get_for_model(row_or_model)
    return State(versions.select_related("revision__user").get(pk=version_pk), Album())


class Deleted(Sequence):
    """The last states of the rows of a model that are gone, the latest first.

    They are read as they are asked for: undoing an import may have deleted thousands.
    """

    def __init__(self, model: type[models.Model]):
        versions = Version.objects.get_deleted(model).select_related("revision__user")
        self.versions = versions.order_by("-pk")
        self.album = Album()

    def __len__(self):
        return self.versions.count()

    def __iter__(self):
        return (State(version, self.album) for version in self.versions.iterator())

    def __getitem__(self, place):
        found = self.versions[place]
        if isinstance(place, slice):
            return [State(version, self.album) for version in found]
        return State(found, self.album)

    def find(self, pk: str) -> State | None:
        """Return the one of this number."""
        version = self.versions.filter(pk=pk).first() if pk.isdecimal() else None
        return version and State(version, self.album)


def stored_fields(model: type[models.Model]) -> list[str]:
    """Return the names of the fields that a stored row of this model has."""
    local = [*model._meta.local_fields, *_own_many_to_many(model)]
    return [field.name for field in local]


def with_parts(rows: models.QuerySet) -> models.QuerySet:
    """Fetch rows with all that a state of them holds, in a constant number of queries."""
    own = [field.name for field in _own_many_to_many(rows.model)]
    return rows.prefetch_related(*own, *_whole_parts(rows.model))


def parts_of(row: models.Model) -> Iterator[models.Model]:
    """Yield the parts of a row."""
    for name in _parts[type(row)]:
        yield from getattr(row, name).all()


def _own_many_to_many(model):
    fields = model._meta.local_many_to_many
    own = [field for field in fields if field.remote_field.through._meta.auto_created]
    return [field for field in own if field.editable]


def _notes(model):
    """Return relations that no form shows: what the site notes about rows, not their content."""
    return [field for field in model._meta.local_many_to_many if not field.editable]


def _whole_parts(model):
    """Return what fetches the parts of rows, each with what its name is made of."""
    for name in _parts[model]:
        related = model._meta.get_field(name).related_model
        named = [field.name for field in related._meta.concrete_fields if field.many_to_one]
        yield models.Prefetch(name, related._base_manager.select_related(*named))


def fingerprint(row: models.Model) -> str:
    """Return a short text that is another one whenever the row or a part of it has changed."""
    album = Album()
    values, parts = album.values(row), album.parts(row)
    rows = [[album.values(part) for part in parts[name]] for name in sorted(parts)]
    text = json.dumps([values, rows], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def differences(before: dict[str, str], after: dict[str, str]) -> list[Difference]:
    """Return what differs between two portraits, in their order."""
    labels = dict.fromkeys([*after, *before])
    pairs = ((label, before.get(label, ""), after.get(label, "")) for label in labels)
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


class Album:
    """Makes portraits of rows; looks up each row that they refer to once."""

    def __init__(self):
        self.known: dict[tuple[type, Any], models.Model | None] = {}

    def of_row(self, row: models.Model) -> dict[str, str]:
        """Return the portrait of a row as it is in the database now."""
        return self._portrait(type(row), self.values(row), self.parts(row))

    def values(self, row: models.Model) -> dict[str, Any]:
        """Return what the editor may set in a row, by attribute; relations as keys."""
        skipped = unseen(type(row))
        values = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if field.name not in skipped
        }
        for field in _own_many_to_many(type(row)):
            if field.name not in skipped:
                keys = getattr(row, field.name).values_list("pk", flat=True)
                values[field.attname] = sorted(keys)
        return values

    def parts(self, row: models.Model) -> dict[str, list[models.Model]]:
        """Return the parts as they are in the database now."""
        fresh = type(row)(pk=row.pk)
        models.prefetch_related_objects([fresh], *_whole_parts(type(row)))
        return {name: list(getattr(fresh, name).all()) for name in _parts[type(row)]}

    def of_parts(self, row: models.Model) -> dict[str, str]:
        """Return the part of a row's portrait that shows its parts."""
        return self._portrait(type(row), {}, self.parts(row))

    def of_version(self, version: Version) -> dict[str, str]:
        """Return the portrait of a row as a version has it."""
        model = model_of(version)
        relations = {name: model._meta.get_field(name) for name in _parts[model]}
        parts: dict[str, list[models.Model]] = {name: [] for name in relations}
        for other in version.revision.version_set.all():
            for name, relation in relations.items():
                if model_of(other) is relation.related_model:
                    part = self._instance(other)
                    if str(getattr(part, relation.field.attname)) == version.object_id:
                        parts[name].append(part)
        return self._portrait(model, version.field_dict, parts)

    def _instance(self, version):
        model = model_of(version)
        names = {field.attname for field in model._meta.concrete_fields}
        return model(**{key: value for key, value in version.field_dict.items() if key in names})

    def _portrait(self, model, values, parts):
        skipped = unseen(model)
        shown = {}
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            if field.name in skipped or field.attname not in values:
                continue
            text = self._text(field, values[field.attname])
            if text:
                shown[_label(field)] = text
        for name, rows in parts.items():
            relation = model._meta.get_field(name)
            rows.sort(key=lambda row: (getattr(row, "position", 0), row.pk or 0))
            text = "\n".join(self._line(row, relation.field.name) for row in rows)
            if text:
                shown[relation.related_model._meta.verbose_name_plural.capitalize()] = text
        return shown

    def _line(self, row, parent):
        """Return a part as one line: the row itself, and what else is set in it."""
        texts = []
        for field in row._meta.concrete_fields:
            if field.name in (parent, "id", "position"):
                continue
            text = self._text(field, getattr(row, field.attname))
            if isinstance(field, models.BooleanField):
                text = _label(field).lower() if text else ""
            texts.append(text)
        return " · ".join(filter(None, texts))

    def _text(self, field, value):
        if isinstance(field, models.ManyToManyField):
            return ", ".join(self._named(field.related_model, key) for key in sorted(value or ()))
        if value is None or value == "":
            return ""
        if isinstance(field, models.ForeignKey):
            return self._named(field.related_model, value)
        if isinstance(field, models.BooleanField):
            return "yes" if value else ""
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return str(value)

    def _named(self, model, key):
        if (model, key) not in self.known:
            self.known[model, key] = model._base_manager.filter(pk=key).first()
        row = self.known[model, key]
        return str(row) if row else f"(deleted, number {key})"


def unseen(model):
    """Return the fields that say nothing of the content."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    machines = (field.name for field in fields if not field.editable)
    return {*_kept_fields.get(model, ()), *machines, "id"}


def model_of(version):
    return ContentType.objects.get_for_id(version.content_type_id).model_class()


def _label(field):
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]
