"""Every address of publications that needs no query: lists, papers, and both as files."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple

from django.db.models import Count, Max
from django.urls import get_script_prefix, reverse

from .choices import Choice, choices
from .facets import FACETS, ListState
from .formats import EXCHANGED
from .listing import PAGE_SIZE
from .models import Category, Publication

# By facet.
Choices = Mapping[str, Sequence[Choice]]
SLUG = "SLUG"


class Address(NamedTuple):
    """An address that answers, as links have it; `is_indexed`: search engines are to know it.

    `modified` is the last change of what is shown there. `state` is the list that it shows a page
    of, or all.
    """

    path: str
    modified: datetime | None = None
    is_indexed: bool = False
    state: ListState | None = None


class PaperKnown(NamedTuple):
    """What tells the addresses of a paper."""

    key: int
    slug: str
    is_doubted: bool
    has_pdf: bool
    modified: datetime | None = None


def addresses() -> Iterator[Address]:
    """Yield every address of publications, in the same number of queries for any number of them."""
    yield from lists()
    for paper in papers("modified"):
        page, *files = paper_paths(paper.slug, paper.is_doubted, paper.has_pdf)
        yield Address(page, paper.modified, not paper.is_doubted)
        for path in files:
            yield Address(path, paper.modified)


def lists(found: Choices | None = None, *, with_files: bool = True) -> Iterator[Address]:
    """Yield every address of a list, those of one list in turn, its pages first.

    `found` are the choices of the list of all, if they are known. Files and feeds may be left out.
    """
    shown = Publication.objects.public().aggregate(count=Count("pk"), last=Max("modified"))
    is_indexed = shown["count"] > 0
    yield from _pages(ListState(), shown["count"], shown["last"], is_indexed, with_files)
    if found is None:
        found = choices(ListState(), {category.pk: category for category in Category.objects.all()})
    for facet in FACETS:
        for choice in found[facet]:
            state = ListState(**{facet: choice.value})
            is_indexed = facet != "author" or choice.is_owner
            yield from _pages(state, choice.count, choice.modified, is_indexed, with_files)


def papers(*dated: str) -> Iterator[PaperKnown]:
    """Yield all papers that have an address, the newest first; `"modified"`: with their dates."""
    rows = Publication.objects.public().newest_first()
    for key, slug, doubts, pdf, *dates in rows.values_list(
        "pk", "slug", "doubts", "pdf", *dated
    ).iterator(chunk_size=500):
        yield PaperKnown(key, slug, bool(doubts), bool(pdf), *dates)


def paper_paths(slug: str, is_doubted: bool, has_pdf: bool) -> list[str]:
    """Return the addresses of a paper, its page first."""
    patterns = _patterns(is_doubted, has_pdf, get_script_prefix())
    return [pattern.replace(SLUG, slug) for pattern in patterns]


@functools.lru_cache(maxsize=16)
def _patterns(is_doubted, has_pdf, prefix):
    """Return the addresses of a paper of that slug; asking for each takes longer than all else."""
    suffixes = () if is_doubted else EXCHANGED
    return [
        reverse("publications:detail", args=[SLUG]),
        *(reverse("publications:detail-file", args=[SLUG, suffix]) for suffix in suffixes),
        *([reverse("paper", args=[SLUG])] if has_pdf else []),
    ]


def _pages(state, count, modified, is_indexed, with_files):
    first, *others = _list_paths(state)
    yield Address(first, modified, is_indexed, state)
    for page in range(2, ceil(count / PAGE_SIZE) + 1):
        shown = state.with_(page=page)
        yield Address(shown.url(), modified, is_indexed, shown)
    for path in others if with_files else ():
        yield Address(path, modified, state=state)


def _list_paths(state):
    """Return the addresses of a list, its first page first."""
    facet, value = next(iter(state.facets.items()), ("", ""))
    if facet and state.has_path:
        patterns = _list_patterns(facet, get_script_prefix())
        return [pattern.replace(SLUG, value) for pattern in patterns]
    return [state.url(), *map(state.file_url, EXCHANGED), state.feed_url()]


@functools.lru_cache(maxsize=16)
def _list_patterns(facet, prefix):
    """Return the addresses of a list of that value; asking for each takes longer than all else."""
    return [
        reverse("publications:facet", args=[facet, SLUG]),
        *(reverse("publications:facet-file", args=[facet, SLUG, end]) for end in EXCHANGED),
        reverse("publications:facet-feed", args=[facet, SLUG]),
    ]
