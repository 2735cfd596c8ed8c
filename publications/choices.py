"""The choices that a list offers, each with how many publications it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db.models import BooleanField, Case, CharField, Count, F, Max, Value, When
from django.db.models.functions import Cast, Concat

from homepage.common.markdown import plain

from .facets import FACETS, ListState
from .models import Category, Kind
from .models.querysets import PublicationQuerySet
from .narrowing import narrow, with_filing


@dataclass(frozen=True)
class Choice:
    """One value of a facet, and how many papers it leads to; `modified` is their last change."""

    facet: str
    value: str
    label: str
    count: int
    modified: datetime
    is_owner: bool = False


def choices(state: ListState, categories: Mapping[int, Category]) -> dict[str, list[Choice]]:
    """Return the choices of every facet, in one query however many publications there are.

    A facet counts what the rest of the state leaves, so that another value of it can be chosen.
    Nothing that was read with doubt is counted, but for "doubted", which counts just that.
    """
    parts = [_counted(facet, narrow(state, except_for=facet).confirmed()) for facet in FACETS]
    parts.append(_number("first", narrow(replace(state, first=True)).confirmed()))
    parts.append(_number("doubted", narrow(state).exclude(doubts="")))
    rows = parts[0].union(*parts[1:], all=True)
    return in_order((_choice(categories, *row) for row in rows), categories)


def in_order(some: Iterable[Choice], categories: Mapping[int, Category]) -> dict[str, list[Choice]]:
    """Return choices by their facets, each facet in the order in which it is offered."""
    found: dict[str, list[Choice]] = {facet: [] for facet in (*FACETS, "first", "doubted")}
    for choice in some:
        if choice.count:
            found[choice.facet].append(choice)
    order = {category.slug: place for place, category in enumerate(categories.values())}
    found["kind"].sort(key=lambda choice: Kind.values.index(choice.value))
    found["year"].sort(key=lambda choice: choice.value, reverse=True)
    found["category"].sort(key=lambda choice: order[choice.value])
    for facet in ("topic", "venue", "author"):
        found[facet].sort(key=lambda choice: (-choice.count, choice.label.casefold()))
    return found


def name_of(facet: str, value: str, categories: Mapping[int, Category]) -> str | None:
    """Return how a value is called; None if no public paper that is sure of its fields has it."""
    rows = _counted(facet, narrow(ListState(**{facet: value})).confirmed())
    found = (_choice(categories, *row) for row in rows)
    return next((choice.label for choice in found if choice.value == value), None)


def values(
    facet: str, papers: PublicationQuerySet, categories: Mapping[int, Category]
) -> Iterator[tuple[int, str]]:
    """Yield the key of each paper with a value that it has in a facet, some more than once."""
    column, _ = COLUMNS[facet]
    rows = with_filing(papers).filter(**{f"{column}__isnull": False}).order_by()
    found = rows.values_list("pk", Cast(F(column), TEXT)).iterator(chunk_size=500)
    if facet != "category":
        return found
    return ((key, categories[int(value)].slug) for key, value in found)


def named(
    facet: str, papers: PublicationQuerySet, categories: Mapping[int, Category]
) -> Iterator[Choice]:
    """Yield each value that papers have in a facet, as a choice that counts none of them yet."""
    rows = _valued(facet, papers).values_list(*SHOWN).distinct()
    return (_choice(categories, *shown, 0, EPOCH) for shown in rows.iterator(chunk_size=500))


def _choice(categories, facet, value, label, is_owner, count, modified) -> Choice:
    if facet == "category":
        value, label = categories[int(value)].slug, plain(categories[int(value)].title)
    elif facet == "kind":
        label = str(Kind(value).label)
    return Choice(facet, value, " ".join(label.split()), count, modified, bool(is_owner))


def _counted(facet, papers):
    """Return rows of (facet, value, label, is the owner, papers, last change)."""
    return _grouped(_valued(facet, papers))


def _valued(facet, papers):
    value, label = COLUMNS[facet]
    is_owner = F("authors__is_owner") if facet == "author" else Value(False)
    papers = with_filing(papers).filter(**{f"{value}__isnull": False})
    return _shown(papers, facet, F(value), label, is_owner)


def _number(name, papers):
    return _grouped(_shown(papers, name, EMPTY, EMPTY, Value(False)))


def _shown(papers, facet, value, label, is_owner):
    return papers.order_by().values(
        facet=Value(facet, TEXT),
        value=Cast(value, TEXT),
        label=label,
        is_owner=Cast(is_owner, BooleanField()),
    )


def _grouped(rows):
    rows = rows.annotate(count=Count("pk", distinct=True), last=Max("modified"))
    return rows.values_list(*SHOWN, "count", "last")


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SHOWN = ("facet", "value", "label", "is_owner")
TEXT = CharField()
NAME = Case(
    When(authors__literal="", then=Concat(
        "authors__given", Value(" "), "authors__particle", Value(" "),
        "authors__family", Value(" "), "authors__suffix", output_field=TEXT,
    )),
    default="authors__literal",
    output_field=TEXT,
)  # fmt: skip
ACRONYM = Case(
    When(venue__acronym="", then="venue__name"), default="venue__acronym", output_field=TEXT
)
EMPTY = Value("", TEXT)
# Which column holds the value of a facet, and how the value is called.
COLUMNS = {
    "kind": ("kind", EMPTY),
    "year": ("year", Cast("year", TEXT)),
    "category": ("filed_under", EMPTY),
    "topic": ("topics__slug", F("topics__name")),
    "venue": ("venue__slug", ACRONYM),
    "author": ("authors__slug", NAME),
}
