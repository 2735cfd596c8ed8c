from django.contrib import admin
from django.core.exceptions import ValidationError

from homepage.common.admin import OrderedInline, OrderedInlineFormSet, PageAdmin, PositionForm
from homepage.common.uploads import DocumentUploadField

from ..models import Authorship, PublicationLink

# Above this a table of rows is no help any more: the line alone says who and in which order.
MAX_AUTHOR_ROWS = 60


class AuthorshipInline(OrderedInline, PageAdmin, admin.TabularInline):
    model = Authorship
    # The template puts the rows below the fieldset of that name.
    below = "Who"
    verbose_name = "author"
    verbose_name_plural = "Authors one by one"
    fields = [
        "position", "author", "printed_name", "marks", "equal_contribution", "corresponding"
    ]  # fmt: skip
    autocomplete_fields = ["author"]
    view_on_site = False


class LinkForm(PositionForm):
    class Meta:
        model = PublicationLink
        fields = ["position", "label", "url", "file"]
        field_classes = {"file": DocumentUploadField}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("url") and cleaned.get("file"):
            raise ValidationError("Give an address or a file, not both.", code="both")
        return cleaned


class LinkInline(OrderedInline, PageAdmin, admin.TabularInline):
    model = PublicationLink
    form = LinkForm
    formset = OrderedInlineFormSet
    below = "Where"
    verbose_name_plural = "Links"
    fields = ["position", "label", "url", "file"]
    view_on_site = False

    def get_extra(self, request, obj=None, **kwargs):
        return 1 if obj else 4
