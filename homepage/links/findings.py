"""What a link check finds out."""

from __future__ import annotations

from dataclasses import dataclass

GOOD, UNSURE, BROKEN = "good", "unsure", "broken"


@dataclass(frozen=True)
class Finding:
    """What became of one link; `problem` is a sentence."""

    url: str
    state: str
    problem: str = ""
    is_unreachable: bool = False
