"""The fields in which a row and a source differ, as people read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..models import Kind, Status
from ..planning import Item
from ..preprints import APPEARANCE

LABELS = {"doi": "DOI", "arxiv_id": "arXiv id", "isbn": "ISBN", "issn": "ISSN"}
CHOICES = {"kind": dict(Kind.choices), "status": dict(Status.choices)}


@dataclass(frozen=True)
class Difference:
    """One field: what stands here, what the source says, and whether its box is ticked."""

    name: str
    label: str
    old: str
    new: str
    ticked: bool = False


def differences(
    item: Item, pairs: Mapping[str, tuple[Any, Any]], categories: Mapping[str, str]
) -> list[Difference]:
    """Return the fields of an item that its merge took, or kept; its place is no news."""
    return [
        Difference(
            name,
            LABELS.get(name, name.replace("_", " ").capitalize()),
            text_of(name, old, categories),
            text_of(name, new, categories),
            # What was a preprint and has appeared is best said as it is now.
            ticked=item.is_publishing and name in APPEARANCE,
        )
        for name, (old, new) in pairs.items()
        if name != "position"
    ]


def text_of(name: str, value: Any, categories: Mapping[str, str] | None = None) -> str:
    """Return a value of a field as people read it."""
    if not value:
        return ""
    if name == "venue":
        venue, acronym = value
        return f"{venue} ({acronym})" if acronym else venue
    if name == "authors":
        return ", ".join(f"{printed}{marks}" for printed, marks, *_ in value)
    if name == "category":
        return (categories or {}).get(value, value)
    if value is True:
        return "yes"
    return CHOICES.get(name, {}).get(value, str(value))
