"""Pages whose lists Liquid made: the static text, with the items in their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from homepage.common.markdown import parser

from .jekyll import Prepared, SourceFile
from .liquid import Loop
from .markup import outside_fences
from .outline import parts
from .texts import shows_something
from .values import text

# A list or box that holds nothing but text: its items were those of a loop.
HOLLOW = re.compile(r"<(ul|ol)\b[^<>]*>((?:[^<>]|</?a\b[^<>]*>)*)</\1>", re.I)
EMPTY = re.compile(r"<(ul|ol|div|p|section|nav|span|center)\b[^<>]*>\s*</\1>", re.I)


def fulfils(item: SourceFile, loop: Loop) -> bool:
    """Return whether a list showed an item: all, if it had no condition that names a field."""
    return not loop.conditions or any(
        text(item, field)[0] == value for field, value in loop.conditions
    )


def dealt(
    loops: Sequence[Loop], items: Sequence[SourceFile]
) -> tuple[Mapping[Loop, list[SourceFile]], list[SourceFile]]:
    """Return the items that each list showed, each item once, and those that none did."""
    left = list(items)
    found: dict[Loop, list[SourceFile]] = {}
    for loop in loops:
        found[loop] = [item for item in left if fulfils(item, loop)]
        left = [item for item in left if item not in found[loop]]
    return found, left


def filled(prepared: Prepared, fill: Callable[[Loop], str]) -> str:
    """Return a page's text with what `fill` gives in the place of each of its lists.

    A heading goes under which nothing stood but lists that are empty.
    """
    lines = prepared.text.split("\n")
    texts = {loop: fill(loop) for loop in prepared.loops}
    for part in parts(parser().parse(prepared.text), len(lines)):
        loops = [loop for loop in texts if part.start <= loop.line < part.end]
        is_hollow = loops and not any(texts[loop] for loop in loops)
        if (
            part.level
            and is_hollow
            and not shows_something("\n".join(lines[part.start : part.end]))
        ):
            lines[part.line : part.start] = [""] * (part.start - part.line)
    for loop, given in texts.items():
        lines[loop.line] = f"{lines[loop.line].strip()}\n\n{given}\n"
    return without_gaps(without_hollow("\n".join(lines)))


def without_gaps(source: str) -> str:
    """Return a text without rows of empty lines, which what was blanked left; code keeps them."""
    parts, position = [], 0
    for start, end in outside_fences(source):
        parts += [source[position:start], re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", source[start:end])]
        position = end
    return "".join([*parts, source[position:]]).strip("\n")


def without_hollow(source: str) -> str:
    """Return a text without elements that hold nothing, and lists that hold no items."""
    previous = None
    while previous != source:
        previous = source
        source = EMPTY.sub(lambda match: "\n" * match[0].count("\n"), source)
        source = HOLLOW.sub(lambda match: match[2], source)
    return source
