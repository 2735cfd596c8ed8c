from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from homepage.common.history_bulk import keeping

from .. import bulk
from ..models import Publication, Visibility


class TrashAdmin(admin.ModelAdmin):
    """Papers are put in the trash, never deleted: no page and no action of the admin does it."""

    actions = ["move_to_trash", "restore"]
    delete_confirmation_template = "admin/publications/publication/move_to_trash.html"

    def get_actions(self, request, action_location=None):
        """Offer what makes sense: only what lies in the trash is restored."""
        # Django 6.1 names the place of the actions, older ones take no such argument.
        place = {} if action_location is None else {"action_location": action_location}
        actions = super().get_actions(request, **place)
        actions.pop("delete_selected", None)
        is_trash = request.GET.get("visibility") == Visibility.TRASH
        actions.pop("move_to_trash" if is_trash else "restore", None)
        return actions

    @admin.action(description="Move to the trash", permissions=["delete"])
    def move_to_trash(self, request, papers):
        self._change(request, papers, "moved to the trash", visibility=Visibility.TRASH)

    @admin.action(description="Restore from the trash, as drafts", permissions=["change"])
    def restore(self, request, papers):
        papers = papers.filter(visibility=Visibility.TRASH)
        self._change(request, papers, "restored as a draft", visibility=Visibility.DRAFT)

    def delete_view(self, request, object_id, extra_context=None):
        """Ask, then move the paper to the trash."""
        paper = self.get_object(request, unquote(object_id))
        if paper is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_delete_permission(request, paper):
            raise PermissionDenied
        if request.method == "POST":
            with keeping({Publication: [paper.pk]}, "Moved to the trash.", request.user):
                self._discard(Publication.objects.filter(pk=paper.pk), request.user)
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
        self.delete_queryset(request, Publication.objects.filter(pk=paper.pk))

    def delete_queryset(self, request, papers):
        self._discard(papers, request.user)

    @staticmethod
    def _discard(papers, user):
        bulk.change(papers, user, visibility=Visibility.TRASH)
