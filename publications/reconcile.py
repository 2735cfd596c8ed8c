"""The one place where imported publications become rows.

`plan` only reads and says what an import would do; `apply` does it in one short transaction
and refuses if the rows have changed meanwhile. What the owner edited since the last import is
kept and named, what the source leaves out is never cleared, what lies in the trash stays there.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Count, Max, Sum

from .changes import Changes, state
from .matching import Matcher
from .models import Author, Category, ImportRun, Publication, Venue
from .ownership import mark_owner
from .planning import (
    CHANGED,
    NEW,
    SAME,
    TRASHED,
    Item,
    Plan,
    Planner,
    category_values,
    plan_category,
)
from .records import CategoryRecord, PublicationRecord
from .rows import Writer

__all__ = ["CHANGED", "NEW", "SAME", "TRASHED", "Item", "Plan", "StalePlan", "apply", "plan"]


class StalePlan(Exception):
    """The publications have changed since the plan was made; make it again."""


def plan(
    records: Sequence[PublicationRecord],
    *,
    format: str,
    source: str,
    owner: str = "",
    categories: Sequence[CategoryRecord] = (),
) -> Plan:
    """Return what importing `records` of a `source` (its name) would do. Reads only.

    `owner` is the name of the author whom records mark as the owner of the site.
    """
    fingerprint = _fingerprint()
    matcher = Matcher(format)
    found = [matcher.match(record) for record in records]
    # A year that was corrected at the source: only once all others have found their rows.
    found = [
        row or matcher.match_own_title(record) for record, row in zip(records, found, strict=True)
    ]
    planner = Planner(matcher)
    pairs = enumerate(zip(records, found, strict=True))
    items = tuple(planner.item(place, record, row) for place, (record, row) in pairs)
    return Plan(
        format=format,
        items=items,
        categories=tuple(plan_category(record) for record in categories),
        left=tuple(str(publication) for publication in matcher.unmatched(source)),
        owner=owner,
        fingerprint=fingerprint,
    )


def apply(plan: Plan, run: ImportRun, chosen: Collection[int] | None = None) -> None:
    """Write a plan, or only the items at the places `chosen`, and note in `run` what was done.

    `run` is the saved row that the sources point to. Raises StalePlan, and writes nothing, if
    publications changed since the plan was made.
    """
    items = [item for place, item in enumerate(plan.items) if chosen is None or place in chosen]
    filed = {item.record.category for item in items}
    with transaction.atomic():
        if _fingerprint() != plan.fingerprint:
            raise StalePlan("The publications were changed meanwhile: import again.")
        changes = Changes(plan.format)
        for category in plan.categories:
            if chosen is None or category.record.key in filed:
                _write_category(category, changes)
        if any(name.is_owner for item in items for name in item.record.authors):
            mark_owner(plan.owner)
        writer = Writer(plan.format, run, changes)
        known = [item for item in items if item.action in {SAME, CHANGED}]
        writer.fetch(
            [item.publication_id for item in known],
            [item.publication_id for item in known if item.merged.taken or item.links],
        )
        for item in items:
            if item.action == NEW:
                writer.create(item.record)
            elif item.action in {SAME, CHANGED}:
                values = {name: new for name, (_, new) in item.merged.taken.items()}
                writer.update(item.publication_id, item.record, values, item.links)
        writer.finish()
        run.changes = [*run.changes, changes.as_json()]
        run.save(update_fields=["changes"])


def _fingerprint():
    """Return a value that is another one after any change that a plan depends on."""
    counts = [
        model.objects.aggregate(Count("id"), Max("id")) for model in (Author, Category, Venue)
    ]
    papers = Publication.objects.aggregate(Count("id"), Max("id"), Max("modified"), Sum("version"))
    return tuple(tuple(row.values()) for row in (*counts, papers))


def _write_category(item, changes):
    values = category_values(item.record)
    if item.category_id is None:
        made = Category.objects.create(slug=item.record.key, imported=values, **values)
        changes.note_made([made])
        return
    category = Category.objects.get(pk=item.category_id)
    before = state(category)
    for name, (_, new) in item.merged.taken.items():
        setattr(category, name, new)
    category.imported = {**category.imported, **{k: v for k, v in values.items() if v}}
    category.save()
    if state(category) != before:
        changes.note_change(category, before)
