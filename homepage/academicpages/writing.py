"""Writes a home page as people write it for academicpages: what `read_page` reads.

A front matter, a heading over a line of dashes for each section, `###` for each category, its
papers as a numbered list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from homepage.common.markdown import parser, plain
from publications.formats.handwritten import legend
from publications.formats.handwritten.writing import Writer

from .data import Page, SectionData


def write_page(page: Page) -> str:
    """Return the source of a page."""
    return "\n".join([*_front_matter(page), "", *_PageWriter(page).blocks(), ""])


def _front_matter(page) -> Iterator[str]:
    old = [address.path for address in page.addresses if address.key == "redirect_from"]
    yield "---"
    yield f"permalink: {page.permalink}"
    yield f"title: {json.dumps(page.title, ensure_ascii=False)}"
    if page.owner:
        yield f"author: {json.dumps(page.owner, ensure_ascii=False)}"
    yield "author_profile: true"
    if old:
        yield "redirect_from:"
        yield from (f"  - {json.dumps(path, ensure_ascii=False)}" for path in old)
    yield "---"


class _PageWriter:
    def __init__(self, page: Page):
        self.page = page
        self.categories = {category.key: category for category in page.categories}
        texts = [section.body for section in page.sections]
        texts += [category.intro for category in page.categories]
        self.meaning = legend.roles("\n".join(texts))
        self.rule = _rule(texts)

    def blocks(self) -> Iterator[str]:
        for section in self.page.sections:
            yield from self._section(section)

    def _section(self, section: SectionData) -> Iterator[str]:
        yield ""
        if section.title and section.title != self.page.title:
            yield section.title
            yield self.rule
        if section.body:
            yield section.body
        yield ""
        for heading, intro, records in self._groups(section):
            if heading:
                yield f"### {heading}\n"
            if intro:
                yield f"{intro}\n"
            title = plain(heading or section.title)
            yield Writer([self.page.owner], title, self.meaning).list(records)
            yield ""

    def _groups(self, section):
        """Yield the headings of a list, "" for none, with the records under each."""
        records = [r for r in self.page.records if r.category in section.categories]
        if section.group_by == "year":
            for year in dict.fromkeys(record.year for record in records):
                yield str(year or "Undated"), "", [r for r in records if r.year == year]
            return
        for key in section.categories:
            category = self.categories[key]
            alone = len(section.categories) == 1 and category.title == section.title
            heading = "" if alone and not category.intro else category.title
            yield heading, category.intro, [r for r in records if r.category == key]


def _rule(texts) -> str:
    """Return the line under the heading of a section, of a higher level than those in its text."""
    tokens = (token for text in texts for token in parser().parse(text))
    levels = {token.tag for token in tokens if token.type == "heading_open" and not token.level}
    return "======" if levels & {"h1", "h2"} else "------"
