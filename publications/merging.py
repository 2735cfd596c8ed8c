"""Two rows that are one work become one: `plan` says where they differ, `merge` does it.

The other row goes to the trash as it is, so that nothing is lost and a later import finds it
there; its address leads to the one that stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from homepage.common.history import FOUND
from homepage.common.history_bulk import keep_many

from . import redirects
from .author_lines import line_of
from .changes import AUTHORSHIP_FIELDS
from .models import Authorship, Publication, PublicationLink, Visibility

# What a person chooses between, where both have something and it differs.
FIELDS = (
    "title kind category status venue year month day volume number pages publisher doi arxiv_id "
    "isbn issn citation_key award note abstract language pdf image"
).split()
AUTHORS = "authors"
WITH_AUTHORS = ("authors_prefix", "and_others", "conjunction")


class StaleMerge(Exception):
    """One of the papers was changed since its fields were shown."""


@dataclass(frozen=True)
class Choice:
    """One field in which the two differ; `takes` is the row whose value is proposed."""

    name: str
    label: str
    first: str
    second: str
    takes: int

    @property
    def is_open(self) -> bool:
        """Return whether there is anything to decide: both say something."""
        return bool(self.first and self.second)


@dataclass(frozen=True)
class MergePlan:
    first: Publication
    second: Publication
    choices: tuple[Choice, ...]
    keeps: int

    @property
    def token(self) -> str:
        """Return what is another text once one of the two has changed."""
        return f"{self.first.version}.{self.second.version}"

    @property
    def open(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.is_open]

    @property
    def settled(self) -> list[Choice]:
        return [choice for choice in self.choices if not choice.is_open]


def plan(first: Publication, second: Publication) -> MergePlan:
    """Return where two papers differ. Reads only."""
    keeps = _better(first, second)
    choices = [
        Choice(name, label, one, two, _takes(name, one, two, first, second, keeps))
        for name, label in _labels()
        if (one := _text(first, name)) != (two := _text(second, name))
    ]
    return MergePlan(first, second, tuple(choices), keeps.pk)


def merge(
    keep: Publication, other: Publication, takes: Mapping[str, int], token: str, user=None
) -> None:
    """Make `keep` what was chosen, put `other` in the trash, lead its address to `keep`.

    `takes` names, for each field in which they differ, the row whose value is taken. Raises
    StaleMerge, and changes nothing, if one of them was changed meanwhile.
    """
    with transaction.atomic():
        rows = Publication.objects.select_for_update().in_bulk([keep.pk, other.pk])
        keep, other = rows[keep.pk], rows[other.pk]
        found = plan(*sorted((keep, other), key=lambda row: row.pk))
        if token != found.token:
            raise StaleMerge
        keep_many(Publication, [keep.pk, other.pk], FOUND)
        takes = {choice.name: takes.get(choice.name, choice.takes) for choice in found.choices}
        taken = [name for name, pk in takes.items() if pk == other.pk]
        values = _values(other, taken)
        other.visibility = Visibility.TRASH
        if "citation_key" in taken:
            other.citation_key = ""  # no two papers have one
        was_shown = keep.is_public or rows[other.pk].visibility == Visibility.PUBLIC
        _save(other)
        for name, value in values.items():
            setattr(keep, name, value)
        keep.selected |= other.selected
        if was_shown:
            keep.visibility = Visibility.PUBLIC
        _save(keep)
        if AUTHORS in taken:
            _take_authors(keep, other)
        _add_links(keep, other)
        keep.topics.add(*other.topics.all())
        keep.different_from.remove(other)
        keep.update_search_text()
        redirects.lead(other.get_absolute_url(), keep.get_absolute_url(), user)
        keep_many(Publication, [keep.pk], f"Merged with number {other.pk}.", user)
        keep_many(Publication, [other.pk], f"Merged into number {keep.pk}.", user)


def call_different(first: Publication, second: Publication) -> None:
    """Remember that two papers which look like one are two."""
    first.different_from.add(second)


def _labels():
    yield "title", "Title"
    yield AUTHORS, "Authors"
    for name in FIELDS[1:]:
        label = str(Publication._meta.get_field(name).verbose_name)
        yield name, label[:1].upper() + label[1:]


def _text(paper, name):
    if name == AUTHORS:
        return line_of(paper)
    value = getattr(paper, name)
    if name in ("pdf", "image"):
        return value.name or ""
    if name in ("kind", "status"):
        return getattr(paper, f"get_{name}_display")()
    return "" if value is None else str(value)


def _better(first, second):
    """Return the row to keep: the public one, then the published one, then the older one."""

    def rank(paper):
        return (paper.is_public, bool(paper.venue_id), bool(paper.doi), -paper.pk)

    return max(first, second, key=rank)


def _takes(name, one, two, first, second, keeps):
    if not one or not two:
        return (first if one else second).pk
    return keeps.pk


def _values(other, taken):
    values: dict[str, Any] = {}
    for name in taken:
        for field in WITH_AUTHORS if name == AUTHORS else [name]:
            values[field] = getattr(other, field)
    return values


def _save(paper):
    paper.version += 1
    paper.save()


def _take_authors(keep, other):
    keep.authorships.all().delete()
    Authorship.objects.bulk_create(
        Authorship(
            publication=keep,
            position=row.position,
            **{name: getattr(row, name) for name in AUTHORSHIP_FIELDS},
        )
        for row in other.authorships.all()
    )


def _add_links(keep, other):
    links = list(keep.links.all())
    known = {link.target for link in links}
    last = max((link.position for link in links), default=0)
    new = [link for link in other.links.all() if link.target not in known]
    PublicationLink.objects.bulk_create(
        PublicationLink(
            publication=keep, position=last + step, label=link.label, url=link.url, file=link.file
        )
        for step, link in enumerate(new, 1)
    )
