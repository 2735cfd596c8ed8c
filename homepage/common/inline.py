"""Titles and other single lines: emphasis, code and math; the rest is text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from .characters import FORBIDDEN, line
from .mathml import to_mathml
from .raw_html import tag_name

EMPHASIS = frozenset("em strong sub sup code i b u".split())
# Tags of old pages that only dress or anchor a heading: gone, their text stays. Any other
# tag in a title is meant as text: `How <video> works`, `Vec<T>`.
DROPPED = frozenset("a abbr big center div font img mark nobr p small span tt".split())
# (kind, text) where kind is "text", "code", "math", "start" or "end".
Piece = tuple[str, str]

MARKS = re.compile(r"[\\`*_$\[\]<&!]")


def pieces(source: str) -> Iterator[Piece]:
    """Yield what a line of Markdown shows. Tags are balanced."""
    source = line(source)
    if not MARKS.search(source):  # as in most titles
        if source:
            yield "text", source
        return
    opened: list[str] = []
    for kind, text in _pieces(source):
        if kind == "start":
            opened.append(text)
            yield kind, text
        elif kind == "end":
            if text in opened:
                while (last := opened.pop()) != text:
                    yield "end", last
                yield "end", text
        else:
            # An entity may stand for a character that no text has.
            yield kind, FORBIDDEN.sub("", text)
    for text in reversed(opened):
        yield "end", text


def _pieces(source):
    from .parsing import inline_parser  # large, and most lines need none

    (block,) = inline_parser().parseInline(source, {})
    for token in block.children or ():
        if token.type in ("text", "text_special"):
            yield "text", token.content
        elif token.type == "code_inline":
            yield "code", token.content
        elif token.type == "math_inline":
            yield "math", token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield "text", " "
        elif token.type == "image":
            yield from _children_text(token)
        elif token.type == "html_inline":
            yield from _tag(token.content)
        elif token.type in ("em_open", "strong_open"):
            yield "start", token.tag
        elif token.type in ("em_close", "strong_close"):
            yield "end", token.tag


def _children_text(image):
    for token in image.children or ():
        yield "text", token.content if token.type != "image" else ""
        if token.type == "image":
            yield from _children_text(token)


def _tag(source):
    name, closes = tag_name(source)
    if name in EMPHASIS:
        yield "end" if closes else "start", name
    elif name == "br":
        yield "text", " "
    elif name not in DROPPED and not source.startswith("<!--"):
        yield "text", source


def to_html(source: str) -> str:
    """Return the HTML of a line. It is made of known tags and escaped text only."""
    shown = []
    for kind, text in pieces(source):
        if kind == "start":
            shown.append(f"<{text}>")
        elif kind == "end":
            shown.append(f"</{text}>")
        elif kind == "math" and (formula := to_mathml(text)):
            shown.append(formula)
        elif kind in ("code", "math"):
            shown.append(f"<code>{html.escape(text)}</code>")
        else:
            shown.append(html.escape(text))
    return "".join(shown)


def to_text(source: str) -> str:
    """Return the text of a line: no marks, no tags, math as its TeX."""
    return line("".join(text for kind, text in pieces(source) if kind not in ("start", "end")))


def escape(text: str) -> str:
    """Return a source that shows exactly `text`, changed only where it must be."""
    text = line(text)
    for source in (text, _escape_likely(text)):
        if _shows(source, text):
            return source
    return MARKS.sub(r"\\\g<0>", text)


def _escape_likely(text):
    """Escape what can begin or end a mark here, and leave the rest of the text readable."""
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~])|[`*$\]]|<(?=[A-Za-z/!?])", r"\\\g<0>", text)
    text = re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", text)
    return re.sub(r"&(?=#?\w+;)", r"\\&", text)


def _shows(source, text):
    return all(kind == "text" for kind, _ in pieces(source)) and to_text(source) == text
