"""What is made of a row only once, where somebody shows it in many ways and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")


def keep_made(row: Any) -> None:
    """Say that a row does not change any more: what is made of it is kept with it."""
    row.__dict__.setdefault("_made", {})


def related(row: Any, name: str) -> list[Any]:
    """Return the rows that belong to a row by a relation of that name, which was prefetched."""
    return once(row, ("related", name), lambda: list(getattr(row, name).all()))


def once(row: Any, name: Hashable, make: Callable[[], Made]) -> Made:
    """Return what `make` returns, from the last time if the row keeps it."""
    made = row.__dict__.get("_made")
    if made is None:
        return make()
    if name not in made:
        made[name] = make()
    return made[name]
