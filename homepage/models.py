from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from homepage.common.fields import LineField, MarkdownField
from homepage.common.markdown import plain
from homepage.common.slugs import SluggedModel
from publications.models import Category


class LinkCheck(models.Model):
    """What the last `check_links` found at an address that leads out of the site."""

    affects_pages = False

    class State(models.TextChoices):
        GOOD = "good", "Good"
        UNSURE = "unsure", "Not sure"
        BROKEN = "broken", "Broken"

    url = models.TextField("address")
    state = models.CharField(max_length=10, choices=State)
    problem = models.TextField(blank=True)
    places = models.JSONField(default=list, help_text="[model, key, label] of each row it is in.")
    checked = models.DateTimeField()

    class Meta:
        verbose_name = "link to another site"
        verbose_name_plural = "links to other sites"
        ordering = ["id"]

    def __str__(self):
        return self.url


class SectionQuerySet(models.QuerySet):
    def public(self):
        """Return what a visitor may see."""
        return self.filter(visibility=Section.Visibility.PUBLIC)

    def on_home_page(self):
        return self.filter(place=Section.Place.HOME)

    def with_own_page(self):
        return self.exclude(place=Section.Place.HOME)


class Section(SluggedModel):
    """One block of the site, in the owner's order and under the owner's heading.

    `imported` is the base of the three-way merge, and `imported["key"]` the identity in a
    later import of the same page.
    """

    class Place(models.TextChoices):
        HOME = "home", "On the home page"
        PAGE = "page", "On a page of its own"
        APART = "apart", "On a page of its own, not in the navigation"

    class Shows(models.TextChoices):
        TEXT = "text", "Text"
        PUBLICATIONS = "publications", "Publications"
        SELECTED = "selected", "Selected publications"
        NEWS = "news", "News"

    class GroupBy(models.TextChoices):
        CATEGORY = "category", "Category"
        YEAR = "year", "Year"
        NONE = "none", "Nothing"

    class Visibility(models.TextChoices):
        PUBLIC = "public", "Public"
        DRAFT = "draft", "Draft"

    # First path words of the site itself: no section may stand at their address.
    reserved_slugs = frozenset(
        ["admin", "publications", "media", "static", "healthz", "news", "feed", "sitemap", "robots"]
    )

    title = LineField(
        "heading",
        max_length=200,
        blank=True,
        help_text="Example: About me. A section without one continues the section before it.",
    )
    place = models.CharField(max_length=10, choices=Place, default=Place.HOME)
    shows = models.CharField(max_length=20, choices=Shows, default=Shows.TEXT)
    body = MarkdownField(
        "text", blank=True, help_text="Markdown. Above a list it is the introduction."
    )
    group_by = models.CharField(
        max_length=10,
        choices=GroupBy,
        default=GroupBy.CATEGORY,
        help_text="How the publications are grouped.",
    )
    categories = models.ManyToManyField(
        Category,
        related_name="sections",
        blank=True,
        help_text="Which publications; none chosen means all that no other section shows.",
    )
    position = models.PositiveIntegerField(default=0, help_text="Lower numbers come first.")
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    imported = models.JSONField(default=dict, blank=True, editable=False)
    modified = models.DateTimeField(auto_now=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return plain(self.title) or f"({self.get_shows_display().lower()} without heading)"

    def get_absolute_url(self):
        if self.place != self.Place.HOME:
            return reverse("section", args=[self.slug])
        return f"{reverse('home')}#{self.slug}"

    def save(self, *args, **kwargs):
        if self.slug in self.unwanted_slugs():
            self.slug = ""  # it was an anchor of the home page; as an address it is taken
        super().save(*args, **kwargs)

    @property
    def is_in_navigation(self) -> bool:
        """Return whether a visitor can go to it by name: a part of the home page, or a page."""
        return bool(self.title) and self.place != self.Place.APART

    def clean(self):
        if self.place != self.Place.HOME and not self.title:
            raise ValidationError(
                {"title": "A page of its own needs a heading."}, code="no_heading"
            )

    def slug_source(self):
        return plain(self.title)

    def unwanted_slugs(self):
        return frozenset() if self.place == self.Place.HOME else self.reserved_slugs


class ContentRevision(models.Model):
    """One row: a token that is another one after every change of content (`revision.py`)."""

    affects_pages = False

    token = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="contentrevision_one_row"),
        ]

    def __str__(self):
        return self.token


class Backup(models.Model):
    """A backup that was made: the latest ones, for the start page and the system check."""

    affects_pages = False
    KEPT = 20
    FRESH = timedelta(days=7)

    made = models.DateTimeField()
    file = models.CharField(max_length=500)
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["-made", "-id"]
        get_latest_by = "made"

    def __str__(self):
        return f"{self.made:%Y-%m-%d %H:%M}"

    @property
    def is_fresh(self) -> bool:
        return timezone.now() - self.made < self.FRESH


class Export(models.Model):
    """How the last export to each folder ended: the latest ones, for the start page."""

    affects_pages = False
    KEPT = 20

    folder = models.CharField(max_length=500)
    base_url = models.CharField(max_length=500)
    made = models.DateTimeField()
    files = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    warnings = models.JSONField(default=list)

    class Meta:
        ordering = ["-made", "-id"]
        get_latest_by = "made"

    def __str__(self):
        return self.folder
