"""The YAML header of a Jekyll page (https://jekyllrb.com/docs/front-matter/)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from publications.records import Problem

LONGEST = 500  # lines; what is longer is no header


@dataclass(frozen=True)
class FrontMatter:
    """The header's values, the line each key stands in, and how many lines it takes."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    length: int = 0
    problems: tuple[Problem, ...] = ()

    def strings(self, key: str) -> list[tuple[str, int]]:
        """Return the values of a key that may be one string or a list of them, with their line."""
        value = self.values.get(key)
        items = value if isinstance(value, list) else [value]
        line = self.lines.get(key, 1)
        step = 1 if isinstance(value, list) else 0
        return [
            (str(item).strip(), line + step * number)
            for number, item in enumerate(items, step)
            if item is not None and not isinstance(item, list | dict)
        ]

    def first(self, key: str, default: str = "") -> str:
        """Return the first value of a key as text."""
        return next((value for value, _ in self.strings(key)), default)


def read(text: str) -> FrontMatter:
    """Return the header of a page; an empty one where there is none. Never raises."""
    lines = text.split("\n")
    if not lines[0].startswith("---") or lines[0].strip("- \t"):
        return FrontMatter()
    end = next(
        (n for n, line in enumerate(lines[1:LONGEST], 1) if re.fullmatch(r"(---|\.\.\.)\s*", line)),
        None,
    )
    if end is None:
        return FrontMatter(problems=(Problem(1, "the page begins with --- but has no header"),))
    source = "\n".join(lines[1:end])
    try:
        values, places = _parse(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        what = getattr(error, "problem", None) or "it cannot be read"
        message = f"the header is not valid YAML ({what}); it was left out"
        return FrontMatter(length=end + 1, problems=(Problem(line, message),))
    return FrontMatter(values, places, end + 1)


def _parse(source):
    """Return the mapping of a YAML text and the line of each key, counted from the page's start."""
    if re.search(r"(?m)^\s*[^#\n]*[&*]\w+\s*$", source) and source.count("*") > 50:
        raise yaml.YAMLError("too many aliases")
    node = yaml.compose(source, Loader=yaml.SafeLoader)
    values = yaml.safe_load(source)
    if node is None or values is None:
        return {}, {}
    if not isinstance(values, dict):
        raise ValueError("no mapping")
    places = {str(key.value): key.start_mark.line + 2 for key, _ in node.value}
    return {str(key): value for key, value in values.items()}, places
