"""The admin of rows whose states are kept: history, restoring, what was deleted, two windows."""

from contextlib import contextmanager

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from reversion.models import Version

from . import history
from .conflicts import NEW, GuardedForm
from .history_bulk import keep_many, keeping, referring
from .history_restoring import CannotRestore, restore
from .text import shortened

STATES_PER_PAGE = 20
# How many forms sent from one browser are remembered, so that one sent twice saves once.
REMEMBERED = 20
# More rows than this are not changed in the time that one request has.
MOST_AT_ONCE = 1000


class HistoryAdmin:
    """Mixin for models that `history.register` knows."""

    form = GuardedForm
    object_history_template = "admin/kept_history.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path(
                "<path:object_id>/history/<int:state>/", view(self.state_view), name=f"{name}_state"
            ),
            *super().get_urls(),
        ]

    # Keeping

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if object_id is None and (pk := self._sent_before(request)):
            self.message_user(request, "This was saved already.", messages.INFO)
            return redirect(self._address("change", pk))
        if object_id is not None:
            self._keep_found(unquote(object_id))
        with history.recording(request.user):
            if object_id is not None:
                self._lock(unquote(object_id))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if change and not history.is_recording():  # a cell of the list
            self._keep_found(obj.pk)
        super().save_model(request, obj, form, change)

    def log_addition(self, request, obj, message):
        entry = super().log_addition(request, obj, message)
        self._remember(request, obj)
        self._keep(request, obj, entry)
        return entry

    def log_change(self, request, obj, message):
        entry = super().log_change(request, obj, message)
        self._keep(request, obj, entry)
        return entry

    def response_action(self, request, queryset, **place):
        """Keep the chosen rows as they are before and after an action, however it writes."""
        if not self._writes(request):
            return super().response_action(request, queryset, **place)
        chosen = list(self._chosen(request, queryset))
        if len(chosen) > MOST_AT_ONCE:
            name = self.opts.verbose_name_plural
            self.message_user(
                request,
                f"At most {MOST_AT_ONCE:,} {name} can be changed at once; these are "
                f"{len(chosen):,}. Narrow the list first.",
                messages.WARNING,
            )
            return None
        keep_many(self.model, chosen, history.FOUND)
        response = super().response_action(request, queryset, **place)
        comment = "Changed together with others, in the list."
        keep_many(self.model, chosen, comment, request.user)
        return response

    def _writes(self, request):
        """Return whether the action may change rows; one that does not has `writes = False`."""
        name = request.POST.get("action", "")
        functions = {one.__name__: one for one in self.actions or () if callable(one)}
        return getattr(functions.get(name) or getattr(self, name, None), "writes", True)

    def delete_model(self, request, obj):
        with self._deleting(request, [obj]):
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with self._deleting(request, list(queryset)):
            super().delete_queryset(request, queryset)

    @contextmanager
    def _deleting(self, request, rows):
        """Keep what is deleted, and what refers to it: papers lose a topic."""
        keys = [row.pk for row in rows]
        names = shortened(", ".join(f"“{row}”" for row in rows), 200)
        changed = {**referring(self.model, keys), self.model: keys}
        with keeping(changed, f"{names} was deleted.", request.user):
            yield

    def _keep(self, request, obj, entry):
        if not isinstance(obj, self.model):
            return  # such as the import that it came with
        row = self.model._base_manager.get(pk=obj.pk)
        comment = entry.get_change_message() if entry else ""
        if history.is_recording():
            history.keep(row, comment)
        else:
            keep_many(self.model, [row.pk], comment, request.user)

    def _keep_found(self, pk):
        row = self.model._base_manager.filter(pk=pk).first() if str(pk).isdecimal() else None
        if row is not None:
            history.keep_found(row)

    def _lock(self, pk):
        """Let whoever saves the same row wait; SQLite has one writer anyway."""
        if connection.features.has_select_for_update:
            self.model._base_manager.select_for_update().filter(pk=pk).first()

    @staticmethod
    def _chosen(request, queryset):
        keys = queryset.values_list("pk", flat=True)
        if request.POST.get("select_across", "0") in ("0", ""):
            selected = request.POST.getlist("_selected_action")
            keys = queryset.filter(pk__in=[key for key in selected if key.isdecimal()])
            keys = keys.values_list("pk", flat=True)
        return keys

    # A form that is sent twice

    def _sent_before(self, request):
        word = request.POST.get("opened_state", "")
        pk = request.session.get("sent", {}).get(word) if word.startswith(NEW) else None
        return pk if pk and self.model._base_manager.filter(pk=pk).exists() else None

    def _remember(self, request, obj):
        word = request.POST.get("opened_state", "")
        if word.startswith(NEW):
            sent = [*request.session.get("sent", {}).items(), (word, obj.pk)]
            request.session["sent"] = dict(sent[-REMEMBERED:])

    # Pages

    def changelist_view(self, request, extra_context=None):
        context = {"deleted_url": self._address("deleted"), **(extra_context or {})}
        return super().changelist_view(request, context)

    def history_view(self, request, object_id, extra_context=None):
        """List the kept states of a row, each with what it changed."""
        row = self._row(request, object_id)
        states = history.states_of(row)
        page = Paginator(states, STATES_PER_PAGE).get_page(request.GET.get("p"))
        start = page.start_index()
        earlier = [*states[start : start + len(page)], None][: len(page)]
        pairs = zip(page, earlier, strict=True)
        changes = [(state, state.since(one) if one else []) for state, one in pairs]
        context = self._context(request, row, "History") | {"page": page, "changes": changes}
        return TemplateResponse(
            request, self.object_history_template, context | (extra_context or {})
        )

    def state_view(self, request, object_id, state):
        """Show a state beside the present one; bring it back on POST."""
        row = self._row(request, object_id)
        try:
            found = history.state(row, state)
        except Version.DoesNotExist as error:
            raise Http404 from error
        if request.method == "POST":
            if not self.has_change_permission(request, row):
                raise PermissionDenied
            return self._restored(request, found, self._address("state", object_id, state))
        context = self._context(request, row, "An earlier state") | {
            "state": found,
            "differences": history.differences(found.portrait, history.Album().of_row(row)),
            "can_restore": self.has_change_permission(request, row),
        }
        return TemplateResponse(request, "admin/kept_state.html", context)

    def deleted_view(self, request):
        """List what was deleted; bring one of it back on POST."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_add_permission(request):
                raise PermissionDenied
            found = history.Deleted(self.model).find(request.POST.get("state", ""))
            if found is None:
                self.message_user(request, "That is not among the deleted any more.", messages.INFO)
                return redirect(self._address("deleted"))
            return self._restored(request, found, self._address("deleted"))
        states = history.Deleted(self.model)
        context = self._context(request, None, f"Deleted {self.opts.verbose_name_plural}") | {
            "page": Paginator(states, STATES_PER_PAGE).get_page(request.GET.get("p")),
            "can_restore": self.has_add_permission(request),
        }
        return TemplateResponse(request, "admin/kept_deleted.html", context)

    def _restored(self, request, found, otherwise):
        try:
            row, notes = restore(found, request.user)
        except CannotRestore as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect(otherwise)
        super().log_change(request, row, "Restored an earlier state.")
        self.message_user(request, f"“{row}” is as it was.", messages.SUCCESS)
        for note in notes:
            self.message_user(request, note, messages.WARNING)
        return redirect(self._address("change", row.pk))

    def _row(self, request, object_id):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row

    def _context(self, request, row, title):
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "object": row,
            "opts": self.opts,
            "media": self.media,
        }

    def _address(self, name, *args):
        view = f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}"
        first, *others = args or (None,)
        return reverse(view, args=[quote(first), *others] if args else [])
