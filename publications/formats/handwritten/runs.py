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
# What themes call the parts of an entry stands for how they are set.
CLASSES = (
    (re.compile(r"(?:^|[\s_-])(?:pub|paper|article|entry)?[_-]?title\b", re.I), STRONG),
    (re.compile(r"(?:^|[\s_-])(?:badge|tags?|label|pill|category|keywords?)\b", re.I), CODE),
    (re.compile(r"(?:^|[\s_-])(?:venue|journal|periodical|booktitle|conference)\b", re.I), EM),
    (re.compile(r"(?:^|[\s_-])(?:year|date|number|abbr)\b", re.I), CODE),
)
# Who sets a word in red does so by one of these.
RED_COLOURS = re.compile(
    r"\b(red|crimson|darkred|firebrick|orangered|tomato)\b|#([c-f][0-9a-f])0{4}\b|#[c-f]00\b", re.I
)


def style_of_class(names: str) -> str:
    """Return the style that the class of an element stands for, "" for none."""
    return next((style for pattern, style in CLASSES if pattern.search(names)), "")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; `href` is set inside a link, `image` for a picture."""

    text: str
    styles: frozenset[str] = frozenset()
    href: str | None = None
    image: str | None = None

    def __contains__(self, style: str) -> bool:
        return style in self.styles

    def saying(self, text: str) -> Run:
        """Return the run with another text."""
        return self if text == self.text else Run(text, self.styles, self.href, self.image)

    def styled(self, style: str) -> Run:
        """Return the run in one more style."""
        return Run(self.text, self.styles | {style}, self.href, self.image)


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
