"""A page cut at its headings: what stands under each, with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from homepage.common.markdown import plain
from publications.formats.handwritten import PUBLICATIONS, Chunk
from publications.formats.handwritten.blocks import top_level

EMPTY_TAG = re.compile(r"<(i|span|a)\b[^<>]*>\s*</\1>", re.I)
YEAR_HEADING = re.compile(r"\W*((?:19|20)\d\d)\W*")


@dataclass(frozen=True)
class Part:
    """A heading (level 0 and empty before the first) and the source lines under it, half-open.

    `start` is the first line behind the heading, `line` the heading's own (0-based).
    """

    level: int
    title: str
    line: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    headings: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """Return the year that this heading is, if it is nothing else."""
        match = YEAR_HEADING.fullmatch(plain(self.title))
        return int(match[1]) if match else None

    @property
    def chunk(self) -> Chunk:
        return Chunk(tuple(map(plain, self.headings)), self.tokens)


def parts(tokens: Sequence[Token], length: int, title: str = "") -> list[Part]:
    """Return the parts of a page of `length` lines; together they hold every token.

    All of them stand under the page's `title`, if it has one.
    """
    found = [Part(0, "", 0, 0, length, ())]
    begin = index = 0
    for token, children in top_level(tokens):
        end = index + 1 + len(children) + (1 if token.nesting else 0)
        if token.type == "heading_open":
            level, heading = int(token.tag[1]), _heading(children[0].content)
            found[-1] = replace(found[-1], end=token.map[0], tokens=tuple(tokens[begin:index]))
            found.append(Part(level, heading, token.map[0], token.map[1], length, ()))
            begin = end
        index = end
    found[-1] = replace(found[-1], tokens=tuple(tokens[begin:index]))
    return _with_headings(found, title)


def _heading(source):
    """Return the source of a heading as one line, without tags that only draw an icon."""
    return " ".join(EMPTY_TAG.sub("", source).split())


def _with_headings(found, title):
    """Give each part the headings that it stands under, outermost first, its own included."""
    path: list[tuple[int, str]] = []
    result = []
    for part in found:
        path = [item for item in path if item[0] < part.level]
        path.append((part.level, part.title))
        headings = (title, *(heading for _, heading in path))
        result.append(replace(part, headings=tuple(filter(None, headings))))
    return result


def section_level(found: Sequence[Part]) -> int:
    """Return the heading level that cuts the page into sections.

    It is the highest one used, unless that is the page's own title: a single heading before
    any other, which names no list.
    """
    headings = [part for part in found if part.level]
    if not headings:
        return 0
    top = min(part.level for part in headings)
    deeper = [part.level for part in headings if part.level > top]
    is_single = [part.level for part in headings].count(top) == 1 and headings[0].level == top
    if is_single and deeper and not PUBLICATIONS.search(plain(headings[0].title)):
        return min(deeper)
    return top
