"""The author list of a paper as a page sets it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .display import Signature


@dataclass(frozen=True)
class Run:
    """What is set alike: names in plain text, or one name that is more; else the list folds here.

    Most names of most lists need nothing of their own: one by one they would take the longest part
    of rendering a page.
    """

    text: str = ""
    name: Signature | None = None


def runs(names: Sequence[Signature], conjunction: str, fold_at: int | None) -> Iterator[Run]:
    """Yield the names with what parts them; `conjunction` stands before the last."""
    text = ""
    for place, name in enumerate(names):
        if place == fold_at:
            if text:
                yield Run(text)
            yield Run()
            text = ""
        if name.is_plain:
            text += name.name
        else:
            if text:
                yield Run(text)
            yield Run(name=name)
            text = ""
        is_before_last = place == len(names) - 2
        text += f" {conjunction} " if conjunction and is_before_last else name.comma
    if text:
        yield Run(text)
