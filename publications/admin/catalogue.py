from django.contrib import admin
from django.db.models import Count

from homepage.common.admin import PageAdmin
from homepage.common.history_admin import HistoryAdmin
from homepage.common.text import fold

from ..models import Author, Category, Topic, Venue


class CountingAdmin(HistoryAdmin, PageAdmin, admin.ModelAdmin):
    """A list that says how many papers each row has."""

    view_on_site = False
    readonly_fields = ["slug"]
    counted = "publications"

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset.annotate(paper_count=Count(self.counted, distinct=True))

    def get_ordering(self, request):
        # A query that counts forgets the model's own order.
        return self.ordering or self.opts.ordering

    @admin.display(description="papers", ordering="paper_count")
    def papers(self, row):
        return row.paper_count

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name != "slug"]


@admin.register(Category)
class CategoryAdmin(CountingAdmin):
    list_display = ["position", "title", "papers", "default_kind", "ordering"]
    list_display_links = ["title"]
    list_editable = ["position"]
    ordering = ["position", "id"]
    search_fields = ["title"]
    fields = ["title", "default_kind", "intro", "ordering", "position", "slug"]

    class Media:
        js = ["homepage/admin/dragging.js", "homepage/admin/ordering.js"]


@admin.register(Venue)
class VenueAdmin(CountingAdmin):
    list_display = ["name", "acronym", "papers"]
    search_fields = ["name", "acronym"]
    fields = ["name", "acronym", "url", "slug"]


@admin.register(Topic)
class TopicAdmin(CountingAdmin):
    list_display = ["name", "papers"]
    search_fields = ["name"]
    fields = ["name", "slug"]


@admin.register(Author)
class AuthorAdmin(CountingAdmin):
    list_display = ["__str__", "orcid", "is_owner", "papers"]
    list_filter = ["is_owner"]
    search_fields = ["family", "given", "literal", "native_name", "aliases"]
    fieldsets = [
        (None, {"fields": ["given", "particle", "family", "suffix", "literal", "native_name"]}),
        ("Who it is", {"fields": ["is_owner", "url", "orcid", "aliases", "slug"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        if obj:
            return super().get_fieldsets(request, obj)
        names, (heading, who) = self.fieldsets
        fields = [name for name in who["fields"] if name != "slug"]
        return [names, (heading, {**who, "fields": fields})]

    def get_search_results(self, request, queryset, search_term):
        """Find names however their accents are typed: `muller` finds Müller."""
        wanted = fold(search_term).split()
        if not wanted:
            return queryset, False
        found = [
            author.pk
            for author in Author.objects.order_by()
            if all(word in " ".join(author.folded_names()) for word in wanted)
        ]
        return queryset.filter(pk__in=found), False
