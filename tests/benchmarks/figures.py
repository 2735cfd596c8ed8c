"""One figure of a benchmark: what is ours, what is the rival's, and how far it may go."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A ratio, ours to theirs; `least` or `most` is the promise, if there is one."""

    name: str
    ratio: float
    least: float | None = None
    most: float | None = None

    @property
    def is_kept(self) -> bool:
        return (self.least or 0) <= self.ratio <= (self.most or float("inf"))

    def __str__(self) -> str:
        promise = f"at least {self.least}" if self.least else f"at most {self.most}"
        promised = f" ({promise}{'' if self.is_kept else ': NOT KEPT'})"
        return f"{self.ratio:8.2f} x  {self.name}{promised if self.least or self.most else ''}"


def median_ratio(ours: Iterable[float], theirs: Iterable[float]) -> float:
    """Return the median of the rounds' ratios: each round had the same machine to itself."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
