"""The one place where imported publications become rows.

`plan` only reads and says what an import would do; `apply` does it in one short transaction
and refuses if the rows have changed meanwhile. What the owner edited since the last import is
kept and named, what the source leaves out is never cleared, what lies in the trash stays there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Sum

from homepage.common.markdown import plain
from homepage.common.merge import Merged, merge
from homepage.common.text import fold

from .models import Author, Category, ImportRun, Publication, Venue, Visibility
from .ownership import mark_owner
from .records import CategoryRecord, Link, PublicationRecord
from .rows import Writer, to_record

NEW, SAME, CHANGED, TRASHED = "new", "same", "changed", "in the trash"


class StalePlan(Exception):
    """The publications have changed since the plan was made; make it again."""


@dataclass(frozen=True)
class Item:
    """What an import does with one record: `taken` and `kept` as in `homepage.common.merge`."""

    action: str
    record: PublicationRecord
    publication_id: int | None = None
    merged: Merged = field(default_factory=Merged)
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class CategoryItem:
    action: str
    record: CategoryRecord
    category_id: int | None = None
    merged: Merged = field(default_factory=Merged)


@dataclass(frozen=True)
class Plan:
    """What an import would do, record by record, and what it found gone from the source."""

    format: str
    items: tuple[Item, ...] = ()
    categories: tuple[CategoryItem, ...] = ()
    left: tuple[str, ...] = ()
    owner: str = ""
    fingerprint: tuple = ()

    def count(self, action: str) -> int:
        return sum(item.action == action for item in self.items)

    @property
    def changes_anything(self) -> bool:
        items = (*self.items, *self.categories)
        return any(item.action in {NEW, CHANGED} for item in items)


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
    matcher = _Matcher(format)
    found = [matcher.match(record) for record in records]
    # A year that was corrected at the source: only once all others have found their rows.
    found = [
        row or matcher.match_own_title(record) for record, row in zip(records, found, strict=True)
    ]
    items = tuple(
        _plan_item(record, row, matcher) for record, row in zip(records, found, strict=True)
    )
    return Plan(
        format=format,
        items=items,
        categories=tuple(_plan_category(record) for record in categories),
        left=tuple(str(publication) for publication in matcher.unmatched(source)),
        owner=owner,
        fingerprint=fingerprint,
    )


def apply(plan: Plan, run: ImportRun) -> None:
    """Write a plan; `run` is the saved row that the sources point to.

    Raises StalePlan, and writes nothing, if publications changed since the plan was made.
    """
    with transaction.atomic():
        if _fingerprint() != plan.fingerprint:
            raise StalePlan("The publications were changed meanwhile: import again.")
        for item in plan.categories:
            _write_category(item)
        if any(name.is_owner for item in plan.items for name in item.record.authors):
            mark_owner(plan.owner)
        writer = Writer(plan.format, run)
        for item in plan.items:
            if item.action == NEW:
                writer.create(item.record)
            elif item.action in {SAME, CHANGED}:
                values = {name: new for name, (_, new) in item.merged.taken.items()}
                writer.update(item.publication_id, item.record, values, item.links)
        writer.finish()


def _fingerprint():
    """Return a value that is another one after any change that a plan depends on."""
    counts = [
        model.objects.aggregate(Count("id"), Max("id")) for model in (Author, Category, Venue)
    ]
    papers = Publication.objects.aggregate(Count("id"), Max("id"), Max("modified"), Sum("version"))
    return tuple(tuple(row.values()) for row in (*counts, papers))


def _plan_item(record, publication, matcher):
    if publication is None:
        return Item(NEW, record)
    if publication.visibility == Visibility.TRASH:
        return Item(TRASHED, record, publication.pk)
    base = matcher.base(publication)
    ours = to_record(publication)
    merged = merge(_values(base), _values(ours), _values(record))
    links = _new_links(base, ours, record)
    action = CHANGED if set(merged.taken) - {"position"} or links else SAME
    return Item(action, record, publication.pk, merged, links)


def _values(record: PublicationRecord) -> Mapping[str, Any]:
    """Return the fields that are merged one by one; a venue is its name and acronym together."""
    values = {name: getattr(record, name) for name in MERGED}
    values["venue"] = (record.venue, record.venue_acronym) if record.venue else ()
    # Names as they are printed: how they part into given and family name is the author's row.
    values["authors"] = tuple(
        (name.printed or str(name), name.marks, name.equal, name.corresponding)
        for name in record.authors
    )
    return values


MERGED = (
    "title kind category position status authors and_others conjunction venue_prefix year month "
    "day volume number pages publisher abstract language award note doi arxiv_id isbn issn "
    "citation_key"
).split()


def _new_links(base, ours, theirs):
    """Return the links to add: those whose address is neither here nor was here once."""
    known = {link.url for link in (*base.links, *ours.links)}
    return tuple(link for link in theirs.links if link.url not in known)


class _Matcher:
    """Finds the row of a record; within one import a row is matched at most once.

    By DOI, arXiv id, citation key (with an equal title), then folded title and year; each as
    the row has it now and as the source had it last time.
    """

    def __init__(self, format):
        self.format = format
        self.by: dict[tuple, list[Publication]] = defaultdict(list)
        self.taken: set[int] = set()
        self.rows = list(Publication.objects.for_import())
        for publication in self.rows:
            for record in {to_record(publication), self.base(publication)}:
                for key in _keys(record):
                    if publication not in self.by[key]:
                        self.by[key].append(publication)

    def base(self, publication) -> PublicationRecord:
        """Return what this format last said about a publication; an empty record if nothing."""
        source = next((s for s in publication.sources.all() if s.format == self.format), None)
        return PublicationRecord.from_json(source.record if source else {})

    def match(self, record):
        for key in _keys(record):
            free = [row for row in self.by.get(key, ()) if row.pk not in self.taken]
            free = [row for row in free if _is_compatible(key, record, to_record(row))]
            if free:
                # A row that came from this format before the others: it is its own.
                best = min(free, key=lambda row: (not self._is_own(row), row.pk))
                self.taken.add(best.pk)
                return best
        return None

    def match_own_title(self, record):
        """Return the one free row that this format gave under the same title, if there is one."""
        title = folded_title(record)
        free = [
            row
            for row in self.rows
            if row.pk not in self.taken
            and self._is_own(row)
            and title == folded_title(self.base(row))
            and _is_compatible(("title", title), record, to_record(row))
        ]
        if len(free) != 1:
            return None
        self.taken.add(free[0].pk)
        return free[0]

    def unmatched(self, source):
        """Return the rows that this source gave last time and has no longer."""
        return [
            row
            for row in self.rows
            if row.pk not in self.taken
            and row.visibility != Visibility.TRASH
            and any(s.run and s.run.source == source for s in row.sources.all())
        ]

    def _is_own(self, row):
        return any(source.format == self.format for source in row.sources.all())


def folded_title(record: PublicationRecord) -> str:
    """Return a title for comparing; one without letters (“???”) as it is."""
    return fold(plain(record.title)) or plain(record.title)


def _keys(record: PublicationRecord) -> Iterable[tuple]:
    title = folded_title(record)
    if record.doi:
        yield ("doi", record.doi.lower())
    if record.arxiv_id:
        yield ("arxiv", record.arxiv_id.lower())
    if record.citation_key:
        yield ("key", record.citation_key.lower(), title)
    if title:
        yield ("title", title, record.year)


def _is_compatible(key, record, row):
    """Return whether a match by one identifier is not refuted by another.

    A conference and its journal version may share an arXiv id, or a title and year; where both
    have a DOI and they differ, or the titles differ and so do the venues, they are two works.
    """
    if key[0] == "doi":
        return True
    if record.doi and row.doi and record.doi.lower() != row.doi.lower():
        return False
    if key[0] == "arxiv":
        same_title = folded_title(record) == folded_title(row)
        return same_title or not (record.venue and row.venue and record.venue != row.venue)
    return True


def _plan_category(record):
    category = Category.objects.filter(slug=record.key).first()
    if category is None:
        return CategoryItem(NEW, record)
    merged = merge(category.imported, _category_values(category), _category_values(record))
    action = CHANGED if set(merged.taken) - {"position"} else SAME
    return CategoryItem(action, record, category.pk, merged)


CATEGORY_FIELDS = ("title", "intro", "default_kind", "position", "ordering")


def _category_values(category):
    return {name: getattr(category, name) for name in CATEGORY_FIELDS}


def _write_category(item):
    values = _category_values(item.record)
    if item.category_id is None:
        Category.objects.create(slug=item.record.key, imported=values, **values)
        return
    category = Category.objects.get(pk=item.category_id)
    for name, (_, new) in item.merged.taken.items():
        setattr(category, name, new)
    category.imported = {**category.imported, **{k: v for k, v in values.items() if v}}
    category.save()
