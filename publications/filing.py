"""Where a paper without a category belongs."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Max

from homepage.common.text import slug

from .models import Category, Kind
from .planning import NEW, CategoryItem, Plan
from .records import CategoryRecord, Loaded

# What the owner would call a heading of papers of that kind.
HEADINGS = {
    Kind.JOURNAL: "Journal Papers",
    Kind.CONFERENCE: "Conference Papers",
    Kind.PREPRINT: "Preprints",
    Kind.CHAPTER: "Book Chapters",
    Kind.BOOK: "Books",
    Kind.THESIS: "Theses",
    Kind.REPORT: "Reports",
    Kind.DATASET: "Datasets",
    Kind.SOFTWARE: "Software",
    Kind.PATENT: "Patents",
    Kind.MAGAZINE: "Magazine Articles",
    Kind.NEWSPAPER: "Newspaper Articles",
    Kind.WEBPAGE: "Web Pages",
    Kind.OTHER: "Other",
}


def category_for(kind: str) -> Category:
    """Return the first category whose papers are of this kind; make one if there is none."""
    category = Category.objects.filter(default_kind=kind).first()
    if category is None:
        last = Category.objects.aggregate(last=Max("position"))["last"] or 0
        category = Category.objects.create(
            title=HEADINGS[Kind(kind)], default_kind=kind, position=last + 1
        )
    return category


def filed(plan: Plan, together: Sequence[Plan] = (), loaded: Loaded | None = None) -> Plan:
    """Return a plan whose new papers all have a category: their heading, else one of their kind.

    Where there is none, the one under its usual heading, which the plan makes if need be. The
    categories that other plans make `together` with it count as if they were there.
    """
    if loaded is not None and loaded.headings:
        plan = _under_headings(plan, loaded)
    rows = list(Category.objects.all())
    planned = [item.record for one in (*together, plan) for item in one.categories]
    last = max((row.position for row in (*rows, *planned)), default=0)
    of_kind = {record.default_kind: record.key for record in reversed(planned)}
    of_kind |= {row.default_kind: row.slug for row in reversed(rows)}
    slugs = {row.slug for row in rows} | {record.key for record in planned}
    made, items = [], {}
    for place, item in enumerate(plan.items):
        record = item.record
        if item.action != NEW or record.category:
            continue
        kind = Kind(record.kind or Kind.JOURNAL)
        if kind not in of_kind:
            of_kind[kind] = key = slug(HEADINGS[kind], kind)
            if key not in slugs:
                heading = CategoryRecord(key, HEADINGS[kind], "", kind, last + len(made) + 1)
                made.append(CategoryItem(NEW, heading))
        items[place] = replace(item, record=replace(record, category=of_kind[kind]))
    return replace(plan.with_items(items), categories=(*plan.categories, *made))


def _under_headings(plan, loaded):
    """File new papers under the headings of their source; what is here stays where it is."""
    items, used = {}, set()
    for place, item in enumerate(plan.items):
        if item.action == NEW and (key := loaded.under[place]):
            items[place] = replace(item, record=replace(item.record, category=key))
            used.add(key)
    known = set(Category.objects.filter(slug__in=used).values_list("slug", flat=True))
    last = Category.objects.aggregate(last=Max("position"))["last"] or 0
    headings = [one for one in loaded.headings if one.key in used - known]
    made = [
        CategoryItem(NEW, replace(one, position=last + number))
        for number, one in enumerate(headings, 1)
    ]
    return replace(plan.with_items(items), categories=(*plan.categories, *made))
