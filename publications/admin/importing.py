from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from .. import reconcile, undo
from ..models import ImportRun, Publication
from .import_form import ImportForm
from .preview import Preview

CHANGED_MEANWHILE = (
    "The text or the publications have changed since you saw the preview, so nothing was saved. "
    "Here is a new one."
)


class ImportingAdmin(admin.ModelAdmin):
    """Papers come in by paste or upload: read, looked through, saved; and are taken back."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        start = "publications_publication_import"
        return [
            path("import/", wrap(self.import_view), name=start),
            path("import/<int:run_id>/", wrap(self.imported_view), name=f"{start}ed"),
            path("import/<int:run_id>/undo/", wrap(self.undo_view), name=f"{start}_undo"),
            *super().get_urls(),
        ]

    def import_view(self, request):
        """Show the form; what is sent is shown as it would be saved; saved, it is written."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, "import_form", "Import publications", form=ImportForm())
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, "import_form", "Import publications", form=form)
        preview = Preview(form.source, self.has_change_permission(request))
        if "_save" in request.POST:
            response = self._save(request, preview)
            if response is not None:
                return response
            preview = Preview(form.source, self.has_change_permission(request))
        return self._page(
            request,
            "import_preview",
            "Save these publications?" if preview.asks else "Nothing to save",
            preview=preview,
            form=ImportForm(
                initial={
                    "text": form.source.text,
                    "name": form.source.name,
                    "format": form.source.format.name,
                    "all_topics": form.source.all_topics,
                }
            ),
        )

    def _save(self, request, preview):
        """Write what was ticked and lead to it; None where the preview is to be shown again."""
        if request.POST.get("token") != preview.token:
            messages.warning(request, CHANGED_MEANWHILE)
            return None
        chosen = preview.chosen(request.POST)
        if not chosen:
            messages.warning(request, "Nothing was ticked, so nothing was saved.")
            return None
        plan = preview.plan.with_items(chosen)
        try:
            with transaction.atomic():
                run = ImportRun.objects.create(
                    source=preview.name, report=preview.report(chosen), user=request.user
                )
                reconcile.apply(plan, run, chosen)
                self._log(request, run)
        except reconcile.StalePlan:
            messages.warning(request, CHANGED_MEANWHILE)
            return None
        made, changed = papers_of(run)
        counts = [(len(made), "added"), (len(changed), "updated")]
        said = " and ".join(f"{count} {done}" for count, done in counts if count)
        messages.success(request, f"Imported: {said}.")
        return redirect("admin:publications_publication_imported", run.pk)

    def _log(self, request, run):
        message = f"Imported from {run.source}."
        for papers, flag in zip(papers_of(run), (ADDITION, CHANGE), strict=True):
            if papers:
                LogEntry.objects.log_actions(request.user.pk, papers, flag, message)

    def imported_view(self, request, run_id):
        """Show what an import made and changed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        run = _run(run_id)
        made, changed = papers_of(run)
        return self._page(
            request,
            "imported",
            f"Imported: {run.source}",
            run=run,
            lists=[("Added", made), ("Updated", changed)],
            may_undo=self.may_undo(request, run),
        )

    def undo_view(self, request, run_id):
        """Ask, then take the import back."""
        run = _run(run_id)
        if not self.may_undo(request):
            raise PermissionDenied
        try:
            if request.method == "POST":
                done = undo.undo(run.pk, request.user)
                self.log_change(request, run, "Undone.")
                messages.success(request, f"The import was undone: {done.summary()}")
                return redirect("admin:publications_publication_imported", run.pk)
            undoing = undo.plan(run)
        except undo.CannotUndo as error:
            messages.error(request, str(error))
            return redirect("admin:publications_publication_imported", run.pk)
        return self._page(request, "undo_import", "Undo this import?", run=run, undoing=undoing)

    def may_undo(self, request, run=None):
        """Return whether this person may take imports back, and this one can be."""
        if not (self.has_delete_permission(request) and self.has_change_permission(request)):
            return False
        return run is None or (run.undone is None and any(papers_of(run)))

    def _page(self, request, template, title, **context):
        return TemplateResponse(
            request,
            f"admin/publications/publication/{template}.html",
            {
                **self.admin_site.each_context(request),
                "title": title,
                "opts": self.opts,
                "import_url": reverse("admin:publications_publication_import"),
                **context,
            },
        )


def papers_of(run):
    """Return the papers that an import made and those that it changed, as far as they exist."""
    made = {int(pk) for step in run.changes for pk in step["made"].get("publication", {})}
    changed = {int(pk) for step in run.changes for pk in step["publications"]} - made
    rows = Publication.objects.order_by("id").in_bulk([*made, *changed])
    return tuple([rows[pk] for pk in sorted(ids) if pk in rows] for ids in (made, changed))


def _run(run_id):
    try:
        return ImportRun.objects.get(pk=run_id)
    except ImportRun.DoesNotExist as error:
        raise Http404("There is no import of that number.") from error
