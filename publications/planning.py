"""What an import would do, record by record: plain data, and the rules that make it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from homepage.common.merge import Merged, merge

from .changes import CATEGORY_FIELDS
from .formats.keys import is_made
from .matching import Known, Matcher
from .models import Category, Kind, Publication, Source, Visibility
from .preprints import APPEARANCE, is_publishing, publishing_base, without_appearance
from .records import CategoryRecord, Link, PublicationRecord
from .rows import batches
from .shelves import Shelves
from .topics import Topics

NEW, SAME, CHANGED, TRASHED = "new", "same", "changed", "in the trash"


@dataclass(frozen=True)
class Item:
    """What an import does with one record: `taken` and `kept` as in `homepage.common.merge`.

    `offer` is what it would do instead if the record were a work that is here already, as a
    preprint or as what became of it; `links` and `topics` join those that are there; `notes` are
    sentences on what was not taken.
    """

    action: str
    record: PublicationRecord
    publication_id: int | None = None
    merged: Merged = field(default_factory=Merged)
    links: tuple[Link, ...] = ()
    topics: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    offer: Item | None = None
    # Whether it brings the published version of a preprint.
    is_publishing: bool = False

    @property
    def is_edit(self) -> bool:
        """Return whether it changes the row that it matched."""
        return bool(self.merged.taken or self.links or self.topics)

    def taking(self, names: Collection[str]) -> Item:
        """Return the item with the source's values for some of the fields that were kept."""
        taken = {name: pair for name, pair in self.merged.kept.items() if name in names}
        if not taken:
            return self
        kept = {name: pair for name, pair in self.merged.kept.items() if name not in names}
        merged = Merged({**self.merged.taken, **taken}, kept)
        return replace(self, action=CHANGED, merged=merged)


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

    def with_items(self, items: Mapping[int, Item]) -> Plan:
        """Return the plan with other items at some places, as a person decided."""
        return replace(
            self, items=tuple(items.get(index, item) for index, item in enumerate(self.items))
        )

    @property
    def changes_anything(self) -> bool:
        items = (*self.items, *self.categories)
        return any(item.action in {NEW, CHANGED} for item in items)


class Paper(NamedTuple):
    """A row as it is now, and what each format said of it last."""

    row: Publication
    record: PublicationRecord
    said: Mapping[str, PublicationRecord]


NOTHING = PublicationRecord("")


class Planner:
    """Says what becomes of each record once its row is known."""

    def __init__(self, matcher: Matcher, topics: Topics, shelves: Shelves):
        self.matcher = matcher
        self.topics = topics
        self.shelves = shelves
        self.holders = {row.citation_key.lower(): row.pk for row in matcher.rows.values()}
        self.claims: dict[str, int] = {}

    def items(
        self, records: Sequence[PublicationRecord], found: Sequence[Known | None]
    ) -> Iterator[Item]:
        """Yield what becomes of each record of a source; `found` are the rows they matched.

        Of the rows with all their parts only some hundred are held at a time.
        """
        offers = [
            None if row else self.matcher.offer(record)
            for record, row in zip(records, found, strict=True)
        ]
        numbered = enumerate(zip(records, found, offers, strict=True))
        for some in batches(numbered):
            keys = {row.pk for _, (_, *rows) in some for row in rows if row}
            here = {paper.row.pk: paper for paper in _papers(keys)}
            for place, (record, row, offer) in some:
                paper, offered = (here.get(one.pk) if one else None for one in (row, offer))
                yield self._item(place, self.topics.told_apart(record), paper, offered)

    def _item(self, place, record, paper, offered) -> Item:
        if paper is not None:
            return self._update(place, record, paper)
        offer = offered and self._update(place, record, offered, is_offer=True)
        record, notes = self._with_free_key(place, record, None)
        return Item(NEW, record, notes=notes, offer=offer)

    def _update(self, place, record, paper, is_offer=False):
        row, ours = paper.row, paper.record
        if row.visibility == Visibility.TRASH:
            return Item(TRASHED, record, row.pk)
        said = paper.said.get(self.matcher.format, NOTHING)
        publishing = is_publishing(ours, record)
        if publishing:
            record = self._refiled(record, row)
        record, notes = self._with_free_key(place, record, row)
        base, here, theirs = _values(said), _values(ours), _values(record)
        if publishing:
            base = publishing_base(base, here, map(_values, paper.said.values()))
            if is_offer:
                base = {**base, **{name: here[name] for name in (*APPEARANCE, "title")}}
        elif is_publishing(record, ours):
            theirs = without_appearance(theirs)
        merged = merge(base, here, theirs)
        links, topics = _new_links(said, ours, record), _new_topics(said, ours, record)
        action = CHANGED if set(merged.taken) - {"position"} or links or topics else SAME
        return Item(action, record, row.pk, merged, links, topics, notes, is_publishing=publishing)

    def _refiled(self, record, row):
        """File what appeared with its kind, unless the owner keeps preprints elsewhere."""
        was_filed_as_preprint = row.category and row.category.default_kind == Kind.PREPRINT
        if record.category or not was_filed_as_preprint:
            return record
        return replace(record, category=self.shelves.key(record.kind))

    def _with_free_key(self, place, record, row):
        """Leave out a citation key that another paper has: no two can be cited by one."""
        key = record.citation_key.lower()
        if not key:
            return record, ()
        if row and not row.citation_key and is_made(key, record):
            # What an export of this site called a paper that has no key of its own.
            return replace(record, citation_key=""), ()
        row_id = row.pk if row else None
        is_free = self.holders.get(key, row_id) == row_id
        if is_free and self.claims.setdefault(key, place) == place:
            return record, ()
        note = f"Another paper has the citation key “{record.citation_key}”; it is left out here."
        return replace(record, citation_key=""), (note,)


def _papers(keys) -> Iterator[Paper]:
    """Yield rows by their keys, in a constant number of queries for some hundred."""
    for some in batches(keys):
        said: dict[int, dict[str, PublicationRecord]] = defaultdict(dict)
        sources = Source.objects.filter(publication__in=some).order_by("-id")
        for key, format, record in sources.values_list("publication_id", "format", "record"):
            said[key][format] = PublicationRecord.from_json(record)
        for row, record in Publication.objects.filter(pk__in=some).records().with_rows():
            yield Paper(row, record, said[row.pk])


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
    "title kind category position status authors authors_prefix and_others conjunction "
    "venue_prefix year month day volume number pages publisher abstract language award note doi "
    "arxiv_id isbn issn citation_key selected pdf image"
).split()


def _new_links(base, ours, theirs):
    """Return the links to add: those whose address is neither here nor was here once."""
    known = {link.target for link in (*base.links, *ours.links)}
    return tuple(link for link in theirs.links if link.target not in known)


def _new_topics(base, ours, theirs):
    """Return the topics to add: those that are neither here nor were taken off since."""
    return tuple(name for name in theirs.topics if name not in {*base.topics, *ours.topics})


def plan_category(record: CategoryRecord) -> CategoryItem:
    """Return what becomes of a heading."""
    category = Category.objects.filter(slug=record.key).first()
    if category is None:
        return CategoryItem(NEW, record)
    merged = merge(category.imported, category_values(category), category_values(record))
    action = CHANGED if set(merged.taken) - {"position"} else SAME
    return CategoryItem(action, record, category.pk, merged)


def category_values(category: Category | CategoryRecord) -> Mapping[str, Any]:
    """Return the fields of a heading that are merged one by one."""
    return {name: getattr(category, name) for name in CATEGORY_FIELDS}
