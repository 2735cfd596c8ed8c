"""Who may do what: two groups. A migration makes them; each `migrate` grants what is new.

An owner does everything, accounts and old addresses included; a co-editor writes content.
Permissions are rows that Django makes after `migrate`: those of a model that a later version adds
are granted then, by the same rule, and no others. What an owner took from a group stays taken.
"""

from __future__ import annotations

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import connections

OWNER, CO_EDITOR = "Owner", "Co-editor"
ROLES = {
    OWNER: "Everything, accounts and old addresses included.",
    CO_EDITOR: "Papers, profile, news and sections; no accounts and no old addresses.",
}
CONTENT_APPS = ("publications", "profiles", "homepage")
OWNERS_APPS = (*CONTENT_APPS, "auth", "redirects", "admin")
# The permissions that there were when `migrate` began, by database.
_before: dict[str, set[int]] = {}


def remember_permissions(using: str, **kwargs) -> None:
    """Remember which permissions there are (a handler of pre_migrate)."""
    there = _permissions(using).values_list("pk", flat=True) if _has_groups(using) else ()
    _before[using] = set(there)


def write_roles(using: str, apps=installed, **kwargs) -> None:
    """Grant the roles what is new (a handler of post_migrate, for the last of all apps).

    A group that is not there, as after `flush`, is made with all it may do.
    """
    before = _before.pop(using, None)
    if not _has_groups(using):
        return
    for label in OWNERS_APPS:
        # Whether Django's own handler has come by is a matter of the order of apps.
        create_permissions(installed.get_app_config(label), verbosity=0, using=using, apps=apps)
    groups = installed.get_model("auth", "Group").objects.using(using)
    for name in ROLES:
        group, is_new = groups.get_or_create(name=name)
        granted = _permissions(using).filter(content_type__app_label__in=_apps_of(name))
        keys = set(granted.values_list("pk", flat=True))
        if not is_new:
            keys -= keys if before is None else before
        group.permissions.add(*keys)


def _apps_of(role: str) -> tuple[str, ...]:
    return OWNERS_APPS if role == OWNER else CONTENT_APPS


def _permissions(using):
    return installed.get_model("auth", "Permission").objects.using(using)


def _has_groups(using):
    tables = connections[using].introspection.table_names()
    return {"auth_group", "auth_permission", "django_content_type"} <= set(tables)
