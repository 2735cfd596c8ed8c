"""Brings back what `backup` wrote; everything is checked before anything is changed."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from homepage.backups import making, restoring
from homepage.backups.archive import BadArchive
from homepage.backups.databases import DatabaseFailed, applied_migrations
from homepage.common.attention import counted
from homepage.common.faults import FULL, explain

from .quickstart import has_content


class Command(BaseCommand):
    help = "Make the site what it was when a backup was made."
    # They look into the database, which may be empty or damaged.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="What `manage.py backup` wrote.")
        parser.add_argument(
            "--check", action="store_true", help="Only say whether it could be restored."
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="Replace what is on the site, of which a backup is made first.",
        )

    def handle(self, *, file: Path, check: bool, replace: bool, verbosity: int, **options):
        try:
            if check:
                self.report("Sound", file, restoring.check(file), verbosity)
                return
            if self.has_content():
                self.secure(replace, verbosity)
            self.report("Restored", file, restoring.restore(file), verbosity)
        except BadArchive as error:
            raise CommandError(f"{file} was not restored, nothing was changed. {error}") from error
        except OSError as error:
            name = error.filename or file
            raise CommandError(f"{name} cannot be used: {error.strerror or error}.") from error
        except (DatabaseError, DatabaseFailed) as error:
            if explain(error) is FULL:
                raise CommandError("The disk is full: nothing was changed.") from error
            reason = str(error).strip().rstrip(".")
            raise CommandError(
                f"The database cannot be used: {reason}. If it is damaged, move it and its "
                "neighbours -wal and -shm to another place, then run this again."
            ) from error

    def has_content(self):
        return bool(applied_migrations()) and has_content()

    def secure(self, replace, verbosity):
        """Refuse to replace a site by accident; keep what is replaced on purpose."""
        if not replace:
            raise CommandError(
                "There is content on this site. With --replace it is backed up into "
                f"{settings.DATA_DIR}, and then replaced."
            )
        made = making.make(settings.DATA_DIR)
        if verbosity:
            self.stdout.write(f"What was here is kept in {made.path}.")

    def report(self, done, file, manifest, verbosity):
        if verbosity:
            what = f"made {manifest.made}, with {counted(len(manifest.uploads), 'upload')}"
            self.stdout.write(self.style.SUCCESS(f"{done}: {file}, {what}."))
