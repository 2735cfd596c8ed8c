"""The one place where Markdown becomes HTML: public pages, previews, feeds and exports.

Blocks go through CommonMark, then the sanitiser; MathML comes in last. Lines go piece by
piece into fixed tags. Nothing else in the project marks text as safe HTML.

Parser and sanitiser are loaded by the first text that needs them.
"""

from __future__ import annotations

import functools
import html
import logging
import re
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from . import inline
from .characters import FORBIDDEN, readable

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["escape_inline", "flat", "parser", "plain", "render", "render_inline"]

logger = logging.getLogger(__name__)

FORMULA = re.compile(r'<math alttext="([^"]*)".*?</math>', re.S)
# References to footnotes and the ways back from them.
NOTE = re.compile(r'<sup class="footnote-ref">.*?</sup>|<a class="footnote-backref".*?</a>')
INLINE = re.compile(r"</?(?:a|b|code|del|em|i|ins|kbd|mark|s|small|span|strong|sub|sup|u)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
# A paragraph in which no sign means anything, as in most abstracts, and what is a link in it.
PROSE = re.compile(r"(?!_)[^\W\d](?:[\w ,.;:()%'’“”–—/?-]*[\w.,;:()%?])?")
ADDRESS = re.compile(r"://|www\.|_")
# What begins a heading or a note, in a text of one line.
PLACED = re.compile(r"[#<]|\[\^")

# What the parser and its plug-ins raise where they have a bug.
PARSER_BUGS = (AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


def parser() -> MarkdownIt:
    """Return the parser that everything is read with, whose tokens the readers of lists look at."""
    from . import parsing

    return parsing.parser()


def render(text: str, *, base_level: int = 3, prefix: str = "") -> SafeString:
    """Return the HTML of a Markdown text. Never raises.

    Its highest headings become `h<base_level>`. Ids begin with `h-` and `fn-`; give a `prefix`
    to each where two texts share a page.
    """
    text = str(text or "")
    paragraphs = text.split("\n\n") if text else []
    if all(map(PROSE.fullmatch, paragraphs)) and not ADDRESS.search(text):
        shown = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
        return mark_safe(shown)  # noqa: S308 no sign in it means anything in HTML
    if "\n" not in text and not PLACED.search(text):
        return _rendered(text, 3, "")  # the same wherever it stands
    return _rendered(text, base_level, prefix)


# One page shows the same few texts in several places.
@functools.lru_cache(maxsize=64)
def _rendered(text, base_level, prefix):
    from . import rendering
    from .finishing import finish
    from .sanitizer import sanitize

    source = readable(text)
    prefix = re.sub(r"[^a-z0-9]+", "-", prefix.lower()).strip("-")[:30]
    prefix = f"{prefix}-" if prefix else ""
    try:
        unsafe, formulas = rendering.to_html(source, prefix)
        safe = finish(sanitize(unsafe), formulas, base_level=base_level, prefix=prefix)
    except PARSER_BUGS:
        logger.warning("a text of %d characters is shown unrendered", len(source), exc_info=True)
        safe = rendering.as_paragraph(source)
    # Entities and the sanitiser may have brought control characters back.
    return mark_safe(FORBIDDEN.sub("", safe))  # noqa: S308 sanitised above


def render_inline(text: str) -> SafeString:
    """Return the HTML of a title: emphasis, code and math; the rest of it as text."""
    return _rendered_inline(str(text or ""))


@functools.lru_cache(maxsize=256)
def _rendered_inline(text):
    return mark_safe(inline.to_html(text))  # noqa: S308 made of fixed tags


def plain(text: str) -> str:
    """Return the text of a title, for slugs, `<title>` and metadata; math as its TeX."""
    return _plain(str(text or ""))


_plain = functools.lru_cache(maxsize=256)(inline.to_text)


def flat(text: str) -> str:
    """Return what a text says in one line, without mark-up and notes; math as its TeX."""
    return _flat(str(text or ""))


@functools.lru_cache(maxsize=64)
def _flat(text):
    source = NOTE.sub("", FORMULA.sub(r"\1", render(text)))
    return " ".join(html.unescape(TAG.sub(" ", INLINE.sub("", source))).split())


def escape_inline(text: str) -> str:
    """Return Markdown that shows exactly `text`, a line; changed only where it must be."""
    return inline.escape(text)
