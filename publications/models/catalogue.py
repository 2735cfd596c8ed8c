from django.db import models
from django.db.models.functions import Lower

from homepage.common.fields import LineField, MarkdownField, WebURLField
from homepage.common.markdown import plain
from homepage.common.slugs import SluggedModel

from .kinds import Kind


class Category(SluggedModel):
    """One of the owner's own headings of the list, such as “Journal Papers”.

    The slug comes from the first heading and is the identity in a later import, so that the
    heading can be renamed. `imported` is the base of the three-way merge.
    """

    class Ordering(models.TextChoices):
        NEWEST = "newest", "Newest first"
        MANUAL = "manual", "By position"

    title = LineField(max_length=200, help_text="Example: Journal Papers")
    intro = MarkdownField(
        blank=True, help_text="Text between the heading and the papers, in Markdown."
    )
    default_kind = models.CharField(
        max_length=20,
        choices=Kind,
        blank=True,
        help_text="The kind that a paper added under this heading usually has.",
    )
    position = models.PositiveIntegerField(default=0, help_text="Lower numbers come first.")
    ordering = models.CharField(
        max_length=10, choices=Ordering, default=Ordering.NEWEST, verbose_name="order"
    )
    imported = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["position", "id"]

    def __str__(self):
        return self.title

    def slug_source(self):
        return plain(self.title)


class Venue(SluggedModel):
    """A journal, conference or series. Matched by equality only, merged by hand."""

    name = LineField(max_length=400, help_text="Example: International Journal of Computer Vision")
    acronym = LineField(max_length=60, blank=True, help_text="Example: IJCV")
    url = WebURLField("address", blank=True, help_text="Example: https://link.springer.com/")

    class Meta:
        ordering = [Lower("name"), "acronym", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "acronym"],
                name="venue_name_and_acronym",
                violation_error_message="There is already a venue of this name and acronym.",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="venue_has_a_name"),
        ]

    def __str__(self):
        return f"{self.name} ({self.acronym})" if self.acronym else self.name

    def slug_source(self):
        return self.acronym or self.name


class Topic(SluggedModel):
    """A subject that papers share."""

    name = LineField(max_length=100, unique=True, help_text="Example: Spiking networks")

    class Meta:
        ordering = [Lower("name"), "id"]

    def __str__(self):
        return self.name

    def slug_source(self):
        return self.name
