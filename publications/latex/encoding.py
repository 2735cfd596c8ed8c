"""From Unicode to LaTeX."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from .decoding import decode
from .symbols import COMBINING, SYMBOLS, register

ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$",
    "%": r"\%", "#": r"\#", "_": r"\_", "&": r"\&", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "`": r"\textasciigrave{}",
}  # fmt: skip
ENTITY_END = re.compile(r"#?\w{1,10};")
ESCAPED = re.compile(r"[\\{}$%#_&~^`]|<(?=[A-Za-z/!?])|-(?=-)|'(?=')")
GUARDED = {"-": "-{}", "'": "'{}", "<": r"\textless{}"}
NOT_ASCII = re.compile("[^\x00-\x7f][\u0300-\u036f]*")


def encode(text: str, *, ascii_only: bool = False) -> str:
    """Return a LaTeX text that `decode` reads as `text`.

    With `ascii_only`, letters with accents and signs become commands; what LaTeX has no command
    for (Chinese, say) stays.
    """
    if not ESCAPED.search(text) and (text.isascii() or not ascii_only):
        return text
    return "".join(encoded_characters(text, ascii_only=ascii_only))


def encoded_characters(text: str, *, ascii_only: bool = False) -> list[str]:
    """Return what each character of a text becomes, where it stands."""
    parts = list(text)
    for match in ESCAPED.finditer(text):
        parts[match.start()] = _escape(match)
    if text.count("$") > 1:
        # Between two that are only escaped a formula may seem to stand.
        parts = [r"\textdollar{}" if part == r"\$" else part for part in parts]
    for match in NOT_ASCII.finditer(text) if ascii_only else ():
        parts[match.start() : match.end()] = [_command(match), *[""] * (len(match[0]) - 1)]
    return parts


def _escape(match):
    char = match[0]
    if char == "&" and ENTITY_END.match(match.string, match.end()):
        return r"\&{}"
    return GUARDED.get(char) or ESCAPES[char]


def _command(match):
    return _command_for(unicodedata.normalize("NFC", match[0]))


@lru_cache(maxsize=5000)
def _command_for(text):
    return "".join(map(_command_for_char, text))


def _command_for_char(char):
    for source in _candidates(char):
        decoded = decode(source)
        if not decoded.unknown and decoded.text == char:
            return source
    return char


def _candidates(char) -> Iterator[str]:
    """Yield ways to write a character, the commonest first."""
    base, *accents = unicodedata.normalize("NFD", char)
    signs = {mark: sign for sign, mark in COMBINING.items()}
    if len(accents) == 1 and accents[0] in signs and base.isascii():
        base = {"i": r"\i", "j": r"\j"}.get(base, base) if accents[0] != "\u0328" else base
        space = " " if signs[accents[0]].isalpha() else ""
        yield f"{{\\{signs[accents[0]]}{space if not base.startswith(chr(92)) else ''}{base}}}"
    register()
    with suppress(ValueError):
        yield "{" + codecs.encode(char, "ulatex+ascii") + "}"
    yield from (f"{{\\{name}}}" for name, text in SYMBOLS.items() if text == char)
