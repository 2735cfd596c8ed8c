"""The values of a header as people wrote them: dates, addresses, names of files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import PurePosixPath

from .jekyll import SourceFile

IN_NAME = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})[-_]")
DATE = re.compile(
    r"\s*(?P<year>(?:1[89]|20)\d\d)(?:[-/.](?P<month>\d{1,2}))?(?:[-/.](?P<day>\d{1,2}))?"
)
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
MONTHS = (
    "January February March April May June July August September October November December"
).split()
Parts = tuple[int | None, int | None, int | None]


def text(item: SourceFile, *keys: str) -> tuple[str, int]:
    """Return the first of these keys that says something, as one line, with its line."""
    for key in keys:
        for value, line in item.header.strings(key):
            if value and not isinstance(item.header.values.get(key), bool):
                return " ".join(value.split()), line
    return "", 1


def day_of(item: SourceFile) -> Parts:
    """Return year, month and day of an item: of its header, else of its name.

    What is only there because Jekyll wants a whole date (1 January) is not known.
    """
    value = item.header.values.get("date")
    if isinstance(value, datetime | date):
        found: Parts = (value.year, value.month, value.day)
    else:
        match = DATE.match(str(value or "")) or IN_NAME.match(PurePosixPath(item.path).name)
        found = _parts(match)
    year, _ = text(item, "year")
    if not found[0] and (match := YEAR.search(year)):
        found = (int(match[0]), None, None)
    return (found[0], None, None) if found[1:] == (1, 1) else found


def _parts(match) -> Parts:
    if match is None:
        return None, None, None
    year, month, day = (int(match[name] or 0) or None for name in ("year", "month", "day"))
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return year, None, None
    return year, month, day


def written_date(parts: Parts) -> str:
    """Return a date in words, as far as it is known."""
    year, month, day = parts
    if not month:
        return str(year or "")
    return f"{day} {MONTHS[month - 1]} {year}" if day else f"{MONTHS[month - 1]} {year}"


def newest_first(items: Iterable[SourceFile]) -> list[SourceFile]:
    """Return items as lists of the templates show them: by date, then by name, backwards."""
    return sorted(
        items, key=lambda item: (tuple(part or 0 for part in day_of(item)), item.path), reverse=True
    )
