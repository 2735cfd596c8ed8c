"""Text as a reader sees it: lines made of runs, each in one style.

HTML tags inside a line count like their Markdown counterparts, so that `**Jane**`,
`<b>Jane</b>` and `<strong>Jane</strong>` are one thing to what reads an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

STRONG, EM, UNDERLINE, CODE, SUP, SUB, RED, MATH = [
    "strong",
    "em",
    "underline",
    "code",
    "sup",
    "sub",
    "red",
    "math",
]
STYLES = {
    "strong": STRONG,
    "b": STRONG,
    "em": EM,
    "i": EM,
    "cite": EM,
    "u": UNDERLINE,
    "ins": UNDERLINE,
    "code": CODE,
    "sup": SUP,
    "sub": SUB,
}
# Who sets a word in red does so by one of these.
RED_COLOURS = re.compile(
    r"\b(red|crimson|darkred|firebrick|orangered|tomato)\b|#([c-f][0-9a-f])0{4}\b|#[c-f]00\b", re.I
)


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; `href` is set inside a link, `image` for a picture."""

    text: str
    styles: frozenset[str] = frozenset()
    href: str | None = None
    image: str | None = None

    def __contains__(self, style: str) -> bool:
        return style in self.styles


Line = tuple[Run, ...]


def plain_text(line: Iterable[Run]) -> str:
    """Return the visible text of a line, its white space collapsed."""
    return " ".join("".join(run.text for run in line).split())


def says_something(line: Iterable[Run]) -> bool:
    """Return whether there is a word in a line."""
    return bool(re.search(r"\w", plain_text(line)))


def joined(lines: Iterable[Line]) -> Line:
    """Return several lines as one, a space between them."""
    runs: list[Run] = []
    for line in lines:
        if runs and line:
            runs.append(Run(" "))
        runs += line
    return tuple(runs)
