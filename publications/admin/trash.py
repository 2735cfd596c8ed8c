from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from ..models import Visibility


class TrashAdmin(admin.ModelAdmin):
    """Papers are put in the trash, never deleted: no page and no action of the admin does it."""

    actions = ["publish", "make_draft", "move_to_trash", "restore"]
    delete_confirmation_template = "admin/publications/publication/move_to_trash.html"

    def get_actions(self, request, action_location=None):
        # Django 6.1 names the place of the actions, older ones take no such argument.
        place = {} if action_location is None else {"action_location": action_location}
        actions = super().get_actions(request, **place)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request, papers):
        self._show_as(request, papers, Visibility.PUBLIC, "published")

    @admin.action(description="Make drafts of", permissions=["change"])
    def make_draft(self, request, papers):
        self._show_as(request, papers, Visibility.DRAFT, "made a draft")

    @admin.action(description="Move to the trash", permissions=["delete"])
    def move_to_trash(self, request, papers):
        self._show_as(request, papers, Visibility.TRASH, "moved to the trash")

    @admin.action(description="Restore from the trash, as drafts", permissions=["change"])
    def restore(self, request, papers):
        papers = papers.filter(visibility=Visibility.TRASH)
        self._show_as(request, papers, Visibility.DRAFT, "restored as a draft")

    def _show_as(self, request, papers, visibility, done):
        changed = [paper for paper in papers if paper.visibility != visibility]
        for paper in changed:
            set_visibility(paper, visibility)
            self.log_change(request, paper, f"{done.capitalize()}.")
        if not changed:
            self.message_user(request, "There was nothing to change.", messages.INFO)
            return
        count = "1 paper was" if len(changed) == 1 else f"{len(changed)} papers were"
        self.message_user(request, f"{count} {done}.", messages.SUCCESS)

    def delete_view(self, request, object_id, extra_context=None):
        """Ask, then move the paper to the trash."""
        paper = self.get_object(request, unquote(object_id))
        if paper is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_delete_permission(request, paper):
            raise PermissionDenied
        if request.method == "POST":
            self.delete_model(request, paper)
            self.log_change(request, paper, "Moved to the trash.")
            self.message_user(request, f"“{paper}” was moved to the trash.", messages.SUCCESS)
            return redirect(reverse("admin:publications_publication_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": "Move to the trash?",
            "object": paper,
            "opts": self.opts,
            "media": self.media,
        }
        return TemplateResponse(request, self.delete_confirmation_template, context)

    def delete_model(self, request, paper):
        set_visibility(paper, Visibility.TRASH)

    def delete_queryset(self, request, papers):
        for paper in papers:
            self.delete_model(request, paper)


def set_visibility(paper, visibility):
    """Change who sees the paper; save() tells whoever keeps copies of the pages."""
    paper.visibility = visibility
    paper.version = F("version") + 1
    paper.save(update_fields=["visibility", "version", "modified"])
