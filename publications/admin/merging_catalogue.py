from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode

from .. import merging_catalogue

MOST = 20


class CatalogueMergingAdmin(admin.ModelAdmin):
    """Rows of a list that are one become one, as a person decides."""

    actions = ["merge"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", view, name=self._name("merge")), *super().get_urls()]

    @admin.action(description="Merge…", permissions=["change", "delete"])
    def merge(self, request, rows):
        keys = sorted(rows.order_by().values_list("pk", flat=True))
        if not 1 < len(keys) <= MOST:
            names = self.opts.verbose_name_plural
            message = f"Tick the {names} that are one: two, or up to {MOST}."
            self.message_user(request, message, messages.WARNING)
            return None
        address = reverse(f"admin:{self._name('merge')}")
        return redirect(f"{address}?{urlencode({'rows': ','.join(map(str, keys))})}")

    merge.writes = False  # it leads to the page that asks

    def merge_view(self, request):
        """Show what becomes of the papers of several rows; make them one."""
        if not (self.has_change_permission(request) and self.has_delete_permission(request)):
            raise PermissionDenied
        plan = merging_catalogue.plan(self._rows(request.GET.get("rows", "")))
        if request.method == "POST":
            if request.POST.get("token") == plan.token:
                return self._merged(request, plan)
            message = "Their papers have changed meanwhile, so nothing was merged. Look again."
            self.message_user(request, message, messages.WARNING)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Are these one {self.opts.verbose_name}?",
            "opts": self.opts,
            "plan": plan,
            "rows": [(row, plan.papers[row.pk]) for row in plan.rows],
            "list_url": reverse(f"admin:{self._name('changelist')}"),
        }
        return TemplateResponse(request, "admin/publications/merge_rows.html", context)

    def _merged(self, request, plan):
        chosen = request.POST.get("keep", str(plan.keeps))
        keep = next((row for row in plan.rows if str(row.pk) == chosen), None)
        if keep is None:
            raise Http404("Nothing of that number is to be merged.")
        others = [row for row in plan.rows if row.pk != keep.pk]
        papers = merging_catalogue.merge(keep, others, request.user)
        names = ", ".join(f"“{row}”" for row in others)
        self.log_change(request, keep, f"Merged with {names}.")
        count = "1 paper" if papers == 1 else f"{papers:,} papers"
        message = f"{names} and “{keep}” are one now; {count} followed."
        self.message_user(request, message, messages.SUCCESS)
        return redirect(f"admin:{self._name('change')}", keep.pk)

    def _rows(self, text):
        keys = {int(key) for key in text.split(",") if key.isdecimal()}
        rows = list(self.model.objects.filter(pk__in=keys).order_by("pk"))
        if not 1 < len(rows) <= MOST:
            raise Http404("Two rows or more are merged; these are not.")
        return rows

    def _name(self, page):
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"
