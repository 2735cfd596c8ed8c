"""States of many rows, kept in few statements: those that an import or an action is to change."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Max
from django.utils.timezone import now
from reversion.models import Revision, Version

from .history import (
    FOUND,
    parts_of,
    registered,
    stored_fields,
    stored_relations,
    unseen,
    with_parts,
)

BATCH = 200


@contextmanager
def keeping(
    rows: Mapping[type[models.Model], Iterable[int]], comment: str, user=None
) -> Iterator[None]:
    """Keep the states of rows, by their keys, before and after what is done inside.

    However it writes them, in one transaction; a row that it deletes comes back from its last
    state, and one that is after all as it was has no new one.
    """
    rows = {model: list(keys) for model, keys in rows.items()}
    with transaction.atomic():
        for model, keys in rows.items():
            keep_many(model, keys, FOUND)
        yield
        for model, keys in rows.items():
            keep_many(model, keys, comment, user)


def keep_many(
    model: type[models.Model], keys: Iterable[int], comment: str, user=None, *, anew: bool = False
) -> None:
    """Keep the present states of rows, each as a change of its own, where they are not kept yet.

    It writes what `history.keep` would write one by one. With `anew` a state is also kept that
    is the last one kept: the row came back.
    """
    keys = list(keys)
    user = user if user and user.is_authenticated else None
    with transaction.atomic():
        for start in range(0, len(keys), BATCH):
            some = keys[start : start + BATCH]
            _keep_some(model, some, {} if anew else _last_states(model, some), comment, user)


def referring(model: type[models.Model], keys: Iterable[int]) -> dict[type[models.Model], list]:
    """Return the rows of other models that lose something once rows of `model` are deleted."""
    found = {}
    for other in registered():
        for field in stored_relations(other):
            if field.many_to_many and field.related_model is model:
                rows = other._base_manager.filter(**{f"{field.name}__in": keys}).distinct()
                found[other] = list(rows.values_list("pk", flat=True))
    return found


def _keep_some(model, keys, kept, comment, user):
    states = [list(_versions(row)) for row in with_parts(model._base_manager.filter(pk__in=keys))]
    new = [state for state in states if _content(state) != kept.get(state[0].object_id)]
    revisions = Revision.objects.bulk_create(
        Revision(date_created=now(), user=user, comment=comment) for _ in new
    )
    for revision, versions in zip(revisions, new, strict=True):
        for version in versions:
            version.revision = revision
    Version.objects.bulk_create(version for versions in new for version in versions)


def _versions(row) -> Iterator[Version]:
    """Yield the row and its parts as they are stored."""
    for each in (row, *parts_of(row)):
        (data,) = serializers.serialize("python", (each,), fields=stored_fields(type(each)))
        yield Version(
            content_type=ContentType.objects.get_for_model(each),
            object_id=str(each.pk),
            db=each._state.db,
            format="json",
            serialized_data=json.dumps([data], cls=DjangoJSONEncoder, ensure_ascii=False),
            object_repr=str(each),
        )


def _last_states(model, keys):
    """Return the content of the last kept state of each row, by its key as a text."""
    versions = Version.objects.get_for_model(model).filter(object_id__in=map(str, keys))
    last = versions.order_by().values("object_id").annotate(last=Max("revision"))
    revisions = dict(last.values_list("last", "object_id"))
    found = defaultdict(list)
    for version in Version.objects.filter(revision__in=revisions):
        found[revisions[version.revision_id]].append(version)
    return {key: _content(versions) for key, versions in found.items()}


def _content(versions):
    """Return what stored rows say, without what says nothing of the content."""
    content = {}
    for version in versions:
        fields = json.loads(version.serialized_data)[0]["fields"]
        model = ContentType.objects.get_for_id(version.content_type_id).model_class()
        skipped = unseen(model)
        content[version.content_type_id, version.object_id] = {
            name: value for name, value in fields.items() if name not in skipped
        }
    return content
