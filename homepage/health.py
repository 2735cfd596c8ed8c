"""`/healthz`: whether the site can do its work, for a program that watches it."""

from __future__ import annotations

import functools
import os
import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

# Below this a save or an upload may fail.
LEAST_FREE = 50 * 1024 * 1024


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 if all is well, else 503; the body names what is, and tells nothing more."""
    found = {"database": database_answers(), "disk": disk_can_be_written()}
    found["migrations"] = found["database"] and migrations_are_applied()
    is_well = all(found.values())
    checks = {name: "ok" if good else "failing" for name, good in sorted(found.items())}
    body = {"status": "ok" if is_well else "failing", "checks": checks}
    return JsonResponse(body, status=200 if is_well else 503)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def migrations_are_applied() -> bool:
    """Return whether the database is as this version of the site expects it."""
    try:
        return expected_migrations() <= MigrationRecorder(connection).applied_migrations().keys()
    except DatabaseError:
        return False


@functools.cache
def expected_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def disk_can_be_written() -> bool:
    try:
        free = shutil.disk_usage(settings.DATA_DIR).free
    except OSError:
        return False
    return free >= LEAST_FREE and os.access(settings.DATA_DIR, os.W_OK | os.X_OK)
