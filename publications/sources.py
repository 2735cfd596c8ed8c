"""Files of publications on their way in: read, recognised, planned, saved."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from homepage.common.decode import DecodingError, decode

from . import reconcile
from .filing import filed
from .formats import READABLE, Format, recognise
from .models import ImportRun
from .records import Loaded, PublicationRecord
from .reporting import plan_lines
from .topics import Topics

STANDARD_INPUT = "-"
MARKDOWN = (".md", ".markdown")


class UnreadableSource(ValueError):
    """The file cannot be imported; the message says what is wrong and what to do."""


@dataclass(frozen=True)
class Source:
    """What was found in one file; `name` stands in reports and tells later imports apart."""

    name: str
    format: Format
    loaded: Loaded
    warning: str = ""


@dataclass(frozen=True)
class Outcome:
    """What an import does with one file."""

    source: Source
    plan: reconcile.Plan
    report: str


def read_source(path: str, format: str = "") -> Source:
    """Return what stands in a file, `-` for standard input; `format` is recognised if not given.

    Raises UnreadableSource.
    """
    name, data = _read(path)
    try:
        decoded = decode(data)
    except DecodingError as error:
        raise UnreadableSource(f"{name}: {error}. Give {_labels()}.") from error
    if not decoded.text.strip():
        raise UnreadableSource(f"{name} is empty: there is nothing to import.")
    found = READABLE[format] if format else _recognised(decoded.text, name)
    loaded = found.load(decoded.text)
    if not loaded.records:
        why = f" ({loaded.problems[0]})" if loaded.problems else ""
        raise UnreadableSource(
            f"{name} holds no publication in {found.label}{why}: is it the right file?"
        )
    return Source(name, found, loaded, decoded.warning)


def import_sources(
    sources: Sequence[Source], *, all_topics: bool = False, dry_run: bool = False
) -> list[Outcome]:
    """Save the publications of the files, all or none; a file sees what those before it brought.

    With `all_topics` every keyword becomes a topic, not only those that are topics here already.
    Raises reconcile.StalePlan, and saves nothing, if publications were changed meanwhile. With
    `dry_run` nothing is saved in any case.
    """
    sources = _numbered(sources)
    # The first plan, often the only one, is made before the transaction begins.
    outcomes = [_planned(sources[0], all_topics)]
    if dry_run and len(sources) == 1:
        return outcomes
    with transaction.atomic():
        _save(outcomes[0])
        for source in sources[1:]:
            outcomes.append(_planned(source, all_topics))
            _save(outcomes[-1])
        transaction.set_rollback(dry_run)
    return outcomes


def _read(path) -> tuple[str, bytes]:
    if path == STANDARD_INPUT:
        return "standard input", sys.stdin.buffer.read()
    file = Path(path)
    if file.is_dir():
        raise UnreadableSource(f"{file} is a folder: name the files in it, such as {file}/my.bib")
    try:
        return file.name, file.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableSource(f"There is no file {file}: check the path.") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UnreadableSource(f"{file} cannot be read: {why}.") from error


def _recognised(text, name) -> Format:
    if name.lower().endswith(MARKDOWN):
        return READABLE["markdown"]
    found = recognise(text, name)
    if found is None:
        raise UnreadableSource(f"{name} is not recognised as {_labels()}: say so with --format.")
    return found


def _labels():
    *first, last = [format.label for format in READABLE.values()]
    return f"{', '.join(first)} or {last}"


def _numbered(sources) -> list[Source]:
    """Give each record its place in the whole import, which orders the papers of a year."""
    numbered, position = [], 0
    for source in sources:
        records: list[PublicationRecord] = []
        for record in source.loaded.records:
            position += 1
            records.append(replace(record, position=position))
        numbered.append(replace(source, loaded=replace(source.loaded, records=tuple(records))))
    return numbered


def _planned(source, all_topics) -> Outcome:
    plan = reconcile.plan(
        source.loaded.records,
        format=source.format.name,
        source=source.name,
        topics=Topics(takes_all=all_topics),
    )
    plan = filed(plan, loaded=source.loaded)
    lines = [f"Read {source.name} ({source.format.label})"]
    lines += [f"Warning: {source.warning}"] if source.warning else []
    lines += [f"Warning: {problem}" for problem in source.loaded.problems]
    return Outcome(source, plan, "\n".join([*lines, *plan_lines(plan)]))


def _save(outcome):
    if outcome.plan.changes_anything:
        run = ImportRun.objects.create(source=outcome.source.name, report=outcome.report)
        reconcile.apply(outcome.plan, run)
