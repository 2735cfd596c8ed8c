from django import forms
from django.contrib.admin import AdminSite, site
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import Group, User
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site

from .common import attention
from .desk import places, usual_actions
from .models import Backup, Export
from .throttling import remember_browser

# The order in which an owner thinks of the site; what is not named comes last.
APP_ORDER = ["publications", "profiles", "homepage", "auth"]
MODEL_ORDER = [
    "Publication",
    "Author",
    "Category",
    "Venue",
    "Topic",
    "Profile",
    "NewsItem",
    "Section",
]
# Apps whose models stand among those of another.
HOME_OF_APP = {"redirects": "homepage"}
APP_NAMES = {"auth": "Accounts"}


class LoginForm(AdminAuthenticationForm):
    # A megabyte of password would only keep the hasher busy.
    password = forms.CharField(
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class HomepageAdminSite(AdminSite):
    site_header = "Homepage"
    site_title = "Homepage"
    index_title = "Your desk"
    # The head of every page has the few places one goes to, on a phone too.
    enable_nav_sidebar = False
    # A phone, which has no columns, leaves it out.
    empty_value_display = '<span class="nothing">–</span>'
    login_form = LoginForm

    def login(self, request, extra_context=None):
        response = super().login(request, extra_context)
        if request.method == "POST" and self.has_permission(request):
            remember_browser(request, response)
        return response

    def password_change(self, request, extra_context=None):
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            # The cookie is bound to the password, which has just changed.
            remember_browser(request, response)
        return response

    def index(self, request, extra_context=None):
        """Show what to do next: the usual actions, and what needs attention."""
        context = {
            "attention": attention.groups(request),
            "actions": list(usual_actions(request)),
            "last_backup": last_backup(request),
            "last_export": last_export(request),
            **(extra_context or {}),
        }
        return super().index(request, context)

    def each_context(self, request):
        context = super().each_context(request)
        at_hand, elsewhere = places(request, context["available_apps"])
        return {**context, "at_hand": at_hand, "elsewhere": elsewhere}

    def get_app_list(self, request, app_label=None):
        """Return the apps in the owner's order, with the old addresses among the site's own."""
        apps = {app["app_label"]: app for app in super().get_app_list(request, app_label)}
        for label, home in HOME_OF_APP.items():
            if label in apps and home in apps:
                apps[home]["models"] += apps.pop(label)["models"]
        for label, app in apps.items():
            app["name"] = APP_NAMES.get(label, app["name"])
            app["models"].sort(key=lambda model: _place(MODEL_ORDER, model["object_name"]))
        return sorted(apps.values(), key=lambda app: _place(APP_ORDER, app["app_label"]))


def _place(order, name):
    return order.index(name) if name in order else len(order)


def last_backup(request):
    """Return the last backup for those who look after the site, None if there is none."""
    may_see = request.user.has_perm("homepage.view_backup")
    return Backup.objects.first() if may_see else None


def last_export(request):
    """Return the last export that went well, for those who look after the site."""
    may_see = request.user.has_perm("homepage.view_export")
    return Export.objects.filter(problem="").first() if may_see else None


def tidy():
    """Take away what an owner has no use for, once every app has registered its models."""
    from .accounts import AccountAdmin
    from .old_address_admin import OldAddressAdmin, OldAddressForm

    site.unregister([Group, Redirect, Site, User])
    site.register(User, AccountAdmin)
    site.register(Redirect, OldAddressAdmin)
    Redirect._meta.verbose_name = "old address"
    Redirect._meta.verbose_name_plural = "old addresses"
    for name, words in OldAddressForm.Meta.labels.items():
        Redirect._meta.get_field(name).verbose_name = words.lower()
