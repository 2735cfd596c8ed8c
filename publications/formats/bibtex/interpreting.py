"""From an entry to the record that it is read as."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from publications.records import Problem, PublicationRecord

from ..fitting import fitted
from .columns import read_columns
from .entry import Entry
from .kept import EDITOR, has_two_editors
from .keys import CITATION_KEY, read_key
from .types import SUBTYPES, WRITTEN
from .values import Values

LONGEST_SHOWN = 80


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
