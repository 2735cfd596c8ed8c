"""Colours for code in a text, by Pygments, when the text is rendered: no script on the page.

Five classes are enough to read code by, and a page needs no style sheet of its own for them.
"""

from __future__ import annotations

import html
from functools import lru_cache

from pygments import token
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# Lexers are made of regular expressions, of which some are slow on odd input.
MOST_CHARACTERS = 20_000
# What researchers show. Others stay plain, and nothing is ever guessed.
LANGUAGES = frozenset(
    "bash bibtex bib c c# c++ console coq cpp cs csharp css cuda diff docker dockerfile "
    "f90 fortran go haskell hs html ini java javascript jl js json julia kotlin latex lean "
    "lean4 lua make makefile matlab octave ocaml perl php pl py pycon python r rb rs ruby "
    "rust scala sh shell sql stan swift tex toml ts typescript xml yaml yml zsh".split()
)
# The classes, by Pygments' tree of token types: the first that holds a type gives its class.
CLASSES = (
    (token.Comment, "hl-c"),
    (token.Generic.Deleted, "hl-k"),
    (token.Generic.Inserted, "hl-s"),
    (token.Generic.Prompt, "hl-c"),
    (token.Keyword, "hl-k"),
    (token.Operator.Word, "hl-k"),
    (token.String, "hl-s"),
    (token.Number, "hl-n"),
    (token.Name.Class, "hl-f"),
    (token.Name.Decorator, "hl-f"),
    (token.Name.Function, "hl-f"),
    (token.Name.Builtin, "hl-f"),
    (token.Name.Tag, "hl-k"),
    (token.Name.Attribute, "hl-f"),
)


def highlight(code: str, language: str, attributes: str = "") -> str:
    """Return `code` as HTML, escaped, its parts in spans; "" where it is to stay plain.

    The signature is the one of markdown-it's option `highlight`.
    """
    name = language.lower()
    if name not in LANGUAGES or len(code) > MOST_CHARACTERS:
        return ""
    lexer = _lexer(name)
    return "".join(_spans(lexer, code)) if lexer else ""


@lru_cache(maxsize=len(LANGUAGES))
def _lexer(name) -> Lexer | None:
    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:  # an older Pygments knows fewer languages
        return None


def _spans(lexer, code):
    for type_, text in lexer.get_tokens(code):
        class_ = next((name for parent, name in CLASSES if type_ in parent), "")
        escaped = html.escape(text)
        yield f'<span class="{class_}">{escaped}</span>' if class_ and text.strip() else escaped
