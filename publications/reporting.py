"""What an import of publications tells the person at the keyboard, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator

from homepage.common.markdown import plain
from homepage.common.merge import Merged
from homepage.common.text import count

from . import reconcile
from .planning import Item, Plan
from .records import PublicationRecord, place

ACTIONS = (
    (reconcile.NEW, "new"),
    (reconcile.CHANGED, "changed"),
    (reconcile.SAME, "unchanged"),
    (reconcile.TRASHED, "in the trash"),
)


def plan_lines(plan: Plan) -> Iterator[str]:
    """Yield the report of a plan: under each heading its entries, then what is gone."""
    titles = {item.record.key: item.record for item in plan.categories if item.record.line}
    category = None
    for item in plan.items:
        key = item.record.category
        if key != category and key in titles:
            category = key
            yield f"Line {titles[key].line}: {plain(titles[key].title)}"
        yield from item_lines(item)
    for title in plan.left:
        yield f"  No longer in the source, kept: {title}"


def item_lines(item: Item) -> Iterator[str]:
    """Yield what becomes of one entry."""
    record = item.record
    where = place(record.path, record.line)
    where = f"{where if record.path else where.capitalize()}: " if where else ""
    yield f"  {where}{item.action}: {plain(record.title)}"
    yield f"    {describe(record)}"
    if record.doubts:
        yield f"    Warning: {record.doubts} It is shown as its source until you confirm it."
    yield from (f"    {note}" for note in item.notes)
    if item.offer:
        yield "    It may be another version of a paper that is here; both stand side by side."
    if item.action == reconcile.TRASHED:
        yield "    deleted by owner: left in the trash"
    yield from (f"  {line}" for line in merge_lines(item.merged))
    yield from (f"    added link {link.label}: {link.target}" for link in item.links)
    if item.topics:
        yield f"    added topics: {', '.join(item.topics)}"


def counts(*plans: Plan) -> str:
    """Return the counts of one or more plans: “9 publications (9 new)”."""
    totals = [(sum(plan.count(action) for plan in plans), label) for action, label in ACTIONS]
    parts = [f"{total} {label}" for total, label in totals if total or label == "new"]
    return f"{count(sum(len(plan.items) for plan in plans), 'publication')} ({', '.join(parts)})"


def describe(record: PublicationRecord) -> str:
    """Return what was found of a record, in one line."""
    authors = [name.printed or str(name) for name in record.authors]
    venue = record.venue
    if record.venue_acronym:
        venue = f"{venue} ({record.venue_acronym})"
    date = "-".join(f"{part:02d}" for part in (record.year, record.month) if part)
    parts = [
        count(len(authors), "author") + (" and others" if record.and_others else ""),
        venue or "no venue",
        date or "no year",
        f"award: {plain(record.award)}" if record.award else "",
        f"DOI {record.doi}" if record.doi else "",
        f"arXiv {record.arxiv_id}" if record.arxiv_id else "",
        "links: " + ", ".join(link.label for link in record.links) if record.links else "",
        f"note: {plain(record.note)}" if record.note else "",
        f"topics: {', '.join(record.topics)}" if record.topics else "",
    ]
    return "; ".join(filter(None, parts))


def merge_lines(merged: Merged) -> Iterator[str]:
    """Yield what a merge took, old and new, and what was edited here and stays."""
    for name, (old, new) in merged.taken.items():
        if name != "position":
            yield f"  {name.replace('_', ' ')}: {_short(old)} → {_short(new)}"
    for name, (ours, theirs) in merged.kept.items():
        if name != "position":
            label = name.replace("_", " ")
            yield f"  {label}: edited here, kept {_short(ours)} (the source says {_short(theirs)})"


def _short(value):
    if isinstance(value, tuple):
        value = ", ".join(str(item[0] if isinstance(item, tuple) else item) for item in value)
    text = " ".join(str(value).split()) or "nothing"
    return text if len(text) <= 80 else text[:77] + "…"
