"""The field `keywords`: words between commas, or semicolons; braces hold a word together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..keywords import distinct
from .text import read_text, write_text


def read_keywords(sources: Iterable[str], unknown: list[str]) -> list[str]:
    """Return the words of such fields, decoded, each once."""
    return distinct(read_text(word, unknown) for source in sources for word in _parted(source))


def write_keywords(words: Iterable[str], *, latex: bool) -> str:
    """Return words as the value of the field."""
    return ", ".join(_whole(write_text(word, latex=latex)) for word in words)


def _parted(source) -> list[str]:
    """Part a value at its semicolons, or at its commas if it has none; not within braces."""
    for sign in ";,":
        places = [place for place, char in _outside(source) if char == sign]
        if places:
            starts = [0, *(place + 1 for place in places)]
            return [source[start:end] for start, end in zip(starts, [*places, None], strict=True)]
    return [source]


def _whole(source):
    is_one = not any(char in ",;" for _, char in _outside(source))
    return source if is_one else f"{{{source}}}"


def _outside(source) -> Iterator[tuple[int, str]]:
    """Yield the characters outside of braces, with their places."""
    level, escaped = 0, False
    for place, char in enumerate(source):
        if char in "{}" and not escaped:
            level += 1 if char == "{" else -1
        elif level == 0 and not escaped:
            yield place, char
        escaped = char == "\\" and not escaped
