"""Lets the site make its addresses for another place than its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

# Made of the prefix when they are first asked for, and then kept.
KEPT = ("MEDIA_URL", "STATIC_URL")


@contextmanager
def standing_at(base_url: str) -> Iterator[None]:
    """Let all addresses begin with `base_url`, which has no last slash, while the block runs.

    What is said there is said in the language of the site.
    """
    own = settings.SITE_URL, settings.FORCE_SCRIPT_NAME, get_script_prefix()
    prefix = urlsplit(base_url).path
    try:
        _stand(base_url, prefix or None, f"{prefix}/")
        with translation.override(settings.LANGUAGE_CODE):
            yield
    finally:
        _stand(*own)


def _stand(site_url, script_name, prefix):
    settings.SITE_URL = site_url
    settings.FORCE_SCRIPT_NAME = script_name
    set_script_prefix(prefix)
    for name in KEPT:
        settings.__dict__.pop(name, None)
    for storage, url in ((default_storage, "MEDIA_URL"), (staticfiles_storage, "STATIC_URL")):
        # Files that lie with somebody else have an address there.
        if hasattr(storage, "base_url"):
            storage.base_url = getattr(settings, url)
