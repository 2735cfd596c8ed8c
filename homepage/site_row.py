"""Row 1 of django.contrib.sites: it always says what SITE_URL says."""

from urllib.parse import urlsplit

from django.apps import apps as installed
from django.conf import settings
from django.contrib.sites.models import Site

LOCAL_DOMAIN = "localhost:8000"


def expected_domain() -> str:
    """Return the host, with its port, that SITE_URL names."""
    return urlsplit(settings.SITE_URL).netloc or LOCAL_DOMAIN


def write_site_row(using, apps=installed, **kwargs):
    """Write the row after every `migrate` (a handler of post_migrate; `flush` names no apps)."""
    try:
        model = apps.get_model("sites", "Site")
    except LookupError:  # `migrate <app>` before the table is made
        return
    domain = expected_domain()
    # save(), not update(): replicas and routers are asked, and a missing row is made.
    model(pk=settings.SITE_ID, domain=domain, name=domain[:50]).save(using=using)
    Site.objects.clear_cache()
