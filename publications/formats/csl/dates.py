"""Dates of CSL-JSON: `{"date-parts": [[2024, 9, 25]]}` and what else people write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .values import Values

ISO = re.compile(r"\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:T.*)?)?)?\s*", re.ASCII)
PARTS = ("year", "month", "day")


def read_date(values: Values, name: str = "issued") -> dict[str, int]:
    """Take the date of an item: year, month and day as far as they are known.

    A season, a second date of a range and words are kept, with a problem where nothing is read.
    """
    written = values.data.get(name)
    if written is None:
        return {}
    parts = _parts(written)
    date = dict(zip(PARTS, parts, strict=False))
    if not date:
        values.problems.append(f"the date in “{name}” is not read; it is only kept")
    elif write_date(date) == written or not _says_more(written):
        del values.data[name]
    return date


def write_date(date: Mapping[str, int | None]) -> dict[str, Any] | None:
    """Return a date as CSL has it, or None where there is no year."""
    parts = []
    for name in PARTS:
        if not date.get(name):
            break
        parts.append(date[name])
    return {"date-parts": [parts]} if parts else None


def _parts(written) -> list[int]:
    if isinstance(written, dict):
        found = written.get("date-parts")
        if isinstance(found, list) and found and isinstance(found[0], list):
            return _numbers(found[0][:3])
        written = next((written[key] for key in ("raw", "literal") if written.get(key)), "")
    match = ISO.fullmatch(str(written)) if isinstance(written, (str, int)) else None
    return _numbers(match.groups()) if match else []


def _numbers(found) -> list[int]:
    """Return whole numbers up to the first thing that is none."""
    numbers = []
    for value in found:
        text = str(value).strip()
        is_number = isinstance(value, (str, int)) and not isinstance(value, bool)
        if not is_number or not re.fullmatch(r"\d{1,4}", text, re.ASCII):
            break
        numbers.append(int(text))
    return numbers


def _says_more(written) -> bool:
    """Return whether a date says more than its first year, month and day."""
    if not isinstance(written, dict):
        return False
    found = written.get("date-parts")
    is_range = isinstance(found, list) and (len(found) > 1 or len(found[0]) > 3)
    return is_range or bool(set(written) - {"date-parts", "raw", "timestamp", "date-time"})
