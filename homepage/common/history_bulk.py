"""States of many rows, kept in few statements: those that an import or an action is to change."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Max
from django.utils.timezone import now
from reversion.models import Revision, Version

from .history import FOUND
from .history_columns import Reader, StoredRow
from .history_models import registered, stored_relations, unseen
from .many_rows import insert

BATCH = 500


@contextmanager
def keeping(
    rows: Mapping[type[models.Model], Iterable[int]], comment: str, user=None
) -> Iterator[None]:
    """Keep the states of rows, by their keys, before and after what is done inside.

    However it writes them, in one transaction; a row that is after all as it was has no new state.
    What is deleted is kept once more as it was, with who deleted it and when.
    """
    rows = {model: list(keys) for model, keys in rows.items()}
    with transaction.atomic():
        there = {model: keep_many(model, keys, FOUND) for model, keys in rows.items()}
        yield
        for model, keys in rows.items():
            left = keep_many(model, keys, comment, user)
            _keep_gone(model, there[model] - left, comment, user)


def keep_many(
    model: type[models.Model], keys: Iterable[int], comment: str, user=None, *, anew: bool = False
) -> set[str]:
    """Keep the present states of rows, each as a change of its own, where they are not kept yet.

    It writes what `history.keep` would write one by one. With `anew` a state is also kept that
    is the last one kept: the row was made, or it came back. Return the keys of the rows that
    there are, as texts.
    """
    keys, there = list(keys), set()
    reader = Reader(model)
    with transaction.atomic():
        for start in range(0, len(keys), BATCH):
            some = keys[start : start + BATCH]
            kept = {} if anew else _last_states(model, some)
            states = {state[0].object_id: state for state in reader.states(some)}
            new = [state for key, state in states.items() if not _is_same(state, kept.get(key))]
            _write(new, comment, user)
            there |= states.keys()
    return there


def referring(model: type[models.Model], keys: Iterable[int]) -> dict[type[models.Model], list]:
    """Return the rows of other models that lose something once rows of `model` are deleted."""
    found = {}
    for other in registered():
        for field in stored_relations(other):
            if field.many_to_many and field.related_model is model:
                rows = other._base_manager.filter(**{f"{field.name}__in": keys}).distinct()
                found[other] = list(rows.values_list("pk", flat=True))
    return found


def _keep_gone(model, keys, comment, user):
    """Keep the last states of rows that are gone once more, as what was deleted."""
    keys = sorted(keys)
    for start in range(0, len(keys), BATCH):
        kept = _last_states(model, keys[start : start + BATCH])
        _write(list(kept.values()), comment, user)


def _write(states, comment, user):
    """Write each state as a change of its own."""
    user = user if user and user.is_authenticated else None
    revisions = Revision.objects.bulk_create(
        Revision(date_created=now(), user=user, comment=comment) for _ in states
    )
    for revision, rows in zip(revisions, states, strict=True):
        for row in rows:
            row.revision_id = revision.pk
    insert(Version, [row for rows in states for row in rows])


def _last_states(model, keys):
    """Return the last kept state of each row, by its key as a text."""
    versions = Version.objects.get_for_model(model).filter(object_id__in=map(str, keys))
    last = versions.order_by().values("object_id").annotate(last=Max("revision"))
    revisions = dict(last.values_list("last", "object_id"))
    found = defaultdict(list)
    rows = Version.objects.filter(revision__in=revisions).order_by("pk")
    for revision, *row in rows.values_list("revision", *StoredRow.COLUMNS):
        found[revisions[revision]].append(StoredRow(*row))
    return found


def _is_same(state, kept) -> bool:
    """Return whether stored rows say what the kept ones say; mostly they are the same texts."""
    if kept is None:
        return False
    now, then = _texts(state), _texts(kept)
    return now.keys() == then.keys() and all(
        text == then[key] or _content(key[0], text) == _content(key[0], then[key])
        for key, text in now.items()
    )


def _texts(rows):
    return {(row.content_type_id, row.object_id): row.serialized_data for row in rows}


def _content(content_type_id, text):
    """Return what a stored row says, without what says nothing of the content."""
    skipped = unseen(ContentType.objects.get_for_id(content_type_id).model_class())
    return {
        name: sorted(value) if type(value) is list else value
        for name, value in json.loads(text)[0]["fields"].items()
        if name not in skipped
    }
