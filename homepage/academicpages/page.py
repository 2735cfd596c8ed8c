"""Reads one Markdown home page: profile, sections and lists, nothing lost, nothing invented."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from homepage.common.markdown import escape_inline, parser, plain, render
from homepage.common.text import slug
from publications.formats.handwritten import find_owner, read_lists
from publications.formats.handwritten.blocks import inline_lines
from publications.formats.handwritten.kinds import heading_kind
from publications.names import is_full_name, same_person
from publications.records import CategoryRecord, Problem

from . import front_matter
from .data import OldAddress, Page, SectionData
from .definitions import definitions, with_definitions
from .markup import strip_invisible
from .outline import Part, parts, section_level

USED_KEYS = frozenset({"permalink", "redirect_from", "title", "author", "name"})
INTRODUCTION = re.compile(r"(?:I am|I['’]m|[Mm]y name is|我是|我叫)\s*,?\s*(?:Dr\.?|Prof\.?)?\s*$")
HOME_PAGES = frozenset({"/", "/index.html", "/about/", "/about.html", "/about"})
# A heading longer than the column for headings stays in the text.
LONGEST_HEADING = 200
# What the editor accepts in one text, with room to add to it.
LONGEST_BODY = 80_000


def read_page(text: str, known_owner: Sequence[str] = ()) -> Page:
    """Return what a page says. Never raises; `known_owner` are names the owner goes by."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    header = front_matter.read(text)
    lines = text.split("\n")
    body = "\n".join([""] * header.length + lines[header.length :])
    visible = strip_invisible(body)
    source = visible.text.split("\n")
    env = {}
    found = parts(parser().parse(visible.text, env), len(source), _page_heading(header))
    owner = _owner(header, found, source, known_owner)
    names = list(dict.fromkeys(filter(None, [*known_owner, owner])))
    cutter = _Cutter(header, found, source, names, definitions(source, env))
    sections, categories, records = cutter.cut()
    return Page(
        owner=owner,
        permalink=next((value for value, _ in header.strings("permalink")), "/"),
        sections=tuple(sections),
        categories=tuple(categories),
        records=tuple(records),
        addresses=tuple(
            OldAddress(value, line, key)
            for key in ("permalink", "redirect_from")
            for value, line in header.strings(key)
        ),
        problems=(*header.problems, *_ignored_keys(header)),
        left_out=visible.left_out,
    )


def _page_heading(header):
    """Return the title of a page that is not the home page: all of it stands under that."""
    permalink = next((value for value, _ in header.strings("permalink")), "/")
    title = next((value for value, _ in header.strings("title")), "")
    return "" if permalink in HOME_PAGES else title


def _ignored_keys(header):
    ignored = [key for key in header.values if key not in USED_KEYS]
    if not ignored:
        return ()
    return (Problem(1, f"header: not needed here and left out: {', '.join(ignored)}"),)


def _owner(header, found, source, known):
    """Return whose page it is: as the lists, the header, its title or its first words say."""
    in_lists = find_owner([part.chunk for part in found], source)
    said = [value for key in ("name", "author") for value, _ in header.strings(key)]
    titles = [plain(part.title) for part in found[:2] if part.level == 1]
    titles += [value for value, _ in header.strings("title")]
    named = next(filter(is_full_name, said), "")
    titled = next((t for t in titles if is_full_name(t) and same_person(t, in_lists)), "")
    return named or titled or in_lists or _introduced(found)


def _introduced(found):
    """Return the name that the page's first paragraphs introduce in bold: “I’m **Jane Doe**”."""
    inlines = [token for part in found[:3] for token in part.tokens if token.type == "inline"]
    for token in inlines[:6]:
        children = token.children or []
        for before, opening, name in zip(children, children[1:], children[2:], strict=False):
            is_introduced = opening.type == "strong_open" and INTRODUCTION.search(before.content)
            if is_introduced and is_full_name(name.content):
                return name.content
    return ""


