"""Several venues, headings or topics that are one become one; all that refers to them follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F
from django.urls import reverse
from django.utils.timezone import now

from homepage.common.history_bulk import keeping, referring

from . import redirects
from .models import Category, Publication, Topic, Venue
from .rows import batches

# How a paper refers to them, what the one that stays takes over where it has nothing itself.
FIELDS = {Venue: "venue", Category: "category", Topic: "topics"}
FILLED = {Venue: ("acronym", "url"), Category: ("intro", "default_kind"), Topic: ()}
# The word of their list in an address.
FACETS = {Venue: "venue", Category: "category", Topic: "topic"}

Row = Venue | Category | Topic


@dataclass(frozen=True)
class CataloguePlan:
    """Which rows of one model would become one; `papers` counts those of each by its id."""

    rows: tuple[Row, ...]
    papers: dict[int, int]
    keeps: int

    @property
    def token(self) -> str:
        """Return what is another text once one of them has other papers."""
        return ".".join(f"{pk}-{count}" for pk, count in sorted(self.papers.items()))


def plan(rows: Sequence[Row]) -> CataloguePlan:
    """Return what merging rows would do. Reads only."""
    counted = type(rows[0]).objects.filter(pk__in=[row.pk for row in rows])
    papers = dict(counted.order_by().annotate(n=Count("publications")).values_list("pk", "n"))
    keeps = max(rows, key=lambda row: (papers[row.pk], -row.pk))
    return CataloguePlan(tuple(rows), papers, keeps.pk)


def merge(keep: Row, others: Sequence[Row], user=None) -> int:
    """Make `others` part of `keep`; return how many papers followed. Their pages lead to its."""
    model, keys = type(keep), [other.pk for other in others]
    with transaction.atomic():
        papers = list(_papers_of(model, keys).values_list("pk", flat=True))
        follow = referring(model, keys)
        changed = {model: [keep.pk, *keys], Publication: papers}
        names = ", ".join(f"“{other}”" for other in others)
        with keeping({**follow, **changed}, f"{names} and “{keep}” became one.", user):
            _move(keep, keys, papers, follow)
            model.objects.filter(pk__in=keys).delete()
            _fill(keep, others)
            for other in others:
                redirects.lead(_page(other), _page(keep), user)
            for some in batches(papers):
                rows = Publication.objects.filter(pk__in=some)
                rows.update(version=F("version") + 1, modified=now())
                rows.refresh_search_text()
    return len(papers)


def _papers_of(model, keys):
    return Publication.objects.filter(**{f"{FIELDS[model]}__in": keys}).distinct().order_by("pk")


def _move(keep, keys, papers, follow):
    """Have `keep` where the others stood; where one stands among several, deleting takes it out."""
    for relation in keep._meta.related_objects:
        name, other = relation.field.name, relation.related_model
        if relation.many_to_many:
            for row in other.objects.filter(pk__in=follow.get(other, ())):
                getattr(row, name).add(keep)
        else:
            for some in batches(papers):
                other.objects.filter(pk__in=some).update(**{name: keep})


def _fill(keep, others):
    """Take over what the one that stays lacks, if it makes it no other's twin."""
    for name in FILLED[type(keep)]:
        for other in others:
            if not getattr(keep, name):
                setattr(keep, name, getattr(other, name))
    if isinstance(keep, Venue):
        twins = Venue.objects.filter(name=keep.name, acronym=keep.acronym).exclude(pk=keep.pk)
        if twins.exists():
            keep.acronym = ""
    keep.save()


def _page(row):
    return reverse("publications:facet", args=[FACETS[type(row)], row.slug])
