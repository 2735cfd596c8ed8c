"""Looks the whole site over: what visitors, editors or a backup would stumble upon."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import WARNING, run_checks
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from homepage import health
from homepage.backups.databases import damage
from homepage.common.attention import counted
from homepage.missing import missing_uploads
from homepage.static_files import NotCollected

# How many missing uploads are named.
NAMED = 10


class Command(BaseCommand):
    help = "Look the whole site over; say what is wrong and what to do. Changes nothing."
    # It runs them itself, once it is known that there is a database.
    requires_system_checks = ()

    def handle(self, *, verbosity: int, **options):
        found = list(findings())
        for finding in found if verbosity else ():
            self.stdout.write(f"- {finding}")
        if found:
            raise CommandError(f"{counted(len(found), 'thing')} to see to.")
        if verbosity:
            done = "All is well: the database, its migrations, the disk, the uploads, the settings."
            self.stdout.write(self.style.SUCCESS(done))


def findings() -> Iterator[str]:
    """Yield a sentence for each thing that is wrong, with what to do about it."""
    if not health.disk_can_be_written():
        yield (
            f"The disk of {settings.DATA_DIR} is nearly full, or the site may not write to it: "
            "make room, or give the folder to the account that runs the site."
        )
    yield from _style_sheets()
    if not health.database_answers():
        yield "The database does not answer: see to DATABASE_URL, DATA_DIR and the disk."
        return
    try:
        if damaged := damage():
            yield f"The database is damaged ({damaged}): bring the last backup back."
        if not health.migrations_are_applied():
            yield "The database is older than this version: run manage.py migrate."
            return
        yield from _uploads()
        yield from _checks()
    except DatabaseError as error:
        yield f"The database fails ({str(error).strip()}): bring the last backup back."


def _style_sheets():
    try:
        staticfiles_storage.url("homepage/site.css")
    except NotCollected as error:
        yield f"No page has its style: {error}"


def _uploads():
    try:
        missing = list(missing_uploads())
    except OSError as error:
        yield f"The uploads cannot be looked at: {error.strerror or error}."
        return
    if missing:
        names = ", ".join(missing[:NAMED]) + (", …" if len(missing) > NAMED else "")
        many = counted(len(missing), "upload is missing", "uploads are missing")
        yield f"{many}: {names}. Upload them again, or bring a backup back."


def _checks():
    for message in run_checks(databases=["default"], include_deployment_checks=True):
        # What Django says of https follows from SITE_URL, of which there is one sentence already.
        follows = not settings.SITE_URL and str(message.id).startswith("security.")
        if message.is_serious(WARNING) and not message.is_silenced() and not follows:
            yield " ".join(filter(None, [message.msg, message.hint]))
