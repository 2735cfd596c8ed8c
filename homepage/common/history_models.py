"""Of which models states are kept, and what a state of each of them holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import reversion
from django.db import models


@dataclass(frozen=True)
class _Kept:
    """What `register` was told of a model."""

    parts: tuple[str, ...]
    keeps: tuple[str, ...]
    made: tuple[str, ...]
    yields: tuple[str, ...]
    same_by: tuple[str, ...]


_models: dict[type[models.Model], _Kept] = {}


def register(
    model: type[models.Model],
    *,
    parts: Sequence[str] = (),
    keeps: Sequence[str] = (),
    made: Sequence[str] = (),
    yields: Sequence[str] = (),
    same_by: Sequence[str] = (),
) -> None:
    """Have states of `model` kept, with the rows that its relations `parts` lead to.

    `keeps` are fields that say nothing of the content: a restored row keeps its present ones.
    Those `made` of others are not even stored. A model's method `content_restored()` is called
    after its row came back, and returns sentences on what did not come with it.

    Of unique fields, a state comes back without those it `yields` to the row that has the value
    by now. Two rows that agree in the fields `same_by` say the same: no state comes back beside
    one, and what refers to a row that is gone refers to the one that says the same.
    """
    if model in _models:
        return
    for name in parts:
        related = model._meta.get_field(name).related_model
        if not reversion.is_registered(related):
            reversion.register(related)
    kept = _Kept(*map(tuple, (parts, keeps, made, yields, same_by)))
    not_stored = [*made, *(field.name for field in _notes(model))]
    reversion.register(model, follow=parts, exclude=not_stored)
    _models[model] = kept


def is_registered(model: type[models.Model]) -> bool:
    return model in _models


def registered() -> Iterator[type[models.Model]]:
    """Yield the models whose states are kept."""
    yield from _models


def relations_to_parts(model: type[models.Model]) -> list:
    """Return the relations that lead to the parts that states of `model` hold."""
    return [model._meta.get_field(name) for name in _models[model].parts]


def models_of_parts(model: type[models.Model]) -> list[type[models.Model]]:
    """Return the models of the parts that states of `model` hold."""
    return [relation.related_model for relation in relations_to_parts(model)]


def fields_left_alone(model: type[models.Model]) -> tuple[str, ...]:
    """Return the fields that stay as they are when a state of `model` comes back."""
    return _models[model].keeps


def yielding_fields(model: type[models.Model]) -> list[models.Field]:
    """Return the fields without which a state comes back if another row has the value by now."""
    return [model._meta.get_field(name) for name in _models[model].yields]


def identity(model: type[models.Model]) -> tuple[str, ...]:
    """Return the fields by which two rows say the same; none where they never do."""
    return _models[model].same_by


def stored_fields(model: type[models.Model]) -> list[str]:
    """Return the names of the fields that a stored row of this model, or of a part, has."""
    made = _models[model].made if model in _models else ()
    local = [*model._meta.local_fields, *own_many_to_many(model)]
    return [field.name for field in local if field.name not in made]


def stored_relations(model: type[models.Model]) -> list[models.Field]:
    """Return the fields of a stored row, or of a part, that refer to other rows."""
    one = [field for field in model._meta.concrete_fields if field.many_to_one]
    return [*one, *own_many_to_many(model)]


def own_many_to_many(model: type[models.Model]) -> list[models.ManyToManyField]:
    """Return the relations to many that are no rows of their own and that a form shows."""
    fields = model._meta.local_many_to_many
    own = [field for field in fields if field.remote_field.through._meta.auto_created]
    return [field for field in own if field.editable]


def unseen(model: type[models.Model]) -> set[str]:
    """Return the fields that say nothing of the content."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    machines = (field.name for field in fields if not field.editable)
    return {*(_models[model].keeps if model in _models else ()), *machines, "id"}


def label(field: models.Field) -> str:
    """Return what a field is called, as a heading."""
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def _notes(model):
    """Return relations that no form shows: what the site notes about rows, not their content."""
    return [field for field in model._meta.local_many_to_many if not field.editable]
