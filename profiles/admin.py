from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from homepage.common.admin import FoldedSearch, OrderedInline, PageAdmin
from homepage.common.history_admin import HistoryAdmin
from homepage.common.preview import PreviewAdmin

from .forms import ProfileForm
from .models import NewsItem, Profile, ProfileLink


class ProfileLinkInline(OrderedInline, PageAdmin, admin.TabularInline):
    model = ProfileLink
    verbose_name_plural = "Links"
    fields = ["position", "kind", "url", "label"]
    view_on_site = False


@admin.register(Profile)
class ProfileAdmin(HistoryAdmin, PageAdmin, admin.ModelAdmin):
    """One row: the list leads straight to it."""

    form = ProfileForm
    inlines = [ProfileLinkInline]
    fieldsets = [
        ("Who", {"fields": ["name", "native_name", "pronouns", "headline"]}),
        (
            "Where",
            {"fields": ["affiliation", "affiliation_url", "location", "email"]},
        ),
        ("Photo, icon and CV", {"fields": ["photo", "icon", "cv"]}),
        ("For search engines", {"fields": ["summary"]}),
        (
            "Look",
            {"fields": [("accent", "appearance"), ("numbering", "shows_images"), "footer"]},
        ),
    ]

    def view_on_site(self, profile):
        return reverse("home")

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        profile = Profile.objects.first()
        if profile is None:
            return redirect("admin:profiles_profile_add")
        return redirect("admin:profiles_profile_change", profile.pk)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Profile.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(NewsItem)
class NewsItemAdmin(PreviewAdmin, HistoryAdmin, FoldedSearch, PageAdmin, admin.ModelAdmin):
    list_display = ["date", "line", "visibility"]
    list_display_links = ["date", "line"]
    list_filter = ["visibility"]
    search_fields = ["body"]
    date_hierarchy = "date"
    view_on_site = False

    def get_changeform_initial_data(self, request):
        return {"date": timezone.localdate(), **super().get_changeform_initial_data(request)}

    @admin.display(description="text")
    def line(self, item):
        return item.body[:100]
