"""From the text of a JSON file to its items, each by itself: a bad one costs only itself.

The JSON is that of RFC 8259. A file may come from anywhere, so nesting and number are limited
before anything is parsed, and numbers that JSON does not have are refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from publications.records import Problem

DEEPEST = 50
MOST_ITEMS = 20_000
# A string ends at the end of the text at the latest, which keeps the search linear.
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)|[\[\]{}]', re.S)
# Where the answers of web services hold their items.
WRAPPERS = ("items", "message")


@dataclass(frozen=True)
class RawItem:
    """One item and its source; `again` holds the values of keys that stand in it twice."""

    data: dict[str, Any]
    line: int
    text: str
    again: tuple[tuple[str, Any], ...] = ()


class Refused(ValueError):
    """The file, or one item, cannot be read; the message says why and what to do."""


def items(text: str, problems: list[Problem]) -> list[RawItem]:
    """Return the items of a file; what is none becomes a problem."""
    text = text.lstrip("\ufeff")
    body = text.lstrip()
    offset = len(text) - len(body)
    if body[:1] not in ("[", "{"):
        say = "this is no CSL-JSON: it begins with [ and has one {...} for each publication"
        problems.append(Problem(1, say))
        return []
    try:
        spans = _spans(text, offset, problems)
    except Refused as error:
        problems.append(Problem(0, str(error)))
        return []
    found: list[RawItem] = []
    for begin, end, line in spans:
        try:
            found += _items_of(text[begin:end], line)
        except Refused as error:
            problems.append(Problem(line, str(error)))
    return found


def _spans(text, offset, problems) -> list[tuple[int, int, int]]:
    """Return (start, end, line) of each value in the list, or of the one object."""
    in_list = text[offset] == "["
    spans, end = _scan(text, offset, int(in_list))
    lines = _Lines(text)
    numbered = []
    last = offset + in_list
    for begin, stop in spans:
        _check_gap(text[last:begin], lines.at(last), problems)
        numbered.append((begin, stop, lines.at(begin)))
        last = stop
    if end is None:
        say = "the file ends in the middle: was it cut off? What is whole before is read"
        problems.append(Problem(lines.at(last), say))
    else:
        _check_gap(text[last : end - in_list], lines.at(last), problems)
        _check_gap(text[end:], lines.at(end), problems)
    return numbered


def _scan(text, offset, base):
    """Return the spans of the values `base` levels deep, and where the whole ends, if it does."""
    spans, depth, begin = [], 0, offset
    for token in TOKEN.finditer(text, offset):
        mark = token[0][0]
        if mark in "[{":
            begin = token.start() if depth == base else begin
            depth += 1
        elif mark in "]}":
            depth -= 1
            if depth == base:
                spans.append((begin, token.end()))
            if depth <= 0:
                return spans, token.end()
        if depth > DEEPEST:
            raise Refused(f"the file nests deeper than {DEEPEST} levels, as no CSL-JSON does")
        if len(spans) > MOST_ITEMS:
            raise Refused(f"the file has more than {MOST_ITEMS} items: cut it into several files")
    return spans, None


def _check_gap(text, line, problems):
    rest = text.strip(" \t\r\n,")
    if rest:
        shown = rest if len(rest) <= 40 else rest[:39] + "…"
        problems.append(Problem(line, f"“{shown}” is no item, so it is left out"))


class _Lines:
    """Counts lines, for positions that only grow."""

    def __init__(self, text):
        self.text, self.position, self.line = text, 0, 1

    def at(self, position: int) -> int:
        self.line += self.text.count("\n", self.position, position)
        self.position = position
        return self.line


def _items_of(text, line) -> Iterator[RawItem]:
    """Yield the item that a text is, or those that it wraps."""
    again: list[tuple[str, Any]] = []
    data = _parse(text, again)
    if not isinstance(data, dict):
        raise Refused("a list stands where a publication belongs; one looks like {...}")
    found = list(_unwrapped(data))
    if len(found) > MOST_ITEMS:
        raise Refused(f"the file has more than {MOST_ITEMS} items: cut it into several files")
    for item in found:
        source = text if item is data else json.dumps(item, ensure_ascii=False, indent=2)
        yield RawItem(item, line, source, tuple(again))
        again = []


def _unwrapped(data) -> Iterator[dict[str, Any]]:
    inner = next((data[key] for key in WRAPPERS if isinstance(data.get(key), (list, dict))), None)
    if inner is None or "title" in data:
        yield data
        return
    for item in inner if isinstance(inner, list) else [inner]:
        if not isinstance(item, dict):
            raise Refused("“items” holds something else than publications, each in {...}")
        yield from _unwrapped(item)


def _parse(text, again):
    def pairs(found):
        data: dict[str, Any] = {}
        for key, value in found:
            if key in data:
                again.append((key, value))
            else:
                data[key] = value
        return data

    try:
        return json.loads(text, object_pairs_hook=pairs, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        where = f", {error.lineno - 1} lines below" if error.lineno > 1 else ""
        raise Refused(f"this item is no valid JSON{where}: {error.msg}") from error
    except Refused:
        raise
    except ValueError as error:  # an integer of thousands of digits
        raise Refused("this item holds a number that is too long") from error


def _refuse_constant(name):
    raise Refused(f"{name} is no number in JSON: write null, or leave the field out")
