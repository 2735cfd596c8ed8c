"""Leave with everything public: a Markdown page, BibTeX, uploads and old addresses in a folder."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from homepage.common.commands import require_database
from homepage.leaving import write_folder
from publications.reporting import count


class Command(BaseCommand):
    help = "Write the public content as Markdown and BibTeX, to go on with elsewhere."
    missing_args_message = "Say where to write it: manage.py export_markdown folder"

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="A new or an empty folder.")

    def handle(self, *, folder: Path, verbosity: int, **options):
        require_database()
        try:
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise CommandError(
                    f"{folder} is not empty: name a new folder. Nothing was touched."
                )
            files, papers = write_folder(folder)
        except OSError as error:
            raise CommandError(
                f"{error.filename or folder} cannot be written: {error.strerror}."
            ) from error
        if verbosity:
            done = f"Wrote {count(files, 'file')} with {count(papers, 'publication')} to {folder}"
            self.stdout.write(self.style.SUCCESS(f"{done}: begin with {folder / 'about.md'}."))
