"""Writes the sections of an old site: what each says, in which order, and at which address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max

from homepage.common.merge import Merged, merge
from homepage.common.text import free_slug
from publications import reconcile
from publications.models import Category

from .academicpages.data import SectionData, Site
from .models import Section

FIELDS = ("title", "body", "shows", "group_by", "categories", "place")


@dataclass(frozen=True)
class SectionItem:
    """What an import does with one section.

    `slug` is the end of its address, "" where only the id of a new one can tell.
    """

    action: str
    data: SectionData
    slug: str
    place: str
    section_id: int | None = None
    merged: Merged = field(default_factory=Merged)

    @property
    def address(self) -> str:
        """Return where it will stand."""
        return Section(slug=self.slug or "…", place=self.place).get_absolute_url()


def plan_sections(site: Site) -> tuple[SectionItem, ...]:
    """Return what becomes of each section of a site. Reads only."""
    rows = Section.objects.prefetch_related("categories")
    by_key = {f"here:{row.slug}": row for row in rows}
    by_key |= {row.imported.get("key"): row for row in reversed(rows)}
    slugs = _slugs([data for data in site.sections if data.key not in by_key])
    return tuple(
        _planned(data, by_key[data.key])
        if data.key in by_key
        else SectionItem(reconcile.NEW, data, slugs[data.key], data.place)
        for data in site.sections
    )


def _slugs(new: Sequence[SectionData]) -> Mapping[str, str]:
    """Return the slugs of new sections by their keys.

    First choose the pages, which had an address on the old site: it stays theirs.
    """
    taken = Section.taken_slugs()
    slugs: dict[str, str] = {}
    for data in sorted(new, key=lambda data: not data.slug):
        row = Section(title=data.title, place=data.place)
        used = taken | row.unwanted_slugs()
        base = data.slug if data.slug and data.slug not in used else row.slug_base()
        slugs[data.key] = free_slug(base, used) if base else ""
        taken.add(slugs[data.key])
    return slugs


def _planned(data: SectionData, section: Section) -> SectionItem:
    base = {**section.imported, "categories": tuple(section.imported.get("categories", ()))}
    # Where a section stands was not remembered once: it stood on the home page.
    base.setdefault("place", Section.Place.HOME)
    merged = merge(base, _section_values(section), _data_values(data))
    action = reconcile.CHANGED if merged.taken else reconcile.SAME
    _, place = merged.taken.get("place", ("", section.place))
    return SectionItem(action, data, section.slug, place, section.pk, merged)


def _section_values(section):
    categories = sorted(section.categories.all(), key=lambda one: (one.position, one.pk))
    values = {name: getattr(section, name) for name in FIELDS if name != "categories"}
    return {**values, "categories": tuple(category.slug for category in categories)}


def _data_values(data) -> Mapping[str, Any]:
    return {name: getattr(data, name) for name in FIELDS}


def write_section(item: SectionItem, before: int | None) -> Section:
    """Write one section; a new one stands behind the section `before` it on the page."""
    values = _data_values(item.data)
    if item.section_id is None:
        last = Section.objects.aggregate(last=Max("position"))["last"]
        # Of equal positions the younger row comes last: right behind its neighbour, moving none.
        position = before if before is not None and before < last else (last or 0) + 1
        section = Section(position=position, slug=item.slug, visibility=item.data.visibility)
        taken = values
    else:
        section = Section.objects.get(pk=item.section_id)
        taken = {name: new for name, (_, new) in item.merged.taken.items()}
    for name, new in taken.items():
        if name != "categories":
            setattr(section, name, new)
    base = {name: value for name, value in values.items() if value}
    imported = {**section.imported, **base, "key": item.data.key}
    if section.pk is None or taken or imported != section.imported:
        section.imported = imported
        section.save()
    if "categories" in taken:
        section.categories.set(Category.objects.filter(slug__in=taken["categories"]))
    return section
