"""The Markdown that this site reads: CommonMark with the extensions of old academic pages."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block, paragraph
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, emphasis, html_inline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from .addresses import safe_address
from .highlighting import highlight

# The library tries brackets again at each level, so that a low limit keeps it linear.
MOST_NESTED = 20
# Beyond that limit it drops text. Below it, lists (two levels each) are shown as text.
DEEPEST = MOST_NESTED - 3
LETTER = re.compile(r"[A-Za-z0-9.+\-]")
WEB_ADDRESS = re.compile(r"[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]{1,2000}")
EMAIL_OR_WWW = re.compile(
    r"(?<![\w.%+@/-])(?:(?P<mail>[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})"
    r"|(?P<www>www\.[A-Za-z0-9-]{1,63}\.[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]{1,2000}))(?![\w@])"
)
BEHIND_A_MARK = tuple(",;:)，；、）")
# What must follow somewhere for these to be HTML; else they would hide the rest of the text.
CLOSINGS = {
    "<!--": "-->",
    "<![cdata[": "]]>",
    "<?": "?>",
    "<!": ">",
    "<script": "</script",
    "<style": "</style",
    "<pre": "</pre",
    "<textarea": "</textarea",
}


@cache
def parser() -> MarkdownIt:
    """Return the shared parser. It holds no state: threads may use it at the same time.

    Addresses that a link may not have are "" in its tokens. Footnote definitions stay where
    they are, between `footnote_reference_open` and `footnote_reference_close`.
    """
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": MOST_NESTED, "highlight": highlight})
    md.enable(["table", "strikethrough"])
    deflist_plugin(md)
    footnote_plugin(md, inline=False, move_to_end=False)
    _shape(md)
    md.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.before("table", "too_deep", _too_deep)
    md.inline.ruler.before("autolink", "web_address", _web_address)
    # Read once more for what is no inline syntax of its own, after emphasis is settled.
    md.core.ruler.after("inline", "email_or_www", _email_or_www)
    return md


@cache
def inline_parser() -> MarkdownIt:
    """Return the parser of titles: emphasis, code, math, links, entities and tags."""
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": MOST_NESTED})
    _shape(md)
    return md


def _shape(md):
    dollarmath_plugin(md, allow_labels=False, allow_blank_lines=False, double_inline=True)
    md.inline.ruler.at("math_inline", _math)
    md.inline.ruler.at("html_inline", _html)
    md.inline.ruler.at("emphasis", _emphasis)
    md.normalizeLink = safe_address
    md.normalizeLinkText = str
    # A refused address is "" by now: a link without one, which shows its label.
    md.validateLink = lambda address: True


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return state.level >= DEEPEST and paragraph(state, start, end, silent)


def _math(state: StateInline, silent: bool) -> bool:
    """Read `$x$` and `$$x$$`, but no amounts of money: `$5 and $6`, `$5-$6`.

    As in Pandoc: no space inside the dollars, no digit right after them.
    """
    source, start = state.src, state.pos
    if source[start] != "$":
        return False
    mark = "$$" if source.startswith("$$", start) else "$"
    begin = start + len(mark)
    end = source.find(mark, begin)
    while end > 0 and _is_escaped(source, end):
        end = source.find(mark, end + 1)
    content = source[begin:end] if end > 0 else ""
    after = source[end + len(mark) : end + len(mark) + 1]
    if not content or "$$" in content or after.isdigit():
        return False
    if mark == "$" and (content[0].isspace() or content[-1].isspace()):
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = content.strip(), mark
    state.pos = end + len(mark)
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Read `*` and `_`; before a comma nothing begins: in `</b>*, Roe*` they are authors' marks.

    So it is with those that `<sup>*</sup>` raises.
    """
    known = len(state.delimiters)
    if not emphasis.tokenize(state, silent):
        return False
    behind = state.src[state.pos : state.pos + 5]
    if behind[:1] in BEHIND_A_MARK or behind == "</sup":
        for delimiter in state.delimiters[known:]:
            delimiter.open = False
    return True


def _is_escaped(source, position):
    slashes = position
    while slashes and source[slashes - 1] == "\\":
        slashes -= 1
    return (position - slashes) % 2 == 1


