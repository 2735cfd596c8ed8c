"""What pages are made of besides content: this version of the site and its settings."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.signals import setting_changed

PARTS = ("homepage", "profiles", "publications", "templates")
SETTINGS = (
    "FORCE_SCRIPT_NAME LANGUAGE_CODE MEDIA_URL SITE_URL STATIC_URL STORAGES TIME_ZONE"
).split()


@functools.cache
def build_id() -> str:
    """Return a name for code, templates, styles, libraries and settings, alike in all processes.

    Pages of two builds may differ though the content is the same. A running process keeps to
    the code it started with.
    """
    digest = hashlib.sha256()
    for path in _files():
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    for entry in sorted({name for folder in sys.path for name in _libraries(folder)}):
        digest.update(f"{entry}\0".encode())
    for name in SETTINGS:
        digest.update(f"{name}={getattr(settings, name, None)!r}\0".encode())
    return digest.hexdigest()[:12]


def _files() -> Iterator[Path]:
    for part in PARTS:
        for folder, folders, names in os.walk(settings.BASE_DIR / part):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            yield from (Path(folder, name) for name in sorted(names))
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.is_file():
        yield manifest


def _libraries(folder):
    """Yield what is installed in a folder, by the names that hold the versions."""
    return (path.name for path in Path(folder or ".").glob("*.dist-info"))


def _forget(**kwargs):
    build_id.cache_clear()


# Sent by tests that try other settings.
setting_changed.connect(_forget)
