from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group

from .common.admin import HeadedAdmin
from .roles import ROLES

NO_ROLE = "Nothing: this account cannot edit."


class RoleMixin(forms.Form):
    """One question in place of groups, flags and some sixty permissions."""

    role = forms.ChoiceField(
        label="May edit",
        required=False,
        widget=forms.RadioSelect,
        choices=[*((name, f"{name}: {what}") for name, what in ROLES.items()), ("", NO_ROLE)],
    )


class AccountForm(RoleMixin, UserChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = self.instance.groups.filter(name__in=ROLES).values_list("name", flat=True)
        self.initial.setdefault("role", min(groups, key=list(ROLES).index, default=""))


class NewAccountForm(RoleMixin, AdminUserCreationForm):
    usable_password = None


class AccountAdmin(HeadedAdmin, UserAdmin):
    """People who log in, and what they may do."""

    form = AccountForm
    add_form = NewAccountForm
    list_display = ["username", "full_name", "role", "last_login", "is_active"]
    list_filter = ["is_active"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password", ("first_name", "last_name"), "email"]}),
        ("What this account may do", {"fields": ["role", "is_active"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2", "role"]})]
    readonly_fields = ["everything"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        """Nobody takes their own rights away, and who may do everything has no role."""
        if obj is None or self._may_set_role(request, obj):
            return super().get_fieldsets(request, obj)
        person, (heading, _) = self.fieldsets
        return [person, (heading, {"fields": ["everything"]})]

    @admin.display(description="name", ordering="last_name")
    def full_name(self, user):
        return user.get_full_name()

    @admin.display(description="may edit")
    def role(self, user):
        if user.is_superuser:
            return "Everything"
        return next((group.name for group in user.groups.all() if group.name in ROLES), "")

    @admin.display(description="may edit")
    def everything(self, user):
        if user.is_superuser:
            return "Everything. This account was made on the command line, and is changed there."
        return f"{self.role(user)}. This is your own account: another owner can change this."

    def save_model(self, request, user, form, change):
        if self._may_set_role(request, user):
            user.is_staff = bool(form.cleaned_data.get("role"))
        super().save_model(request, user, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if self._may_set_role(request, form.instance):
            groups = form.instance.groups
            groups.remove(*Group.objects.filter(name__in=ROLES))
            groups.add(*Group.objects.filter(name=form.cleaned_data.get("role")))

    def _may_set_role(self, request, user):
        return not user.is_superuser and user != request.user

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and obj != request.user