def _html(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<" or _hides_the_rest(state, state.pos):
        return False
    return html_inline(state, silent)


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<", position) or _hides_the_rest(state, position):
        return False
    return _html_line(state, start, end, silent) or html_block(state, start, end, silent)


# An element that is closed in its line, and what begins a block of Markdown in the next.
CLOSED = re.compile(
    r"<(?:hr\b[^<>]*|(?P<tag>h[1-6]|p|div|center|header|summary)\b[^<>]*>.*</(?P=tag)\s*)>\s*", re.I
)
BEGINS = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+\S|#{1,6}[ \t]|>[ \t]|`{3}|~{3}")


def _html_line(state, start, end, silent):
    """Read HTML that ends in its line with a list or heading right below it.

    CommonMark takes all up to the next empty line for HTML; Jekyll's Markdown, and whoever
    wrote `<h2>Papers</h2>` over a list, does not.
    """
    if start + 1 >= end or state.sCount[start + 1] - state.blkIndent > 3:
        return False
    line, below = (
        state.src[state.bMarks[n] + state.tShift[n] : state.eMarks[n]] for n in (start, start + 1)
    )
    is_block = state.sCount[start + 1] >= state.blkIndent and BEGINS.match(below)
    if not is_block or not CLOSED.fullmatch(line) or state.sCount[start] - state.blkIndent > 3:
        return False
    if not silent:
        state.line = start + 1
        token = state.push("html_block", "", 0)
        token.map = [start, start + 1]
        token.content = state.getLines(start, start + 1, state.blkIndent, True)
    return True


def _hides_the_rest(state, position):
    """Return whether something begins here that is never closed.

    The last places of all closings are looked up once a text, so that it stays linear.
    """
    lasts = state.env.setdefault("closings", {})
    if state.src not in lasts:
        lowered = state.src.lower()
        lasts[state.src] = {mark: lowered.rfind(closing) for mark, closing in CLOSINGS.items()}
    head = state.src[position : position + 9].lower()
    mark = next((mark for mark in CLOSINGS if head.startswith(mark)), None)
    return mark is not None and lasts[state.src][mark] <= position


def _web_address(state: StateInline, silent: bool) -> bool:
    """Read a bare http(s) address where its `://` stands."""
    source, colon = state.src, state.pos
    if not source.startswith("://", colon) or state.linkLevel > 0:
        return False
    scheme = next((s for s in ("https", "http") if source[:colon][-5:].lower().endswith(s)), "")
    start = colon - len(scheme)
    match = WEB_ADDRESS.match(source, colon + 3)
    if not scheme or not match or LETTER.match(source[start - 1 : start]):
        return False
    address = source[start:colon] + "://" + _without_punctuation(match[0])
    if not safe_address(address) or not (silent or state.pending.lower().endswith(scheme)):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme)]
        for token in _link_tokens(address, address, 0):
            pushed = state.push(token.type, token.tag, token.nesting)
            pushed.attrs, pushed.content = token.attrs, token.content
            pushed.markup, pushed.info = token.markup, token.info
    state.pos = start + len(address)
    return True


def _without_punctuation(address):
    """Return an address without what ends the sentence round it."""
    while address:
        if address[-1] in "?!.,:;*_~'" or (
            address[-1] == ")" and address.count(")") > address.count("(")
        ):
            address = address[:-1]
        else:
            break
    return address


def _email_or_www(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and ("@" in block.content or "www." in block.content):
            block.children = list(_with_links(block.children))


def _with_links(tokens):
    depth = 0
    for token in tokens:
        lowered = token.content.lower() if token.type == "html_inline" else ""
        if token.type == "link_open" or lowered.startswith(("<a ", "<a>", "<a\n")):
            depth += 1
        elif token.type == "link_close" or lowered.startswith("</a"):
            depth = max(0, depth - 1)
        if token.type == "text" and not depth:
            yield from _linked(token)
        else:
            yield token


def _linked(token):
    position, text = 0, token.content
    for match in EMAIL_OR_WWW.finditer(text):
        shown = match["mail"] or _without_punctuation(match["www"])
        address = f"mailto:{shown}" if match["mail"] else f"https://{shown}"
        if not safe_address(address):
            continue
        yield _text(text[position : match.start()], token.level)
        yield from _link_tokens(address, shown, token.level)
        position = match.start() + len(shown)
    yield _text(text[position:], token.level) if position else token


def _link_tokens(address, shown, level):
    yield Token("link_open", "a", 1, {"href": address}, level=level, markup="linkify", info="auto")
    yield _text(shown, level + 1)
    yield Token("link_close", "a", -1, level=level, markup="linkify", info="auto")


def _text(content, level):
    return Token("text", "", 0, content=content, level=level)
