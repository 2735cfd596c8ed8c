"""Boxes of HTML round Markdown: they are for layout, and would make text within into code."""

from __future__ import annotations

import re

from .markup import outside_fences

OPENING = re.compile(r"[ \t]*<(?:div|section|center|main|article)\b[^<>]*>[ \t]*", re.I)
CLOSING = re.compile(r"[ \t]*</(?:div|section|center|main|article)\s*>[ \t]*", re.I)


def unboxed(text: str) -> str:
    """Return a text without the boxes whose tags stand on lines of their own.

    What they held loses the indent that it had in common; lines stay.
    """
    lines = text.split("\n")
    inside = _inside(text, lines)
    stack: list[list[int]] = [[]]
    for number, line in enumerate(lines):
        if number in inside:
            stack[-1].append(number)
        elif OPENING.fullmatch(line):
            lines[number] = ""
            stack.append([])
        elif CLOSING.fullmatch(line) and len(stack) > 1:
            lines[number] = ""
            _dedent(lines, stack.pop())
        else:
            stack[-1].append(number)
    for held in stack[1:]:
        _dedent(lines, held)
    return "\n".join(lines)


def _inside(text, lines):
    """Return the lines of fenced code."""
    outside: set[int] = set()
    for start, end in outside_fences(text):
        first = text.count("\n", 0, start)
        outside.update(range(first, first + text.count("\n", start, end) + 1))
    return set(range(len(lines))) - outside


def _dedent(lines, held):
    indents = [len(lines[n]) - len(lines[n].lstrip()) for n in held if lines[n].strip()]
    common = min(indents, default=0)
    for number in held:
        lines[number] = lines[number][common:] if lines[number].strip() else ""
