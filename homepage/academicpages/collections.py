"""The collections of a site (`_talks`, `_teaching`, ...) and the pages that show them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from homepage.common.markdown import plain

from .choice import Choice, Included
from .data_lists import data_names, read_data_lists, without_known
from .draft import Draft
from .events import item_text
from .jekyll import SourceFile
from .liquid import Loop
from .listing import dealt, filled
from .texts import joined
from .values import newest_first

PAPERS = "publications"
# Folders of Jekyll that are no collections, and collections that do not come along.
NO_COLLECTIONS = frozenset("posts pages drafts includes layouts sass data site plugins".split())


class Collections:
    """The items of each collection, and what stands in the place of a list of them."""

    def __init__(self, draft: Draft, choice: Choice):
        self.source = draft.source
        self.draft = draft
        self.choice = choice
        root = self.source.folder.root
        names = sorted(path.name[1:] for path in root.iterdir() if path.name.startswith("_"))
        self.items: dict[str, list[SourceFile]] = {
            name: self.source.collection(name)
            for name in names
            if name not in NO_COLLECTIONS and (root / f"_{name}").is_dir()
        }
        listed = read_data_lists(self.source)
        self.source.data_lists = dict.fromkeys(data_names(self.source, listed), PAPERS)
        self.headings: dict[str, str] = {}
        self._add_listed(without_known(listed, self.items.get(PAPERS, [])))

    def _add_listed(self, listed):
        """Put the papers of data files before those that have a page of their own."""
        if listed:
            self.items[PAPERS] = [*(one.item for one in listed), *self.items.get(PAPERS, [])]
            self.headings = {one.item.path: one.heading for one in listed if one.heading}

    def order(self, items: Sequence[SourceFile]) -> list[SourceFile]:
        """Return items in the order in which pages show them."""
        return newest_first(items)

    def heading(self, item: SourceFile, page: Included) -> str:
        """Return the heading under which a page shows an item, "" if it has none."""
        return ""

    def shown_by(self, item: Included) -> set[str]:
        """Return the collections that a page goes through and that have items."""
        return {name for name in item.collections if self.items.get(name)}

    def listing(self, name: str) -> Included | None:
        """Return the page that shows a collection, and no other."""
        if not self.items.get(name):
            return None
        return next((item for item in self.choice.pages if self.shown_by(item) == {name}), None)

    def link(self, loop: Loop) -> str:
        """Return a link to the section that shows what a list went through, "" if none does."""
        for name in sorted(loop.collections):
            if name == PAPERS and self.items.get(PAPERS):
                return '<a href="/publications/">Publications</a>'
            listing = self.listing(name)
            if listing is not None:
                return f'<a href="{listing.page.permalink}">{plain(listing.title)}</a>'
        return ""

    def text(self, item: Included) -> tuple[str, list[SourceFile]]:
        """Return the text of a page with the items of its lists, and the items shown."""
        names: set[str] = set()
        shown: list[SourceFile] = []
        body = filled(item.prepared, lambda loop: self._in_place(loop, item, names, shown))
        for name in sorted(names):
            # Items that no condition of a list lets through had pages of their own.
            _, left = dealt(_loops(item, name), self.order(self.items[name]))
            body = joined(body, *self._texts(left, item, shown))
        return body, shown

    def note_the_rest(self) -> None:
        """Note the items of collections that no page shows."""
        shown = {PAPERS}.union(*(item.collections for item in self.choice.pages))
        for name, items in self.items.items():
            for item in items if name not in shown else ():
                self.source.leave_out(item.path, f"left out: no page shows _{name}")

    def _in_place(self, loop, item, names, shown):
        """Return what stands in the place of a list: its items, or where they are to be found."""
        parts = []
        for name in sorted(loop.collections):
            if not self.items.get(name):
                continue
            if name == PAPERS or self.listing(name) not in (None, item):
                return self.link(loop)
            names.add(name)
            chosen, _ = dealt(_loops(item, name), self.order(self.items[name]))
            parts += self._texts(chosen[loop], item, shown)
        return joined(*parts)

    def _texts(self, items: Sequence[SourceFile], page: Included, shown) -> list[str]:
        """Return the texts of items in their order; examples have none."""
        level, heading, texts = _level(page), "", []
        for item in items:
            above = self.heading(item, page)
            text = item_text(self.source, item, level + bool(above))
            if not text:
                continue
            if above and above != heading:
                texts.append(f"{'#' * level} {above}")
            heading = above
            texts.append(text)
            shown.append(item)
        return texts


def _loops(item, name):
    return [loop for loop in item.prepared.loops if name in loop.collections]


def _level(page):
    """Return the level of headings for items: below those of the page."""
    found = re.findall(r"(?m)^ {0,3}(#{1,5})\s|<h([1-5])\b", page.prepared.text)
    return min(6, max((len(marks) or int(tag) for marks, tag in found), default=1) + 1)
