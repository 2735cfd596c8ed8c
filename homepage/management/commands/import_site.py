"""Bring in the Markdown page of an old site. All or nothing; --dry-run writes nothing."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from homepage.academicpages.page import read_page
from homepage.common.commands import require_database
from homepage.common.decode import DecodingError, decode
from homepage.importing import apply_import, known_owner, plan_import, with_names
from homepage.reporting import report, summary
from publications.reconcile import StalePlan

LARGEST = 2_000_000  # bytes; the longest page seen so far had 40,000


class Command(BaseCommand):
    help = "Import a Markdown home page: profile, text sections, publications, old addresses."
    missing_args_message = "Say which page to import: manage.py import_site about.md"

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, help="A Markdown page, such as about.md.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Show what would be done; save nothing."
        )

    def handle(self, *, source: Path, dry_run: bool, verbosity: int, **options):
        decoded = self.read(source)
        require_database()
        names = known_owner()
        page = with_names(read_page(decoded.text, names), names)
        if not page.sections and not page.records:
            raise CommandError(f"{source} shows nothing: there is no text in it to import.")
        plan = plan_import(page, source.name)
        text = report(plan)
        if decoded.warning:
            text = f"Warning: {decoded.warning}\n{text}"
        if verbosity:
            self.stdout.write(text)
        if not dry_run:
            try:
                apply_import(plan, text)
            except StalePlan as error:
                raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write(self.closing(plan, dry_run))

    def read(self, source):
        """Return the decoded text of a page; CommandError says what is wrong with the file."""
        if source.is_dir():
            raise CommandError(
                f"{source} is a folder: name the Markdown page in it, such as "
                f"{source / '_pages' / 'about.md'}"
            )
        try:
            data = source.read_bytes()
        except FileNotFoundError as error:
            raise CommandError(f"There is no file {source}: check the path.") from error
        except OSError as error:
            raise CommandError(f"{source} cannot be read: {error.strerror}.") from error
        if len(data) > LARGEST:
            raise CommandError(
                f"{source} is larger than 2 MB: a home page is text. Is a picture written into it? "
                "Save it as a file, link to it and import again."
            )
        if not data.strip():
            raise CommandError(f"{source} is empty: there is nothing to import.")
        try:
            return decode(data)
        except DecodingError as error:
            raise CommandError(f"{source}: {error}. Give a Markdown page.") from error

    def closing(self, plan, dry_run):
        if dry_run:
            return f"Dry run, nothing was saved: {summary(plan)}"
        if not plan.changes_anything:
            return f"Nothing to do, the site has it all already: {summary(plan)}"
        return self.style.SUCCESS(f"Imported {plan.source}: {summary(plan)}")
