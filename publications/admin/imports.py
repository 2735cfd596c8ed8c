from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from homepage.common.admin import HeadedAdmin, ReadOnlyAdmin

from ..models import ImportRun, Publication


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin, HeadedAdmin, admin.ModelAdmin):
    """What imports said, to read again."""

    list_display = ["source", "created", "user", "undone"]
    list_select_related = ["user"]
    list_filter = ["created"]
    search_fields = ["source", "report"]
    fields = ["source", "created", "user", "undone", "full_report"]
    readonly_fields = ["user", "undone", "full_report"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("changes")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Offer to undo an import where that can be done."""
        publications = self.admin_site.get_model_admin(Publication)
        run = self.get_object(request, object_id)
        start, context = "admin:publications_publication_import", {}
        if run and publications.has_add_permission(request):
            context["papers_url"] = reverse(f"{start}ed", args=[run.pk])
        if run and publications.may_undo(request, run):
            context["undo_url"] = reverse(f"{start}_undo", args=[run.pk])
        context |= extra_context or {}
        return super().change_view(request, object_id, form_url, context)

    def get_fields(self, request, obj=None):
        """Leave out what there is nothing to say of: a command has no user."""
        return [name for name in self.fields if obj is None or getattr(obj, name, True)]

    @admin.display(description="report")
    def full_report(self, run):
        return format_html('<pre class="report">{}</pre>', run.report)
