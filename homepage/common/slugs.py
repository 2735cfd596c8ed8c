"""Slugs that are made once and never change, because they are addresses."""

from django.db import models

from .text import slug as make_slug

MAX_LENGTH = 80


class SluggedModel(models.Model):
    """A model with a permanent slug, made from `slug_source()` when it is first saved."""

    slug = models.SlugField(
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
        if not self.slug:
            self.slug = self._free_slug()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "slug"}
        super().save(*args, **kwargs)

    def slug_source(self) -> str:
        """Return the text that the slug is made from."""
        raise NotImplementedError

    def slug_fallback(self) -> str:
        """Return the slug of a name of which nothing is left in ASCII."""
        return self._meta.model_name

    def _free_slug(self):
        base = make_slug(self.slug_source(), self.slug_fallback(), MAX_LENGTH)
        taken = set(
            type(self)
            ._base_manager.filter(slug__startswith=base)
            .exclude(pk=self.pk)
            .values_list("slug", flat=True)
        )
        taken |= self.reserved_slugs
        number, candidate = 1, base
        while candidate in taken:
            number += 1
            candidate = f"{base}-{number}"
        return candidate
