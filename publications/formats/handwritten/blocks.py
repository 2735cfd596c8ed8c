"""From a stretch of a page to groups of candidate entries: items, rows, boxes, paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import dedent

from markdown_it.token import Token

from .badges import shows_badge
from .headings import heading_says_what_follows
from .labels import is_venue_label
from .legend import is_legend
from .links import are_buttons
from .runs import STRONG, Line, plain_text, says_something
from .tree import Node, tree

YEAR = re.compile(r"\W*((?:19|20)\d\d)\W*")
# Classes that themes give to one entry of a list.
BOX = re.compile(r"(?:^|[\s_-])(?:paper|pub|publication|card|entry|article)", re.I)
# A heading of more words is none.
MOST_WORDS = 8
WRAPPERS = frozenset(
    "div section article main center details header footer form aside address quote figure".split()
)
FOLDING = re.compile(r"</?(?:details|summary|div)\b[^<>]*>", re.I)
QUOTED = re.compile(r"^[ \t]{0,3}>[ \t]?", re.M)
ITEMS = {"list": "item", "table": "row"}


@dataclass(frozen=True)
class Block:
    """One candidate entry: its lines, its place in the source (0-based, half-open) and its text.

    `odd` holds when it contains something that is no text line (a code block, a picture frame);
    `year` is the one of the list that it is an item of. `abstract` is the source of what stands
    beside the entry: an abstract, a note on it, its BibTeX.
    """

    lines: tuple[Line, ...]
    first: int
    last: int
    text: str
    odd: bool = False
    year: int | None = None
    abstract: str = ""

    @property
    def line(self) -> int:
        """Return the line it starts at, counted from 1."""
        return self.first + 1


@dataclass(frozen=True)
class Group:
    """Blocks that stand together, in source lines `first` up to and without `last`.

    The items of a list are its entries; paragraphs may be entries, and may be something else.
    `remarks` are those that only explain the marks and colours of the others.
    """

    blocks: tuple[Block, ...]
    is_list: bool
    first: int
    last: int
    remarks: tuple[Block, ...] = ()


def groups(tokens: Sequence[Token], source: Sequence[str]) -> list[list[Group]]:
    """Return the groups among top-level `tokens`, in order, each in the ways it may be cut.

    `source` holds the lines of the whole page, which the tokens' maps count from 0.
    """
    return list(_Grouper(source).groups(tree(tokens)))


def top_level(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Yield each outermost token with the tokens it encloses."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = index
        depth = token.nesting
        while depth > 0:
            end += 1
            depth += tokens[end].nesting
        yield token, tokens[index + 1 : end]
        index = end + 1


class _Grouper:
    def __init__(self, source):
        self.source = source

    def groups(self, root: Node) -> Iterator[list[Group]]:
        heads = [n for n, child in enumerate(root.children) if child.name == "heading"]
        if heads:
            yield from self.groups(replace(root, children=root.children[: heads[0]]))
            ends = [*heads[1:], len(root.children)]
            entries = [root.children[a:b] for a, b in zip(heads, ends, strict=True)]
            yield [self.group([self.block(*nodes) for nodes in entries], root.children[heads[0] :])]
            return
        pending: list[Node] = []  # paragraphs and what stands between them
        for kind, nodes in _alike(root.children):
            if kind in {"p", "hr", "supplement"}:
                pending += nodes
                continue
            yield from self.paragraphs(pending)
            pending = []
            if kind == "box":
                parts = _with_supplements(nodes)
                yield [self.group([self.block(*part) for part in parts], nodes)]
            elif kind == "list" and (inner := _labelled(nodes)):
                for node in inner:
                    yield [self.group(self.entries([node]), [node])]
            elif kind in ITEMS:
                if blocks := self.entries(nodes):
                    # The head of a table stays where it is.
                    nodes = blocks if kind == "table" else nodes
                    yield [self.group(blocks, nodes)]
            elif kind == "wrapper":
                for node in nodes:
                    yield from self.groups(node)
        yield from self.paragraphs(pending)

    def group(self, blocks, nodes, *, is_list=True):
        remarks = tuple(block for block in blocks if _is_remark(block))
        entries = tuple(block for block in blocks if block not in remarks)
        if not entries:
            entries, remarks = remarks, ()
        return Group(entries, is_list, nodes[0].first, nodes[-1].last, remarks)

    def entries(self, nodes):
        """Return the entries of lists, each with what is folded away behind its list."""
        blocks: list[Block] = []
        for node in nodes:
            if node.is_supplement and blocks:
                beside = "\n\n".join(filter(None, [blocks[-1].abstract, self.beside(node)]))
                blocks[-1] = replace(blocks[-1], abstract=beside)
            else:
                blocks += self.items(node)
        return blocks

    def items(self, node, name="") -> Iterator[Block]:
        """Yield the entries of a list or table; an item that is a year holds a list of them."""
        name = name or ITEMS[node.name]
        for child in node.children:
            if child.name in {"thead", "tbody", "tfoot"}:
                yield from self.items(child, name)
            elif child.name == name and not _is_head(child):
                yield from self.item(child)

    def item(self, node):
        inner = [child for child in node.children if child.name == "list"]
        own = [child for child in node.children if child.name != "list"]
        label = " ".join(plain_text(line) for child in own for line in child.all_lines())
        if len(inner) == 1 and (match := YEAR.fullmatch(label)):
            for block in self.items(inner[0]):
                yield replace(block, year=int(match[1]))
        elif node.says_something:
            yield self.block(node)

    def block(self, *nodes: Node) -> Block:
        first, last = nodes[0].first, nodes[-1].last
        while last > first and not self.source[last - 1].strip():
            last -= 1
        inside = nodes[0].inside.strip() if len(nodes) == 1 else ""
        text = inside or _without_marker("\n".join(self.source[first:last]))
        lines = tuple(line for node in nodes for line in node.all_lines())
        odd = any(child.name in {"table", "iframe"} for node in nodes for child in node.walk())
        beside = (self.beside(child) for node in nodes for child in node.supplements())
        return Block(lines, first, last, text, odd, None, "\n\n".join(filter(None, beside)))

    def beside(self, node):
        """Return the source of an abstract, without what folds it away."""
        source = node.inside or "\n".join(self.source[node.first : node.last])
        if node.name == "other":
            return dedent(source) if source.startswith(("    ", "\t")) else source
        if node.name == "pre":
            return f"<pre>{source}</pre>" if node.inside else source
        return FOLDING.sub("", QUOTED.sub("", source)).strip()

    def paragraphs(self, nodes: Sequence[Node]) -> Iterator[list[Group]]:
        """Yield a run of paragraphs: each an entry, those between rules, those up to the next."""
        while nodes and (not nodes[0].says_something or nodes[0].is_supplement):
            nodes = nodes[1:]
        texts = [node for node in nodes if node.name != "hr"]
        if not texts:
            return
        ways = [_with_supplements(texts)]
        if _are_shown(nodes):
            return
        if len(parted := _parted(nodes)) > 1:
            ways.append(parted)
        leads = dict.fromkeys(filter(None, map(_lead, texts)))
        ways += [led for lead in leads if (led := _led(texts, lead)) and led not in ways]
        yield [
            self.group([self.block(*part) for part in parts], texts, is_list=False)
            for parts in ways
        ]


def _alike(nodes: Sequence[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Yield stretches of nodes of one kind; what says nothing parts none."""
    stretch: list[Node] = []
    last = ""
    counts: dict[tuple[str, str], int] = {}
    for node in nodes:
        counts[_shape(node)] = counts.get(_shape(node), 0) + 1
    for node in nodes:
        kind = _kind(node, counts)
        if kind == "supplement" and last in {"list", "box"}:
            kind = last  # it goes with the entry before it
        if kind == "nothing":
            continue
        if kind != last and stretch:
            yield last, stretch
            stretch = []
        stretch.append(node)
        last = kind
    if stretch:
        yield last, stretch


