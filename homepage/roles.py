"""Who may do what: two groups, kept up by every `migrate`.

An owner does everything, accounts and old addresses included; a co-editor writes content. They
are written after `migrate` and not by a migration of their own: permissions are rows that Django
makes only then, and a model that a later version adds is granted by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import AppConfig
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


def write_roles(sender: AppConfig, using: str, apps=installed, **kwargs) -> None:
    """Grant the roles what they may do with the models of one app (a handler of post_migrate)."""
    if sender.label not in OWNERS_APPS or not _has_groups(using):
        return
    # Whether Django's own handler has come by is a matter of the order of apps.
    create_permissions(sender, verbosity=0, using=using, apps=apps)
    for name in ROLES:
        group, _ = _model("auth", "Group").objects.using(using).get_or_create(name=name)
        group.permissions.add(*_granted(name, sender.label, using))


def _granted(role: str, app_label: str, using: str) -> Iterator:
    permissions = _model("auth", "Permission").objects.using(using)
    if role == OWNER or app_label in CONTENT_APPS:
        return permissions.filter(content_type__app_label=app_label)
    return permissions.none()


def _has_groups(using):
    tables = connections[using].introspection.table_names()
    return {"auth_group", "auth_permission", "django_content_type"} <= set(tables)


def _model(app_label, name):
    return installed.get_model(app_label, name)
