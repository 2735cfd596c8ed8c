"""Write the public list of publications to a file or to standard output."""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from homepage.common.commands import require_database
from homepage.common.text import count
from publications.exporting import export
from publications.facets import ListState
from publications.formats import WRITABLE
from publications.narrowing import narrow

# How a list is narrowed, by the names that its address has.
NARROWING = {
    "q": "Words in title, authors, venue, topics or abstract.",
    "kind": "Such as article-journal or paper-conference.",
    "year": "2024, or 2019-2022.",
    "category": "The heading, as the address has it: journal-papers.",
    "topic": "As the address has it: spiking-networks.",
    "venue": "As the address has it: neurips.",
    "author": "As the address has it: jane-doe.",
}


class Command(BaseCommand):
    help = "Export the public publications as BibTeX, RIS, CSL-JSON or plain text."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=WRITABLE, help="Default: by the file's name.")
        parser.add_argument(
            "--latex", action="store_true", help="Write é as {\\'e} and so on; only in BibTeX."
        )
        parser.add_argument("--output", type=Path, metavar="FILE", help="Default: standard output.")
        narrowing = parser.add_argument_group("only those", "As in the address of a list.")
        for name, text in NARROWING.items():
            narrowing.add_argument(f"--{name}", default="", help=text)
        narrowing.add_argument("--first", action="store_true", help="You are their first author.")

    def handle(
        self, *, format: str | None, output: Path | None, latex: bool, verbosity: int, **options
    ):
        chosen = WRITABLE[format] if format else self.format_of(output)
        if latex:
            chosen = self.in_latex(chosen)
        require_database()
        publications = self.wanted(options).confirmed().newest_first()
        pieces = export(publications, chosen, base=settings.SITE_URL)
        if output is None:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            return
        write_whole(output, pieces)
        if verbosity:
            number = count(publications.count(), "publication")
            self.stdout.write(self.style.SUCCESS(f"Wrote {number} to {output} ({chosen.label})."))

    def wanted(self, options):
        """Return the public papers that the options ask for."""
        asked = {name: options[name] for name in NARROWING if options[name]}
        state = ListState.read({**asked, "first": "1" if options["first"] else ""})
        if lost := [name for name in asked if not getattr(state, name)]:
            raise CommandError(f"--{lost[0]} “{asked[lost[0]]}” says nothing to look for.")
        papers = narrow(state)
        if state.is_narrowed and not papers.exists():
            said = ", ".join([f"{name} “{value}”" for name, value in asked.items()])
            raise CommandError(
                f"No publication is in that list ({said or 'first author'}). What it is called "
                f"stands in the address of the list on your site, as in {state.url()}"
            )
        return papers

    def format_of(self, output):
        """Return the format that a file's name ends with; without a file, the first one."""
        if output is None:
            return next(iter(WRITABLE.values()))
        suffix = output.suffix.lower().removeprefix(".")
        for format in WRITABLE.values():
            if format.suffix == suffix:
                return format
        raise CommandError(
            f"The name {output} does not say in which format to write: add "
            f"--format with one of {', '.join(WRITABLE)}."
        )

    def in_latex(self, format):
        if format.write_latex is None:
            raise CommandError(f"{format.label} knows no LaTeX: leave out --latex.")
        return replace(format, write=format.write_latex)


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write a file whole or not at all: beside its place first, then over it.

    Raises CommandError.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise CommandError(f"{path} is no file: give the name of one to write.")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    _sweep(path)
    try:
        try:
            with draft.open("x", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error


def _sweep(path):
    """Remove the drafts of exports that were killed long ago."""
    for draft in path.parent.glob(f".{glob.escape(path.name)}.*"):
        with suppress(OSError):
            is_ours = draft.suffix[1:].isdecimal() and draft.is_file()
            if is_ours and time.time() - draft.stat().st_mtime > 24 * 60 * 60:
                draft.unlink()