def _shape(node):
    return node.name, node.attributes.get("class", "")


def _kind(node, counts) -> str:
    if node.name == "hr":
        return "hr"
    if node.is_supplement:
        return "supplement" if node.says_something or node.name == "other" else "nothing"
    if not node.says_something and not node.all_lines():
        return "nothing"
    if node.name in ITEMS:
        return "other" if _has_more(node, ITEMS[node.name]) else node.name
    if node.name == "quote" and counts[_shape(node)] > 1 and node.says_something:
        return "box"
    if node.name in WRAPPERS:
        if not node.says_something:
            return "nothing"
        is_box = counts[_shape(node)] > 1 or BOX.search(node.attributes.get("class", ""))
        return "box" if is_box and not _holds_entries(node) else "wrapper"
    return "p" if node.name in {"p", "text"} or node.is_html else "other"


def _has_more(node, name):
    """Return whether text stands in a list or table beside its items, which would be lost."""
    begun = False
    for child in node.children:
        if child.name in {"thead", "tbody", "tfoot"}:
            if _has_more(child, name):
                return True
            begun = True
        elif child.name == name:
            if begun and name == "row" and _is_head(child):
                return True
            begun = begun or not _is_head(child)
        elif child.says_something:
            return True
    return False


def _holds_entries(node):
    """Return whether a box holds several entries rather than one."""
    for below in node.walk():
        shapes = Counter(_shape(child) for child in below.children)
        if any(count > 2 and BOX.search(names) for (_, names), count in shapes.items()):
            return True
        if sum(child.name in {"item", "row"} for child in below.children) > 3:
            return True
    return False


