import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower

from homepage.common.addresses import rooted
from homepage.common.fields import (
    ArxivField,
    DOIField,
    ISBNField,
    ISSNField,
    LineField,
    MarkdownField,
)
from homepage.common.markdown import plain
from homepage.common.paths import path_of
from homepage.common.pictures import PictureField
from homepage.common.slugs import SluggedModel
from homepage.common.text import fold, fold_name
from homepage.common.validators import validate_link, validate_year

from .authors import Author
from .catalogue import Category, Topic, Venue
from .kinds import Kind, Status, Visibility
from .querysets import PublicationQuerySet

LEAP_YEAR = 2024


class Publication(SluggedModel):
    """One work: DOI and arXiv id side by side. A conference and its journal version are two."""

    # Path words of the list pages: no paper may stand at their address.
    reserved_slugs = frozenset(
        ["year", "kind", "category", "topic", "venue", "author", "page", "import"]
    )

    title = LineField(
        max_length=1000,
        help_text="As printed; math between dollars. Example: Learning in $O(n)$ time",
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.JOURNAL)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        related_name="publications",
        blank=True,
        null=True,
        help_text="The heading it stands under; left empty, the first one of its kind.",
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED)

    authors = models.ManyToManyField(Author, through="Authorship", related_name="publications")
    authors_prefix = LineField(
        "words before the authors",
        max_length=60,
        blank=True,
        help_text="Example: by. Behind “with” the page names all authors but you.",
    )
    and_others = models.BooleanField(
        "and others", default=False, help_text="The list ends with “et al.”"
    )

    conjunction = LineField(
        "word before the last author",
        max_length=10,
        blank=True,
        help_text="Example: and. Left empty, a comma stands there.",
    )

    venue_prefix = LineField(
        "words before the venue", max_length=60, blank=True, help_text="Example: To appear in"
    )
    venue = models.ForeignKey(
        Venue, models.PROTECT, related_name="publications", blank=True, null=True
    )
    year = models.PositiveSmallIntegerField(
        blank=True, null=True, validators=[validate_year], help_text="Example: 2024"
    )
    month = models.PositiveSmallIntegerField(
        blank=True,
        null=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text="1 to 12; leave empty what you don’t know.",
    )
    day = models.PositiveSmallIntegerField(
        blank=True, null=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    volume = LineField(max_length=50, blank=True, help_text="Example: 130")
    number = LineField(
        max_length=50, blank=True, help_text="The issue, or a report’s number. Example: 2"
    )
    pages = LineField(max_length=100, blank=True, help_text="Example: 134-159, or e1042")
    publisher = LineField(max_length=300, blank=True, help_text="Publisher, school or institution.")

    award = LineField(max_length=300, blank=True, help_text="Example: Spotlight, Top 3%")
    note = LineField(
        max_length=2000, blank=True, help_text="Shown after the venue. Example: With an appendix"
    )
    abstract = MarkdownField(blank=True, help_text="Markdown, with math between dollars.")
    language = LineField(
        max_length=35, blank=True, help_text="Of the title, if not the site’s. Example: zh"
    )
    topics = models.ManyToManyField(Topic, related_name="publications", blank=True)

    doi = DOIField(
        "DOI", blank=True, db_index=True, help_text="Example: 10.1007/s11263-022-01688-4"
    )
    arxiv_id = ArxivField("arXiv id", blank=True, db_index=True, help_text="Example: 2210.04188")
    isbn = ISBNField("ISBN", blank=True, help_text="Example: 978-3-030-58452-8")
    issn = ISSNField("ISSN", blank=True, help_text="Example: 0920-5691")
    citation_key = LineField(
        max_length=200, blank=True, help_text="Key in BibTeX. Example: xiao2022invertible"
    )

    pdf = models.FileField(
        "PDF", upload_to="papers/", max_length=200, blank=True, help_text="At most 20 MB."
    )
    image = PictureField(
        upload_to="images/",
        max_length=200,
        blank=True,
        width_field="image_width",
        height_field="image_height",
    )
    image_width = models.PositiveIntegerField(blank=True, null=True, editable=False)
    image_height = models.PositiveIntegerField(blank=True, null=True, editable=False)

    selected = models.BooleanField(
        default=False, help_text="Show it among the selected publications."
    )
    position = models.PositiveIntegerField(
        default=0, help_text="Lower numbers come first within the year or the category."
    )
    visibility = models.CharField(
        max_length=10, choices=Visibility, default=Visibility.PUBLIC, db_index=True
    )
    different_from = models.ManyToManyField(
        "self", blank=True, editable=False, verbose_name="papers that look like it and are others"
    )
    doubts = models.TextField(
        blank=True,
        help_text="What the import was not sure of. Empty it once the fields are right.",
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    search_text = models.TextField(blank=True, editable=False)
    # Its name in feeds, whatever becomes of its address.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    modified = models.DateTimeField(auto_now=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("citation_key"),
                condition=~models.Q(citation_key=""),
                name="publication_citation_key_unique",
                violation_error_message="Another paper already has this citation key.",
            ),
            models.CheckConstraint(
                condition=models.Q(year__isnull=True) | models.Q(year__range=(1000, 9999)),
                name="publication_year_has_four_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(month__isnull=True) | models.Q(month__range=(1, 12)),
                name="publication_month_is_a_month",
            ),
            models.CheckConstraint(
                condition=models.Q(day__isnull=True)
                | models.Q(day__range=(1, 31), month__isnull=False),
                name="publication_day_has_a_month",
                violation_error_message="Give the month as well, or leave the day empty.",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="publication_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values),
                name="publication_visibility_is_known",
            ),
        ]

    def __str__(self):
        return plain(self.title)

    def get_absolute_url(self):
        return path_of("publications:detail", self.slug)

    def clean(self):
        if self.slug in self.reserved_slugs:
            raise ValidationError(
                {"slug": f"“{self.slug}” is the address of a list; choose another."},
                code="reserved",
            )
        if self.month and self.day:
            try:
                date(self.year or LEAP_YEAR, self.month, self.day)
            except ValueError as error:
                raise ValidationError(
                    {"day": "That month has no such day."}, code="no_such_day"
                ) from error

    def slug_source(self):
        return plain(self.title)

    def slug_fallback(self):
        return f"{self.kind}"

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC

    @property
    def pdf_address(self) -> str:
        """Return where its PDF is read: beside its page, once visitors find the paper there."""
        is_there = self.is_public and not self._state.adding
        return path_of("paper", self.slug) if is_there else self.pdf.url

    def content_restored(self) -> list[str]:
        """Complete a row that came back from its history.

        What was read with doubt is public as its source only: without one it comes as a draft.
        """
        notes = []
        if self.is_public and self.doubts and not self.sources.exclude(text="").exists():
            self.visibility = Visibility.DRAFT
            notes.append("It is a draft: it was read with doubt, and its source is gone.")
        self.version += 1
        self.save(update_fields=["visibility", "version", "modified"])
        self.update_search_text()
        return notes

    def update_search_text(self):
        """Rebuild the folded text that searches read; call it after every change of the work."""
        papers = type(self).objects.filter(pk=self.pk)
        papers.refresh_search_text()
        self.search_text = papers.values_list("search_text", flat=True).get()

    def made_search_text(self) -> str:
        """Return the folded text of the work; of one read with doubt also what is shown of it."""
        sources = self.sources.all() if self.doubts else ()
        return search_text(self, self.authorships.all(), self.topics.all(), sources)


