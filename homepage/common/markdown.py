"""The one place where Markdown becomes HTML: page, admin preview, feed and export call it.

Trust: no one's text is trusted, the owner's included, for one editor's text must not attack
the next. markdown-it parses it, nh3 keeps the tags and attributes named below, `rewriting`
finishes them for the page, and MathML (rebuilt from its own allow-list) is put in last, for
a sanitiser must never let `math` or `svg` through.
"""

from __future__ import annotations

import html
import logging
import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from .mathml import to_mathml
from .rewriting import rewrite
from .text import CONTROL, INVISIBLE

logger = logging.getLogger(__name__)

TAGS = frozenset(
    "a abbr address article aside b blockquote br caption center cite code dd del details dfn div "
    "dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark "
    "ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead tr "
    "u ul var".split()
)
ATTRIBUTES = {
    "*": {"id", "lang", "dir"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "details": {"open"},
    "font": {"color"},
    "img": {"src", "alt", "title", "width", "height"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "span": {"style"},
    "td": {"colspan", "rowspan", "align", "style"},
    "th": {"colspan", "rowspan", "align", "style", "scope"},
}
# What a browser does not show as text goes with its content; of any other tag the text stays.
NEVER_TEXT = {"script", "style", "template", "noscript", "title", "iframe", "object"}
INLINE_TAGS = {"em", "strong", "sub", "sup", "code", "i", "b", "u"}
INLINE_TAG = re.compile(r"</?(?:em|strong|sub|sup|i|b|u)>", re.I)

# Placeholders of formulas: private characters that `_clean` removes from every text.
PLACEHOLDER = re.compile("\ue000([0-9]+)\ue001")
PRIVATE = re.compile("[\ue000\ue001]")
# Beyond this a sanitiser's tree takes time that grows with the square of the depth.
MOST_UNCLOSED = 500
# The link finder rescans a run without spaces from each of its positions.
LONGEST_RUN = 2000


@lru_cache(maxsize=2)
def parser(*, linkify: bool = True) -> MarkdownIt:
    """Return the parser of the site, whose tokens the importers read too."""
    markdown = MarkdownIt("commonmark", {"html": True, "linkify": linkify})
    markdown.enable(["table", "strikethrough"])
    if linkify:
        markdown.enable("linkify")
        markdown.linkify.set({"fuzzy_link": False, "fuzzy_email": True})
    # Any address makes a link here; `rewriting` takes the bad ones away and keeps the label.
    markdown.validateLink = lambda url: True
    markdown.use(footnote_plugin).use(deflist_plugin)
    markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False)
    for rule, display in (("math_inline", False), ("math_block", True)):
        markdown.add_render_rule(rule, _math_rule(display))
    return markdown


@lru_cache(maxsize=1)
def _inline_parser():
    markdown = MarkdownIt("commonmark", {"html": True})
    markdown.disable(["link", "image", "autolink"])
    markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False)
    markdown.add_render_rule("math_inline", _math_rule(False))
    markdown.add_render_rule("html_inline", _inline_tag)
    return markdown


def _math_rule(display):
    def render_math(self, tokens, index, options, env):
        env["formulas"].append((tokens[index].content.strip(), display))
        return f"\ue000{len(env['formulas']) - 1}\ue001"

    return render_math


def _inline_tag(self, tokens, index, options, env):
    source = tokens[index].content
    return source if INLINE_TAG.fullmatch(source) else html.escape(source, quote=False)


@lru_cache(maxsize=256)
def render(text: str, *, base_level: int = 3, prefix: str = "t-") -> SafeString:
    """Return block Markdown as safe HTML.

    The highest heading of the text becomes `h<base_level>`; `prefix` begins every id, so that
    two texts on one page do not collide. Never raises: what cannot be rendered is shown as it is.
    """
    text = _clean(text)
    env = {"formulas": []}
    if text.count("<") - 2 * text.count("</") > MOST_UNCLOSED:
        return _as_it_is(text)
    long_run = re.search(rf"\S{{{LONGEST_RUN}}}", text)
    try:
        raw = parser(linkify=not long_run).render(text, env)
        safe = nh3.clean(
            raw,
            tags=TAGS,
            attributes=ATTRIBUTES,
            clean_content_tags=NEVER_TEXT,
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
        rewritten = rewrite(safe, base_level=base_level, prefix=prefix)
    except (ValueError, IndexError, AssertionError, RecursionError) as error:
        logger.warning("A text of %d characters could not be rendered: %r", len(text), error)
        return _as_it_is(text)
    return mark_safe(_with_formulas(rewritten, env["formulas"]))  # noqa: S308


@lru_cache(maxsize=4096)
def render_inline(text: str) -> SafeString:
    """Return a title as safe HTML: math and emphasis only, everything else as text."""
    env = {"formulas": []}
    raw = _inline_parser().renderInline(_clean(text), env)
    safe = nh3.clean(raw, tags=INLINE_TAGS, attributes={}, link_rel=None)
    return mark_safe(_with_formulas(safe, env["formulas"]))  # noqa: S308


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return what is read of a title: no mark-up, formulas as their TeX, for slugs and meta tags."""
    tokens = _inline_parser().parseInline(_clean(text), {"formulas": []})
    parts = [_plain(token) for root in tokens for token in root.children or []]
    return " ".join("".join(parts).split())


def _plain(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type == "html_inline":
        return "" if INLINE_TAG.fullmatch(token.content) else token.content
    return token.content


def escape_inline(text: str) -> str:
    """Return inline Markdown that shows `text` just as it is; untouched where it does already.

    The inverse of `plain`, for what comes from formats without mark-up.
    """
    text = " ".join(_clean(text).split())
    if plain(text) == text and render_inline(text) == html.escape(text, quote=False):
        return text
    return re.sub(r"([\\`*_<&$])", r"\\\1", text)


def _clean(text):
    text = CONTROL.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n"))
    return PRIVATE.sub("", INVISIBLE.sub("", text))


def _as_it_is(text):
    return mark_safe(f"<p>{html.escape(text)}</p>")  # noqa: S308


def _with_formulas(text, formulas):
    def formula(match):
        tex, display = formulas[int(match[1])]
        return to_mathml(tex, display=display) or f"<code>{html.escape(tex)}</code>"

    return PLACEHOLDER.sub(formula, text)
