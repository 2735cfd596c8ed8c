import sys

from django.conf import settings
from django.contrib.sites.models import Site
from django.core.checks import Error, Tags, register
from django.db import connections

from .site_row import expected_domain


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
