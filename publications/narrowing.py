"""The publications of a list: what each part of its state keeps."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from .facets import ListState
from .models import Authorship, Category, Publication
from .models.querysets import PublicationQuerySet


def narrow(state: ListState, *, except_for: str = "") -> PublicationQuerySet:
    """Return the public papers of a list, in no order; `except_for` leaves one facet open.

    What was read with doubt is found by its words only: its fields may be wrong.
    """
    papers = Publication.objects.public()
    for word in state.words:
        papers = papers.filter(search_text__contains=word)
    if state.needs_fields:
        papers = papers.confirmed()
    if state.first:
        papers = papers.filter(pk__in=_leading().values("publication"))
    for facet, value in state.facets.items():
        if facet != except_for:
            papers = FILTERS[facet](papers, value)
    return papers


def with_filing(papers: PublicationQuerySet) -> PublicationQuerySet:
    """Give each paper the key of the category it stands under: its own, else the first of its kind.

    It is None where there is no such category.
    """
    of_kind = Category.objects.filter(default_kind=OuterRef("kind")).values("pk")[:1]
    return papers.alias(filed_under=Coalesce("category_id", Subquery(of_kind)))


def _of_years(papers, value):
    years = ListState(year=value).years
    return papers.filter(year__range=years) if years else papers.none()


def _of_category(papers, value):
    return with_filing(papers).filter(filed_under__in=Category.objects.filter(slug=value))


def _on_topic(papers, value):
    rows = Publication.topics.through.objects.filter(topic__slug=value)
    return papers.filter(pk__in=rows.values("publication"))


def _by_author(papers, value):
    rows = Authorship.objects.filter(author__slug=value)
    return papers.filter(pk__in=rows.values("publication"))


FILTERS = {
    "kind": lambda papers, value: papers.filter(kind=value),
    "year": _of_years,
    "category": _of_category,
    "topic": _on_topic,
    "venue": lambda papers, value: papers.filter(venue__slug=value),
    "author": _by_author,
}


def _leading():
    """Return the owner's places on papers where it is the first, or equal to all before it."""
    before = Authorship.objects.filter(
        publication=OuterRef("publication"), position__lt=OuterRef("position")
    )
    is_equal = Q(equal_contribution=True) & ~Exists(before.filter(equal_contribution=False))
    return Authorship.objects.filter(~Exists(before) | is_equal, author__is_owner=True)
