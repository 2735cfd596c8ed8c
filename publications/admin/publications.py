from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.text import Truncator

from homepage.common.admin import PageAdmin
from homepage.common.history_admin import HistoryAdmin
from homepage.common.preview import PreviewAdmin
from homepage.common.text import fold

from ..author_lines import write_line
from ..filing import category_for
from ..forms import PublicationForm
from ..models import Authorship, Publication
from ..models.querysets import newest_first
from .checking import CheckingAdmin
from .filters import KindFilter, NeedsFilter, TopicFilter, VisibilityFilter, YearFilter
from .importing import ImportingAdmin
from .inlines import MAX_AUTHOR_ROWS, AuthorshipInline, LinkInline
from .trash import TrashAdmin


@admin.register(Publication)
class PublicationAdmin(
    PreviewAdmin, CheckingAdmin, HistoryAdmin, PageAdmin, ImportingAdmin, TrashAdmin
):
    form = PublicationForm
    inlines = [AuthorshipInline, LinkInline]
    autocomplete_fields = ["topics"]
    readonly_fields = ["slug", "imported_from"]
    save_on_top = False
    fieldsets = [
        ("Read with doubt", {"fields": ["doubts", "imported_from"]}),
        (
            "What",
            {"fields": ["title", ("kind", "category", "status")]},
        ),
        ("Who", {"fields": ["authors_line"]}),
        (
            "Where",
            {
                "fields": [
                    "venue_name",
                    ("year", "month", "day"),
                    "award",
                    "note",
                ]
            },
        ),
        (
            "Visibility",
            {"fields": [("visibility", "selected")]},
        ),
        ("PDF and picture", {"classes": ["collapse"], "fields": ["pdf", "image"]}),
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
            "Identifiers and address",
            {
                "classes": ["collapse"],
                "fields": [
                    ("doi", "arxiv_id"),
                    ("isbn", "issn"),
                    "citation_key",
                    "position",
                    "slug",
                ],
            },
        ),
    ]

    list_display = [
        "short_title", "short_authors", "short_venue", "year", "visibility", "doubt_mark"
    ]  # fmt: skip
    list_filter = [
        VisibilityFilter, NeedsFilter, "category", KindFilter, YearFilter, TopicFilter, "selected"
    ]  # fmt: skip
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ["search_text"]
    search_help_text = "Words of the title, the authors, the venue, the topics or the abstract."
    list_per_page = 50

    class Media:
        js = ["homepage/admin/paper.js"]

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        match = request.resolver_match
        is_list = match and match.url_name == "publications_publication_changelist"
        return queryset.for_page() if is_list else queryset

    def get_ordering(self, request):
        return newest_first()

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))

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
        source = paper.sources.order_by("-run_id", "-id").first()
        if source is None:
            return ""
        return format_html('<pre class="report">{}</pre>', source.text)

    def get_fieldsets(self, request, obj=None):
        """Leave out what a new paper, or one that was read without doubt, has not."""
        doubts, *others = self.fieldsets
        if obj is None:
            *others, (name, options) = others
            others.append((name, {**options, "fields": options["fields"][:-1]}))
        return [doubts, *others] if obj and obj.doubts else others

    def get_inlines(self, request, obj):
        if obj and obj.authorships.count() > MAX_AUTHOR_ROWS:
            return [LinkInline]
        return self.inlines

    def save_model(self, request, paper, form, change):
        form.write_venue()
        if paper.category is None:
            paper.category = category_for(paper.kind)
        paper.version += 1
        super().save_model(request, paper, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        paper = form.instance
        if form.line_changed:
            added = [
                row
                for formset in formsets
                if formset.model is Authorship
                for row in formset.new_objects
            ]
            self._report_line(request, write_line(paper, form.names.names, added))
        paper.update_search_text()

    def _report_line(self, request, done):
        if done.new:
            self.message_user(
                request, f"New among the authors: {', '.join(done.new)}.", messages.INFO
            )
        for name in done.twice:
            self.message_user(request, f"{name} is on this paper more than once.", messages.WARNING)
