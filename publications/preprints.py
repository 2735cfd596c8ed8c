"""A preprint and its published version are one work, and one row.

What appears brings its kind, venue, date and DOI along; a preprint read later takes nothing
of that back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from homepage.common.text import fold

from .models import Kind

# Prefix of the DOIs that arXiv gives (https://info.arxiv.org/help/doi.html).
ARXIV_DOI = "10.48550/arxiv."
# Fields that say where and when a work appeared.
APPEARANCE = frozenset(
    "kind category status venue_prefix venue year month day volume number pages publisher "
    "doi".split()
)


def is_publishing(old: Any, new: Any) -> bool:
    """Return whether `old` is a preprint, and `new`, of the same work, is none."""
    return old.kind == Kind.PREPRINT and new.kind not in {"", Kind.PREPRINT}


def own_doi(record: Any) -> str:
    """Return the DOI that tells a work from others: arXiv's is that of the preprint alone."""
    doi = record.doi.lower()
    return "" if doi.startswith(ARXIV_DOI) else doi


def share_an_author(ones: Iterable[Any], others: Iterable[Any]) -> bool:
    """Return whether two lists of names share a family name; True where one names nobody."""
    names = set(_families(ones)), set(_families(others))
    return not all(names) or bool(names[0] & names[1])


def _families(authors):
    return (fold(name.family or name.literal) for name in authors)


def publishing_base(
    base: Mapping[str, Any], ours: Mapping[str, Any], said: Iterable[Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Return the base for merging the published version into the row of a preprint.

    What stands here just as some source (`said`) gave it was not edited by the owner, so that
    it follows, whichever format that source had; arXiv's DOI always does.
    """
    said = list(said)
    untouched = {
        name: ours[name] for name in APPEARANCE if any(ours[name] == one[name] for one in said)
    }
    if ours["doi"].lower().startswith(ARXIV_DOI):
        untouched["doi"] = ours["doi"]
    return {**base, **untouched}


def without_appearance(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a preprint says of a work that has appeared since."""
    return {name: value for name, value in values.items() if name not in APPEARANCE}
