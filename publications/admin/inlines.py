from django.contrib import admin
from django.core.exceptions import ValidationError

from homepage.common.admin import OrderedInline, OrderedInlineFormSet, PageAdmin, PositionForm
from homepage.common.uploads import DocumentUploadField

from ..formats.handwritten.links import label_for
from ..models import PublicationLink


class LinkForm(PositionForm):
    class Meta:
        model = PublicationLink
        fields = ["position", "label", "url", "file"]
        field_classes = {"file": DocumentUploadField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "label" in self.fields:
            self.fields["label"].required = False  # the address proposes one

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("label"):
            cleaned["label"] = self._proposed(cleaned)
        if cleaned.get("url") and cleaned.get("file"):
            raise ValidationError("Give an address or a file, not both.", code="both")
        return cleaned

    def _proposed(self, cleaned):
        if cleaned.get("url"):
            return label_for(cleaned["url"])
        return "file" if cleaned.get("file") else ""


class LinkInline(OrderedInline, PageAdmin, admin.TabularInline):
    model = PublicationLink
    form = LinkForm
    formset = OrderedInlineFormSet
    below = "The paper"
    verbose_name_plural = "Links"
    fields = ["position", "label", "url", "file"]
    view_on_site = False

    def get_extra(self, request, obj=None, **kwargs):
        return 1 if obj else 2
