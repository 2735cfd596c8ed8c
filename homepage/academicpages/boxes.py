"""Boxes of HTML round Markdown: they are for layout, and would make text within into code."""

from __future__ import annotations

import re

from publications.formats.handwritten.blocks import BOX

from .markup import outside_fences

OPENING = re.compile(r"[ \t]*<(?:div|section|center|main|article)\b[^<>]*>[ \t]*", re.I)
ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
CLOSING = re.compile(r"[ \t]*</(?:div|section|center|main|article)\s*>[ \t]*", re.I)
CLASS = re.compile(r"\bclass\s*=\s*[\"']([^\"']*)", re.I)
TEXT_TAG = re.compile(r"<(?:h[1-6]|p|a|b|strong|span)\b", re.I)
# So far above a box the item that it stands in is looked for.
MOST_LINES = 60


def unboxed(text: str) -> str:
    """Return a text without the boxes whose tags stand on lines of their own.

    What they held loses the indent that it had in common, and stays in its item of a list;
    lines stay.
    """
    lines = text.split("\n")
    inside = _inside(text, lines)
    boxes: list[tuple[list[int], int | None]] = []
    stack: list[list[int]] = [[]]
    gone: set[int] = set()
    for number, line in enumerate(lines):
        if number in inside:
            stack[-1].append(number)
        elif OPENING.fullmatch(line) and _is_entry(lines, number):
            stack.append(stack[-1])  # it stays, and what is in it belongs to what it is in
            stack[-1].append(number)
        elif OPENING.fullmatch(line):
            stack.append([])
            boxes.append((stack[-1], _item(lines, number)))
            gone.add(number)
        elif CLOSING.fullmatch(line) and len(stack) > 1:
            held = stack.pop()
            if held is stack[-1]:
                held.append(number)
            else:
                lines[number] = ""
        else:
            stack[-1].append(number)
    for held, item in boxes:  # the outer before what is in it
        _dedent(lines, held, "" if item is None else " " * _column(lines[item]))
    return "\n".join("" if number in gone else line for number, line in enumerate(lines))


def _is_entry(lines, number):
    """Return whether a box holds one paper of a list in HTML, which tells it from the next."""
    names = CLASS.search(lines[number])
    following = next((line.strip() for line in lines[number + 1 : number + 5] if line.strip()), "")
    return bool(names and BOX.search(names[1])) and TEXT_TAG.match(following) is not None


def _item(lines, number):
    """Return the line of the item that a box stands in, None if it stands in none."""
    least = _indent(lines[number])
    for place in range(number - 1, max(-1, number - MOST_LINES), -1):
        line = lines[place]
        if least < 2:
            return None
        if ITEM.match(line) and _column(line) <= least:
            return place
        if line.strip():
            least = min(least, _indent(line))
    return None


def _indent(line):
    return len(line) - len(line.lstrip())


def _column(line):
    """Return where the text of an item begins."""
    return len(ITEM.match(line)[0])


def _inside(text, lines):
    """Return the lines of fenced code."""
    outside: set[int] = set()
    for start, end in outside_fences(text):
        first = text.count("\n", 0, start)
        outside.update(range(first, first + text.count("\n", start, end) + 1))
    return set(range(len(lines))) - outside


def _dedent(lines, held, indent):
    common = min((_indent(lines[n]) for n in held if lines[n].strip()), default=0)
    for number in held:
        lines[number] = indent + lines[number][common:] if lines[number].strip() else ""
