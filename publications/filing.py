"""Where a paper without a category belongs."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Max

from homepage.common.history_bulk import keep_many

from .models import Category, Kind
from .planning import NEW, CategoryItem, Plan
from .records import Loaded
from .shelves import HEADINGS, Shelves


def category_for(kind: str, user=None) -> Category:
    """Return the first category whose papers are of this kind; make one if there is none."""
    category = Category.objects.filter(default_kind=kind).first()
    if category is None:
        last = Category.objects.aggregate(last=Max("position"))["last"] or 0
        category = Category.objects.create(
            title=HEADINGS[Kind(kind)], default_kind=kind, position=last + 1
        )
        keep_many(Category, [category.pk], "Made for a paper of its kind.", user, anew=True)
    return category


def filed(plan: Plan, together: Sequence[Plan] = (), loaded: Loaded | None = None) -> Plan:
    """Return a plan whose new papers all have a category: their heading, else one of their kind.

    Where there is none, the one under its usual heading, which the plan makes if need be. The
    categories that other plans make `together` with it count as if they were there.
    """
    if loaded is not None and loaded.headings:
        plan = _under_headings(plan, loaded)
    planned = [item.record for one in (*together, plan) for item in one.categories]
    shelves = Shelves(planned)
    items, kinds = {}, []
    for place, item in enumerate(plan.items):
        record = item.record
        if item.action == NEW and not record.category:
            items[place] = replace(item, record=replace(record, category=shelves.key(record.kind)))
            kinds.append(record.kind)
        elif _moves_to(item) == shelves.key(record.kind):
            kinds.append(record.kind)
    made = shelves.missing(kinds)
    known = shelves.keys | {record.key for record in made}
    for place, item in enumerate(plan.items):
        if item.offer and _moves_to(item.offer) not in {"", *known}:
            items[place] = replace(items.get(place, item), offer=_unmoved(item.offer))
    headings = [CategoryItem(NEW, record) for record in made]
    return replace(plan.with_items(items), categories=(*plan.categories, *headings))


def _moves_to(item):
    """Return the key of the category that an item moves its paper to, "" if it stays."""
    return item.merged.taken.get("category", ("", ""))[1]


def _unmoved(item):
    """Return an item that leaves its paper in its category: no heading is made for an offer."""
    taken = {name: pair for name, pair in item.merged.taken.items() if name != "category"}
    return replace(item, merged=replace(item.merged, taken=taken))


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