def _is_head(row):
    """Return whether a row of a table names its columns, or is nothing but a rule."""
    cells = [child for child in row.children if child.name in {"cell", "head"}]
    return bool(cells) and all(cell.name == "head" for cell in cells)


def _labelled(nodes):
    """Return the lists inside items that only head them: “- Journal papers”, with a list below."""
    items = [item for node in nodes for item in node.children if item.name == "item"]
    inner = [[c for c in item.children if c.name == "list"] for item in items]
    heads = sum(bool(lists) and _heads(item) for item, lists in zip(items, inner, strict=True))
    return [node for lists in inner for node in lists] if heads * 2 > len(items) else []


def _heads(item):
    own = [child for child in item.children if child.name != "list"]
    text = " ".join(plain_text(line) for child in own for line in child.all_lines())
    return len(text.split()) <= MOST_WORDS and heading_says_what_follows(text)


def _with_supplements(nodes):
    """Return paragraphs, each with its badge and the pictures and what is folded away behind it."""
    parts: list[list[Node]] = []
    has_badges = bool(nodes) and _is_badge(nodes[0])
    for node in nodes:
        goes_on = node.is_supplement or not node.says_something or _is_picture(node)
        goes_on = goes_on or are_buttons(node.all_lines())
        if parts and (goes_on or has_badges and all(map(_is_badge, parts[-1]))):
            parts[-1].append(node)
        else:
            parts.append([node])
    return parts


def _are_shown(nodes):
    """Return whether pictures stand between most of the paragraphs: no list holds those."""
    pictures = [node for node in nodes if _is_picture(node)]
    return len(pictures) > 1 and len(pictures) * 3 > sum(
        n.name != "hr" and not _is_picture(n) for n in nodes
    )


def _is_badge(node):
    """Return whether all that a paragraph says is where something appeared: “ICML 2023”."""
    lines = [line for line in node.all_lines() if says_something(line)]
    return len(lines) == 1 and node.name in {"p", "text"} and is_venue_label(plain_text(lines[0]))


def _is_picture(node):
    runs = [run for line in node.all_lines() for run in line if run.text.strip() or run.image]
    images = [run.image for run in runs if run.image is not None]
    return bool(images) and len(images) == len(runs) and not all(map(shows_badge, images))


def _parted(nodes):
    """Return the paragraphs between rules."""
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if node.name == "hr":
            parts.append([])
        else:
            parts[-1].append(node)
    return [part for part in parts if part]


def _led(nodes, lead):
    """Return paragraphs with those that do not begin like an entry put behind the one that does."""
    parts: list[list[Node]] = []
    has_badges = _is_badge(nodes[0])
    for node in nodes:
        is_open = has_badges and bool(parts) and all(map(_is_badge, parts[-1]))
        begins = has_badges and _is_badge(node) or _lead(node) == lead and not is_open
        if begins or not parts:
            parts.append([node])
        else:
            parts[-1].append(node)
    return parts if len(parts) < len(nodes) else None


def _is_remark(block):
    """Return whether a block says what marks and colours mean; a row of a table is no text."""
    if block.odd or block.text.startswith(("|", "<t")):
        return False
    is_linked = any(run.href or run.image for line in block.lines for run in line)
    return not is_linked and is_legend(" ".join(map(plain_text, block.lines)))


def _lead(node):
    """Return how a paragraph begins: in bold, with a link, or with a typed number."""
    line = next((line for line in node.all_lines() if says_something(line)), ())
    run = next((run for run in line if run.text.strip() or run.image), None)
    if run is None:
        return None
    if re.match(r"\s*[\[(]?[A-Z]{0,2}\d{1,3}[\]).]", run.text):
        return "number"
    return "strong" if STRONG in run else "link" if run.href else None


def _without_marker(text):
    """Return an item's source without its bullet or number and the indent that goes with it."""
    marker = re.match(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+", text)
    if not marker:
        return text.strip()
    indent = re.compile(rf"^[ \t]{{1,{len(marker[0].expandtabs(4))}}}")
    first, *others = text[marker.end() :].split("\n")
    return "\n".join([first, *(indent.sub("", line, count=1) for line in others)]).strip()
