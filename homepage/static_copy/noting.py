"""Writes down how exports ended, for the start page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.utils import timezone

from homepage.models import Export

from .export import Order, Outcome


@dataclass
class Note:
    """What is to be written down of an export; without an outcome it failed."""

    outcome: Outcome | None = None


@contextmanager
def noted(order: Order) -> Iterator[Note]:
    """Write down how an export ends that the block makes; one of nothing new is none."""
    note = Note()
    try:
        yield note
    except Exception as error:
        if not order.dry_run:
            _write(order, problem=str(error) or type(error).__name__)
        raise
    outcome = note.outcome
    if not order.dry_run and not (outcome.is_current and _was_fine(order)):
        _write(order, files=outcome.written + outcome.kept, warnings=outcome.warnings)


def _was_fine(order):
    last = Export.objects.filter(folder=_folder(order)).first()
    return last is not None and not last.problem


def _write(order, **said):
    # An export of a database that cannot be written is one too.
    with suppress(DatabaseError), transaction.atomic():
        Export.objects.filter(folder=_folder(order)).delete()
        row = Export(folder=_folder(order), base_url=order.base_url[:500], made=timezone.now())
        for name, value in said.items():
            setattr(row, name, value)
        row.save()
        kept = Export.objects.values_list("pk", flat=True)[: Export.KEPT]
        Export.objects.exclude(pk__in=list(kept)).delete()


def _folder(order):
    return os.path.abspath(order.folder)[-500:]
