from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode

from .. import merging
from ..models import Publication

CHANGED_MEANWHILE = "One of the two was changed meanwhile, so nothing was merged. Look again."


class MergingAdmin(admin.ModelAdmin):
    """Two rows of one work become one, field by field as a person decides."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", view, name="publications_publication_merge"), *super().get_urls()]

    @admin.action(description="Merge two papers…", permissions=["change", "delete"])
    def merge(self, request, papers):
        keys = sorted(papers.order_by().values_list("pk", flat=True).distinct())
        if len(keys) != 2:
            self.message_user(request, "Tick the two papers that are one.", messages.WARNING)
            return None
        return redirect(merge_url(*keys))

    merge.writes = False  # it leads to the page that asks

    def merge_view(self, request):
        """Show where two papers differ; merge them as chosen, or remember that they are two."""
        if not (self.has_change_permission(request) and self.has_delete_permission(request)):
            raise PermissionDenied
        first, second = _two(request.GET.get("papers", ""))
        if request.method == "POST":
            if "_different" in request.POST:
                merging.call_different(first, second)
                self.message_user(request, "They stay two papers.", messages.SUCCESS)
                return redirect(self._list())
            keep, other = self._kept(request, first, second)
            if self._merged(request, keep, other):
                return redirect("admin:publications_publication_change", keep.pk)
            first, second = _two(request.GET["papers"])
        context = {
            **self.admin_site.each_context(request),
            "title": "Are these one paper?",
            "opts": self.opts,
            "plan": merging.plan(first, second),
            "list_url": self._list(),
        }
        return TemplateResponse(request, "admin/publications/publication/merge.html", context)

    def _kept(self, request, first, second):
        return (second, first) if request.POST.get("keep") == str(second.pk) else (first, second)

    def _merged(self, request, keep, other):
        takes = {
            name: int(value)
            for name, value in request.POST.items()
            if value in (str(keep.pk), str(other.pk)) and name in (*merging.FIELDS, merging.AUTHORS)
        }
        token = request.POST.get("token", "")
        try:
            merging.merge(keep, other, takes, token, request.user)
        except merging.StaleMerge:
            self.message_user(request, CHANGED_MEANWHILE, messages.WARNING)
            return False
        for paper, done in ((keep, "Merged with"), (other, "Merged into")):
            paper.refresh_from_db()
            self.log_change(
                request, paper, f"{done} number {(other if paper is keep else keep).pk}."
            )
        message = (
            f"Merged. The other one, “{other}”, lies in the trash, and its address leads here."
        )
        self.message_user(request, message, messages.SUCCESS)
        return True

    @staticmethod
    def _list():
        return reverse("admin:publications_publication_changelist")


def merge_url(*keys):
    address = reverse("admin:publications_publication_merge")
    return f"{address}?{urlencode({'papers': ','.join(map(str, keys))})}"


def _two(text):
    """Return the two papers that an address names, the older first."""
    keys = {int(key) for key in text.split(",") if key.isdecimal()}
    rows = Publication.objects.for_page().in_bulk(keys)
    if len(rows) != 2:
        raise Http404("Two papers are merged; these are not two.")
    return [rows[key] for key in sorted(rows)]
