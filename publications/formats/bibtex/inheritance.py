"""Fields that an entry takes from the entries it refers to: `crossref` and `xdata`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from publications.records import Problem

from .entries import by_key
from .entry import Entry

# What belongs to the volume alone: its papers have identifiers, pages and links of their own.
OWN = frozenset(
    "author title subtitle shorttitle titleaddon doi url eprint eprinttype archiveprefix arxiv "
    "pages abstract keywords note annote annotation award key label ids crossref xref xdata "
    "options entryset entrysubtype execute related relatedtype pdf html code slides video poster "
    "website blog supp file abbr selected preview author+an".split()
)
# What the papers of a volume call it (biblatex, section "Cross-referencing entries").
RENAMED = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
MOST_STEPS = 10


def with_inherited(entries: Sequence[Entry], problems: list[Problem]) -> list[Entry]:
    """Return the entries with the fields of their parents; containers of data alone are left out.

    The references stay, so that nothing of the source is lost.
    """
    known = by_key(entries)
    return [_inheriting(entry, known, problems) for entry in entries if entry.type != "xdata"]


def _inheriting(entry, known, problems) -> Entry:
    fields = dict(entry.fields)
    for name in ("xdata", "crossref"):
        for parent in _parents(entry, name, known, problems):
            for field, value in _given(parent, name):
                fields.setdefault(field, value)
    return replace(entry, fields=fields) if len(fields) != len(entry.fields) else entry


def _parents(entry, name, known, problems) -> Iterator[Entry]:
    """Yield the entries that one refers to, nearest first, each once."""
    waiting = _keys(entry, name)
    seen = {entry.key.lower()}
    steps = 0
    while waiting and steps < MOST_STEPS:
        key = waiting.pop(0)
        steps += 1
        parent = known.get(key.lower())
        if parent is None:
            say = f"{name} leads to “{key}”, which this file has not"
            problems.append(Problem(entry.line, say, entry.key))
        elif parent.key.lower() in seen:
            say = f"{name} leads back to “{key}”, in a circle; correct one of them"
            problems.append(Problem(entry.line, say, entry.key))
        else:
            seen.add(parent.key.lower())
            waiting += _keys(parent, name)
            yield parent


def _keys(entry, name):
    return [key.strip()[:200] for key in entry.fields.get(name, "").split(",") if key.strip()]


def _given(parent, name) -> Iterator[tuple[str, str]]:
    for field, value in parent.fields.items():
        if name == "xdata":
            if field not in ("crossref", "xdata", "ids"):
                yield field, value
        elif field in RENAMED:
            yield RENAMED[field], value
        elif field not in OWN:
            yield field, value
