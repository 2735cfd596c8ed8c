"""Reads a whole al-folio site: who, the home page, its pages, the bibliography, the news."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from homepage.academicpages.choice import Choice, Included
from homepage.academicpages.collections import Collections
from homepage.academicpages.data import SectionData, Site
from homepage.academicpages.draft import Draft
from homepage.academicpages.jekyll import Jekyll, SourceFile
from homepage.academicpages.leftovers import is_of_template
from homepage.academicpages.lists import MARKDOWN, selections
from homepage.academicpages.navigation import Entry
from homepage.academicpages.people import read_profile as read_author_block
from homepage.academicpages.site import SiteReader
from homepage.academicpages.texts import joined, shows_something
from homepage.academicpages.uniting import United, united
from homepage.common.markdown import escape_inline
from homepage.common.text import fold
from publications.records import PublicationRecord

from .bibliography import FOLDER, FORMAT, Bibliography
from .layouts import is_example, read_people, with_details, with_lists
from .news import read_news
from .person import filled, read_profile
from .resume import read_data, read_resume

REPOSITORIES = "_data/repositories.yml"
# What is read by itself.
OWN_DATA = frozenset(f"data.{name}" for name in "cv repositories socials venues coauthors".split())
TEMPLATE_USERS = frozenset(["torvalds", "alshedivat"])
PLAIN_TITLES = re.compile(
    r"(?:about|home|news|cv|publications|projects|teaching|repositories)", re.I
)


def is_alfolio(site: Jekyll) -> bool:
    """Return whether a site is made with al-folio, or in its ways."""
    settings = site.config.values
    return "scholar" in settings or "first_name" in settings or site.folder.has(FOLDER)


def read_site(site: Jekyll, known_owner: Sequence[str] = ()) -> Site:
    """Return what a site says. Never raises for what stands in it."""
    return AlfolioReader(site, known_owner).read()


class AlfolioCollections(Collections):
    """Projects and the like: by importance, under the categories that a page names."""

    def __init__(self, draft: Draft, choice: Choice):
        super().__init__(draft, choice)
        # The data files that each page shows already.
        self.told: dict[str, set[str]] = {}

    def order(self, items: Sequence[SourceFile]) -> list[SourceFile]:
        dated = super().order(items)
        if not any("importance" in item.header.values for item in dated):
            return sorted(dated, key=lambda item: self._rank(item)[0])
        return sorted(sorted(dated, key=lambda item: item.path), key=self._rank)

    def heading(self, item: SourceFile, page: Included) -> str:
        named = page.page.header.values.get("display_categories")
        category = item.header.first("category")
        return category if isinstance(named, list) and category in map(str, named) else ""

    def _in_place(self, loop, item, names, shown):
        """Add what data files say of people, courses and the like, where a list showed them."""
        texts = [self._data(name, item) for name in sorted(loop.collections)]
        return joined(super()._in_place(loop, item, names, shown), *texts)

    def _data(self, name, item):
        told = self.told.setdefault(item.page.path, set())
        if not name.startswith("data.") or name in told or name in OWN_DATA:
            return ""
        told.add(name)
        return read_data(self.source, name.removeprefix("data."))

    def _rank(self, item):
        """Return the place of an item: that of its category on the page, then its own."""
        named = [page.page.header.values.get("display_categories") for page in self.choice.pages]
        names = [str(name) for one in named if isinstance(one, list) for name in one]
        category = item.header.first("category")
        importance = item.header.values.get("importance")
        return (
            names.index(category) if category in names else len(names),
            importance if isinstance(importance, int | float) else 999,
        )


class AlfolioReader(SiteReader):
    kind = "al-folio"

    def read_profile(self) -> str:
        self.source.pages[:] = map(with_lists, self.source.pages)
        profile, rest = read_profile(self.source, self.source.home())
        if isinstance(self.source.config.get("author"), Mapping):
            block, more = read_author_block(self.source)
            profile, rest = filled(profile, block), joined(rest, more)
        self.draft.profile = profile
        return rest

    def entries(self) -> list[Entry]:
        """Return the pages that are in the navigation, by the order in their headers."""
        found = []
        for page in self.source.pages:
            if page.header.values.get("nav") is not True:
                continue
            order = page.header.values.get("nav_order")
            order = order if isinstance(order, int | float) else 999
            for title, url in _entries_of(page):
                found.append((order, Entry(title, url, page.header.lines.get("nav", 1))))
        self._capitalise()
        entries = [entry for _, entry in sorted(found, key=lambda pair: pair[0])]
        return entries or super().entries()

    def _capitalise(self):
        """Write the titles that the template sets in small letters as headings."""
        for number, page in enumerate(self.source.pages):
            if page.title.islower():
                title = "CV" if page.title == "cv" else page.title[:1].upper() + page.title[1:]
                header = replace(page.header, values={**page.header.values, "title": title})
                self.source.pages[number] = replace(page, header=header)

    def make_collections(self) -> Collections:
        collections = AlfolioCollections(self.draft, self.choice)
        for items in collections.items.values():
            examples = list(filter(is_example, items))
            for item in examples:
                self.source.leave_out(item.path, "an example of the template, left out")
            items[:] = [with_details(item) for item in items if item not in examples]
        return collections

    def read_home(self, about: str) -> None:
        home = self.choice.home
        if home is not None and PLAIN_TITLES.fullmatch(home.title.strip()):
            # The template shows no heading; the list of the pages named it so.
            values = {**home.header.values, "title": "About"}
            home = replace(home, header=replace(home.header, values=values))
            self.choice.home = home
        super().read_home("")
        if about and self.draft.sections:
            first = self.draft.sections[0]
            self.draft.sections[0] = replace(first, body=joined(about, first.body))
        elif about:
            self.draft.sections.append(SectionData("/#biography", "About", about))
        self._read_news()

    def _read_news(self):
        home = self.choice.home
        items = self.collections.items.pop("news", [])
        is_at_home = home is not None and _is_on(home, "news", "announcements")
        has_page = any("news" in item.collections for item in self.choice.pages)
        read_news(self.draft, items, is_public=is_at_home or has_page)
        if is_at_home and self.draft.news:
            self.draft.sections.append(SectionData("/#news", "News", shows="news", path=home.path))

    def read_publications(self) -> None:
        """Read the bibliography, then what collections and pages list beside it."""
        pages = [item for item in self.choice.pages if item.shows_bibliography]
        loops = [loop for item in pages for loop in item.prepared.loops]
        records = Bibliography(self.draft).read(loops)
        listed = self.draft.records.get(MARKDOWN, ())
        both = united(records, listed)
        self.source.left_out += both.notes
        entries = self._as_listed(both, listed)
        # First what brings its headings along, for the bibliography may stand under them.
        self.draft.records = {MARKDOWN: both.rest, FORMAT: entries}
        self.lists.read()
        self._add_lists(pages)

    def _as_listed(self, both: United, listed: Sequence[PublicationRecord]):
        """Return the bibliography with the headings, or the mark, that the home page gives."""
        places = {n: place for n, place in enumerate(both.pairs) if place is not None}
        chosen = selections(self.draft, listed, places, len(both.first))
        entries = list(both.first)
        for number, place in places.items():
            one = listed[number]
            found = {"selected": True} if number in chosen else {"category": one.category}
            entries[place] = replace(entries[place], **found)
        return tuple(entries)

    def _add_lists(self, pages):
        """Add the sections that show the bibliography: what is selected, else all of it."""
        records = self.draft.records[FORMAT]
        home = self.choice.home
        intro = joined(*(self._intro(item) for item in pages))
        for item in pages:
            self.draft.note_addresses(item.page)
        if not records:
            return
        shows_selected = home is not None and _is_on(home, "selected_papers")
        is_selected = shows_selected and any(record.selected for record in records)
        if is_selected and any(part.shows == "selected" for part in self.draft.sections):
            return
        if not is_selected and (number := self._list_of_all()) is not None:
            # One list shows the papers of every format, and each once.
            part = self.draft.sections[number]
            self.draft.sections[number] = replace(part, body=joined(part.body, intro))
        elif is_selected or intro or not pages:
            self.draft.sections.append(
                SectionData(
                    "/#selected" if is_selected else "/publications/",
                    "Selected publications" if is_selected else "Publications",
                    intro,
                    shows="selected" if is_selected else "publications",
                    group_by="none" if is_selected else "year",
                    path=home.path if is_selected else pages[0].page.path if pages else FOLDER,
                )
            )

    def _list_of_all(self) -> int | None:
        """Return the place of the section that shows all publications, if one does already."""
        for number, part in enumerate(self.draft.sections):
            if part.shows == "publications" and not part.categories:
                return number
        return None

    def _intro(self, item) -> str:
        """Return what a page of publications says beside its lists."""
        body = joined(self._description(item.page), item.prepared.text.strip())
        body = re.sub(r"</?div\b[^<>]*>|</?nav\b[^<>]*>", "", body).strip()
        return body if shows_something(body) else ""

    def read_page(self, item: Included) -> None:
        if item.collections == {"news"} or item.shows_bibliography:
            return
        super().read_page(item)

    def body_of(self, item: Included) -> tuple[str, list[SourceFile]]:
        """Return the text of a page: its description, its own text, and its data."""
        body, shown = super().body_of(item)
        if item.page.header.first("layout") == "profiles":
            body = joined(body, read_people(self.source, item.page))
        if item.page.header.first("layout") == "cv":
            body = joined(body, read_resume(self.source))
        if "site.data.repositories" in item.page.text:
            body = joined(body, self._repositories())
        return joined(self._description(item.page), body), shown

    def _description(self, page):
        text = page.header.first("description")
        if not text or is_of_template(text) or fold(text) == fold(page.title):
            return ""
        return self.source.with_new_addresses(text, page, "description")

    def _repositories(self) -> str:
        """Return the names of repositories as links: their cards came from other servers."""
        data = self.source.yaml(REPOSITORIES)
        lines = []
        for key in ("github_users", "github_repos"):
            names = data.values.get(key)
            names = [str(name).strip("/ ") for name in names] if isinstance(names, list) else []
            if TEMPLATE_USERS & {name.partition("/")[0] for name in names}:
                self.source.leave_out(REPOSITORIES, f"{key} is the template’s, left out")
                continue
            lines += [f"- [{escape_inline(name)}](<https://github.com/{name}>)" for name in names]
        return "\n".join(lines)


def _entries_of(page) -> Iterator[tuple[str, str]]:
    """Yield (title, address) of a page of the navigation, or of those below it."""
    children = page.header.values.get("children")
    if not page.header.values.get("dropdown") or not isinstance(children, list):
        yield page.title, page.permalink
        return
    for child in children:
        if isinstance(child, Mapping) and isinstance(child.get("permalink"), str):
            yield str(child.get("title", "")), child["permalink"]


def _is_on(page: SourceFile, *keys: str) -> bool:
    """Return whether a header switches something on: `news: true`, or `enabled` below it."""
    for key in keys:
        value = page.header.values.get(key)
        if value is True or isinstance(value, Mapping) and value.get("enabled") is True:
            return True
    return False
