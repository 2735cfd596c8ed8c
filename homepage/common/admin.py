"""What the admin pages of every app share."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.urls import get_script_prefix
from markdownx.widgets import AdminMarkdownxWidget

from .fields import MarkdownField
from .files import is_encrypted_pdf
from .text import fold
from .validators import is_private_address


class MarkdownWidget(AdminMarkdownxWidget):
    """The Markdown editor with its preview, and our own care for keyboard and narrow screens."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 8, **(attrs or {})})

    class Media:
        js = ["homepage/admin/editor.js"]


class ChooseManyWidget(AutocompleteSelectMultiple):
    """Many rows by autocomplete; each is taken out by itself, so that nothing clears them all."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}


class ReadOnlyAdmin:
    """Mixin: what the site notes is read, and never typed."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class HeadedAdmin:
    """Mixin: a page is headed by what it shows, not by what to do there."""

    def changelist_view(self, request, extra_context=None):
        title = self.opts.verbose_name_plural.capitalize()
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Head the page with what it is about: that it is changed here goes without saying."""
        row = self.get_object(request, unquote(object_id))
        context = {"title": self.heading(row), "subtitle": None} if row else {}
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    def heading(self, row):
        return str(row)


class PageAdmin(HeadedAdmin):
    """Mixin: no pop-ups, the Markdown editor, and “View on site” at the site's own address."""

    formfield_overrides = {MarkdownField: {"widget": MarkdownWidget}}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        for link in ("add", "change", "delete", "view"):
            if hasattr(widget, f"can_{link}_related"):
                setattr(widget, f"can_{link}_related", False)
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChooseManyWidget(
                db_field, self.admin_site, using=kwargs.get("using")
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        """Point out what visitors cannot follow from where they are, or cannot open."""
        super().save_related(request, form, formsets, change)
        saved = [form.instance, *(row for formset in formsets for row in _saved(formset))]
        for address in dict.fromkeys(address for row in saved for address in _addresses(row)):
            if is_private_address(address):
                self.message_user(
                    request, f"Visitors cannot follow {address}: it is private.", messages.WARNING
                )
        for upload in request.FILES.values():
            if is_encrypted_pdf(upload):
                self.message_user(
                    request,
                    f"“{upload.name}” is encrypted: it may open only with a password.",
                    messages.WARNING,
                )

    def view_on_site(self, obj):
        """Return the address of the row's page, or None if visitors do not see it."""
        if not getattr(obj, "is_public", True):
            return None
        path = obj.get_absolute_url()
        return settings.SITE_URL + path.removeprefix(get_script_prefix().rstrip("/"))


class FoldedSearch:
    """Mixin: the search does not mind accents and case, in any script: `muller` finds Müller.

    For tables that one person fills; what has ten thousand rows keeps a folded text of its own.
    """

    def get_search_results(self, request, queryset, search_term):
        wanted = fold(search_term).split()
        if not wanted:
            return queryset, False
        rows = self.model._base_manager.values_list("pk", *self.search_fields)
        found = [pk for pk, *texts in rows if _holds(texts, wanted)]
        return queryset.filter(pk__in=found), False


def _holds(texts, words):
    folded = fold(" ".join(texts))
    return all(word in folded for word in words)


class PositionForm(forms.ModelForm):
    """A row that the up and down buttons move; without a number it goes to the end."""

    position = forms.IntegerField(
        label="Order",
        required=False,
        min_value=0,
        widget=forms.NumberInput(attrs={"class": "position", "min": 0}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["position"] = None
        # The headings of the columns are no labels to a screen reader.
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-label", str(field.label or "").capitalize())

    def has_changed(self):
        # A number alone is no row yet.
        changed = self.changed_data
        return (
            changed != ["position"] and bool(changed) if self.instance.pk is None else bool(changed)
        )


class OrderedInlineFormSet(forms.BaseInlineFormSet):
    """Numbers its rows from 1 when it saves, in the order of their position fields."""

    def save(self, commit=True):
        for number, form in enumerate(self.rows_in_order(), 1):
            if form.instance.position != number:
                form.instance.position = number
                form.moved = True
        return super().save(commit)

    def rows_in_order(self):
        """Return the forms of the rows that stay, as they are to stand.

        Where two rows have the same number, the one that was moved there goes first.
        """
        forms_ = [form for form in self.forms if self._stays(form)]
        last = len(forms_) + max((_typed(form) or 0 for form in forms_), default=0)
        indexed = enumerate(forms_)
        ordered = sorted(
            indexed,
            key=lambda item: (
                last if _typed(item[1]) is None else _typed(item[1]),
                "position" not in item[1].changed_data,
                item[0],
            ),
        )
        return [form for _, form in ordered]

    def _stays(self, form):
        if form in self.deleted_forms:
            return False
        return form.instance.pk is not None or form.has_changed()

    def save_existing_objects(self, commit=True):
        for form in self.initial_forms:
            # A row that only changed its place has no changed field of its own.
            if getattr(form, "moved", False) and not form.has_changed():
                form.changed_data.append("position")
        return super().save_existing_objects(commit)


def _saved(formset):
    return [*formset.new_objects, *(row for row, _ in formset.changed_objects)]


def _addresses(row):
    """Return the addresses in the fields of a row that are named after them."""
    names = [field.attname for field in row._meta.fields if field.name.endswith("url")]
    return filter(None, (getattr(row, name) for name in names))


def _typed(form):
    return form.cleaned_data.get("position")


class OrderedInline:
    """Mixin of inlines whose rows are moved by buttons (or by their numbers, without script)."""

    form = PositionForm
    formset = OrderedInlineFormSet
    template = "admin/ordered_inline.html"
    extra = 0
    show_change_link = False

    class Media:
        js = ["homepage/admin/dragging.js", "homepage/admin/ordering.js"]
