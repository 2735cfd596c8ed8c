"""Reads a whole academicpages site: who, the home page, the navigation, the collections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from homepage.common.markdown import plain
from homepage.common.text import free_slug, slug

from .addresses import key_of
from .choice import LONGEST_TITLE, Choice, Included
from .collections import Collections
from .data import APART, SectionData, Site
from .draft import Draft
from .jekyll import Jekyll, SourceFile
from .lists import Lists
from .navigation import Entry, read_navigation
from .page import compose
from .people import read_profile
from .texts import joined, pieces, shows_something

LISTS_POSTS = re.compile(r"postsByYear|site\.(?:posts|tags|categories)\b|paginator\.posts")


# “Dr. Jane Doe”, “Jane Doe, Ph.D. candidate”: what does not stand in lists of authors.
DEGREE = re.compile(
    r"^(?:(?:Prof(?:essor)?|Dr)\b\.?\s*)+|,\s*(?:Ph\.?\s?D|M\.?D|M\.?Sc)\b.*$", re.I
)


def without_degree(name: str) -> str:
    """Return a name as lists of authors have it."""
    return DEGREE.sub("", name).strip() or name


def is_site(folder: Path) -> bool:
    """Return whether a folder holds a site made for Jekyll."""
    return any((folder / name).exists() for name in ("_config.yml", "_config.yaml", "_pages"))


def read_site(source: Jekyll, known_owner: Sequence[str] = ()) -> Site:
    """Return what a site says. Never raises for what stands in it."""
    return SiteReader(source, known_owner).read()


class SiteReader:
    """Reads the parts of a site one after the other."""

    kind = "academicpages"

    def __init__(self, source: Jekyll, known_owner: Sequence[str] = ()):
        self.source = source
        self.draft = Draft(source, list(known_owner))
        self.slugs: set[str] = set()

    def read(self) -> Site:
        about = self.read_profile()
        profile = self.draft.profile
        names = [*self.draft.names, profile.name, profile.native_name]
        names += [without_degree(name) for name in names]
        self.draft.names = list(dict.fromkeys(filter(None, names)))
        self.choice = Choice(self.draft)
        self.choice.add_entries(self.entries())
        if not self.choice.pages:
            self.choice.add_all()
        self.choice.follow_links()
        self.collections = self.make_collections()
        self.keep_addresses()
        self.choice.prepare()
        self.lists = Lists(self.draft, self.collections)
        self.read_home(about)
        self.read_publications()
        for item in self.choice.pages:
            if not self.lists.is_read(item):
                self.read_page(item)
        self.choice.note_the_rest()
        self.collections.note_the_rest()
        return self.draft.whole(self.kind)

    def read_profile(self) -> str:
        """Read who the owner is; return what of it no field holds, as Markdown."""
        self.draft.profile, rest = read_profile(self.source)
        return rest

    def entries(self) -> list[Entry]:
        """Return the entries of the navigation."""
        return read_navigation(self.source)

    def make_collections(self) -> Collections:
        return Collections(self.draft, self.choice)

    def read_publications(self) -> None:
        self.lists.read()

    def keep_addresses(self) -> None:
        """Let links to what comes along stay as they are: redirects lead on where need be."""
        items = [item for items in self.collections.items.values() for item in items]
        pages = [item.page for item in self.choice.pages]
        keys = {key_of(one.permalink) for one in (*items, *pages)}
        self.source.addresses.pages = frozenset([*keys, "/"])

    def read_home(self, about: str) -> None:
        """Read the page that visitors saw first; `about` is said before it."""
        home = self.choice.home
        if home is None:
            self.source.leave_out("_pages", "there is no home page: no page stands at /")
            return
        prepared = self.source.prepared(home)
        lines = prepared.text.split("\n")
        for loop in prepared.loops:
            lines[loop.line] = f"{lines[loop.line]} {self.collections.link(loop)}".rstrip()
        visible = replace(prepared, text="\n".join(lines)).visible
        page = compose(home.header, visible, self.draft.names)
        if page.owner and not self.draft.profile.name:
            self.draft.profile = replace(self.draft.profile, name=page.owner)
            self.draft.names.append(page.owner)
        if about:
            key = f"{page.permalink}#biography"
            self.draft.sections.append(SectionData(key, "", about, path="_config.yml"))
        self.draft.sections += [replace(part, path=home.path) for part in page.sections]
        self.draft.categories += page.categories
        self.lists.add_page(page, home.path)
        self.source.problems += [replace(problem, path=home.path) for problem in page.problems]
        self.draft.note_addresses(home)

    def read_page(self, item: Included) -> None:
        """Add the section of a page: its text, with the items of its collections."""
        shown_here = self.collections.shown_by(item)
        if LISTS_POSTS.search(item.page.text) and not shown_here:
            self.source.leave_out(item.page.path, "left out: it lists blog posts")
            return
        body, shown = self.body_of(item)
        if not shows_something(body):
            self.source.leave_out(item.page.path, "left out: there is nothing on it")
            return
        self.add_page(item, body)
        self.draft.note_addresses(item.page, section=item.key)
        for one in shown:
            self.draft.note_addresses(one, section=item.key)

    def body_of(self, item: Included) -> tuple[str, list[SourceFile]]:
        """Return the text of a page, and the items of collections that it shows."""
        return self.collections.text(item)

    def add_page(self, item: Included, body: str) -> None:
        """Add a section with a page of its own; a very long one goes on on further pages."""
        name = self.slug_of(item)
        title = item.title[:LONGEST_TITLE]
        texts = list(pieces(body))
        for number, text in enumerate(texts, 1):
            if number < len(texts):
                text = joined(text, f"[Continued](/{name}-{number + 1}/)")
            is_first = number == 1
            self.draft.sections.append(
                SectionData(
                    item.key if is_first else f"{item.key}#{number}",
                    title if is_first else f"{title[: LONGEST_TITLE - 5]} ({number})",
                    text,
                    place=item.place if is_first else APART,
                    slug=name if is_first else f"{name}-{number}",
                    path=item.page.path,
                )
            )

    def slug_of(self, item: Included) -> str:
        """Return the address that a page's section wishes for: the one it had."""
        last = item.page.permalink.removesuffix("index.html").strip("/").rpartition("/")[2]
        wished = slug(last.removesuffix(".html"), "") or slug(plain(item.title), "page")
        name = free_slug(wished, self.slugs)
        self.slugs.add(name)
        return name
