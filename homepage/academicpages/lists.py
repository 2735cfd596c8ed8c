"""The publications of a site: of its collection, and of pages that list them by hand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from homepage.common.markdown import parser, plain
from homepage.common.progress import job
from homepage.common.text import fold, free_slug, slug
from publications.formats.handwritten.kinds import heading_kind
from publications.records import CategoryRecord, Link, PublicationRecord

from .addresses import key_of
from .choice import LONGEST_TITLE, Included
from .collections import PAPERS, Collections
from .data import Page, SectionData
from .draft import Draft
from .jekyll import Jekyll, Prepared, SourceFile
from .liquid import Loop
from .listing import dealt, without_hollow
from .outline import Part, parts
from .page import compose
from .papers import PDF_LABEL, Papers
from .texts import joined, shows_something
from .uniting import united

MARKDOWN = "markdown"
SELECTED = re.compile(r"select|recent|highlight|featured|representative|key papers|代表|精选", re.I)


class Lists:
    """Reads the publications of a site, each once, whatever lists it."""

    def __init__(self, draft: Draft, collections: Collections):
        self.draft = draft
        self.source = draft.source
        self.collections = collections
        self.composed: dict[str, Page] = {}
        self.made: dict[str, CategoryRecord] = {}

    def read(self) -> None:
        for item in self.collections.choice.pages:
            if self.is_handwritten(item):
                self._read_handwritten(item)
        items = self.collections.items.get(PAPERS, [])
        # In a data file they stand as the page showed them.
        listed = [item for item in items if not item.permalink]
        items = listed + self.collections.order([item for item in items if item.permalink])
        if items:
            self._read_collection(items, self.collections.listing(PAPERS))

    def add_page(self, page: Page, path: str) -> Sequence[PublicationRecord]:
        """Add the records of a page; return those that are on no list yet."""
        return self._added([_with_files(replace(r, path=path), self.source) for r in page.records])

    def is_read(self, item: Included) -> bool:
        """Return whether all that a page shows came along as publications."""
        return self.is_handwritten(item) or item is self.collections.listing(PAPERS)

    def is_handwritten(self, item: Included) -> bool:
        """Return whether publications are listed on a page by hand."""
        shows_others = self.collections.shown_by(item) or item.shows_bibliography
        if not item.names_publications or shows_others:
            return False
        if item.page.path not in self.composed:
            page = compose(item.page.header, item.prepared.visible, self.draft.names)
            self.composed[item.page.path] = page
        # What stands at /publications/ here is the list itself.
        is_at_list = key_of(item.page.permalink) == f"/{PAPERS}"
        return is_at_list or bool(self.composed[item.page.path].records)

    def _read_handwritten(self, item):
        """Take over a page that is written by hand: its sections join the home page."""
        path = item.page.path
        page = self._with_own_keys(self.composed[path])
        rest = self.add_page(page, path)
        used = {record.category for record in rest}
        self.draft.categories += [one for one in page.categories if one.key in used]
        for number, part in enumerate(page.sections):
            if not number and not part.title:
                part = replace(part, title=item.title[:LONGEST_TITLE])
            categories = tuple(key for key in part.categories if key in used)
            shows = part.shows if categories or not part.categories else "text"
            part = replace(part, shows=shows, categories=categories, path=path)
            if categories or shows_something(part.body):
                self.draft.sections.append(part)
        self.source.problems += [replace(problem, path=path) for problem in page.problems]
        self.draft.note_addresses(item.page)

    def _with_own_keys(self, page: Page) -> Page:
        """Return a page whose categories are others than those before, though of one heading.

        Else both lists would show the papers of both.
        """
        keys: dict[str, str] = {"": ""}
        for one in page.categories:
            keys[one.key] = free_slug(one.key, {*self._taken(), *keys.values()})
        return replace(
            page,
            categories=tuple(replace(one, key=keys[one.key]) for one in page.categories),
            records=tuple(replace(one, category=keys[one.category]) for one in page.records),
            sections=tuple(
                replace(part, categories=tuple(keys[key] for key in part.categories))
                for part in page.sections
            ),
        )

    def _taken(self) -> set[str]:
        return {one.key for one in self.draft.categories}

    def _added(self, records):
        """Add records; return those that are on no list yet."""
        known = self.draft.records.get(MARKDOWN, ())
        both = united(known, records)
        self.source.left_out += both.notes
        self.draft.records[MARKDOWN] = (*both.first, *both.rest)
        self.pairs = both.pairs
        return both.rest

    def _read_collection(self, items, listing):
        reader = Papers(self.source, self.draft.names)
        headings = {
            **self.collections.headings,
            **self._by_settings(items),
            **self._by_page(items, listing),
        }
        records, files = [], []
        with job("Reading papers", len(items)) as advance:
            for place, item in enumerate(items, 1):
                title = headings.get(item.path, "")
                record = reader.read(item, self._category(title) if title else "", title)
                if record is not None:
                    records.append(replace(record, position=place))
                    files.append(item)
                advance(1)
        rest = self._added(records)
        self._mark_selected(records)
        new = iter(range(len(self.draft.records[MARKDOWN]) - len(rest), 10**9))
        for item, place in zip(files, self.pairs, strict=True):
            number = next(new) if place is None else place
            if not item.permalink:
                continue
            self.draft.note_addresses(item, record=(MARKDOWN, number))
        used = {record.category for record in self.draft.records[MARKDOWN]}
        keys = [key for key in self._in_order(listing) if key in used]
        if listing is not None:
            self.draft.note_addresses(listing.page)
        body = self._body(listing, keys)
        self.draft.categories += [self.made[key] for key in keys]
        if rest and not self._are_in_texts(listing):
            self._add_section(listing, keys, body)

    def _mark_selected(self, records):
        """Let lists of selected papers show papers of the collection, not hold their own."""
        listed = self.draft.records[MARKDOWN]
        pairs = {
            place: record
            for record, place in zip(records, self.pairs, strict=True)
            if place is not None
        }
        chosen = selections(self.draft, listed, pairs, len(records))
        self.draft.records[MARKDOWN] = tuple(
            replace(one, selected=True, category=pairs[n].category, position=pairs[n].position)
            if n in chosen
            else one
            for n, one in enumerate(listed)
        )

    def _add_section(self, listing, keys, body):
        title = listing.title[:LONGEST_TITLE] if listing else "Publications"
        self.draft.sections.append(
            SectionData(
                f"/{PAPERS}/",
                title,
                body=body,
                shows="publications",
                group_by="category" if keys else "none",
                categories=tuple(keys),
                path=listing.page.path if listing else f"_{PAPERS}",
            )
        )

    def _are_in_texts(self, listing):
        """Return whether the papers stand in a text, and no page showed the collection."""
        if listing is not None:
            return False
        texts = fold(" ".join(part.body for part in self.draft.sections if part.shows == "text"))
        records = self.draft.records[MARKDOWN]
        found = sum(fold(plain(record.title)) in texts for record in records)
        return found * 2 > len(records)

    # The headings of a collection.

    def _by_settings(self, items: Sequence[SourceFile]) -> Mapping[str, str]:
        """Return the heading of each item, by its path, as `_config.yml` names its category."""
        known = self.source.config.get("publication_category")
        found = {}
        for item in items if isinstance(known, dict) else ():
            key = item.header.first("category")
            title = self.source.config.text(f"publication_category.{key}.title")
            if key and title:
                found[item.path] = title
        return found

    def _by_page(self, items, listing) -> Mapping[str, str]:
        """Return the heading of each item, by its path, as the page shows it."""
        loops = _loops(listing)
        if len(loops) < 2 or not any(loop.conditions for loop in loops):
            return {}
        above = {loop: part.title for part, loop in _headed(listing.prepared, loops)}
        shown, _ = dealt(loops, items)
        return {item.path: above[loop] for loop in above for item in shown[loop]}

    def _category(self, title: str) -> str:
        """Return the key of the category of a heading, made if need be."""
        kind, key = heading_kind(plain(title)), self._key(title)
        if key not in self.made:
            position = len(self.draft.categories) + len(self.made) + 1
            self.made[key] = CategoryRecord(key, title[:LONGEST_TITLE], "", kind, position)
        return key

    def _key(self, title: str) -> str:
        title = plain(title)
        return free_slug(slug(title, heading_kind(title) or "list"), self._taken())

    def _in_order(self, listing) -> list[str]:
        """Return the keys of the categories in the order of the page."""
        titles = (
            [part.title for part, _ in _headed(listing.prepared, _loops(listing))]
            if listing
            else []
        )
        known = self.source.config.get("publication_category")
        titles += [
            self.source.config.text(f"publication_category.{key}.title")
            for key in (known if isinstance(known, dict) else ())
        ]
        keys = dict.fromkeys([*map(self._key, titles), *self.made])
        keys = [key for key in keys if key in self.made]
        first = len(self.draft.categories) + 1
        for position, key in enumerate(keys, first):
            self.made[key] = replace(self.made[key], position=position)
        return keys

    def _body(self, listing, keys) -> str:
        """Return what the page says beside its lists; text under a heading goes to its list."""
        if listing is None:
            return ""
        lines = html_headings(listing.prepared.text).split("\n")
        headed = {part.line for part, _ in _headed(listing.prepared, _loops(listing))}
        body = []
        for part in parts(parser().parse("\n".join(lines)), len(lines)):
            text = without_hollow("\n".join(lines[part.start : part.end])).strip("\n")
            text = text if shows_something(text) else ""
            key = self._key(part.title)
            if key in keys and part.line in headed:
                self.made[key] = replace(self.made[key], intro=joined(self.made[key].intro, text))
            elif text:
                heading = f"{'#' * part.level} {part.title}" if part.level else ""
                body.append(joined(heading, text))
        return joined(*body)


def selections(
    draft: Draft, listed: Sequence[PublicationRecord], known: Collection[int], total: int
) -> set[int]:
    """Turn lists of selected papers into sections that show what is selected.

    Such a list holds fewer than the `total` of papers, all of them `known` by their places from
    elsewhere as well. Return the places of the papers in such lists.
    """
    chosen: set[int] = set()
    for number, section in enumerate(draft.sections):
        own = {n for n, one in enumerate(listed) if one.category in section.categories}
        is_chosen = own and own <= set(known) and len(own) < total
        if is_chosen and SELECTED.search(plain(section.title)):
            chosen |= own
            shown = replace(section, shows="selected", group_by="none", categories=())
            draft.sections[number] = shown
            kept = [one for one in draft.categories if one.key not in section.categories]
            draft.categories = kept
    return chosen


def _with_files(record: PublicationRecord, source: Jekyll) -> PublicationRecord:
    """Return a record whose links to stored files are files; the first PDF is the paper's."""
    links = []
    for link in record.links:
        name = link.url.removeprefix(source.media_url)
        file = source.files.stored_at(name) if name != link.url else None
        if file is None:
            links.append(link)
        elif not record.pdf and name.endswith(".pdf") and PDF_LABEL.search(link.label):
            record = replace(record, pdf=name)
        else:
            links.append(Link(link.label, file=name))
    return replace(record, links=tuple(links))


def _loops(listing: Included | None) -> list[Loop]:
    if listing is None or listing.prepared is None:
        return []
    return [loop for loop in listing.prepared.loops if PAPERS in loop.collections]


def _headed(prepared: Prepared, loops: Sequence[Loop]) -> Iterator[tuple[Part, Loop]]:
    """Yield each list of a page with the part whose heading it stands under."""
    source = html_headings(prepared.text)
    for part in parts(parser().parse(source), source.count("\n") + 1):
        for loop in loops:
            if part.level and part.line <= loop.line < part.end:
                yield part, loop


def html_headings(source: str) -> str:
    """Return a text with headings of HTML as headings of Markdown, line by line."""
    return re.sub(
        r"(?m)^[ \t]*<h([1-6])\b[^<>]*>[ \t]*(.*?)[ \t]*</h\1>[ \t]*$",
        lambda match: f"{'#' * int(match[1])} {match[2]}",
        source,
        flags=re.I,
    )
