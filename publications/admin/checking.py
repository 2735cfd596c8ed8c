from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path

from ..checking.rendered import check_paper


class CheckingAdmin:
    """Mixin: what Google Scholar, Zotero and link previews read on the page of a paper."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.check_view)
        name = "publications_publication_check"
        return [path("<path:object_id>/check/", view, name=name), *super().get_urls()]

    def check_view(self, request, object_id):
        paper = self.get_object(request, unquote(object_id))
        if paper is None:
            raise Http404
        if not self.has_view_permission(request, paper):
            raise PermissionDenied
        by_reader = {}
        for check in check_paper(paper, request):
            by_reader.setdefault(check.reader, []).append(check)
        context = {
            **self.admin_site.each_context(request),
            "title": "What machines read",
            "object": paper,
            "opts": self.opts,
            "media": self.media,
            "readers": by_reader,
        }
        return TemplateResponse(request, "admin/publications/publication/check.html", context)
