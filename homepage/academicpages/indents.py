"""HTML in Markdown pages: indented as code is, with empty lines, and yet no code.

Jekyll's Markdown takes all that stands between the tags of a block for HTML; CommonMark does so
up to the first empty line, and takes what is indented behind it for code.
"""

from __future__ import annotations

import re

from .markup import outside_fences

BLOCK = re.compile(
    r"<(?P<end>/?)(?P<tag>div|section|article|main|aside|center|table|thead|tbody|tr|td|th|ul|ol|"
    r"li|p|h[1-6]|figure|header|footer|blockquote|dl|dd|dt)\b(?P<rest>[^<>]*)>",
    re.I,
)
OPENING = re.compile(rf" {{0,3}}{BLOCK.pattern}", re.I)
HEADING = re.compile(r" {0,3}#{1,6}\s")
# Many leave these open; they say nothing of what a line stands in.
LEFT_OPEN = frozenset({"p", "li", "td", "th", "tr", "dd", "dt"})
PRE = re.compile(r"<(/?)pre\b", re.I)


def outdented(text: str) -> str:
    """Return a text whose lines inside of blocks of HTML do not begin like code."""
    parts, position = [], 0
    for start, end in outside_fences(text):
        parts += [text[position:start], _outdented(text[start:end])]
        position = end
    return "".join([*parts, text[position:]])


def _outdented(text):
    lines = text.split("\n")
    depth, in_pre, last = 0, False, ""
    for number, line in enumerate(lines):
        if HEADING.match(line) or (not depth and not OPENING.match(line)):
            depth, last = 0, line
            continue
        inside, begins = depth, line.lstrip().startswith("<")
        for tag in BLOCK.finditer(line):
            if tag["tag"].lower() not in LEFT_OPEN:
                depth = max(0, depth - 1) if tag["end"] else depth + 1
        is_html = begins or last.lstrip().startswith("<")
        if inside and is_html and not in_pre and re.match(r" {4}|\t| {1,3}\t", line):
            lines[number] = line.lstrip()
        for tag in PRE.finditer(line):
            in_pre = not tag[1]
        last = line if line.strip() else last
    return "\n".join(lines)
