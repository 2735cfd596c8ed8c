"""Fetch publications by DOI, arXiv id or ORCID iD, and save them like any other import.

What could be fetched is saved in one transaction, each work whole; what could not is named, and
the exit code is 1. What was fetched before Control-C is kept for a day in DATA_DIR, so that the
same command goes on where it stopped; so does the real run after a dry run.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from homepage.common.text import count
from homepage.fetching import bring_in, make_fetcher
from publications.fetching import Identifier, NotFetched, Unavailable, identify
from publications.fetching.orcid import Work
from publications.fetching.works import Fetched, Fetcher, joined
from publications.reconcile import StalePlan
from publications.reporting import counts

INTERRUPTED = 130  # what a shell makes of Control-C
# So many works in a row without an answer: the network or the service is down.
ENOUGH = 3


class Command(BaseCommand):
    help = "Fetch publications by DOI, arXiv id or ORCID iD from doi.org, arXiv and ORCID."
    missing_args_message = (
        "Say what to fetch: manage.py fetch_publication 10.1007/s11263-022-01688-4"
    )

    def __init__(self, *args, fetcher: Callable[[], Fetcher] = make_fetcher, **kwargs):
        super().__init__(*args, **kwargs)
        self.make_fetcher = fetcher

    def add_arguments(self, parser):
        parser.add_argument(
            "identifiers",
            nargs="+",
            metavar="ID",
            help="A DOI, arXiv id or ORCID iD (for all its works), bare or as an address.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Show what would be done; save nothing."
        )

    def handle(self, *, identifiers: list[str], dry_run: bool, verbosity: int, **options):
        self.verbosity = verbosity
        self.failures: list[str] = []
        wanted = read_identifiers(identifiers)
        fetcher = self.make_fetcher()
        try:
            fetched = joined(self.fetch(fetcher, self.find_works(fetcher, wanted)))
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped, and nothing was saved. What was fetched is kept for a day: run the same "
                "command again and it goes on from there.",
                returncode=INTERRUPTED,
            ) from None
        except OSError as error:
            raise CommandError(
                f"{error.filename or 'DATA_DIR'} cannot be written: {error.strerror}."
            ) from error
        self.bring_in(fetched, ", ".join(map(str, wanted))[:500], dry_run)
        if self.failures:
            raise CommandError(self.complaint(fetched, dry_run))
        if not dry_run:
            fetcher.kept.forget()

    def find_works(self, fetcher: Fetcher, wanted: list[Identifier]) -> list[Work]:
        """Return the works that are asked for, each once; what cannot be had becomes a failure."""
        works: dict[str, Work] = {}
        for identifier in wanted:
            try:
                found = fetcher.works(identifier)
            except NotFetched as error:
                self.fail(str(identifier), error)
                continue
            if not found:
                self.say(f"{identifier} lists no public works.")
            for work in found:
                if work.doi or work.arxiv_id:
                    works.setdefault(str(work).lower(), work)
                else:
                    title = work.title or "a work without a title"
                    self.say(f"Left out, for it has neither DOI nor arXiv id: {title}")
        return list(works.values())

    def fetch(self, fetcher: Fetcher, works: list[Work]) -> list[Fetched]:
        """Return what could be fetched; the rest becomes failures."""
        fetched = []
        silent = 0
        hidden = not self.verbosity or not sys.stderr.isatty()
        with tqdm(works, unit="work", leave=False, disable=hidden) as bar:
            for number, work in enumerate(bar):
                try:
                    fetched.append(fetcher.fetch(work))
                    silent = 0
                except NotFetched as error:
                    self.fail(str(work), error)
                    silent = silent + 1 if isinstance(error, Unavailable) else 0
                if silent == ENOUGH and number + 1 < len(works):
                    rest = len(works) - number - 1
                    self.failures.append(
                        f"{count(rest, 'more work')} not asked for, since there was no answer "
                        f"{ENOUGH} times in a row."
                    )
                    break
        return fetched

    def bring_in(self, fetched: list[Fetched], source: str, dry_run: bool) -> None:
        """Save the works, unless it is a dry run, and show what that changes here."""
        try:
            outcome = bring_in(fetched, source, is_whole=not self.failures, dry_run=dry_run)
        except StalePlan as error:
            raise CommandError(str(error)) from error
        self.say(outcome.report)
        if fetched:
            self.say(self.closing(outcome, dry_run))

    def closing(self, outcome, dry_run):
        summary = counts(*outcome.plans)
        if dry_run:
            return f"Dry run, nothing was saved: {summary}."
        if not outcome.changes_anything:
            return f"Nothing to do, the site has it all already: {summary}."
        return self.style.SUCCESS(f"Fetched {summary}.")

    def complaint(self, fetched, dry_run):
        """Return what could not be had, a line each, and what became of the rest."""
        lines = ["Not fetched:", *(f"  {failure}" for failure in self.failures)]
        if fetched:
            rest = "would be saved" if dry_run else "is saved"
            lines.append(f"The rest {rest}. The same command asks again for these only.")
        return "\n".join(lines)

    def fail(self, name, error):
        self.failures.append(f"{name}: {error}")

    def say(self, text):
        if self.verbosity and text:
            self.stdout.write(text)


def read_identifiers(texts: list[str]) -> list[Identifier]:
    """Return what is asked for, each once; CommandError names all that is no identifier."""
    found, wrong = [], []
    for text in texts:
        try:
            found.append(identify(text))
        except ValueError as error:
            wrong.append(f"“{text}” cannot be fetched. {error}")
    if wrong:
        raise CommandError("\n".join(wrong))
    return list(dict.fromkeys(found))
