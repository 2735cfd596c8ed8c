"""From the entries of a file to records."""

from __future__ import annotations

from dataclasses import dataclass

from homepage.common.characters import readable
from homepage.common.progress import job
from publications.records import Loaded, Problem

from .entries import read_entries
from .inheritance import with_inherited
from .interpreting import LONGEST_SHOWN, read_entry


@dataclass(frozen=True)
class Limits:
    """How much of a file is read; None is without limit."""

    entries: int | None = None
    depth: int | None = None


# For what is pasted into a form: a page must not take longer than a person waits.
PASTED = Limits(entries=2_000, depth=50)


def load(text: str, limits: Limits | None = None) -> Loaded:
    """Return the publications of a BibTeX file. Never raises: what is not read is a problem."""
    limits = limits or Limits()
    problems: list[Problem] = []
    found = read_entries(
        readable(text.removeprefix("\ufeff")),
        problems,
        max_entries=limits.entries,
        max_depth=limits.depth,
    )
    _report_duplicates(found, problems)
    records = []
    with job("Interpreting", len(found)) as advance:
        for entry in with_inherited(found, problems):
            record, said = read_entry(entry)
            problems += said
            if record.title:
                records.append(record)
            advance(1)
    # Entries come in order; what was said of the file as a whole joins them.
    return Loaded(tuple(records), tuple(sorted(problems, key=lambda problem: problem.line)))


def load_pasted(text: str) -> Loaded:
    """Return what `load` does, of a text that a person waits for."""
    return load(text, PASTED)


def _report_duplicates(entries, problems):
    lines: dict[str, int] = {}
    for entry in entries:
        first = lines.setdefault(entry.key.lower(), entry.line)
        if entry.key and first != entry.line:
            say = f"line {first} has an entry of the same key; both are read, rename one of them"
            problems.append(Problem(entry.line, say, entry.key[:LONGEST_SHOWN]))
