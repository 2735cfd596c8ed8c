"""Bringing a kept state back, and with it what it names and has been deleted since."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import IntegrityError, connection, models, transaction
from django.template.defaultfilters import date
from django.utils.timezone import localtime
from reversion.errors import RevertError
from reversion.models import Revision, Version

from .history import (
    State,
    fields_left_alone,
    is_registered,
    keep,
    keep_found,
    model_of,
    models_of_parts,
    recording,
    stored_relations,
)
from .history_bulk import keep_many


class CannotRestore(Exception):
    """The state cannot come back; the message is a sentence for the editor."""


def restore(found: State, user) -> models.Model:
    """Bring a state back, in one transaction, and keep it as a change; return the row.

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
                _bring_back_what_it_names(found, user)
                found.version.revision.revert(delete=True)
                _check_references(model)
                row = model._base_manager.get(pk=found.version.object_id)
                _leave_fields_alone(row, present)
                if hasattr(row, "content_restored"):
                    row.content_restored()
                keep(row, f"Restored as it was on {date(localtime(found.made), 'j F Y, H:i')}.")
        except (RevertError, IntegrityError, model.DoesNotExist) as error:
            raise CannotRestore(
                f"“{found.name}” cannot be restored: something that belongs to it was deleted "
                "or is taken by another. Restore that first."
            ) from error
    return row


def _bring_back_what_it_names(found: State, user):
    names: dict[type[models.Model], set] = {}
    for version in found.version.revision.version_set.all():
        for model, key in _named(version):
            names.setdefault(model, set()).add(key)
    for model, keys in names.items():
        there = set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        gone = keys - there
        for revision in _last_revisions(model, gone):
            revision.revert()
        keep_many(model, gone, f"Brought back with “{found.name}”.", user, anew=True)


def _named(version: Version) -> Iterator[tuple[type[models.Model], int]]:
    """Yield the rows that a stored row refers to and whose states are kept."""
    for field in stored_relations(model_of(version)):
        if is_registered(field.related_model):
            value = version.field_dict.get(field.attname)
            for key in value if isinstance(value, list) else [value]:
                if key is not None:
                    yield field.related_model, key


def _last_revisions(model, keys):
    versions = Version.objects.get_for_model(model).filter(object_id__in=map(str, keys))
    last = versions.order_by().values("object_id").annotate(last=models.Max("revision"))
    return Revision.objects.filter(pk__in=last.values("last"))


def _check_references(model):
    """Raise IntegrityError for a row that refers to none: else that comes with the commit only."""
    tables = [each._meta.db_table for each in (model, *models_of_parts(model))]
    many = [field.m2m_db_table() for field in model._meta.local_many_to_many]
    connection.check_constraints(table_names=[*tables, *many])


def _leave_fields_alone(row, present):
    names = fields_left_alone(type(row))
    if present is not None and names:
        for name in names:
            setattr(row, name, getattr(present, name))
        row.save(update_fields=names)
