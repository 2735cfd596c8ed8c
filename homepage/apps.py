import gc
import sys

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.admin import apps as admin_apps
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_delete, pre_migrate


class HomepageConfig(AppConfig):
    default = True
    name = "homepage"
    verbose_name = "Site"

    def ready(self):
        from django.contrib.redirects.models import Redirect

        from . import checks  # noqa: F401 (registers the checks)
        from .common import attention, history
        from .common.signals import content_changed
        from .models import Section
        from .revision import replace_revision, watch
        from .roles import remember_permissions, write_roles
        from .site_row import write_site_row
        from .throttling import forget_old_records

        if not shows_no_form():
            attention.discover()
        history.register(Section, keeps=["imported"])
        history.register(Redirect, same_by=["site_id", "old_path"])
        connection_created.connect(watch)
        content_changed.connect(replace_revision)
        # Migrations may write rows, and `flush` removes them all.
        post_migrate.connect(replace_revision, sender=self)
        post_migrate.connect(write_site_row, sender=self)
        pre_migrate.connect(remember_permissions, sender=self)
        post_migrate.connect(write_roles, sender=[*apps.get_app_configs()][-1])
        pre_delete.connect(history.keep_name, sender=settings.AUTH_USER_MODEL)
        user_logged_in.connect(forget_old_records)
        user_login_failed.connect(forget_old_records)
        gc.freeze()
        gc.enable()


class HomepageAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "homepage.admin_site.HomepageAdminSite"

    def ready(self):
        if shows_no_form():
            admin_apps.SimpleAdminConfig.ready(self)
            return
        super().ready()
        from .admin_site import tidy

        tidy()


def shows_no_form() -> bool:
    """Return whether the admin can be left out: loading it takes a third of the start.

    An export may look every minute whether there is something to do.
    """
    return sys.argv[1:2] == ["export_site"]
