"""The one place where imported publications become rows.

`plan` only reads and says what an import would do; `apply` does it in one short transaction
and refuses if the rows have changed meanwhile. What the owner edited since the last import is
kept and named, what the source leaves out is never cleared, what lies in the trash stays there.
The history keeps the rows that it makes, and the states before and after of those that it changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import Count, Max, Sum

from homepage.common.history_bulk import keep_many, keeping
from homepage.common.progress import job

from .changes import Changes, state
from .matching import Matcher
from .models import Author, Category, ImportRun, Publication, Topic, Venue
from .ownership import mark_owner, to_be_marked
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
from .rows import Writer, batches
from .shelves import Shelves
from .topics import Topics

__all__ = [
    "CHANGED",
    "NEW",
    "SAME",
    "TRASHED",
    "Item",
    "Plan",
    "StalePlan",
    "apply",
    "apply_together",
    "plan",
]

# What an import makes.
MADE = (Category, Topic, Venue, Author, Publication)


class StalePlan(Exception):
    """The publications have changed since the plan was made; make it again."""


def plan(
    records: Sequence[PublicationRecord],
    *,
    format: str,
    source: str,
    owner: str = "",
    categories: Sequence[CategoryRecord] = (),
    together: Sequence[Plan] = (),
    topics: Topics | None = None,
) -> Plan:
    """Return what importing `records` of a `source` (its name) would do. Reads only.

    `owner` is the name of the author whom records mark as the owner of the site. No row is
    matched that a plan has which is to be applied `together` with this one. `topics` decide which
    keywords become topics: if not given, those that are topics here already.
    """
    fingerprint = _fingerprint()
    matched = {item.publication_id for plan in together for item in plan.items}
    matcher = Matcher(format, matched - {None})
    found = [matcher.match(record) for record in records]
    # A year that was corrected at the source: only once all others have found their rows.
    found = [
        row or matcher.match_own_title(record) for record, row in zip(records, found, strict=True)
    ]
    planned = [one.record for plan in together for one in plan.categories]
    planner = Planner(matcher, topics or Topics(), Shelves([*planned, *categories]))
    items = []
    with job("Comparing", len(records)) as advance:
        for item in planner.items(records, found):
            items.append(item)
            advance(1)
    return Plan(
        format=format,
        items=tuple(items),
        categories=tuple(plan_category(record) for record in categories),
        left=tuple(matcher.unmatched(source)),
        owner=owner,
        fingerprint=fingerprint,
    )


def apply(plan: Plan, run: ImportRun, chosen: Collection[int] | None = None) -> None:
    """Write a plan, or only the items at the places `chosen`, and note in `run` what was done.

    `run` is the saved row that the sources point to. Raises StalePlan, and writes nothing, if
    publications changed since the plan was made.
    """
    with transaction.atomic():
        _check_unchanged([plan])
        _write(plan, run, chosen)


def apply_together(plans: Sequence[Plan], run: ImportRun) -> list[Mapping[int, int]]:
    """Write plans that were made together; return of each the rows' ids by their places.

    Like `apply` it raises StalePlan if publications changed since they were made.
    """
    with transaction.atomic():
        _check_unchanged(plans)
        return [_write(plan, run) for plan in plans]


def _check_unchanged(plans):
    now = _fingerprint()
    if any(plan.fingerprint != now for plan in plans):
        raise StalePlan("The publications were changed meanwhile: import again.")


def _write(plan, run, chosen=None) -> dict[int, int]:
    places = [place for place in range(len(plan.items)) if chosen is None or place in chosen]
    items = [plan.items[place] for place in places]
    filed = {item.record.category for item in items}
    categories = [one for one in plan.categories if chosen is None or one.record.key in filed]
    is_named = any(name.is_owner for item in items for name in item.record.authors)
    owner = plan.owner if is_named else ""
    changed = {
        Publication: [item.publication_id for item in items if item.is_edit],
        Category: [one.category_id for one in categories if one.merged.taken],
        Author: [author.pk for author in to_be_marked(owner)],
    }
    changes = Changes(plan.format)
    with keeping(changed, run.did("Changed"), run.user):
        for category in categories:
            _write_category(category, changes)
        changes.note_made(mark_owner(owner))
        ids = _write_items(items, Writer(plan.format, run, changes))
    _keep_made(changes, run)
    run.changes = [*run.changes, changes.as_json()]
    run.save(update_fields=["changes"])
    return dict(zip(places, ids, strict=True))


def _write_items(items, writer) -> list[int]:
    """Write items; return the ids of their rows."""
    known = [item for item in items if item.action in {SAME, CHANGED}]
    for some in batches(known):
        writer.fetch(
            [item.publication_id for item in some],
            [item.publication_id for item in some if item.is_edit],
        )
        for item in some:
            values = {name: new for name, (_, new) in item.merged.taken.items()}
            writer.update(item.publication_id, item.record, values, item.links, item.topics)
        writer.settle()
    for item in items:
        if item.action == NEW:
            writer.create(item.record)
    made = iter(writer.finish())
    return [next(made).pk if item.action == NEW else item.publication_id for item in items]


def _keep_made(changes, run):
    """Begin the history of the rows that were made."""
    made = {model: changes.made.get(model._meta.model_name, ()) for model in MADE}
    with job("Keeping the history", sum(map(len, made.values()))) as advance:
        for model, keys in made.items():
            for some in batches(keys):
                keep_many(model, some, run.did("Made"), run.user, anew=True)
                advance(len(some))


def _fingerprint():
    """Return a value that is another one after any change that a plan depends on."""
    counts = [
        model.objects.aggregate(Count("id"), Max("id"))
        for model in (Author, Category, Topic, Venue)
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
