import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from homepage.common.fields import LineField, MarkdownField, WebURLField
from homepage.common.pictures import PictureField
from homepage.common.validators import validate_web_url, validate_year

from .looks import Accent, Appearance, Numbering
from .networks import Network


class Profile(models.Model):
    """Who the person is: one row, by constraint."""

    name = LineField(max_length=200, help_text="Example: Jane Doe")
    native_name = LineField(
        "name in its own script", max_length=200, blank=True, help_text="Example: 肖明庆"
    )
    pronouns = LineField(max_length=50, blank=True, help_text="Example: she/her")
    headline = LineField(max_length=200, blank=True, help_text="Example: Ph.D. student")
    affiliation = LineField(max_length=300, blank=True, help_text="Example: Peking University")
    affiliation_url = WebURLField(
        "address of the affiliation", blank=True, help_text="Example: https://www.pku.edu.cn/"
    )
    location = LineField(max_length=200, blank=True, help_text="Example: Beijing, China")
    email = models.EmailField("e-mail", blank=True, help_text="Example: jane@example.org")
    photo = PictureField(
        upload_to="photos/",
        max_length=200,
        blank=True,
        shape="s",
        width_field="photo_width",
        height_field="photo_height",
        help_text="JPEG, PNG or WebP, at most 5 MB. It is cropped to a square.",
    )
    photo_width = models.PositiveIntegerField(blank=True, null=True, editable=False)
    photo_height = models.PositiveIntegerField(blank=True, null=True, editable=False)
    icon = PictureField(
        upload_to="icons/",
        max_length=200,
        blank=True,
        shape="s",
        width_field="icon_width",
        height_field="icon_height",
        help_text="Shown by browsers beside the title; a square PNG. Without one, your initials.",
    )
    icon_width = models.PositiveIntegerField(blank=True, null=True, editable=False)
    icon_height = models.PositiveIntegerField(blank=True, null=True, editable=False)
    cv = models.FileField(
        "CV", upload_to="cv/", max_length=200, blank=True, help_text="PDF, at most 20 MB."
    )
    summary = LineField(
        max_length=300,
        blank=True,
        help_text="One or two sentences for search engines and link previews.",
    )
    accent = models.CharField(
        max_length=10,
        choices=Accent,
        default=Accent.BLUE,
        help_text="The colour of links and marks.",
    )
    appearance = models.CharField(
        max_length=10, choices=Appearance, default=Appearance.SYSTEM, verbose_name="light or dark"
    )
    numbering = models.CharField(
        "numbers of papers", max_length=10, choices=Numbering, default=Numbering.ASCENDING
    )
    shows_images = models.BooleanField(
        "images in lists", default=True, help_text="Show the image of a paper beside its entry."
    )
    footer = LineField(
        "line at the foot",
        max_length=500,
        blank=True,
        help_text="Shown at the foot of every page; links as in Markdown. "
        "Example: Text and images [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)",
    )
    imported = models.JSONField(default=dict, blank=True, editable=False)
    modified = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "profile"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="profile_one_row"),
        ]

    def __str__(self):
        return self.name or "Profile"

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @property
    def has_one_appearance(self) -> bool:
        """Return whether the page is light, or dark, whatever a visitor's device is set to."""
        return self.appearance != Appearance.SYSTEM


class ProfileLink(models.Model):
    """Where else the person is to be found."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="links")
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=Network, default=Network.WEBSITE)
    label = LineField(
        max_length=100, blank=True, help_text="Only if it should differ from the kind."
    )
    url = models.CharField(
        "address or id",
        max_length=2000,
        help_text="A whole address, or just the id: 0000-0002-1825-0097, @jane@mastodon.social",
    )

    class Meta:
        verbose_name = "link"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(url=""), name="profilelink_has_address"),
        ]

    def __str__(self):
        return self.label or self.get_kind_display()

    @property
    def orcid(self) -> str:
        """Return the iD of a link to an ORCID record, "" for other links."""
        return self.url.rpartition("/")[2] if self.kind == Network.ORCID else ""

    def clean(self):
        try:
            self.url = Network(self.kind).address(self.url)
            validate_web_url(self.url)
        except ValueError as error:
            raise ValidationError({"url": str(error)}, code="invalid") from error
        except ValidationError as error:
            raise ValidationError({"url": error.messages}, code="invalid") from error


class NewsQuerySet(models.QuerySet):
    def public(self):
        """Return what a visitor may see."""
        return self.filter(visibility=NewsItem.Visibility.PUBLIC)


class NewsItem(models.Model):
    """A dated line of news."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", "Public"
        DRAFT = "draft", "Draft"

    date = models.DateField(help_text="Example: 2024-09-25")
    body = MarkdownField(
        "text", help_text="One line of Markdown. Example: Our paper is accepted at [ICLR](…)."
    )
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    # Its name in feeds, whatever becomes of its address.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    imported = models.JSONField(default=dict, blank=True, editable=False)
    modified = models.DateTimeField(auto_now=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-id"]

    def __str__(self):
        return f"{self.date}: {self.body[:60]}"

    def get_absolute_url(self):
        return f"{reverse('news')}#news-{self.pk}"

    def clean(self):
        if self.date:
            try:
                validate_year(self.date.year)
            except ValidationError as error:
                raise ValidationError({"date": error.messages}, code="invalid_year") from error
