"""The whole site in one file: database, uploads, and the checksums of both."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat

from homepage.backups.databases import DatabaseFailed, applied_migrations
from homepage.backups.making import make, rotate
from homepage.common.attention import counted
from homepage.common.faults import FULL, explain


class Command(BaseCommand):
    help = "Write everything on the site into one file, while the site may go on running."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, help="A new file, or a folder, where it is named after the time."
        )
        parser.add_argument(
            "--keep", type=int, metavar="N", help="In a folder: remove all but the N newest."
        )

    def handle(self, *, file: Path, keep: int | None, verbosity: int, **options):
        if keep is not None and (keep < 1 or not file.is_dir()):
            raise CommandError("--keep goes with a folder, and keeps at least 1 backup.")
        try:
            # Older than this version it may well be: before an update is the time for a backup.
            if not applied_migrations():
                raise CommandError("There is no site here yet: run manage.py quickstart first.")
            made = make(file)
            removed = rotate(file, keep, made.path) if keep else []
        except FileExistsError as error:
            raise CommandError(f"{file} is there already: name a file that is not.") from error
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        except (DatabaseError, DatabaseFailed) as error:
            full = explain(error) is FULL
            reason = "the disk is full" if full else str(error).strip().rstrip(".")
            raise CommandError(f"The database cannot be copied: {reason}.") from error
        if not verbosity:
            return
        what = f"{filesizeformat(made.size)} with {counted(made.uploads, 'upload')}"
        self.stdout.write(self.style.SUCCESS(f"Backed up to {made.path}: {what}."))
        if removed:
            self.stdout.write(f"Removed {counted(len(removed), 'older backup')}.")
        if not made.is_noted:
            self.stderr.write("The database cannot be written, so the site will not know of it.")
