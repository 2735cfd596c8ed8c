"""States of many rows as django-reversion stores them, read from the database by columns.

Its serializer takes an instance of each row and looks at each field anew; an import makes ten
thousand papers with fifty thousand authorships. Here a column is prepared once for a model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, router

from .history_models import own_many_to_many, relations_to_parts, stored_fields

encode = DjangoJSONEncoder(ensure_ascii=False).encode


@dataclass(slots=True)
class StoredRow:
    """A row of reversion's `Version`, to be inserted or as it was."""

    COLUMNS: ClassVar = (
        "content_type_id", "object_id", "db", "format", "serialized_data", "object_repr"
    )  # fmt: skip
    content_type_id: int
    object_id: str
    db: str
    format: str
    serialized_data: str
    object_repr: str
    revision_id: int | None = None


class Reader:
    """Reads the present states of rows of one model, some hundred at a time."""

    def __init__(self, model: type[models.Model]):
        self.whole = _Table(model)
        self.parts = [_Table(one.related_model, one.field) for one in relations_to_parts(model)]

    def states(self, keys: Sequence[int]) -> list[list[StoredRow]]:
        """Return the states of the rows that exist: each the row itself, then its parts."""
        found = {key: [row] for key, row in self.whole.rows(keys)}
        for table in self.parts:
            for key, row in table.rows(keys):
                found[key].append(row)
        return list(found.values())


class _Table:
    """One model: what is read of it, and how that is written down.

    `parent` is what leads from a part to the row that it belongs to.
    """

    def __init__(self, model, parent=None):
        names = set(stored_fields(model))
        self.model, self.parent = model, parent
        self.fields = [f for f in model._meta.local_fields if f.serialize and f.name in names]
        self.many = own_many_to_many(model)
        self.named = [f for f in self.fields if parent and f.many_to_one and f is not parent]
        self.known: dict[models.Field, dict[Any, models.Model]] = {}
        self.texts = [
            (place, text) for place, field in enumerate(self.fields) if (text := _as_text(field))
        ]
        self.names = [field.name for field in self.fields]
        self.attributes = [field.attname for field in self.fields]
        self.key = model._meta.pk.attname
        self.db = router.db_for_write(model)
        # One instance for all names: making one of each row takes longer than all else.
        self.instance = model()

    def rows(self, keys: Sequence[int]) -> Iterator[tuple[int, StoredRow]]:
        """Yield what is stored of the rows of these keys, or of the parts of such rows."""
        owner = self.parent.attname if self.parent else "pk"
        found = self.model._base_manager.filter(**{f"{owner}__in": keys}).order_by("pk")
        rows = list(found.values_list(owner, "pk", *self.attributes))
        many = [(field.name, _joined(field, [row[1] for row in rows])) for field in self.many]
        self._meet(rows)
        content_type = ContentType.objects.get_for_model(self.model).pk
        label = str(self.model._meta)
        for key, pk, *values in rows:
            name = self._name(pk, values)
            for place, text in self.texts:
                values[place] = text(values[place])
            fields = dict(zip(self.names, values, strict=True))
            for field, joined in many:
                fields[field] = joined[pk]
            data = encode([{"model": label, "pk": pk, "fields": fields}])
            yield key, StoredRow(content_type, str(pk), self.db, "json", data, name)

    def _meet(self, rows):
        """Fetch the rows that these refer to, whose names may be part of theirs."""
        for field in self.named:
            place = 2 + self.attributes.index(field.attname)
            keys = {row[place] for row in rows} - {None}
            self.known[field] = field.related_model._base_manager.in_bulk(keys)

    def _name(self, pk, values) -> str:
        columns = zip((self.key, *self.attributes), (pk, *values), strict=True)
        vars(self.instance).update(columns)
        for field in self.named:
            other = self.known[field].get(getattr(self.instance, field.attname))
            field.set_cached_value(self.instance, other)
        return str(self.instance)


def _as_text(field) -> Callable[[Any], Any] | None:
    """Return what makes a text of a value for which JSON has no word, as Django's serializer."""
    if isinstance(field, models.UUIDField):
        return str
    known = (models.CharField, models.TextField, models.FileField, models.JSONField)
    plain = (models.IntegerField, models.BooleanField, models.DateField, models.ForeignKey)
    if isinstance(field, (*known, *plain)):
        return None
    raise TypeError(f"Say here how a {type(field).__name__} is stored in a state.")


def _joined(field, keys) -> dict[int, list[int]]:
    """Return the keys of the rows that a relation to many leads to, by the key of its row."""
    found = defaultdict(list)
    ours, theirs = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    through = field.remote_field.through._base_manager
    pairs = through.filter(**{f"{ours}__in": keys}).order_by(theirs)
    for one, other in pairs.values_list(ours, theirs):
        found[one].append(other)
    return found
