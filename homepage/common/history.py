"""Every state of what people edit, kept with who made it and when; django-reversion stores it.

A state is a row with its parts (a paper with its authors and links). Whatever makes or changes
rows keeps what they are then: the forms of the admin here, all that writes many rows at once with
`history_bulk`. So the last state of a row is the row; where it is not, something wrote past all
that, and what the next change finds is kept first.
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
from django.db.models import Value
from django.db.models.functions import Concat
from reversion.models import Revision, Version

from .history_models import (
    is_registered,
    label,
    own_many_to_many,
    register,
    registered,
    relations_to_parts,
    unseen,
)

__all__ = ["is_registered", "register", "registered"]

FOUND = "As it was before the next change."


@dataclass(frozen=True)
class Difference:
    """One field in two states, as people read it."""

    label: str
    before: str
    after: str


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


def keep_name(sender, instance, **kwargs) -> None:
    """Let the states of an account say whose they are once it is deleted (for pre_delete)."""
    gone = Value(f" By {instance.get_username()}, whose account is gone.")
    Revision.objects.filter(user=instance).update(comment=Concat("comment", gone))


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


def _whole_parts(model):
    """Return what fetches the parts of rows, each with what its name is made of."""
    for relation in relations_to_parts(model):
        related = relation.related_model
        named = [field.name for field in related._meta.concrete_fields if field.many_to_one]
        yield models.Prefetch(relation.name, related._base_manager.select_related(*named))


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
        for field in own_many_to_many(type(row)):
            if field.name not in skipped:
                keys = getattr(row, field.name).values_list("pk", flat=True)
                values[field.attname] = sorted(keys)
        return values

    def parts(self, row: models.Model) -> dict[str, list[models.Model]]:
        """Return the parts as they are in the database now."""
        fresh = type(row)(pk=row.pk)
        models.prefetch_related_objects([fresh], *_whole_parts(type(row)))
        names = [relation.name for relation in relations_to_parts(type(row))]
        return {name: list(getattr(fresh, name).all()) for name in names}

    def of_parts(self, row: models.Model) -> dict[str, str]:
        """Return the part of a row's portrait that shows its parts."""
        return self._portrait(type(row), {}, self.parts(row))

    def of_version(self, version: Version) -> dict[str, str]:
        """Return the portrait of a row as a version has it."""
        model = model_of(version)
        relations = {relation.name: relation for relation in relations_to_parts(model)}
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
                shown[label(field)] = text
        for name, rows in parts.items():
            relation = model._meta.get_field(name)
            rows.sort(key=lambda row: (getattr(row, "position", 0), row.pk or 0))
            lines = [self._line(row, relation.field.name) for row in rows]
            text = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
            if text:
                shown[relation.related_model._meta.verbose_name_plural.capitalize()] = text
        return shown

    def _line(self, row, parent):
        """Return a part as one line: what it is, and what else is set in it, by its name."""
        texts = []
        for field in row._meta.concrete_fields:
            text = self._text(field, getattr(row, field.attname))
            if field.name in (parent, "id", "position") or not text:
                continue
            if isinstance(field, models.BooleanField):
                text = str(field.verbose_name)
            elif texts:
                text = f"{field.verbose_name}: {text}"
            texts.append(text)
        return ", ".join(texts)

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


def model_of(version):
    return ContentType.objects.get_for_id(version.content_type_id).model_class()
