"""A page cut at its headings: what stands under each, with its place in the source.

A heading is what a reader takes for one: Markdown's, HTML's, and a short line in bold over a
list that says what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from markdown_it.token import Token

from homepage.common.markdown import parser, plain

from .blocks import MOST_WORDS, YEAR, top_level
from .headings import SURELY, heading_says_what_follows, names_others, names_publications
from .inline import inline_lines
from .labels import is_venue_label
from .reading import Chunk, is_titled
from .runs import CODE, EM, STRONG, UNDERLINE, plain_text

EMPTY_TAG = re.compile(r"<(i|span|a)\b[^<>]*>\s*</\1>", re.I)
HTML_HEADING = re.compile(r"\s*<h([1-6])\b[^<>]*>(.*?)</h\1\s*>\s*", re.I | re.S)
# Below every heading that says how high it is.
LOWEST = 7
# So many of the headings side by side must be titles of papers, and so many at least.
SHARE, FEWEST = 0.6, 2
# What lists something else does so in no more words.
LONGEST_NAME = 5
# “Conference papers”, “Other refereed publications”: alone in a line it heads whatever follows.
NAMES_PAPERS = re.compile(
    r"(?:(?:selected|refereed|peer[- ]reviewed|published|international|domestic|journal|conference|"
    r"workshop|other|recent|working|submitted|book|technical|research|all|and|&|/)\s*)*"
    r"\b(?:papers?|publications?|articles?|preprints?|(?:book )?chapters?|manuscripts?|books?|"
    r"proceedings|reports?|theses|thesis)[\s:]*(?:(?:&|and|/)\s*[a-z]+)?[\s:]*",
    re.I,
)
BREAK = re.compile(r"\s*<br\s*/?>\s*", re.I)
SIZED = re.compile(r"<(?:font|big|span)\b[^<>]*(?:\bsize\b|<big|font-size)[^<>]*>|<big>", re.I)


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

    @cached_property
    def year(self) -> int | None:
        """Return the year that this heading is, if it is nothing else."""
        match = YEAR.fullmatch(plain(self.title))
        return int(match[1]) if match else None

    @cached_property
    def venue(self) -> str:
        """Return the venue that this heading is: “ICML 2023” over the paper that appeared there."""
        text = plain(self.title)
        return text if self.year is None and self.level > 1 and is_venue_label(text) else ""

    @property
    def names_something(self) -> bool:
        """Return whether the heading says what stands under it: no year and no venue does."""
        return self.year is None and not self.venue

    @cached_property
    def year_above(self) -> int | None:
        """Return the year that the part stands under, its own or that above a venue."""
        if not self.venue:
            return self.year
        above = (YEAR.fullmatch(plain(heading)) for heading in reversed(self.headings[:-1]))
        return next((int(match[1]) for match in above if match), None)

    @cached_property
    def category(self) -> str:
        """Return the heading that says what the part holds: no year and no venue."""
        if not self.venue:
            return self.title
        above = [h for h in self.headings[:-1] if not YEAR.fullmatch(plain(h))]
        return above[-1] if above else ""

    @cached_property
    def chunk(self) -> Chunk:
        headings = tuple(map(plain, self.headings))
        return Chunk(headings[:-1] if self.venue else headings, self.tokens, self.venue)


def parts(tokens: Sequence[Token], length: int, title: str = "") -> list[Part]:
    """Return the parts of a page of `length` lines; together they hold every token.

    All of them stand under the page's `title`, if it has one.
    """
    found = [Part(0, "", 0, 0, length, ())]
    for heading, group in _parted(tokens):
        if heading is not None:
            level, text, (first, last) = heading
            found[-1] = replace(found[-1], end=first)
            found.append(Part(level, text, first, last, length, ()))
        found[-1] = replace(found[-1], tokens=(*found[-1].tokens, *group))
    return _with_headings(_joined(found, tokens), title)


def _parted(tokens) -> Iterator[tuple]:
    """Yield each heading as (level, text, lines), or None, with the tokens that follow it."""
    heading, group = None, []
    index = 0
    blocks = list(top_level(tokens))
    for number, (token, children) in enumerate(blocks):
        end = index + 1 + len(children) + (1 if token.nesting else 0)
        following = blocks[number + 1][0] if number + 1 < len(blocks) else None
        if (found := _heading(token, children, following)) is not None:
            yield heading, group
            heading, group = found, []
        else:
            group += tokens[index:end]
        index = end
    yield heading, group


def _heading(token, children, following):
    """Return (level, text, lines) if a block is a heading, else None."""
    if token.type == "heading_open":
        return int(token.tag[1]), _cleaned(children[0].content), token.map
    if token.type == "html_block" and (match := HTML_HEADING.fullmatch(token.content)):
        return int(match[1]), _cleaned(match[2]), token.map
    if token.type == "paragraph_open" and _is_label(children, following):
        return LOWEST, _cleaned(children[0].content), token.map
    return None


def _is_label(children, following):
    """Return whether a paragraph is a short line in bold, or a year, over a list."""
    source = children[0].content if len(children) == 1 else ""
    if not source or len(source) > 400 or following is None:
        return False
    lines = inline_lines(children[0].children or [])
    text = plain_text(lines[0]) if len(lines) == 1 else ""
    if not text or len(text.split()) > MOST_WORDS:
        return False
    if YEAR.fullmatch(text):
        return True
    solid = [run for run in lines[0] if run.text.strip(" :*")]
    is_marked = all(STRONG in run or UNDERLINE in run or EM in run for run in solid)
    is_marked = is_marked and not any(run.href or CODE in run for run in solid)
    is_over_list = following.type in {"bullet_list_open", "ordered_list_open"}
    if NAMES_PAPERS.fullmatch(text) and (is_marked or SIZED.match(source)):
        return True
    return is_marked and is_over_list and heading_says_what_follows(text)


def _cleaned(source):
    """Return the source of a heading as one line, without tags that only draw an icon."""
    source = " ".join(EMPTY_TAG.sub("", source).split())
    if NAMES_PAPERS.fullmatch(plain(BREAK.sub(" ", source)).strip()):
        source = plain(BREAK.sub(" ", source)).strip(" :")
    label = re.fullmatch(r"(\*\*|__|\*|_)(?=\S)([^*_]+?)\s*:?\1\s*:?", source)
    return label[2] if label else source


def _joined(found: list[Part], tokens: Sequence[Token]) -> list[Part]:
    """Join headings that are titles of papers with what stands under them to one list.

    It goes with the part above them, where the heading says what the list is.
    """
    result: list[Part] = []
    for run in _side_by_side(found):
        if len(run) < FEWEST or not result or not _are_titles(run):
            result += run
            continue
        first, last = run[0].line, run[-1].end
        above = result[-1]
        joined = (*above.tokens, *_between(tokens, first, last))
        result[-1] = replace(above, end=last, tokens=joined)
    return result


def _between(tokens, first, last):
    """Return the top-level tokens, with what they enclose, that begin between two lines."""
    kept: list[Token] = []
    index = 0
    for token, children in top_level(tokens):
        end = index + 1 + len(children) + (1 if token.nesting else 0)
        if token.map and first <= token.map[0] < last:
            kept += tokens[index:end]
        index = end
    return kept


def _side_by_side(found) -> Iterator[list[Part]]:
    """Yield the parts, those together that stand side by side at one level."""
    run: list[Part] = []
    for part in found:
        if run and (part.level != run[-1].level or part.level == 0):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _are_titles(run):
    titled = [part for part in run if _may_be_title(part) and _is_entry(part)]
    return len(titled) >= max(FEWEST, SHARE * len(run)) and _may_be_title(run[0])


def _may_be_title(part):
    text = plain(part.title)
    says_what = names_publications([text]) and len(text.split()) < 4
    says_what = says_what or bool(SURELY.search(text))
    # “Self-Supervised Review of Teaching” names no such list: so long a heading is a title.
    names_list = len(text.split()) <= LONGEST_NAME and names_others(text)
    return len(text.split()) > 2 and not (says_what or names_list or part.venue)


def _is_entry(part):
    (inline,) = parser().parseInline(part.title)
    return is_titled(inline_lines(inline.children or []), part.tokens)


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
