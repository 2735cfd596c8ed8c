"""Slugs that are made once and never change, because they are addresses."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import models

from .many_rows import find_keys, insert
from .text import free_slug
from .text import slug as make_slug

MAX_LENGTH = 80


class SluggedModel(models.Model):
    """A model with a permanent slug, made from `slug_source()` when it is first saved.

    Where a name leaves nothing in ASCII (a title in Chinese), it is `slug_fallback()` and the id.
    """

    slug = models.SlugField(
        "end of the address",
        max_length=MAX_LENGTH + 20,
        unique=True,
        blank=True,
        help_text="The last part of the address; made from the name, and never changes.",
    )

    # Slugs that would hide an address of the site.
    reserved_slugs: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.slug:
            super().save(*args, **kwargs)
            return
        base = self.slug_base()
        self.slug = self.free_slug() if base else temporary_slug()
        super().save(*args, **kwargs)
        if not base:
            self.slug = self.slug_with_id()
            type(self)._base_manager.filter(pk=self.pk).update(slug=self.slug)

    def free_slug(self) -> str:
        """Return the slug that this row would be given now; without a name it needs its id."""
        base = self.slug_base()
        taken = self.taken_slugs(base) | self.unwanted_slugs()
        return free_slug(base, taken) if base else self.slug_with_id()

    def slug_source(self) -> str:
        """Return the text that the slug is made from."""
        raise NotImplementedError

    def slug_fallback(self) -> str:
        """Return what stands before the id where nothing is left of the name."""
        return self._meta.model_name

    def unwanted_slugs(self) -> frozenset[str]:
        """Return the slugs that this row must not have."""
        return self.reserved_slugs

    def slug_base(self) -> str:
        return make_slug(self.slug_source(), "", MAX_LENGTH)

    def slug_with_id(self) -> str:
        return f"{self.slug_fallback()}-{self.pk}"

    @classmethod
    def taken_slugs(cls, start: str = "") -> set[str]:
        """Return the slugs in use that begin with `start`."""
        rows = cls._base_manager.filter(slug__startswith=start)
        return set(rows.values_list("slug", flat=True))


def save_new(rows: Sequence[SluggedModel], taken: set[str] | None = None) -> None:
    """Save new rows of one model, with slugs as `save()` makes them, in few queries.

    `taken` are the slugs in use, where the caller knows them; those of the rows are added.
    """
    if not rows:
        return
    model = type(rows[0])
    taken = model.taken_slugs() | model.reserved_slugs if taken is None else taken
    unnamed = []
    for row in rows:
        base = row.slug_base()
        if not base:
            unnamed.append(row)
        row.slug = row.slug or (free_slug(base, taken) if base else temporary_slug())
        taken.add(row.slug)
    insert(model, rows)
    find_keys(rows, "slug")
    for row in unnamed:
        row.slug = row.slug_with_id()
    model._base_manager.bulk_update(unnamed, ["slug"], batch_size=200)


def temporary_slug() -> str:
    """Return a slug for a row that has no id yet."""
    return f"new-{uuid.uuid4().hex}"