def search_text(publication, authorships, topics=(), sources=()) -> str:
    """Return the folded text of a paper and of what belongs to it."""
    names = []
    for authorship in authorships:
        author = authorship.author
        names += [authorship.printed_name, str(author), author.native_name]
    names += [str(publication.venue or ""), *(topic.name for topic in topics)]
    texts = [source.text for source in sources] if publication.doubts else []
    parts = [fold(str(publication)), *map(fold_name, names), *map(fold, texts)]
    return " ".join(filter(None, [*parts, fold(publication.abstract)]))


class Authorship(models.Model):
    """One name in the author list of one paper, in its place and as printed there.

    Marks, legend and emphasis are never part of a name. No unique constraint on the position:
    swapping two rows would fail halfway on SQLite.
    """

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="authorships")
    author = models.ForeignKey(Author, models.PROTECT, related_name="authorships")
    position = models.PositiveIntegerField(default=0)
    printed_name = LineField(
        max_length=300, blank=True, help_text="If it differs on this paper. Example: M. Xiao"
    )
    marks = LineField(max_length=20, blank=True, help_text="As printed. Example: *")
    equal_contribution = models.BooleanField("equal", default=False)
    corresponding = models.BooleanField(default=False)

    class Meta:
        verbose_name = "author of a paper"
        verbose_name_plural = "authors"
        ordering = ["position", "id"]

    def __str__(self):
        return self.printed_name or str(self.author)


class PublicationLink(models.Model):
    """A link with the owner's own label: an address, or an uploaded file."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="links")
    position = models.PositiveIntegerField(default=0)
    label = LineField(max_length=200, help_text="Example: code")
    url = models.CharField(
        "address",
        max_length=2000,
        blank=True,
        validators=[validate_link],
        help_text="Example: https://github.com/jane/paper",
    )
    file = models.FileField(upload_to="papers/", max_length=200, blank=True)

    class Meta:
        verbose_name = "link"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(url="", file=""),
                name="publicationlink_leads_somewhere",
                violation_error_message="Give an address or a file.",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def target(self) -> str:
        """Return where it leads, from whatever page it stands on."""
        return self.file.url if self.file else rooted(self.url)
