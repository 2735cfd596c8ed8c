"""Every address of publications that needs no query: lists, papers, and both as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db.models import Count, Max
from django.urls import reverse

from .choices import Choice, choices
from .facets import FACETS, ListState
from .formats import EXCHANGED
from .listing import PAGE_SIZE
from .models import Category, Publication

# By facet.
Choices = Mapping[str, Sequence[Choice]]


@dataclass(frozen=True, slots=True)
class Address:
    """An address that answers, as links have it; `is_indexed`: search engines are to know it.

    `modified` is the last change of what is shown there. `paper` is the slug of the one paper
    that it is about, `state` the list that it shows a page of, or all.
    """

    path: str
    modified: datetime | None = None
    is_indexed: bool = False
    paper: str = ""
    state: ListState | None = None


def addresses(found: Choices | None = None) -> Iterator[Address]:
    """Yield every address of publications, in the same number of queries for any number of them.

    `found` are the choices of the list of all, if they are known.
    """
    yield from _lists(found)
    yield from _papers()


def _lists(found):
    shown = Publication.objects.public().aggregate(count=Count("pk"), last=Max("modified"))
    yield from _pages(ListState(), shown["count"], shown["last"], shown["count"] > 0)
    if found is None:
        found = choices(ListState(), {category.pk: category for category in Category.objects.all()})
    for facet in FACETS:
        for choice in found[facet]:
            state = ListState(**{facet: choice.value})
            is_indexed = facet != "author" or choice.is_owner
            yield from _pages(state, choice.count, choice.modified, is_indexed)


def _pages(state, count, modified, is_indexed):
    for page in range(1, max(1, ceil(count / PAGE_SIZE)) + 1):
        shown = state.with_(page=page)
        yield Address(shown.url(), modified, is_indexed, state=shown)
    for suffix in EXCHANGED:
        yield Address(state.file_url(suffix), modified, state=state)
    yield Address(state.feed_url(), modified, state=state)


def _papers():
    papers = Publication.objects.public().newest_first()
    page, pdf, files = _patterns()
    for slug, modified, doubts, has_pdf in papers.values_list("slug", "modified", "doubts", "pdf"):
        yield Address(page.replace(SLUG, slug), modified, not doubts, paper=slug)
        for file in files if not doubts else ():
            yield Address(file.replace(SLUG, slug), modified, paper=slug)
        if has_pdf:
            yield Address(pdf.replace(SLUG, slug), modified, paper=slug)


SLUG = "SLUG"


def _patterns():
    """Return the addresses of a paper of that slug; asking for each takes longer than all else."""
    files = [reverse("publications:detail-file", args=[SLUG, suffix]) for suffix in EXCHANGED]
    return reverse("publications:detail", args=[SLUG]), reverse("paper", args=[SLUG]), files
