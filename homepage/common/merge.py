"""Three-way merge: what the source said last time, what stands here now, what it says today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Merged:
    """The outcome: fields to write, and fields where the owner's edit stays.

    Both map a field to (what stands here, what the source says).
    """

    taken: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    kept: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def merge(base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """Merge `theirs` into `ours`, field by field; `base` is what the source said last time.

    An untouched field follows the source, one that was edited here since stays, and a field
    that the source leaves empty never clears one.
    """
    taken, kept = {}, {}
    for name, new in theirs.items():
        here, last = ours.get(name), base.get(name)
        if _is_empty(new) or new in (here, last):
            continue
        if here == last or _is_empty(here):
            taken[name] = (here, new)
        else:
            kept[name] = (here, new)
    return Merged(taken, kept)


def _is_empty(value):
    return value is None or value == "" or value == () or value == [] or value is False
