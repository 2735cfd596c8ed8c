"""From the tokens of one text to its lines, whatever mark-up made the line breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from markdown_it.token import Token

from .runs import CODE, MATH, RED, RED_COLOURS, STYLES, Line, Run, style_of_class

SPACE = re.compile(r"\s+")


def inline_lines(children: Sequence[Token], *, is_wrapped: bool = False) -> list[Line]:
    """Return the lines of an inline token's children; empty lines are left out.

    Every kind of line break counts: two spaces, backslashes, `<br>`, a plain newline. A plain
    newline inside emphasis or a link only wraps it; in a text that `is_wrapped`, as HTML is,
    only `<br>` breaks a line.
    """
    lines: list[list[Run]] = [[]]
    reader = _InlineReader(lines, is_wrapped)
    for token in children:
        reader.read(token)
    return [line for line in map(_tidy, lines) if line]


class _InlineReader:
    def __init__(self, lines, is_wrapped):
        self.lines = lines
        self.is_wrapped = is_wrapped
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
        elif kind in {"hardbreak", "softbreak"} and self.is_wrapped:
            self.add(" ")
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
            style = RED if RED_COLOURS.search(colour) else style_of_class(values.get("class", ""))
            self.inline.open.append((tag, style))
        elif tag in STYLES:
            self.inline.open.append((tag, STYLES[tag]))

    def handle_endtag(self, tag):
        if tag == "a":
            self.inline.close_link()
        else:
            self.inline.close(tag)


def _tidy(runs):
    """Return a line without outer white space, typed line-break backslashes and empty runs."""
    line = [run.saying(SPACE.sub(" ", run.text)) for run in runs]
    while line and line[-1].image is None and not line[-1].text.rstrip(" \\"):
        line.pop()
    if line and line[-1].image is None and MATH not in line[-1]:
        line[-1] = line[-1].saying(line[-1].text.rstrip(" \\"))
    while line and line[0].image is None and not line[0].text.strip():
        line.pop(0)
    if line:
        line[0] = line[0].saying(line[0].text.lstrip())
    return tuple(run for run in line if run.text or run.image is not None or run.href)
