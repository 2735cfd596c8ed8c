"""Take an import of publications back. All or nothing; --dry-run writes nothing."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from homepage.common.commands import require_database
from publications.models import ImportRun
from publications.undo import CannotUndo, newest_run, plan, undo


class Command(BaseCommand):
    help = "Undo an import of publications: the newest, or the one with the number given."

    def add_arguments(self, parser):
        parser.add_argument(
            "run", nargs="?", type=int, help="The number of the import, as the admin shows it."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Show what would be done; save nothing."
        )

    def handle(self, *, run: int | None, dry_run: bool, verbosity: int, **options):
        require_database()
        try:
            chosen = self.find(run)
            done = plan(chosen) if dry_run else undo(chosen.pk)
        except CannotUndo as error:
            raise CommandError(str(error)) from error
        if not verbosity:
            return
        self.stdout.write(f"Import {chosen.pk}: {chosen}")
        for line in done.lines():
            self.stdout.write(f"  {line}")
        start = "Dry run, nothing was saved" if dry_run else f"Undone: import {chosen.pk}"
        self.stdout.write(self.style.SUCCESS(f"{start}: {done.summary()}"))
        self.stdout.write(
            "Only publications are undone: text sections, profile and old addresses stay."
        )

    def find(self, number):
        if number is None:
            return newest_run()
        run = ImportRun.objects.filter(pk=number).first()
        if run is None:
            known = ", ".join(str(pk) for pk in ImportRun.objects.values_list("pk", flat=True)[:5])
            raise CommandError(
                f"There is no import {number}. "
                + (f"The latest are: {known}." if known else "Nothing was imported yet.")
            )
        return run
