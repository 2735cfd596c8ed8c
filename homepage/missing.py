"""Uploads that rows name and that are not there: a disk was changed, or a copy was incomplete."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField

from .revision import is_content


def missing_uploads() -> Iterator[str]:
    """Yield the names of missing files, each once; one query for each field of files."""
    seen = set()
    for model in filter(is_content, apps.get_models()):
        for field in model._meta.concrete_fields:
            if not isinstance(field, FileField):
                continue
            rows = model._base_manager.exclude(**{field.name: ""})
            for name in rows.values_list(field.name, flat=True).distinct():
                if name not in seen and not default_storage.exists(name):
                    yield name
                seen.add(name)
