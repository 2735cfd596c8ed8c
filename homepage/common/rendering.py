"""From Markdown tokens to HTML that is still to be sanitised, with placeholders for math."""

from __future__ import annotations

import html
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from .parsing import parser
from .raw_html import HIDDEN, Tidier, tag_name

VOID = frozenset(["br", "hr", "img"])
ALIGNMENTS = {f"text-align:{side}": f"align-{side}" for side in ("left", "right", "center")}


@dataclass
class Formulas:
    """The formulas of one text, and the marks that stand for them until it is sanitised.

    A mark holds a random word, so that no text can contain it.
    """

    word: str = field(default_factory=lambda: f"math{secrets.token_hex(8)}n")
    found: list[tuple[str, bool]] = field(default_factory=list)

    def mark(self, tex: str, display: bool) -> str:
        self.found.append((tex, display))
        return f"{self.word}{len(self.found) - 1}e"


class Renderer(RendererHTML):
    """The library's renderer with our math, footnotes and classes instead of styles."""

    def math_inline(self, tokens, idx, options, env):
        return env["formulas"].mark(tokens[idx].content, False)

    def math_block(self, tokens, idx, options, env):
        return f"{env['formulas'].mark(tokens[idx].content, True)}\n"

    def footnote_ref(self, tokens, idx, options, env):
        number, repeat = tokens[idx].meta["id"] + 1, tokens[idx].meta["subId"]
        prefix = env["prefix"]
        return (
            f'<sup class="footnote-ref"><a href="#fn-{prefix}{number}"'
            f' id="fnref-{prefix}{number}{f"-{repeat}" if repeat else ""}">[{number}]</a></sup>'
        )

    def footnote_open(self, tokens, idx, options, env):
        return f'<li id="fn-{env["prefix"]}{tokens[idx].meta["id"] + 1}">'

    def footnote_close(self, tokens, idx, options, env):
        number = tokens[idx].meta["id"] + 1
        return (
            f'<a class="footnote-backref" href="#fnref-{env["prefix"]}{number}"'
            f' aria-label="Back to the text, note {number}">\u21a9\ufe0e</a></li>\n'
        )

    def footnote_block_open(self, tokens, idx, options, env):
        return '<section class="footnotes"><ol>\n'

    def footnote_block_close(self, tokens, idx, options, env):
        return "</ol></section>\n"


def to_html(source: str, prefix: str) -> tuple[str, Formulas]:
    """Return the HTML of a Markdown text, not yet safe, and the formulas in it."""
    formulas = Formulas()
    md, env = parser(), {"prefix": prefix, "formulas": formulas}
    tokens = with_footnotes(md.parse(source, env), env)
    tidier = Tidier()
    for token in tokens:
        if token.type == "html_block":
            token.content = tidier.block(token.content)
        elif token.type == "inline":
            token.children = tidied(token.children, tidier)
        elif token.type == "fence":
            token.info = token.info.lower()
        elif token.type in ("td_open", "th_open") and (style := token.attrs.pop("style", "")):
            token.attrSet("class", ALIGNMENTS[style])
    return renderer().render(tokens, md.options, env), formulas


@cache
def renderer() -> Renderer:
    """Return the shared renderer: looking up its rules takes longer than most texts do."""
    return Renderer(parser())


def tidied(tokens: Sequence[Token], tidier: Tidier) -> list[Token]:
    """Return the tokens of a line without raw HTML that we do not keep, its tags balanced."""
    kept: list[Token] = []
    opened: list[str] = []
    visible = _without_hidden(tokens)
    for token in visible:
        if token.type != "html_inline":
            kept.append(token)
            continue
        token.content = tidier.tag(token.content)
        name, closes = tag_name(token.content)
        if closes and name not in opened:
            continue
        if closes:
            # What overlaps (`<b><i></b></i>`) is left to the sanitiser.
            opened.reverse()
            opened.remove(name)
            opened.reverse()
        elif name and name not in VOID:
            opened.append(name)
        kept.append(token)
    # A tag that is never closed would dress the rest of the page.
    closing = "".join(f"</{name}>" for name in reversed(opened))
    return [*kept, Token("html_inline", "", 0, content=closing)] if closing else kept


def _without_hidden(tokens):
    """Leave out `<script>...</script>` and its like; without an end it hides nothing."""
    tags = [tag_name(t.content) if t.type == "html_inline" else ("", False) for t in tokens]
    ends = {name: n for n, (name, closes) in enumerate(tags) if closes}
    waiting_for = ""
    for position, (token, (name, closes)) in enumerate(zip(tokens, tags, strict=True)):
        if waiting_for:
            if closes and name == waiting_for:
                waiting_for = ""
        elif name in HIDDEN and not closes and ends.get(name, -1) > position:
            waiting_for = name
        else:
            yield token


def with_footnotes(tokens: Sequence[Token], env: dict) -> list[Token]:
    """Move the footnotes that the text refers to to its end, in that order.

    A note that nothing refers to stays where it is, as ordinary text: nothing is lost.
    """
    numbers = {note["label"]: n for n, note in env.get("footnotes", {}).get("list", {}).items()}
    body: list[Token] = []
    notes: dict[int, list[Token]] = {}
    stack = [body]
    for token in tokens:
        if token.type == "footnote_reference_open":
            number = numbers.get(token.meta["label"])
            target = stack[-1] if number is None or number in notes else []
            if target is not stack[-1]:
                notes[number] = target
            stack.append(target)
        elif token.type == "footnote_reference_close":
            stack.pop()
        else:
            stack[-1].append(token)
    if not notes:
        return body
    body.append(Token("footnote_block_open", "", 1))
    for number, note in sorted(notes.items()):
        meta = {"id": number}
        body.append(Token("footnote_open", "", 1, meta=meta))
        body += note
        body.append(Token("footnote_close", "", -1, meta=meta))
    body.append(Token("footnote_block_close", "", -1))
    return body


def as_paragraph(source: str) -> str:
    """Return a text as it is, in a paragraph: what is shown when the parser fails."""
    return f"<p>{html.escape(source)}</p>"