class _Cutter:
    """Cuts the parts of a page into sections, in order, every line in one of them."""

    def __init__(self, header, found: Sequence[Part], source, names, defined):
        self.source = source
        self.defined = defined
        self.page_title = next((value for value, _ in header.strings("title")), "")
        self.permalink = next((value for value, _ in header.strings("permalink")), "/")
        self.parts = found
        self.owner = next(iter(names), "")
        self.readings = read_lists([part.chunk for part in found], source, names)
        self.sections: list[SectionData] = []
        self.categories: list[CategoryRecord] = []
        self.records = []
        self.keys: Counter[str] = Counter()

    def cut(self):
        level = section_level(self.parts)
        blocks: list[list[int]] = []
        for index, part in enumerate(self.parts):
            is_section = part.level and part.level <= level and part.year is None
            if not blocks or is_section:
                blocks.append([])
            blocks[-1].append(index)
        for block in blocks:
            self._section(block)
        return self.sections, self.categories, self.records

    def _section(self, block):
        head = self.parts[block[0]]
        title = head.title
        if not head.level and (self._text(head.start, head.end) or len(block) == len(self.parts)):
            # What stands before the first heading stands under the title of the page.
            title = self.page_title
        if head.level == 1 and same_person(plain(title), self.owner):
            title = ""  # the name of the page's owner is shown already
        if not any(self.readings[index] for index in block):
            last = self.parts[block[-1]]
            self._add_text(title, head.start, last.end, head.line)
            return
        self._list_section(title, block)

    def _list_section(self, title, block):
        """Add a section of publications; text between its lists becomes sections of text."""
        current = None
        for index in block:
            part, readings = self.parts[index], self.readings[index]
            is_head = index == block[0]
            if not readings:
                if is_head:
                    current = self._new_list(title, part)
                    body = self._text(part.start, part.end)
                    current = replace(current, body=joined(current.body, body))
                    continue
                if part.year is None or self._text(part.start, part.end):
                    current = self._close(current)
                    self._add_text(part.title, part.start, part.end, part.line)
                continue
            if current is None:
                current = self._new_list(title if is_head else "", part)
            intro, between, rest = self._around(part, readings)
            heading = part.title if not is_head and part.year is None else current.title or title
            if part.year is not None:
                current = replace(current, group_by="year")
            key = self._category(current, heading, part, readings)
            if is_head:
                current = replace(current, body=joined(current.body, intro))
            else:
                between = joined(heading_links(part.title), intro, between)
            self._add_intro(key, between)
            current = replace(current, categories=tuple(dict.fromkeys([*current.categories, key])))
            if rest and shows_something(rest):
                current = self._close(current)
                self._add_text("", readings[-1].last, part.end, readings[-1].last)
        self._close(current)

    def _new_list(self, title, part):
        return SectionData(
            self._key(title or "publications"),
            title,
            body=heading_links(title),
            line=part.line + 1,
            shows="publications",
        )

    def _close(self, current):
        if current is not None and (current.categories or current.title or current.body):
            if not current.categories:
                current = replace(current, shows="text")
            self.sections.append(current)
        return None

    def _around(self, part, readings):
        """Return the text before, between and behind the lists of a part."""
        ends = [part.start, *(reading.last for reading in readings)]
        starts = [*(reading.first for reading in readings), part.end]
        texts = [self._text(a, b) for a, b in zip(ends, starts, strict=True)]
        return texts[0], joined(*texts[1:-1]), texts[-1]

    def _category(self, section, heading, part, readings):
        """File the records of a part under its heading; return the category's key."""
        fallback = heading_kind(plain(heading)) or "list"
        base = slug(plain(heading) or "publications", fallback)
        known = {category.key for category in self.categories}
        key = base
        if base in known and base not in section.categories:
            key = next(f"{base}-{n}" for n in range(2, 999) if f"{base}-{n}" not in known)
        records = [record for reading in readings for record in reading.records]
        if part.year is not None:
            records = [replace(record, year=record.year or part.year) for record in records]
        start = sum(record.category == key for record in self.records)
        records = [
            replace(record, category=key, position=position)
            for position, record in enumerate(records, start + 1)
        ]
        self.records += records
        filed = [record for record in self.records if record.category == key]
        category = CategoryRecord(
            key=key,
            title=heading[:LONGEST_HEADING] or "Publications",
            default_kind=_default_kind(plain(heading), filed),
            position=len(self.categories) + 1,
            ordering="newest" if _is_newest_first(filed) else "manual",
            line=part.line + 1,
        )
        if key in known:
            place = next(n for n, c in enumerate(self.categories) if c.key == key)
            old = self.categories[place]
            self.categories[place] = replace(category, position=old.position, intro=old.intro)
        else:
            self.categories.append(category)
        return key

    def _add_intro(self, key, text):
        for place, category in enumerate(self.categories):
            if category.key == key and text:
                intro = joined(category.intro, text)
                self.categories[place] = replace(category, intro=intro)

    def _add_text(self, title, start, end, line):
        body = joined(heading_links(title), self._text(start, end))
        if len(title) > LONGEST_HEADING:
            title, body = "", f"## {title}\n\n{body}"
        if not title and not shows_something(body):
            return
        for piece in _pieces(body):
            key = self._key(title or piece[:80])
            self.sections.append(SectionData(key, title, piece, line + 1))
            title = ""

    def _key(self, text):
        """Return the identity of a section in a later import: its heading, counted."""
        base = f"{self.permalink}#{slug(plain(text), 'text', 60)}"
        self.keys[base] += 1
        return base if self.keys[base] == 1 else f"{base}-{self.keys[base]}"

    def _text(self, start, end):
        """Return source lines without the blank ones and the non-breaking spaces round them."""
        lines = self.source[start:end]
        while lines and _is_spacing(lines[0]):
            lines.pop(0)
        while lines and _is_spacing(lines[-1]):
            lines.pop()
        return with_definitions("\n".join(lines), self.defined)


