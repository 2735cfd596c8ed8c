"""A stretch of a page as a tree: what Markdown and what HTML encloses, side by side.

People put Markdown lists into `<div>`s and HTML lists between paragraphs. Both become nodes
with the same names, so that an item is an item however it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from homepage.common.markdown import parser

from .inline import inline_lines
from .runs import STRONG, Line, says_something, style_of_class

TAGS = (
    "address|article|aside|blockquote|center|dd|details|div|dl|dt|figcaption|figure|footer|form|"
    "h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|"
    "tr|ul"
)
TAG = re.compile(
    rf"<(/?)({TAGS})\b((?:[^<>\"']|\"[^\"<>]{{0,900}}\"|'[^'<>]{{0,900}}'){{0,300}})>", re.I
)
COMMENT = re.compile(r"<!--.*?-->", re.S)
ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
NAMES = {
    "bullet_list": "list", "ordered_list": "list", "list_item": "item", "ul": "list", "ol": "list",
    "li": "item", "tr": "row", "td": "cell", "th": "head", "paragraph": "p", "blockquote": "quote",
}  # fmt: skip
# No list lies deeper; beyond it a tag encloses nothing.
DEEPEST = 40
VOID = frozenset({"hr", "iframe"})
# What a new tag of this name ends without saying so.
ENDS = {
    "item": {"item", "p"},
    "row": {"row", "cell", "head", "p"},
    "cell": {"cell", "head", "p"},
    "head": {"cell", "head", "p"},
    "p": {"p"},
    "dt": {"dt", "dd", "p"},
    "dd": {"dt", "dd", "p"},
}
# An end that is not written belongs to one of the list or table that encloses it.
HOLDS = {"item": "list", "row": "table", "cell": "table", "head": "table", "dt": "dl", "dd": "dl"}
HIDDEN = re.compile(r"display\s*:\s*none", re.I)
SUPPLEMENTS = re.compile(r"(?:^|[\s_-])(?:abstract|bibtex|hidden|collaps\w*|accordion)\b", re.I)


@dataclass
class Node:
    """A list, item, table, row, cell, p, div ..., or a text: lines without anything inside.

    `first` and `last` are source lines, half-open. `is_html` tells tags from Markdown; `inside`
    is then what stands between the tags, where one block of HTML holds both.
    """

    name: str
    first: int
    last: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    is_html: bool = False
    inside: str = ""

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it, in the order of the page."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all_lines(self) -> list[Line]:
        """Return the lines of all texts in it, its supplements apart."""
        if self.is_supplement:
            return []
        return [*self.lines, *(line for child in self.children for line in child.all_lines())]

    def supplements(self) -> Iterator[Node]:
        """Yield what stands beside the entry rather than in it: abstracts, BibTeX."""
        if self.is_supplement:
            yield self
            return
        for child in self.children:
            yield from child.supplements()

    @property
    def is_supplement(self) -> bool:
        """Return whether a reader has to unfold it, or it is quoted as it was typed."""
        if not self.is_html:
            return self.name == "other"
        hidden = HIDDEN.search(self.attributes.get("style", ""))
        named = SUPPLEMENTS.search(self.attributes.get("class", ""))
        return self.name in {"details", "pre"} or bool(hidden or named)

    @property
    def says_something(self) -> bool:
        return any(says_something(line) for node in self.walk() for line in node.lines)


def tree(tokens: Sequence[Token]) -> Node:
    """Return the tree of the block tokens of a page or of a stretch of it."""
    builder = _Builder()
    for token in tokens:
        builder.read(token)
    return builder.finish()


class _Builder:
    def __init__(self):
        self.root = Node("root", 0, 0)
        self.open = [self.root]
        self.begins: dict[int, tuple[str, int]] = {}  # where the inside of a tag begins
        self.end = 0

    def read(self, token):
        kind, _, end = token.type.rpartition("_")
        name = kind if kind == "heading" else NAMES.get(token.tag, NAMES.get(kind, kind))
        self.end = max(self.end, token.map[1]) if token.map else self.end
        if token.type == "inline":
            first, last = token.map or (self.top.first, self.top.last)
            self.text(inline_lines(token.children or []), first, last)
        elif token.type == "html_block":
            self.read_html(token)
        elif end == "open":
            first, last = token.map or (self.top.first, self.top.last)
            self.push(Node(name, first, last))
        elif end == "close":
            self.close(name, None, is_html=False)
        elif token.map:
            self.top.children.append(Node("hr" if token.type == "hr" else "other", *token.map))

    def read_html(self, token):
        """Read the tags of an HTML block; what stands between them is text."""
        content = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), token.content)
        line, position = token.map[0], 0
        for match in TAG.finditer(content):
            line = self.read_text(content[position : match.start()], line)
            self.tag(match, line, content)
            line += match[0].count("\n")
            position = match.end()
        self.read_text(content[position:], line)

    def read_text(self, content, line):
        """Add what stands between two tags; return the line it ends in."""
        breaks = content.count("\n")
        if content.strip():
            (inline,) = parser().parseInline(content.strip())
            is_wrapped = not any("markdown" in node.attributes for node in self.open)
            lines = inline_lines(inline.children or [], is_wrapped=is_wrapped)
            if style := style_of_class(self.top.attributes.get("class", "")):
                lines = [tuple(run.styled(style) for run in line) for line in lines]
            blank = len(content) - len(content.lstrip())
            self.text(lines, line + content[:blank].count("\n"), line + breaks + 1)
        return line + breaks

    def text(self, lines, first, last):
        if lines:
            self.top.children.append(Node("text", first, last, lines=lines))

    @property
    def top(self) -> Node:
        return self.open[-1]

    def tag(self, match, line, content):
        tag = match[2].lower()
        name = NAMES.get(tag, tag)
        if match[1]:
            self.close(name, line + 1, is_html=True, place=(content, match.start()))
            return
        attributes = {
            m[1].lower(): m[2] or m[3] or m[4] or "" for m in ATTRIBUTE.finditer(match[3])
        }
        node = Node(name, line, line + 1, attributes, is_html=True)
        self.end_before(name, line, (content, match.start()))
        if name in VOID or len(self.open) > DEEPEST:
            self.top.children.append(node)
        else:
            self.begins[id(node)] = (content, match.end())
            self.push(node)

    def push(self, node):
        self.top.children.append(node)
        self.open.append(node)

    def end_before(self, name, line, place):
        """Close what a tag of this name ends: an item ends the one before it."""
        ends, holder = ENDS.get(name, ()), HOLDS.get(name)
        for depth in range(len(self.open) - 1, 0, -1):
            node = self.open[depth]
            if not node.is_html or node.name == holder:
                return
            if node.name in ends:
                self.pop_to(depth, max(line, node.first + 1), place)

    def close(self, name, last, *, is_html, place=None):
        for depth in range(len(self.open) - 1, 0, -1):
            node = self.open[depth]
            if node.name == name and node.is_html == is_html:
                self.pop_to(depth, last, place)
                return
            if is_html and not node.is_html:
                return  # a stray end tag ends nothing of Markdown's

    def pop_to(self, depth, last, place=None):
        """Close what is open from a depth on; HTML ends in the line before `last`."""
        while len(self.open) > depth:
            node = self.open.pop()
            if not node.is_html:
                continue
            node.last = max(node.last, self.end if last is None else last)
            content, begin = self.begins.pop(id(node))
            if place is not None and place[0] is content:
                node.inside = content[begin : place[1]]

    def finish(self):
        self.pop_to(1, None)
        self.root.last = self.end
        _set_headings(self.root)
        return self.root


def _set_headings(root):
    """Set headings in bold, but for one that is all there is of an item: it heads nothing."""
    for node in root.walk():
        if node is not root and len(node.children) < 2:
            continue
        for text in (
            t for child in node.children if child.name == "heading" for t in child.children
        ):
            text.lines = [tuple(run.styled(STRONG) for run in line) for line in text.lines]
