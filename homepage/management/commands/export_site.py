"""Write the whole public site as files, for any host that serves files.

The copy is built beside the folder and takes its place as a whole; nothing is ever removed that
an earlier export did not write.
"""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from homepage.common.commands import require_database
from homepage.common.text import count
from homepage.settings import site_url
from homepage.static_copy.copying import BrokenLinks
from homepage.static_copy.export import KeptChanging, NothingToExport, Order, export
from homepage.static_copy.noting import noted
from homepage.static_copy.sharing import WorkerDied
from homepage.static_copy.target import RefusedTarget
from homepage.static_files import NotCollected


class Command(BaseCommand):
    help = "Write the public site as files, for any host that serves files."
    # They take longer than finding that there is nothing to do; `manage.py check` runs them.
    requires_system_checks = ()
    missing_args_message = "Say where to write it: manage.py export_site public"

    def add_arguments(self, parser):
        parser.add_argument(
            "target", type=Path, help="A new folder, or one that an earlier export wrote."
        )
        parser.add_argument(
            "--base-url",
            metavar="URL",
            help="Where the copy will stand, such as https://jane.github.io/; default: SITE_URL.",
        )
        parser.add_argument(
            "--cname",
            action="store_true",
            help="Write the file CNAME, in which GitHub Pages keeps a domain of your own.",
        )
        parser.add_argument(
            "--if-changed",
            action="store_true",
            help="Do nothing if the folder holds the content as it is now.",
        )
        parser.add_argument(
            "--jobs", type=int, default=0, metavar="N", help="How many processes share the work."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Show what would be done; write nothing."
        )

    def handle(
        self,
        *,
        target: Path,
        base_url: str | None,
        cname: bool,
        dry_run: bool,
        if_changed: bool,
        jobs: int,
        **options,
    ):
        gc.freeze()  # what is loaded by now stays, here and in the processes that share the work
        self.verbosity = options["verbosity"]
        base_url = self.base_url(base_url)
        require_database()
        domain = urlsplit(base_url).hostname if cname else ""
        order = Order(target, base_url, domain, dry_run, if_changed, jobs)
        with noted(order) as note:
            note.outcome = self.export(order)
        for warning in note.outcome.warnings:
            self.say(f"Warning: {warning}")
        self.say(self.closing(note.outcome, target, base_url, dry_run))

    def export(self, order):
        """Export; CommandError says what is wrong."""
        try:
            with self.progress() as bar:
                return export(order, bar)
        except (NothingToExport, RefusedTarget, BrokenLinks, NotCollected) as error:
            raise CommandError(str(error)) from error
        except (KeptChanging, WorkerDied) as error:
            raise CommandError(f"{error} The copy is as it was before; try it again.") from error
        except OSError as error:
            raise CommandError(
                f"{error.filename or order.folder} cannot be written: {error.strerror}. The copy "
                "is as it was before."
            ) from error

    def base_url(self, given):
        """Return where the copy will stand; CommandError says what is wrong."""
        if not given and not settings.SITE_URL:
            raise CommandError(
                "Say where the copy will stand, for its feeds and its sitemap name whole "
                "addresses: --base-url https://jane.github.io/"
            )
        try:
            return site_url(given) if given else settings.SITE_URL
        except ImproperlyConfigured as error:
            raise CommandError(
                f"--base-url is {given!r}; it must be a whole address such as "
                "https://jane.github.io/"
            ) from error

    @contextmanager
    def progress(self):
        """Give what is to be called for each step; a bar shows them on a terminal."""
        hidden = not self.verbosity or not sys.stderr.isatty()
        if hidden:
            yield lambda: None
            return
        from tqdm import tqdm

        with tqdm(unit="step", leave=False) as bar:
            yield bar.update

    def closing(self, outcome, target, base_url, dry_run):
        if outcome.is_current:
            return f"Nothing to do: {target} holds the content as it is now."
        counts = f"{outcome.written} new or changed, {outcome.kept} unchanged"
        if outcome.removed:
            counts += f", {outcome.removed} removed"
        files = f"{count(outcome.written + outcome.kept, 'file')} ({counts})"
        if dry_run:
            return f"Dry run, nothing was written: {target} would hold {files}."
        return self.style.SUCCESS(f"Wrote {files} to {target}, for {base_url}/")

    def say(self, text):
        if self.verbosity:
            self.stdout.write(text)
