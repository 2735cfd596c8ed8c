"""Link and footnote definitions: a page has them anywhere, each of its sections needs its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

FOOTNOTE = re.compile(r" {0,3}\[(\^[^\]\s]+)\]:")
USE = re.compile(r"\[([^\[\]]{1,200})\]")


def definitions(source: Sequence[str], env: Mapping[str, Any]) -> dict[str, str]:
    """Return the source of each definition of a page by its label; `env` is the parser's."""
    spans = {
        label: tuple(reference["map"])
        for label, reference in env.get("references", {}).items()
        if reference.get("map")
    }
    for number, line in enumerate(source):
        if match := FOOTNOTE.match(line):
            spans.setdefault(folded(match[1]), (number, _end_of_footnote(source, number)))
    return {label: "\n".join(source[first:last]).strip() for label, (first, last) in spans.items()}


def with_definitions(text: str, defined: Mapping[str, str]) -> str:
    """Return a text with the definitions that it uses and that stand elsewhere on the page."""
    if not defined or not text:
        return text
    used = dict.fromkeys(folded(match[1]) for match in USE.finditer(text))
    missing = [defined[label] for label in used if label in defined]
    missing = [source for source in missing if source and source not in text]
    return "\n\n".join([text, *missing])


def folded(label: str) -> str:
    """Return a label as CommonMark compares it: without case, white space collapsed."""
    return " ".join(label.split()).lower().upper()


def _end_of_footnote(source, start):
    """Return the line behind a footnote: its own, and the indented ones that go on with it."""
    end = start + 1
    while end < len(source) and re.match(r"(?: {4}|\t)\S", source[end]):
        end += 1
    return end
