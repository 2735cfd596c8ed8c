from django.contrib import admin
from django.utils.html import format_html

from ..models import ImportRun


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):
    """What imports said, to read again."""

    list_display = ["source", "created"]
    list_filter = ["created"]
    search_fields = ["source", "report"]
    fields = ["source", "created", "full_report"]
    readonly_fields = ["full_report"]

    @admin.display(description="report")
    def full_report(self, run):
        return format_html('<pre class="report">{}</pre>', run.report)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
