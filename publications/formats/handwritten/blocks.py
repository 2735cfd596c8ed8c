"""From Markdown tokens to entries: styled lines, whatever mark-up made the line breaks.

Tokens are those of `homepage.common.markdown.parser()`; HTML tags inside a line count like
their Markdown counterparts, so that `**Jane**`, `<b>Jane</b>` and `<strong>Jane</strong>`
are one thing to what reads an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from markdown_it.token import Token

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


@dataclass(frozen=True)
class Block:
    """One candidate entry: its lines, its place in the source (0-based, half-open) and its text.

    `odd` holds when it contains something that is no text line (a table, a code block, HTML).
    """

    lines: tuple[Line, ...]
    first: int
    last: int
    text: str
    odd: bool = False

    @property
    def line(self) -> int:
        """Return the line it starts at, counted from 1."""
        return self.first + 1


@dataclass(frozen=True)
class Group:
    """Blocks that stand together: the items of a list, or paragraphs."""

    blocks: tuple[Block, ...]
    is_list: bool

    @property
    def first(self) -> int:
        return self.blocks[0].first

    @property
    def last(self) -> int:
        return self.blocks[-1].last


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


def groups(tokens: Sequence[Token], source: Sequence[str]) -> list[Group]:
    """Return the lists and the runs of paragraphs among top-level `tokens`, in order.

    `source` holds the lines of the whole page, which the tokens' maps count from 0.
    """
    found: list[tuple[list[Block], bool]] = []
    previous = ""
    for token, children in top_level(tokens):
        kind = token.type
        if kind in {"bullet_list_open", "ordered_list_open"}:
            blocks = [_block(part, item.map, source) for item, part in top_level(children)]
        elif kind == "paragraph_open":
            blocks = [_block(children, token.map, source)]
        else:
            if not is_invisible(token):
                previous = ""
            continue
        if kind == previous:
            found[-1][0].extend(blocks)
        else:
            found.append((blocks, kind != "paragraph_open"))
        previous = kind
    return [Group(tuple(blocks), is_list) for blocks, is_list in found]


def top_level(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Yield each outermost token with the tokens it encloses."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = index
        depth = token.nesting
        while depth > 0:
            end += 1
            depth += tokens[end].nesting
        yield token, tokens[index + 1 : end]
        index = end + 1


def is_invisible(token: Token) -> bool:
    """Return whether a reader of the page sees nothing of this block, a line break apart."""
    return (
        token.type == "html_block"
        and not re.sub(
            r"<!--.*?-->|</?(br|hr|p|div|a|span)\b[^>]*>", "", token.content, flags=re.S | re.I
        ).strip()
    )


def _block(tokens, span, source):
    first, last = span
    lines = []
    odd = False
    for token in tokens:
        if token.type == "inline":
            lines += inline_lines(token.children or [])
        elif (
            token.type in {"fence", "code_block", "table_open"}
            or token.type == "html_block"
            and not is_invisible(token)
        ):
            odd = True
    text = "\n".join(source[first:last])
    while last > first and not source[last - 1].strip():
        last -= 1
    return Block(tuple(lines), first, last, _without_marker(text), odd)


def _without_marker(text):
    """Return an item's source without its bullet or number and the indent that goes with it."""
    marker = re.match(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+", text)
    if not marker:
        return text.strip()
    indent = re.compile(rf"^[ \t]{{1,{len(marker[0].expandtabs(4))}}}")
    first, *others = text[marker.end() :].split("\n")
    return "\n".join([first, *(indent.sub("", line, count=1) for line in others)]).strip()


def inline_lines(children: Sequence[Token]) -> list[Line]:
    """Return the lines of an inline token's children; empty lines are left out.

    Every kind of line break counts: two spaces, backslashes, `<br>`, a plain newline. A plain
    newline inside emphasis or a link only wraps it.
    """
    lines: list[list[Run]] = [[]]
    reader = _InlineReader(lines)
    for token in children:
        reader.read(token)
    return [line for line in map(_tidy, lines) if line]


class _InlineReader:
    def __init__(self, lines):
        self.lines = lines
        self.open: list[tuple[str, str]] = []  # (tag, style) of what is open around the text
        self.hrefs: list[str] = []

    def read(self, token):
        kind = token.type
        if kind in {"text", "text_special"}:
            self.add(token.content)
        elif kind == "code_inline":
            self.add(token.content, {CODE})
        elif kind in {"math_inline", "math_inline_double"}:
            self.add(token.content, {MATH})
        elif kind == "image":
            alt = "".join(child.content for child in token.children or [])
            self.add(alt, image=token.attrGet("src") or "")
        elif kind == "hardbreak" or (kind == "softbreak" and not (self.open or self.hrefs)):
            self.lines.append([])
        elif kind == "softbreak":
            self.add(" ")
        elif kind == "link_open":
            self.hrefs.append(token.attrGet("href") or "")
        elif kind == "link_close":
            self.close_link()
        elif kind == "html_inline":
            _TagReader(self).feed(token.content)
        elif kind.endswith("_open"):
            self.open.append((token.tag, STYLES.get(token.tag, "")))
        elif kind.endswith("_close"):
            self.close(token.tag)

    def add(self, text, styles=frozenset(), image=None):
        around = frozenset(style for _, style in self.open if style)
        href = self.hrefs[-1] if self.hrefs else None
        self.lines[-1].append(Run(text, around | styles, href, image))

    def close(self, tag):
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] == tag:
                del self.open[index]
                return

    def close_link(self):
        if self.hrefs:
            self.hrefs.pop()


class _TagReader(HTMLParser):
    def __init__(self, inline):
        super().__init__(convert_charrefs=True)
        self.inline = inline

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag == "br":
            self.inline.lines.append([])
        elif tag == "img":
            self.inline.add(values.get("alt", ""), image=values.get("src", ""))
        elif tag == "a":
            self.inline.hrefs.append(values.get("href", ""))
        elif tag in {"font", "span"}:
            colour = f"{values.get('color', '')} {values.get('style', '')}"
            self.inline.open.append((tag, RED if RED_COLOURS.search(colour) else ""))
        elif tag in STYLES:
            self.inline.open.append((tag, STYLES[tag]))

    def handle_endtag(self, tag):
        if tag == "a":
            self.inline.close_link()
        else:
            self.inline.close(tag)


def _tidy(runs):
    """Return a line without outer white space, typed line-break backslashes and empty runs."""
    line = [replace(run, text=re.sub(r"\s+", " ", run.text)) for run in runs]
    while line and line[-1].image is None and not line[-1].text.rstrip(" \\"):
        line.pop()
    if line and line[-1].image is None and MATH not in line[-1]:
        line[-1] = replace(line[-1], text=line[-1].text.rstrip(" \\"))
    while line and line[0].image is None and not line[0].text.strip():
        line.pop(0)
    if line:
        line[0] = replace(line[0], text=line[0].text.lstrip())
    return tuple(run for run in line if run.text or run.image is not None or run.href)
