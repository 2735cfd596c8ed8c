"""Which pages of an old site come along: those that its navigation and its texts lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from homepage.common.markdown import escape_inline
from publications.formats.handwritten import PUBLICATIONS

from .addresses import key_of
from .data import APART, PAGE, ProfileLinkData
from .draft import Draft
from .files import CVS, TEXTS
from .jekyll import PAGES, Prepared, SourceFile
from .leftovers import is_example_page, is_of_template
from .navigation import PATH as NAVIGATION
from .navigation import Entry

CV = re.compile(r"\b(?:cv|resume|résumé|curriculum vitae|vita)\b|简历", re.I)
LONGEST_TITLE = 200
# Pages that Jekyll's plug-ins and templates fill, and that no reader misses.
MAP = "/talkmap/map.html"


@dataclass
class Included:
    """A page that comes along: where it stands, and what it shows."""

    page: SourceFile
    title: str
    place: str = PAGE
    prepared: Prepared | None = None

    @property
    def key(self) -> str:
        """Return the identity of its section in a later import."""
        return self.page.permalink

    @property
    def collections(self) -> set[str]:
        """Return the names of the collections that its lists went through."""
        loops = self.prepared.loops if self.prepared else ()
        return {name for loop in loops for name in loop.collections}

    @property
    def names_publications(self) -> bool:
        return bool(PUBLICATIONS.search(f"{self.title} {self.page.title} {self.page.permalink}"))

    @property
    def shows_bibliography(self) -> bool:
        return "bibliography" in self.collections


@dataclass
class Choice:
    """The home page and the pages that come along, in the order of the navigation."""

    draft: Draft
    home: SourceFile | None = None
    pages: list[Included] = field(default_factory=list)

    def __post_init__(self):
        self.source = self.draft.source
        self.home = self.source.home()

    def add_entries(self, entries: list[Entry]) -> None:
        """Add the pages that a navigation names."""
        for entry in entries:
            page = self.source.page(entry.url)
            if page is None:
                self._lead_elsewhere(entry)
            elif self._is_content(page) and page not in [item.page for item in self.pages]:
                self.pages.append(Included(page, _title(page, entry.title)))

    def add_all(self) -> None:
        """Add every page: where no navigation is to be found, none can be told from others."""
        entries = [Entry(page.title, page.permalink) for page in self.source.pages]
        self.add_entries([entry for entry in entries if entry.url.strip("/") != "404"])

    def follow_links(self) -> None:
        """Add the pages that no navigation names, but that the text of others leads to."""
        pages = {key_of(page.permalink): page for page in self.source.pages}
        known = {key_of(item.page.permalink) for item in self.pages}
        waiting = [*([self.home] if self.home else []), *(item.page for item in self.pages)]
        while waiting:
            for key in self.source.links(waiting.pop(0)):
                page = pages.get(key)
                if page is None or key in known or page == self.home:
                    continue
                known.add(key)
                if self._is_content(page):
                    title = _title(page, page.path.rpartition("/")[2].partition(".")[0])
                    self.pages.append(Included(page, title, APART))
                    waiting.append(page)

    def prepare(self) -> None:
        """Read the texts of the pages, once it is known which addresses stay."""
        for item in self.pages:
            item.prepared = self.source.prepared(item.page)

    def note_the_rest(self) -> None:
        """Note the pages and posts that do not come along."""
        came = {item.page.path for item in self.pages} | {self.home.path if self.home else ""}
        said = {problem.path for problem in self.source.left_out}
        for page in self.source.pages:
            if page.path in came | said:
                continue
            why = "no navigation or link leads there"
            if is_example_page(page.text):
                why = "an example of the template"
            elif page.header.values.get("dropdown") is True:
                why = "it is a menu of other pages"
            self.source.leave_out(page.path, f"left out: {why}")
        for path in self.source.folder.names("_posts", PAGES):
            self.source.leave_out(path, "left out: blog posts do not come along")

    def _is_content(self, page):
        """Return whether a page says something of its own: it is no example."""
        if page == self.home:
            return False
        why = ""
        if is_example_page(page.text):
            why = "an example of the template, left out"
        elif page.permalink.strip("/").removesuffix(".html") == "404":
            why = "left out: this site has a page of its own for the lost"
        elif MAP in page.text:
            why = "left out: the map of talks is not made here"
        if why:
            self.source.leave_out(page.path, why)
        return not why

    def _lead_elsewhere(self, entry):
        """Keep an entry of the navigation that leads to a file, or to another site."""
        local = self.source.addresses.local(entry.url)
        profile = self.draft.profile
        if local is None:
            if re.match(r"https?://", entry.url):
                link = ProfileLinkData("other", entry.url, entry.title[:100], entry.line)
                self.draft.profile = replace(profile, links=(*profile.links, link))
            return
        is_cv = CV.search(f"{entry.title} {local.file}")
        file = self.source.addresses.file(local.file, CVS if is_cv else TEXTS)
        if file and is_cv and file.name.endswith(".pdf") and not profile.cv:
            self.draft.profile = replace(profile, cv=file.name)
        elif file is None and local.path != "/":
            message = f"“{entry.title}” leads to {entry.url}, where there is no page; left out"
            self.source.leave_out(NAVIGATION, message, entry.line)


def _title(page: SourceFile, named: str) -> str:
    """Return the heading of a page: its own, unless that is the template's or very long."""
    title = " ".join(page.title.split())
    if not title or is_of_template(title) or len(title) > LONGEST_TITLE:
        title = named
    return escape_inline(title) if "*" in title or "_" in title else title
