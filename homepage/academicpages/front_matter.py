"""The YAML header of a Jekyll page (https://jekyllrb.com/docs/front-matter/)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from publications.records import Problem

from . import yaml_data

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
    try:
        data = yaml_data.load("\n".join(lines[1:end]), first_line=2)
    except yaml_data.BrokenYAML as error:
        message = f"the header is not valid YAML ({error}); it was left out"
        return FrontMatter(length=end + 1, problems=(Problem(error.line, message),))
    return FrontMatter(data.values, data.lines, end + 1)
