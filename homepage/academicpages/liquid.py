"""Liquid, as far as it says what a reader of the old page saw: values, pictures, loops.

Line numbers stay those of the file. What is not understood stays, for `markup` to blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

# `{{ value | filter: argument }}`
OUTPUT = re.compile(r"\{\{-?\s*([^{}\n]{1,300}?)\s*-?\}\}")
LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'")
# Filters that only make an address whole, or text safe.
PLAIN_FILTERS = re.compile(
    r"(?:relative_url|absolute_url|escape|strip|strip_html|markdownify|url_encode|default\b.*|"
    r"(?:prepend|append)\s*:\s*(?:site\.(?:url|baseurl)|base_path|site\.github\.url))"
)
# Variables that stand before a path of the site.
BASES = frozenset(["site.url", "site.baseurl", "base_path", "site.github.url", "relative_path"])
FIGURE = re.compile(
    r"\{%-?\s*include\s+(?:figure|image|img)[\w./-]*\s+((?:[^%]|%(?!\})){1,1000}?)-?%\}", re.I
)
ARGUMENT = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
LINK = re.compile(r"\{%-?\s*link\s+([^%\n]{1,300}?)\s*-?%\}")
TAG = re.compile(r"\{%-?\s*(for|endfor|bibliography)\b(?:[^%]|%(?!\})){0,500}?-?%\}")
ASSIGNMENT = re.compile(r"\bassign\s+(\w+)\s*=\s*([^%]{0,500})")
BIBLIOGRAPHY = re.compile(r"\{%-?\s*bibliography\b")
COLLECTION = re.compile(r"\bsite\.(data\.\w+|\w+)")
CONDITION = re.compile(r"\b\w+\.(\w+)\s*==\s*(?:\"([^\"]*)\"|'([^']*)')")
WHERE = re.compile(r"\bwhere\s*:\s*[\"'](\w+)[\"']\s*,\s*[\"']([^\"']*)[\"']")

Value = Callable[[str], str | None]


@dataclass(frozen=True)
class Loop:
    """A list that the old page made: from collections, of items that fulfil a condition.

    `source` is what stands between its tags; lines count from 0.
    """

    line: int
    source: str
    collections: frozenset[str]

    @property
    def conditions(self) -> frozenset[tuple[str, str]]:
        """Return the (field, value) pairs of which an item has to have one."""
        found = [(field, a or b) for field, a, b in CONDITION.findall(self.source)]
        return frozenset([*found, *WHERE.findall(self.source)])

    def through(self, names: Mapping[str, str]) -> Loop:
        """Return the list with other names for some of its collections."""
        return replace(self, collections=frozenset(names.get(n, n) for n in self.collections))


def resolved(text: str, value: Value, page_at: Value = lambda path: None) -> str:
    """Return a text with what is known filled in.

    `value` returns what a variable (`site.author.name`) says, `page_at` the address of the page
    in a file; None if there is none.
    """
    text = FIGURE.sub(_figure, text)
    text = LINK.sub(lambda match: page_at(match[1].strip("\"' ")) or match[0], text)
    return OUTPUT.sub(lambda match: _output(match, value), text)


def cut_loops(text: str) -> tuple[str, list[Loop]]:
    """Return a text with its outermost loops blanked, and these."""
    parts, loops, position, depth, start = [], [], 0, 0, 0
    for match in TAG.finditer(text):
        if match[1] == "bibliography":
            if not depth:
                parts.append(text[position : match.start()])
                loops.append(_loop(text, match.start(), match[0]))
                position = match.end()
        elif match[1] == "for":
            start = match.start() if not depth else start
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                source = text[start : match.end()]
                parts += [text[position:start], "\n" * source.count("\n")]
                loops.append(_loop(text, start, source))
                position = match.end()
    return "".join([*parts, text[position:]]), loops


def _loop(text, start, source):
    collections = set(COLLECTION.findall(source)) | _assigned(text[:start], source)
    if BIBLIOGRAPHY.search(source):
        collections = {"bibliography"}
    return Loop(text.count("\n", 0, start), source, frozenset(collections))


def _assigned(before, source):
    """Return the collections behind the variables that a loop runs over."""
    found: set[str] = set()
    seen: set[str] = set()
    names = set(re.findall(r"\bin\s+(\w+)", source))
    values = ASSIGNMENT.findall(before)
    while waiting := names - seen:
        seen |= waiting
        for name, value in values:
            if name in waiting:
                found |= set(COLLECTION.findall(value))
                names |= set(re.findall(r"\w+", value))
    return found


def _output(match, value):
    name, *filters = (part.strip() for part in match[1].split("|"))
    if not all(map(PLAIN_FILTERS.fullmatch, filters)):
        return match[0]
    literal = LITERAL.fullmatch(name)
    if literal:
        return literal[1] if literal[1] is not None else literal[2]
    if name in BASES:
        return ""
    found = value(name)
    return match[0] if found is None else found


def _figure(match):
    """Return a picture in Markdown, with its caption, for `{% include figure path="…" %}`."""
    given = {name.lower(): a or b for name, a, b in ARGUMENT.findall(match[1])}
    path = next((given[name] for name in ("path", "image_path", "src", "url") if name in given), "")
    if not path:
        return match[0]
    if not re.match(r"[a-z]+:|/|\.", path, re.I):
        path = f"/{path}"  # the template makes it so
    alt = given.get("alt") or given.get("title") or ""
    caption = given.get("caption", "")
    # HTML, for it may stand inside of HTML, where Markdown is text.
    picture = f'<img src="{path}" alt="{alt}">'
    return picture + (f" {caption}" if caption else "") + "\n" * match[0].count("\n")
