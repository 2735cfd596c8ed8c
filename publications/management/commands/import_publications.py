"""Bring in files of publications. All or nothing; --dry-run writes nothing."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from homepage.common.commands import progress_shown, require_database
from homepage.common.memory import collecting_rarely
from homepage.common.text import count
from publications.formats import READABLE
from publications.reconcile import StalePlan
from publications.reporting import counts
from publications.sources import UnreadableSource, import_sources, read_source


class Command(BaseCommand):
    help = "Import publications from BibTeX, RIS, CSL-JSON or a Markdown list."
    missing_args_message = "Say which files to import: manage.py import_publications my.bib"

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="A file; - is standard input.")
        parser.add_argument(
            "--format", choices=READABLE, default="", help="If it cannot be recognised."
        )
        parser.add_argument(
            "--topics",
            action="store_true",
            help="Make topics of all keywords; else only those that are topics here already.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Show what would be done; save nothing."
        )

    def handle(self, *, files, format: str, topics: bool, dry_run: bool, verbosity: int, **options):
        require_database()
        try:
            with progress_shown(verbosity), collecting_rarely():
                sources = [read_source(file, format) for file in files]
                outcomes = import_sources(sources, all_topics=topics, dry_run=dry_run)
        except (UnreadableSource, StalePlan) as error:
            raise CommandError(str(error)) from error
        if verbosity:
            for outcome in outcomes:
                self.stdout.write(outcome.report)
            self.stdout.write(self.closing(outcomes, dry_run))

    def closing(self, outcomes, dry_run):
        problems = sum(len(outcome.source.loaded.problems) for outcome in outcomes)
        summary = counts(*(outcome.plan for outcome in outcomes))
        if problems:
            summary = f"{summary}, {count(problems, 'problem')}"
        if dry_run:
            return f"Dry run, nothing was saved: {summary}."
        if not any(outcome.plan.changes_anything for outcome in outcomes):
            return f"Nothing to do, the site has it all already: {summary}."
        names = ", ".join(outcome.source.name for outcome in outcomes)
        return self.style.SUCCESS(f"Imported {names}: {summary}.")