def _is_spacing(line):
    return not re.sub(r"&nbsp;|&emsp;|&ensp;|<br\s*/?>|[\s\xa0\\]", "", line, flags=re.I)


def joined(*texts: str) -> str:
    """Return texts as paragraphs of one."""
    return "\n\n".join(filter(None, texts))


def heading_links(title: str) -> str:
    """Return the links of a heading as a line of text: a heading itself shows none."""
    (inline,) = parser().parseInline(title)
    links = [run for line in inline_lines(inline.children or []) for run in line if run.href]
    return " ".join(f"[{escape_inline(run.text)}](<{run.href}>)" for run in links if run.text)


def shows_something(body: str) -> bool:
    """Return whether a reader sees anything of a text: a word, or a picture."""
    if re.search(r"\w", re.sub(r"<[^<>]*>|&\w+;|(?m:^ {0,3}\[[^\]]+\]:.*$)", "", body)):
        return True
    shown = render(body)
    return "<img" in shown or bool(re.search(r"\w", re.sub(r"<[^>]*>", "", shown)))


def _pieces(body):
    """Yield a text in pieces that the editor accepts, cut at empty lines where it can be."""
    while len(body) > LONGEST_BODY:
        cut = body.rfind("\n\n", 0, LONGEST_BODY)
        cut = cut if cut > 0 else LONGEST_BODY
        yield body[:cut]
        body = body[cut:].lstrip("\n")
    yield body


def _default_kind(heading, records):
    kinds = Counter(record.kind for record in records if record.kind != "document")
    return heading_kind(heading) or next((kind for kind, _ in kinds.most_common(1)), "")


def _is_newest_first(records):
    """Return whether ordering by year gives the page's order: unknown years come last."""
    years = [record.year or 0 for record in records]
    return all(a >= b for a, b in zip(years, years[1:], strict=False))
