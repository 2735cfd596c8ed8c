"""Cuts the parts of a page into sections, categories and records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from homepage.common.markdown import plain
from homepage.common.text import slug
from publications.formats.handwritten import read_lists
from publications.formats.handwritten.kinds import heading_kind
from publications.names import same_person
from publications.records import CategoryRecord

from .data import SectionData
from .definitions import with_definitions
from .front_matter import FrontMatter
from .outline import Part, section_level
from .texts import heading_links, joined, pieces, shows_something

SPACING = re.compile(r"&nbsp;|&emsp;|&ensp;|<br\s*/?>|[\s\xa0\\]", re.I)
# A line across the page, which ends or begins no section.
RULE = re.compile(r" {0,3}(?:(?:_[ \t]*){3,}|(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})")
# A heading longer than the column for headings stays in the text.
LONGEST_HEADING = 200


class Cutter:
    """Cuts the parts of a page into sections, in order, every line in one of them.

    `names` are those of the owner, the page's own first; `defined` its link definitions.
    """

    def __init__(
        self,
        header: FrontMatter,
        found: Sequence[Part],
        source: Sequence[str],
        names: Sequence[str],
        defined: Mapping[str, str],
    ):
        self.source = source
        self.defined = defined
        self.page_title = header.first("title")
        self.permalink = header.first("permalink", "/")
        self.parts = found
        self.owner = next(iter(names), "")
        code = [t.map for part in found for t in part.tokens if t.type in {"fence", "code_block"}]
        self.code = {number for first, last in code for number in range(first, last)}
        self.readings = read_lists([part.chunk for part in found], source, names)
        self.sections: list[SectionData] = []
        self.categories: list[CategoryRecord] = []
        self.records = []
        self.keys: Counter[str] = Counter()

    def cut(self):
        """Return (sections, categories, records)."""
        level = section_level(self.parts)
        blocks: list[list[int]] = []
        for index, part in enumerate(self.parts):
            is_section = part.level and part.level <= level and part.names_something
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
                if not is_head and self._only_leads(index):
                    continue
                if is_head:
                    current = self._new_list(title, part)
                    body = self._text(part.start, part.end)
                    current = replace(current, body=joined(current.body, body))
                    continue
                current = self._close(current)
                self._add_text(part.title, part.start, part.end, part.line)
                continue
            if current is not None and _is_grouped_otherwise(current, part):
                current = self._close(current)
            if current is None:
                current = self._new_list(title if is_head else "", part)
            intro, between, rest = self._around(part, readings)
            has_own = not is_head and part.year_above is None and part.category
            heading = part.category if has_own else current.title or title
            if part.year_above is not None:
                current = replace(current, group_by="year")
            key = self._category(current, heading, part, readings)
            if part.year_above is not None:
                # Grouped by year, a list shows the text of its section only.
                current = replace(current, body=joined(current.body, intro, between))
            elif is_head:
                # Of its first list a section shows the text, the heading has none of its own.
                current = replace(current, body=joined(current.body, intro, between))
            else:
                self._add_intro(key, joined(heading_links(part.title), intro, between))
            current = replace(current, categories=tuple(dict.fromkeys([*current.categories, key])))
            if rest and shows_something(rest):
                current = self._close(current)
                self._add_text("", readings[-1].last, part.end, readings[-1].last)
        self._close(current)

    def _only_leads(self, index):
        """Return whether a year stands over nothing but the headings of what appeared in it."""
        part, following = self.parts[index], self.parts[index + 1 : index + 2]
        says_nothing = not shows_something(self._text(part.start, part.end))
        return part.year is not None and says_nothing and any(p.venue for p in following)

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
        """Return the text before, between and behind the lists of a part.

        What an item of a list says on the marks of the others stands before them.
        """
        ends = [part.start, *(reading.last for reading in readings)]
        starts = [*(reading.first for reading in readings), part.end]
        texts = [self._text(a, b) for a, b in zip(ends, starts, strict=True)]
        remarks = [block.text for reading in readings for block in reading.remarks]
        return texts[0], joined(*texts[1:-1], *remarks), texts[-1]

    def _category(self, section, heading, part, readings):
        """File the records of a part under its heading; return the category's key."""
        fallback = heading_kind(plain(heading)) or "list"
        base = slug(plain(heading) or "publications", fallback)
        known = {category.key for category in self.categories}
        key = base
        if base in known and base not in section.categories:
            key = next(f"{base}-{n}" for n in range(2, 999) if f"{base}-{n}" not in known)
        records = [record for reading in readings for record in reading.records]
        if part.year_above is not None:
            records = [replace(record, year=record.year or part.year_above) for record in records]
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
        if len(heading) > LONGEST_HEADING:
            self._add_intro(key, heading)
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
        for piece in pieces(body):
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
        while start < end and self._is_spacing(start):
            start += 1
        while end > start and self._is_spacing(end - 1):
            end -= 1
        return with_definitions("\n".join(self.source[start:end]), self.defined)

    def _is_spacing(self, number):
        """Return whether a line is there for the space it takes; in code every line counts."""
        line = self.source[number]
        return number not in self.code and not SPACING.sub("", "" if RULE.fullmatch(line) else line)


def _is_grouped_otherwise(section, part):
    """Return whether a section groups by year what stands under a category, or the reverse."""
    is_by_year = section.group_by == "year"
    return bool(section.categories) and is_by_year != (part.year_above is not None)


def _default_kind(heading, records):
    kinds = Counter(record.kind for record in records if record.kind != "document")
    return heading_kind(heading) or next((kind for kind, _ in kinds.most_common(1)), "")


def _is_newest_first(records):
    """Return whether ordering by year gives the page's order: unknown years come last."""
    years = [record.year or 0 for record in records]
    return all(a >= b for a, b in zip(years, years[1:], strict=False))
