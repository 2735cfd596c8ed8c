from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from .common.admin import FoldedSearch, PageAdmin, ReadOnlyAdmin
from .common.history_admin import HistoryAdmin
from .common.preview import PreviewAdmin
from .models import LinkCheck, Section


@admin.register(Section)
class SectionAdmin(PreviewAdmin, HistoryAdmin, FoldedSearch, PageAdmin, admin.ModelAdmin):
    list_display = ["position", "__str__", "shows", "place", "visibility"]
    list_display_links = ["__str__"]
    list_editable = ["position"]
    list_filter = ["place", "shows", "visibility"]
    search_fields = ["title", "body"]
    ordering = ["position", "id"]
    actions = ["publish", "make_draft"]
    autocomplete_fields = ["categories"]
    readonly_fields = ["slug"]
    fieldsets = [
        (None, {"fields": ["title", ("place", "shows", "visibility"), "body"]}),
        ("Publications in it", {"fields": ["group_by", "categories"]}),
        ("Order and address", {"classes": ["collapse"], "fields": ["position", "slug"]}),
    ]

    class Media:
        js = ["homepage/admin/dragging.js", "homepage/admin/ordering.js"]

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request, sections):
        self._show_as(request, sections, Section.Visibility.PUBLIC, "published")

    @admin.action(description="Make drafts of", permissions=["change"])
    def make_draft(self, request, sections):
        self._show_as(request, sections, Section.Visibility.DRAFT, "made a draft")

    def _show_as(self, request, sections, visibility, done):
        changed = [section for section in sections if section.visibility != visibility]
        for section in changed:
            section.visibility = visibility
            section.save(update_fields=["visibility", "modified"])
            self.log_change(request, section, f"{done.capitalize()}.")
        count = "1 section was" if len(changed) == 1 else f"{len(changed)} sections were"
        self.message_user(request, f"{count} {done}.", messages.SUCCESS)


@admin.register(LinkCheck)
class LinkCheckAdmin(ReadOnlyAdmin, PageAdmin, admin.ModelAdmin):
    """What `check_links` found."""

    list_display = ["address", "state", "problem", "stands_in", "checked"]
    list_display_links = None
    list_filter = ["state"]
    search_fields = ["url", "problem"]
    search_help_text = "What manage.py check_links found when it last tried every link."
    ordering = ["id"]
    view_on_site = False

    @admin.display(description="address")
    def address(self, check):
        return format_html('<a href="{}" rel="noopener">{}</a>', check.url, check.url)

    @admin.display(description="in")
    def stands_in(self, check):
        """Return the rows that hold the address, each a link to its form."""
        links = ((_form_address(model, key), label) for model, key, label in check.places)
        return format_html_join(", ", '<a href="{}">{}</a>', links)


def _form_address(model, key):
    return reverse(f"admin:{model.replace('.', '_')}_change", args=[key])
