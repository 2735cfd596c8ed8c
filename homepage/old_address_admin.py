from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.redirects.admin import RedirectAdmin
from django.contrib.redirects.models import Redirect

from .common.admin import HeadedAdmin
from .common.conflicts import GuardedForm
from .common.history_admin import HistoryAdmin
from .common.validators import validate_whole_link
from .old_addresses import refusal


class OldAddressForm(GuardedForm):
    class Meta:
        model = Redirect
        fields = ["old_path", "new_path"]
        labels = {"old_path": "Old address", "new_path": "Leads to"}
        help_texts = {
            "old_path": "A path of this site at which nothing stands any more. Example: /cv.html",
            "new_path": (
                "A path of this site or an address elsewhere. Example: /about/. Left empty, "
                "visitors are told that the page is gone."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.site_id = settings.SITE_ID
        self.fields["new_path"].validators.append(validate_whole_link)

    def clean_old_path(self):
        path = self.cleaned_data["old_path"]
        if not path.startswith("/"):
            raise forms.ValidationError("Begin with a /, as in /cv.html.", code="no_path")
        # What comes after a question mark is part of an old address, too.
        if why := refusal(path.partition("?")[0]):
            raise forms.ValidationError(f"This cannot lead on: {why}.", code="refused")
        return path

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("old_path") and cleaned["old_path"] == cleaned.get("new_path"):
            self.add_error("new_path", "This is the old address itself.")
        return cleaned

    def _get_validation_exclusions(self):
        # The site is no field here, but an old address is unique in it.
        return super()._get_validation_exclusions() - {"site"}


class OldAddressAdmin(HistoryAdmin, HeadedAdmin, RedirectAdmin):
    """Addresses of a former site, and where they lead now."""

    form = OldAddressForm
    fields = ["old_path", "new_path"]
    list_filter = []
    list_display = ["old_address", "leads_to"]
    search_help_text = "Part of an old address, or of where it leads."

    def heading(self, row):
        return f"{row.old_path} → {self.leads_to(row)}"

    @admin.display(ordering="old_path")
    def old_address(self, item):
        return item.old_path

    @admin.display(ordering="new_path")
    def leads_to(self, item):
        return item.new_path or "gone"
