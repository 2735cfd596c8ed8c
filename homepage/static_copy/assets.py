"""Style sheets, scripts and icons, as far as pages refer to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import get_script_prefix

CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')\s]+)["']?\s*\)""")


def static_name(path: str) -> str | None:
    """Return the name of a static file by its path on the site, None if it is none."""
    start = settings.STATIC_URL.removeprefix(get_script_prefix().rstrip("/"))
    return path.removeprefix(start) if path.startswith(start) else None


def read_static(name: str) -> bytes:
    """Return the content of a static file; raises OSError."""
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read()
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found).read_bytes()


def addresses_in(style_sheet: str) -> Iterator[str]:
    """Yield what a style sheet refers to."""
    for match in CSS_ADDRESS.finditer(style_sheet):
        if not match[1].startswith("data:"):
            yield match[1]
