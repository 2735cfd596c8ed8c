"""YAML as the files of a Jekyll site have it: its values, and the line that each key stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

# No key is looked up that stands deeper, or behind so many others.
DEEPEST, MOST_KEYS = 4, 20_000
TABS = re.compile(r"(?<=\S)[ \t]*\t[ \t]*")


class BrokenYAML(ValueError):
    """A text is no mapping in YAML; `line` counts from 1, and the message says what is wrong."""

    def __init__(self, message: str, line: int):
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class YAMLData:
    """The values of a mapping, and the line of each key by its path: `author.name`."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def get(self, path: str) -> Any:
        """Return the value at a path such as `author.name`; None if there is none."""
        value: Any = self.values
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def text(self, path: str) -> str:
        """Return a single value as text, "" for none, a list or a mapping."""
        value = self.get(path)
        is_single = isinstance(value, str | int | float) and not isinstance(value, bool)
        return " ".join(str(value).split()) if is_single else ""

    def line(self, path: str) -> int:
        """Return the line of a key, or of the nearest one above it that has one; else 1."""
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines.get(path, 1)


def load(source: str, first_line: int = 1) -> YAMLData:
    """Return what a text says, its lines counted from `first_line`. Raises BrokenYAML."""
    node, values = _checked(source, first_line)
    if values is None:
        return YAMLData()
    if not isinstance(values, dict):
        raise BrokenYAML("it is no list of keys with their values", first_line)
    lines: dict[str, int] = {}
    _note_lines(node, "", first_line, lines)
    return YAMLData({str(key): value for key, value in values.items()}, lines)


def load_any(source: str) -> Any:
    """Return the value that a text is, a list or whatever. Raises BrokenYAML."""
    return _checked(source, 1)[1]


def _checked(source, first_line):
    """Return the node of a document and its value. Raises BrokenYAML."""
    try:
        try:
            return _parsed(source)
        except yaml.YAMLError:
            # Between a key and its value Jekyll's reader takes a tab for a space.
            spaced = TABS.sub(" ", source)
            if spaced == source:
                raise
            return _parsed(spaced)
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it cannot be read"
        line = first_line + mark.line if mark else first_line
        raise BrokenYAML(str(what), line) from error


def _parsed(source):
    """Return the node of a document and its value, parsed once."""
    loader = yaml.SafeLoader(source)
    try:
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node else None
    finally:
        loader.dispose()


def _note_lines(node, above, first_line, lines, depth=1):
    if not isinstance(node, yaml.MappingNode) or depth > DEEPEST or len(lines) > MOST_KEYS:
        return
    for key, value in node.value:
        path = f"{above}{key.value}"
        if path not in lines:
            lines[path] = first_line + key.start_mark.line
            _note_lines(value, f"{path}.", first_line, lines, depth + 1)
