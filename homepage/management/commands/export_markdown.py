"""Leave with everything: Markdown pages, BibTeX, uploads and old addresses in a folder."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from homepage.common.commands import progress_shown, require_database
from homepage.common.text import count
from homepage.leaving.folder import Left, write_folder


class Command(BaseCommand):
    help = "Write all content as Markdown, BibTeX and files, to go on with elsewhere."
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
            with progress_shown(verbosity):
                left = write_folder(folder)
        except OSError as error:
            raise CommandError(
                f"{error.filename or folder} cannot be written: {error.strerror}."
            ) from error
        if verbosity:
            for line in closing(left, folder):
                self.stdout.write(self.style.SUCCESS(line))


def closing(left: Left, folder: Path):
    """Yield what was written, and what was not."""
    done = f"Wrote {count(left.files, 'file')} with {count(left.papers, 'publication')} to {folder}"
    yield f"{done}: begin with {folder / 'about.md'}."
    if left.drafts:
        yield f"{count(left.drafts, 'draft')} came along, marked as unpublished."
    if left.trash:
        yield f"{count(left.trash, 'publication')} in the trash stayed behind."
