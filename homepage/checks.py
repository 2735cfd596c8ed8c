import os
import sys
from datetime import timedelta

from django.conf import settings
from django.contrib.sites.models import Site
from django.core.checks import Error, Tags, Warning, register
from django.core.files.storage import default_storage
from django.db import connections
from django.utils import timezone

from .models import Backup, Section
from .site_row import expected_domain

OLD = timedelta(days=30)


@register(Tags.database)
def check_site_row(app_configs, databases, **kwargs):
    """The redirects are looked up by the site's row, so it must be the one SITE_URL names."""
    # `migrate` runs the checks first, and puts the row right afterwards.
    if "default" not in (databases or ()) or sys.argv[1:2] == ["migrate"]:
        return []
    if Site._meta.db_table not in connections["default"].introspection.table_names():
        return []
    row = Site.objects.filter(pk=settings.SITE_ID).first()
    if row and row.domain == expected_domain():
        return []
    return [
        Error(
            f"The site's row says {row.domain if row else 'nothing'!r}, "
            f"SITE_URL says {expected_domain()!r}.",
            hint="Run `manage.py migrate`, which writes it anew.",
            id="homepage.E001",
        )
    ]


@register(Tags.security, deploy=True)
def check_site_url(app_configs, **kwargs):
    """Without its address a site answers nobody but the computer that it runs on."""
    if settings.SITE_URL:
        return []
    return [
        Warning(
            "SITE_URL is not set, so that only this computer is answered.",
            hint="Set it to the address of the site, such as https://jane.example.org.",
            id="homepage.W001",
        )
    ]


@register(Tags.files)
def check_data_folder(app_configs, **kwargs):
    """Nothing can be saved if the folder for all that the site writes is not the site's own."""
    if os.access(settings.DATA_DIR, os.W_OK | os.X_OK):
        return []
    return [
        Warning(
            f"The folder {settings.DATA_DIR} cannot be written to: visitors are served, "
            "but nothing can be saved.",
            hint="Give it to the account that runs the site, or set DATA_DIR to another.",
            id="homepage.W002",
        )
    ]


@register(Tags.files)
def check_upload_storage(app_configs, **kwargs):
    """A storage that somebody named in the environment may be misspelt, or not installed."""
    try:
        default_storage.url("")
    except Exception as error:  # noqa: BLE001 each storage has errors of its own
        return [
            Error(
                f"The storage {settings.UPLOAD_STORAGE} cannot be used: {error}",
                hint="Install what it needs, and see to UPLOAD_STORAGE and UPLOAD_OPTIONS.",
                id="homepage.E002",
            )
        ]
    return []


@register(Tags.database)
def check_backup(app_configs, databases, **kwargs):
    """A site with content has a backup that is not old."""
    if "default" not in (databases or ()) or sys.argv[1:2] == ["migrate"]:
        return []
    if Backup._meta.db_table not in connections["default"].introspection.table_names():
        return []
    last = Backup.objects.first()
    if not Section.objects.exists() or (last and timezone.now() - last.made < OLD):
        return []
    return [
        Warning(
            f"The last backup is of {last.made:%Y-%m-%d}." if last else "There is no backup.",
            hint="Run `manage.py backup FOLDER`, best every night.",
            id="homepage.W003",
        )
    ]
