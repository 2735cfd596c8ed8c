"""A list under headings: by year, by the owner's categories or by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.db.models import Case, F, IntegerField, Value, When
from django.utils.translation import gettext

from .models import Category, Kind
from .models.querysets import PublicationQuerySet, newest_first
from .narrowing import with_filing

NUMBER = IntegerField()


@dataclass
class Group:
    """Papers that stand under one heading.

    `highest` is the number of the first where the whole list is counted down.
    """

    heading: str
    keys: list[int]
    highest: int = 0


class Place(NamedTuple):
    """A paper, as far as one has to know it to find its heading."""

    key: int
    year: int | None
    kind: str
    category: int | None


def arranged(
    papers: PublicationQuerySet, group: str, categories: Mapping[int, Category]
) -> PublicationQuerySet:
    """Return the papers in the order in which `groups` can part them: total, the newest first.

    `categories` are all, by their keys and in their order.
    """
    if group == "year":
        return papers.newest_first()
    if group == "kind":
        return papers.order_by(_kind_rank(), *newest_first())
    ranks = [When(filed_under=key, then=rank) for rank, key in enumerate(categories)]
    # What has no category follows, by kind.
    order = [Case(*ranks, default=_kind_rank() + len(categories), output_field=NUMBER)]
    if manual := [key for key, category in categories.items() if category.ordering == "manual"]:
        place = When(filed_under__in=manual, then="position")
        order.append(Case(place, default=0, output_field=NUMBER))
    return with_filing(papers).order_by(*order, *newest_first())


def places(papers: PublicationQuerySet, group: str) -> list[Place]:
    """Return papers that `arranged` has put in order, as `groups` takes them."""
    category = F("filed_under") if group == "category" else "category_id"
    return [Place(*row) for row in papers.values_list("pk", "year", "kind", category)]


def groups(
    papers: Iterable[Place], group: str, categories: Mapping[int, Category]
) -> Iterator[Group]:
    """Part papers that `arranged` has put in order."""

    def heading(paper):
        if group == "year":
            return str(paper.year or gettext("Undated"))
        if group == "category" and paper.category:
            return categories[paper.category].title
        return str(Kind(paper.kind).label)

    for text, some in groupby(papers, heading):
        yield Group(text, [paper.key for paper in some])


def _kind_rank():
    kinds = [When(kind=kind, then=rank) for rank, kind in enumerate(Kind.values)]
    return Case(*kinds, default=Value(len(Kind)), output_field=NUMBER)
