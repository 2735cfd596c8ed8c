"""From the entries of a file to records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from homepage.common.characters import readable
from homepage.common.progress import job
from publications.records import Loaded, Problem, PublicationRecord

from ..fitting import fitted
from .columns import read_columns
from .entries import Entry, read_entries
from .inheritance import with_inherited
from .kept import EDITOR, has_two_editors
from .keys import CITATION_KEY, read_key
from .types import SUBTYPES, WRITTEN
from .values import Values

LONGEST_SHOWN = 80


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


def read_entry(entry: Entry) -> tuple[PublicationRecord, list[Problem]]:
    """Return the record of an entry, with an empty title if it has none, and its problems."""
    values = Values(entry.fields)
    entry_type, record = read_columns(entry.type, values)
    record = _with_provenance(record, entry, entry_type, values)
    fit, found = fitted(record)
    # What its column could not hold is kept as it stands in the source.
    lost = {name: value for name, value in fit.extra.items() if name not in record.extra}
    kept = dict(record.extra)
    for column, value in lost.items():
        for name, source in (values.sources_of(column) or {column: value}).items():
            kept.setdefault(name, source)
    says = list(values.problems)
    for command in dict.fromkeys(values.unknown):
        says.append(f"“{command}” is no LaTeX that is known here; it is kept as text")
    if not fit.title:
        says.append("the entry has no title, so it is left out; give it one: title = {…}")
    key = entry.key[:LONGEST_SHOWN]
    problems = [Problem(entry.line, say, key) for say in says]
    fit = replace(fit, extra=kept) if lost else fit
    return fit, problems + [replace(problem, key=key) for problem in found]


def _with_provenance(record, entry, entry_type, values) -> PublicationRecord:
    """Add the key, where the entry stands, and every field that no column took."""
    kept: dict[str, Any] = {}
    if entry_type not in (WRITTEN[record.kind], SUBTYPES.get(record.kind)):
        kept["entrytype"] = entry_type
    key, written_key = read_key(entry, values)
    if written_key:
        kept[CITATION_KEY] = written_key
    kept |= values.kept()
    if (
        EDITOR in kept
        and "editor" not in kept
        and has_two_editors(entry.type, bool(record.authors))
    ):
        kept["editor"] = kept.pop(EDITOR)
    for name, value in entry.again:
        number = 2
        while f"{name}-{number}" in kept:
            number += 1
        kept[f"{name}-{number}"] = value
    text = entry.text.strip("\n")
    return replace(record, citation_key=key, line=entry.line, text=text, extra=kept)
