from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from homepage.common.admin import FoldedSearch, PageAdmin
from homepage.common.history_admin import HistoryAdmin

from ..models import Category, Topic, Venue
from .merging_catalogue import CatalogueMergingAdmin


class CountingAdmin(HistoryAdmin, FoldedSearch, PageAdmin, admin.ModelAdmin):
    """A list that says how many papers each row has."""

    view_on_site = False
    readonly_fields = ["slug"]
    counted = "publications"
    # How the list of papers is asked for those of a row.
    papers_query = ""

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset.annotate(paper_count=Count(self.counted))

    def get_ordering(self, request):
        # A query that counts forgets the model's own order.
        return self.ordering or self.opts.ordering

    @admin.display(description="papers", ordering="paper_count")
    def papers(self, row):
        if not row.paper_count:
            return 0
        return format_html('<a href="{}">{}</a>', self._papers_url(row.pk), row.paper_count)

    def delete_view(self, request, object_id, extra_context=None):
        """Lead to the papers that stand in the way."""
        context = {"papers_url": self._papers_url(unquote(object_id)), **(extra_context or {})}
        return super().delete_view(request, object_id, context)

    def _papers_url(self, pk):
        address = reverse("admin:publications_publication_changelist")
        return f"{address}?{urlencode({self.papers_query: pk})}"

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name != "slug"]


@admin.register(Category)
class CategoryAdmin(CatalogueMergingAdmin, CountingAdmin):
    papers_query = "category__id__exact"
    list_display = ["position", "title", "papers", "default_kind", "ordering"]
    list_display_links = ["title"]
    list_editable = ["position"]
    ordering = ["position", "id"]
    search_fields = ["title"]
    fields = ["title", "default_kind", "intro", "ordering", "position", "slug"]

    class Media:
        js = ["homepage/admin/dragging.js", "homepage/admin/ordering.js"]


@admin.register(Venue)
class VenueAdmin(CatalogueMergingAdmin, CountingAdmin):
    papers_query = "venue"
    list_display = ["name", "acronym", "papers"]
    search_fields = ["name", "acronym"]
    fields = ["name", "acronym", "url", "slug"]


@admin.register(Topic)
class TopicAdmin(CatalogueMergingAdmin, CountingAdmin):
    papers_query = "topic"
    list_display = ["name", "papers"]
    search_fields = ["name"]
    fields = ["name", "slug"]
