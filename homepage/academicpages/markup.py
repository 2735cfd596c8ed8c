"""What a Jekyll page holds that its reader never saw: comments, Liquid, attribute lists.

It is blanked, not cut, so that line numbers stay those of the file; code keeps everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from publications.records import Problem

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# What begins something invisible, and what ends it. A code span comes first: it hides the rest.
TOKEN = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?:[^\n]|\n(?![ \t]*\n)){1,1000}?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<comment><!--)"
    r"|(?P<raw>\{%-?\s*(?P<block>comment|capture|raw)\b[^%\n]*%\})"
    r"|(?P<liquid>\{%(?:[^%]|%(?!\})){0,2000}%\}|\{\{(?:[^}]|\}(?!\})){0,2000}\}\})"
    r"|(?P<attributes>(?<!\\)\{:[^{}\n]{0,500}\}|(?<=[ \t])\{#[\w:.-]+\})"
)


@dataclass(frozen=True)
class Visible:
    """A page's text with the invisible parts blanked, and a word on each."""

    text: str
    left_out: tuple[Problem, ...] = ()


def strip_invisible(text: str) -> Visible:
    """Blank comments, Liquid tags and kramdown attribute lists outside code."""
    parts: list[str] = []
    left_out: list[Problem] = []
    position = 0
    for start, end in _outside_fences(text):
        parts.append(text[position:start])
        _strip(text, start, end, parts, left_out)
        position = end
    parts.append(text[position:])
    return Visible("".join(parts), tuple(left_out))


def _outside_fences(text):
    """Yield the spans between fenced code blocks."""
    start = offset = 0
    fence = ""
    for line in text.splitlines(keepends=True):
        match = FENCE.match(line)
        if match and not fence:
            yield start, offset
            fence = match[1]
        elif match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
            start = offset + len(line)
        offset += len(line)
    if not fence:
        yield start, offset


def _strip(text, position, end, parts, left_out):
    line = text.count("\n", 0, position) + 1
    while position < end:
        match = TOKEN.search(text, position, end)
        if match is None:
            break
        parts.append(text[position : match.start()])
        line += parts[-1].count("\n")
        if match["code"]:
            parts.append(match[0])
            line += match[0].count("\n")
            position = match.end()
            continue
        close = _close(text, match, end)
        if close is None:
            left_out.append(Problem(line, f"{match[0][:4]} is never closed; what follows is kept"))
            position = match.end()
            continue
        hidden = text[match.start() : close]
        parts.append("\n" * hidden.count("\n"))
        left_out.append(Problem(line, f"left out: {_excerpt(hidden)}"))
        line += hidden.count("\n")
        position = close
    parts.append(text[position:end])


def _close(text, match, end):
    """Return where the invisible part ends; None if it never does."""
    if match["comment"]:
        found = text.find("-->", match.end() - 2, end)
        return None if found < 0 else found + 3
    if match["raw"]:
        closing = re.compile(rf"\{{%-?\s*end{match['block']}\s*-?%\}}")
        found = closing.search(text, match.end(), end)
        # {% raw %} shows what is inside: only the tag itself is invisible.
        return found.end() if found and match["block"] != "raw" else match.end()
    return match.end()


def _excerpt(hidden):
    text = " ".join(hidden.split())
    return text if len(text) <= 60 else text[:57] + "…"
