from django.contrib import admin, messages
from django.db.models import Q
from django.utils.html import format_html
from django.utils.text import Truncator

from homepage.common.admin import PageAdmin
from homepage.common.history_admin import HistoryAdmin
from homepage.common.history_bulk import keep_many
from homepage.common.identifiers import find_arxiv, find_doi
from homepage.common.preview import PreviewAdmin
from homepage.common.text import fold

from ..author_lines import line_of, write_line
from ..display import runs_backwards
from ..filing import category_for
from ..forms import PublicationForm
from ..models import Publication
from ..models.querysets import latest_first, newest_first
from ..pasting import keep_source
from .assisting import AssistingAdmin
from .bulk import EXPORTS, BulkAdmin
from .checking import CheckingAdmin
from .filters import (
    AuthorFilter,
    CategoryFilter,
    KindFilter,
    NeedsFilter,
    TopicFilter,
    VenueFilter,
    VisibilityFilter,
    YearFilter,
)
from .importing import ImportingAdmin
from .inlines import LinkInline
from .merging import MergingAdmin
from .trash import TrashAdmin

ALSO_SEARCHED = ("award", "note", "publisher", "doi", "arxiv_id", "isbn", "citation_key")
# Fields of the form that nobody sees.
HIDDEN = {"authors_details", "pasted"}


@admin.register(Publication)
class PublicationAdmin(
    PreviewAdmin,
    CheckingAdmin,
    HistoryAdmin,
    PageAdmin,
    AssistingAdmin,
    ImportingAdmin,
    MergingAdmin,
    TrashAdmin,
    BulkAdmin,
):
    form = PublicationForm
    inlines = [LinkInline]
    autocomplete_fields = ["topics"]
    readonly_fields = ["slug", "imported_from"]
    save_on_top = False
    fieldsets = [
        ("Read with doubt", {"fields": ["doubts", "imported_from"]}),
        (
            "The paper",
            {
                "fields": [
                    "title",
                    "authors_details",
                    "authors_line",
                    "venue_name",
                    ("year", "month", "day"),
                    ("kind", "category", "status"),
                    "pasted",
                ]
            },
        ),
        ("PDF and remarks", {"fields": ["pdf", "award", "note"]}),
        ("Who sees it", {"fields": [("visibility", "selected")]}),
        ("Abstract and topics", {"classes": ["collapse"], "fields": ["abstract", "topics"]}),
        (
            "Volume, pages, publisher",
            {
                "classes": ["collapse"],
                "fields": [
                    ("volume", "number", "pages"),
                    "publisher",
                    ("authors_prefix", "venue_prefix"),
                    "language",
                ],
            },
        ),
        (
            "Identifiers",
            {
                "classes": ["collapse"],
                "fields": [("doi", "arxiv_id"), ("isbn", "issn"), "citation_key"],
            },
        ),
        (
            "Picture, order and address",
            {"classes": ["collapse"], "fields": ["image", "position", "slug"]},
        ),
    ]

    actions = [*BulkAdmin.actions, "merge", *EXPORTS, *TrashAdmin.actions]
    list_display = [
        "short_title", "short_authors", "short_venue", "year", "visibility", "doubt_mark"
    ]  # fmt: skip
    list_filter = [
        AuthorFilter, VenueFilter, VisibilityFilter, NeedsFilter,
        ("category", CategoryFilter), KindFilter, YearFilter, TopicFilter, "selected",
    ]  # fmt: skip
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ["search_text"]
    search_help_text = (
        "Words of the title, authors, venue, topics, abstract or remarks; a year, DOI, arXiv id or "
        "citation key."
    )
    list_per_page = 50

    class Media:
        js = [
            f"homepage/admin/{name}.js"
            for name in ("dragging", "authors", "links", "pasting", "paper")
        ]
        css = {"all": ["homepage/admin/paper.css"]}

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        match = request.resolver_match
        is_list = match and match.url_name == "publications_publication_changelist"
        return queryset.for_page() if is_list else queryset

    def get_ordering(self, request):
        return newest_first()

    def get_search_results(self, request, queryset, search_term):
        """Find each word somewhere, accents and case aside; a whole identifier as such."""
        for name, find in (("doi", find_doi), ("arxiv_id", find_arxiv)):
            if identifier := find(search_term):
                return queryset.filter(**{f"{name}__iexact": identifier}), False
        for word in fold(search_term).split():
            queryset = queryset.filter(_holding(word))
        return queryset, False

    @admin.display(description="title", ordering="title")
    def short_title(self, paper):
        return Truncator(str(paper)).chars(90)

    @admin.display(description="authors")
    def short_authors(self, paper):
        names = [str(authorship) for authorship in paper.authorships.all()]
        shown = names if len(names) <= 3 else names[:2]
        goes_on = len(shown) < len(names) or paper.and_others
        return ", ".join(shown) + (" et al." if goes_on else "")

    @admin.display(description="venue", ordering="venue__name")
    def short_venue(self, paper):
        return paper.venue and (paper.venue.acronym or Truncator(paper.venue.name).chars(50))

    @admin.display(description="doubts")
    def doubt_mark(self, paper):
        if not paper.doubts:
            return ""
        return format_html('<span class="doubt" title="{}">doubt</span>', paper.doubts)

    @admin.display(description="as imported")
    def imported_from(self, paper):
        source = paper.sources.order_by(*latest_first()).first()
        if source is None:
            return ""
        return format_html('<pre class="report">{}</pre>', source.text)

    def get_fieldsets(self, request, obj=None):
        """Leave out what a new paper, or one that was read without doubt, has not."""
        doubts, *others = self.fieldsets
        left_out = set() if obj else {"slug"}
        if obj and not self.has_change_permission(request, obj):
            left_out = HIDDEN
        shown = [doubts, *others] if obj and obj.doubts else others
        return [
            (name, {**options, "fields": [f for f in options["fields"] if f not in left_out]})
            for name, options in shown
        ]

    # What the form has as fields of its own, for those who may only read.

    @admin.display(description="authors")
    def authors_line(self, paper):
        return line_of(paper)

    @admin.display(description="venue")
    def venue_name(self, paper):
        return paper.venue

    def save_model(self, request, paper, form, change):
        self._keep_made(request, form.write_venue(), paper)
        if paper.category is None:
            paper.category = category_for(paper.kind, request.user)
        paper.version += 1
        super().save_model(request, paper, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        paper = form.instance
        if form.line_changed:
            written = write_line(paper, form.names.names, form.details)
            self._keep_made(request, written.made, paper)
            self._report_line(request, written)
        if form.cleaned_data.get("pasted"):
            keep_source(paper, form.cleaned_data["pasted"])
        paper.update_search_text()
        if runs_backwards(paper.pages):
            self.message_user(
                request, f"The pages run backwards: {paper.pages}. Is that so?", messages.WARNING
            )

    @staticmethod
    def _keep_made(request, rows, paper):
        """Begin the history of what was made with a paper."""
        for row in rows:
            keep_many(type(row), [row.pk], f"Made with “{paper}”.", request.user, anew=True)

    def _report_line(self, request, done):
        if done.new:
            self.message_user(
                request, f"New among the authors: {', '.join(done.new)}.", messages.INFO
            )
        for name in done.twice:
            self.message_user(request, f"{name} is on this paper more than once.", messages.WARNING)


def _holding(word):
    found = Q(search_text__contains=word)
    for name in ALSO_SEARCHED:
        found |= Q(**{f"{name}__icontains": word})
    return found | Q(year=int(word)) if len(word) == 4 and word.isdecimal() else found
