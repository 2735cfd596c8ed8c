"""Bring in an old site: a folder, or a page. All or nothing; --dry-run writes nothing."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from homepage.common.commands import progress_shown, require_database
from homepage.common.memory import collecting_rarely
from homepage.importing import (
    FilesNotStored,
    apply_import,
    known_owner,
    plan_import,
    with_names,
)
from homepage.leaving.restoring import BrokenData
from homepage.old_sites import UnreadableSite, read_old_site
from homepage.reporting import report, summary
from publications.reconcile import StalePlan


class Command(BaseCommand):
    help = "Import a site made with academicpages or al-folio, or a Markdown home page."
    missing_args_message = "Say what to import: manage.py import_site FOLDER, or about.md"

    def add_arguments(self, parser):
        parser.add_argument(
            "source", type=Path, help="The folder of a site, or a Markdown page such as about.md."
        )
        parser.add_argument(
            "--base-url",
            default="",
            metavar="OLD",
            help="The address of the old site: links to what stays there are made whole with it.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Show what would be done; save nothing."
        )

    def handle(self, *, source: Path, base_url: str, dry_run: bool, verbosity: int, **options):
        require_database()
        names = known_owner()
        try:
            with collecting_rarely(), progress_shown(verbosity):
                site = with_names(read_old_site(source, names, base_url), names)
                plan = plan_import(site, source.resolve().name)
                text = report(plan)
                if verbosity:
                    self.stdout.write(text)
                if not dry_run:
                    apply_import(plan, text)
        except (UnreadableSite, StalePlan, FilesNotStored) as error:
            raise CommandError(str(error)) from error
        except BrokenData as error:
            raise CommandError(f"{source}: {error}. Nothing was saved.") from error
        if verbosity:
            self.stdout.write(self.closing(plan, dry_run))

    def closing(self, plan, dry_run):
        if dry_run:
            return f"Dry run, nothing was saved: {summary(plan)}"
        if not plan.changes_anything:
            return f"Nothing to do, the site has it all already: {summary(plan)}"
        return self.style.SUCCESS(f"Imported {plan.source}: {summary(plan)}")
