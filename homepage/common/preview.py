"""See a row on the real page before visitors do.

The row is made public inside a transaction that is rolled back, and the public view itself
renders its page. So the preview is the page, with its lists, counts and navigation, and nothing
of it can be seen anywhere else.
"""

import copy

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import get_script_prefix, path, resolve, reverse
from django.utils import translation

PUBLIC = "public"


def render_public(request: HttpRequest, address: str) -> HttpResponse:
    """Return what the site answers at one of its own addresses, rendered, as a preview."""
    asked = copy.copy(request)
    asked.path = address
    asked.path_info = f"/{address.removeprefix(get_script_prefix())}"
    asked.GET = QueryDict()
    asked.is_preview = True
    match = asked.resolver_match = resolve(asked.path_info)
    # The admin, which asks, may speak another language than the page.
    with translation.override(settings.LANGUAGE_CODE):
        response = match.func(asked, *match.args, **match.kwargs)
        return response.render() if hasattr(response, "render") else response


class PreviewAdmin:
    """Mixin for models with a visibility."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<path:object_id>/preview/", view, name=name), *super().get_urls()]

    def preview_view(self, request, object_id):
        """Show the page of a row as it will be once the row is public."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        with transaction.atomic():
            row.visibility = PUBLIC
            row.save(update_fields=["visibility"])
            response = render_public(request, self.preview_address(row))
            transaction.set_rollback(True)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def preview_address(self, row):
        """Return the address of the page on which visitors will find the row."""
        return row.get_absolute_url().partition("#")[0]

    def render_change_form(self, request, context, *args, **kwargs):
        context["has_preview"] = True
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        return self._to_preview(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self._to_preview(request, obj) or super().response_change(request, obj)

    def _to_preview(self, request, obj):
        if "_preview" not in request.POST:
            return None
        self.message_user(request, f"“{obj}” is saved.", messages.SUCCESS)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_preview"
        return redirect(reverse(name, args=[quote(obj.pk)]))
