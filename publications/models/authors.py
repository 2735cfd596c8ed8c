from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from homepage.common.fields import LineField, ORCIDField, WebURLField
from homepage.common.slugs import SluggedModel
from homepage.common.text import fold

from ..records import AuthorName, in_reading_order


class Author(SluggedModel):
    """One person, or a group that signs as one. Names are not unique: people share them."""

    given = LineField("given names", max_length=200, blank=True, help_text="Example: Ludwig")
    particle = LineField(
        max_length=50, blank=True, help_text="Written before the family name. Example: van"
    )
    family = LineField("family name", max_length=200, blank=True, help_text="Example: Beethoven")
    suffix = LineField(max_length=50, blank=True, help_text="Example: Jr.")
    literal = LineField(
        "whole name",
        max_length=300,
        blank=True,
        help_text="For a group or a name that has no parts. Example: ATLAS Collaboration",
    )
    native_name = LineField(
        "name in its own script", max_length=200, blank=True, help_text="Example: 肖明庆"
    )
    url = WebURLField("home page", blank=True, help_text="Example: https://jane.example.org/")
    orcid = ORCIDField("ORCID iD", blank=True, help_text="Example: 0000-0002-1825-0097")
    aliases = models.TextField(
        blank=True,
        help_text="Other ways this name is written, one a line. Example: L. v. Beethoven",
    )
    is_owner = models.BooleanField(
        "this is me", default=False, help_text="Your own name is shown in bold in every list."
    )

    class Meta:
        ordering = [Lower("family"), Lower("literal"), Lower("given"), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_owner"],
                condition=models.Q(is_owner=True),
                name="author_one_owner",
                violation_error_message="Another author is already marked as you.",
            ),
            models.CheckConstraint(
                condition=~models.Q(family="", literal=""), name="author_has_a_name"
            ),
            models.UniqueConstraint(
                fields=["orcid"], condition=~models.Q(orcid=""), name="author_orcid_unique"
            ),
        ]

    def __str__(self):
        """Return the name in reading order."""
        return in_reading_order(self)

    def clean(self):
        if not self.family and not self.literal:
            raise ValidationError(
                "Give a family name, or a whole name for a group.", code="no_name"
            )

    @classmethod
    def from_name(cls, name: AuthorName) -> "Author":
        """Return a new author, not saved, of a name in parts."""
        return cls(
            given=name.given,
            particle=name.particle,
            family=name.family,
            suffix=name.suffix,
            literal=name.literal,
            url=name.url,
            aliases="\n".join(name.aliases),
        )

    @property
    def name(self) -> AuthorName:
        return AuthorName(
            given=self.given,
            family=self.family,
            particle=self.particle,
            suffix=self.suffix,
            literal=self.literal,
        )

    def slug_source(self):
        return str(self)

    def folded_names(self) -> set[str]:
        """Return every way this person's full name is written, folded for comparing."""
        names = [str(self), self.native_name, *self.aliases.splitlines()]
        return {folded for name in names if (folded := fold(name))}
