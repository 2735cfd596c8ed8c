"""A site made for Jekyll: its settings, its pages, and their texts as readers saw them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from homepage.common.progress import job
from publications.records import Problem

from . import front_matter, liquid, yaml_data
from .addresses import Addresses, host_of, key_of, rewritten
from .boxes import unboxed
from .data import OldAddress
from .emoji import with_emoji
from .files import TEXTS, Files
from .folder import SiteFolder
from .front_matter import FrontMatter
from .includes import Parts, Place, origin
from .indents import outdented
from .leftovers import is_of_nobody, without_examples
from .liquid import Loop
from .markup import Visible, strip_invisible

PAGES = (".md", ".markdown", ".html", ".htm")
TEMPLATE_HOSTS = frozenset(["academicpages.github.io", "alshedivat.github.io"])
PRE = re.compile(r"<pre\b.*?</pre>", re.I | re.S)


@dataclass(frozen=True)
class SourceFile:
    """A file with a header: a page, or an item of a collection. Lines count from its start."""

    path: str
    text: str
    header: FrontMatter
    permalink: str = ""

    @property
    def body(self) -> str:
        """Return the text behind the header, with empty lines in the header's place."""
        lines = self.text.split("\n")
        return "\n".join([""] * self.header.length + lines[self.header.length :])

    @property
    def title(self) -> str:
        return self.header.first("title")

    @property
    def is_html(self) -> bool:
        return PurePosixPath(self.path).suffix.lower() in (".html", ".htm")


@dataclass(frozen=True)
class Prepared:
    """A text as its readers saw it, in the lines of its file, and the lists made in it."""

    text: str
    loops: tuple[Loop, ...] = ()
    left_out: tuple[Problem, ...] = ()

    @property
    def visible(self) -> Visible:
        return Visible(self.text, self.left_out)


@dataclass
class Jekyll:
    """The folder of a site made for Jekyll. Whatever is left out or wrong is noted here."""

    root: Path
    base_url: str = ""
    media_url: str = "/media/"
    is_stored: Callable[[str], bool] = lambda name: False
    problems: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    old_addresses: list[OldAddress] = field(default_factory=list)

    def __post_init__(self):
        self.folder = SiteFolder(self.root)
        self.parts = Parts(self.folder.text, lambda path: self.folder.file(path) is not None)
        self.places: dict[str, list[Place]] = {}
        self.config = self.yaml("_config.yml") or self.yaml("_config.yaml")
        self.files = Files(self.folder, self.is_stored)
        self.pages = self._pages()
        self.addresses = self._addresses()
        self.values: dict[str, Callable[[], str]] = {}
        # The collections that files in `_data` stand for, by their names in Liquid.
        self.data_lists: dict[str, str] = {}

    def yaml(self, path: str) -> yaml_data.YAMLData:
        """Return a file's settings; none, with a problem, if it cannot be read."""
        if not self.folder.has(path):
            return yaml_data.YAMLData()
        text = self.folder.text(path)
        try:
            return yaml_data.load(text) if text else yaml_data.YAMLData()
        except yaml_data.BrokenYAML as error:
            message = f"is not valid YAML ({error}); it was left out"
            self.problems.append(Problem(error.line, message, path=path))
            return yaml_data.YAMLData()

    def note(self, path: str, message: str, line: int = 0) -> None:
        """Note what is wrong with a file."""
        self.problems.append(Problem(line, message, path=path))

    def leave_out(self, path: str, message: str, line: int = 0) -> None:
        """Note what is left out by rule."""
        self.left_out.append(Problem(line, message, path=path))

    def collection(self, name: str) -> list[SourceFile]:
        """Return the items of a collection, in the order of their paths."""
        paths, found = self.folder.names(f"_{name}", PAGES), []
        with job(f"Opening _{name}", len(paths)) as advance:
            for path in paths:
                found.append(self.source(path))
                advance(1)
        return [item for item in found if item is not None]

    def source(self, path: str) -> SourceFile | None:
        """Return a file with its header; None, with a problem, if it is none."""
        text = self.folder.text(path)
        if text is None:
            return None
        header = front_matter.read(text)
        self.problems += [replace(problem, path=path) for problem in header.problems]
        if header.values.get("published") is False:
            self.leave_out(path, "left out: the page was not published")
            return None
        text, places = self.parts.whole(text, path)
        if places:
            self.places[path] = places
        return SourceFile(path, text, header, _permalink(path, header))

    def origin(self, path: str, line: int) -> tuple[str, int]:
        """Return where a line of a page stands: pages may be made of several files."""
        places = self.places.get(path)
        return origin(places, line) if places and line else (path, line)

    def prepared(self, item: SourceFile, *, kind: str = TEXTS) -> Prepared:
        """Return a file's text as it was seen; its addresses are those of today.

        What it leaves out is noted. Files that it refers to are stored in the folder `kind`.
        """
        text = liquid.resolved(item.body, lambda name: self._value(name, item), self._page_at)
        text, found = liquid.cut_loops(text)
        found = [loop.through(self.data_lists) for loop in found]
        visible = strip_invisible(text)
        text, examples = without_examples(visible.text)
        said = [(problem.line, problem.message) for problem in visible.left_out]
        said += [(line, f"an example of the template, left out: {what}") for line, what in examples]
        left_out = tuple(Problem(line, message, path=item.path) for line, message in sorted(said))
        self.left_out += left_out
        text = _without_indents(text) if item.is_html else outdented(text)
        text = with_emoji(unboxed(text))
        text = rewritten(text, lambda address, line: self.address(address, line, item, kind))
        return Prepared(text, tuple(found), left_out)

    def address(self, address: str, line: int, item: SourceFile, kind: str = TEXTS) -> str:
        """Return where an address in a file leads now."""
        at = item.permalink or "/"
        return self.addresses.new(address, line, at=at, path=item.path, kind=kind)

    def has_examples(self, item: SourceFile) -> bool:
        """Return whether the text of a file holds words of the template."""
        return bool(without_examples(strip_invisible(item.body).text)[1])

    def with_new_addresses(self, source: str, item: SourceFile, key: str) -> str:
        """Return a text of a file's header with addresses of today."""
        line = item.header.lines.get(key, 1)
        return rewritten(source, lambda address, _: self.address(address, line, item))

    def links(self, item: SourceFile) -> list[str]:
        """Return the keys of the pages that a file links to."""
        text = liquid.resolved(item.body, lambda name: self._value(name, item), self._page_at)
        found = []

        def note(address, line):
            if local := self.addresses.local(address, item.permalink or "/"):
                found.append(key_of(local.path))
            return address

        rewritten(strip_invisible(text).text, note)
        return found

    def page(self, address: str) -> SourceFile | None:
        """Return the page at an address of the old site."""
        local = self.addresses.local(address or "/")
        if local is None:
            return None
        key = key_of(local.path)
        return next((page for page in self.pages if key_of(page.permalink) == key), None)

    def home(self) -> SourceFile | None:
        """Return the page that visitors saw first."""
        names = ("about", "home", "index")
        named = [page for page in self.pages if PurePosixPath(page.path).stem.lower() in names]
        return self.page("/") or next(iter(named), None)

    def text(self, path: str) -> str:
        """Return a setting as text, "" if it says what the template's says."""
        text = self.config.text(path)
        return "" if is_of_nobody(text) else text

    def _pages(self):
        paths = [
            *self.folder.names("_pages", PAGES),
            *self.folder.names("", PAGES, deep=False),
        ]
        found = [self.source(path) for path in paths if not path.lower().startswith("readme")]
        # Jekyll makes no page of a file without a header.
        return [page for page in found if page is not None and page.header.length]

    def _addresses(self):
        url, prefix = self.config.text("url"), self.config.text("baseurl").rstrip("/")
        if url and "://" not in url:
            url = f"https://{url}"
        host = host_of(urlsplit(url).netloc) if "://" in url else ""
        base = self.base_url or (f"{url.rstrip('/')}{prefix}" if host else "")
        if host in TEMPLATE_HOSTS:
            host, base = "", self.base_url
        own = [host_of(urlsplit(address).netloc) for address in (url, self.base_url) if address]
        return Addresses(
            base=base,
            own=[name for name in own if name and name not in TEMPLATE_HOSTS],
            prefix=f"/{prefix.strip('/')}" if prefix.strip("/") else "",
            media_url=self.media_url,
            files=self.files,
            note=self.problems.append,
        )

    def _value(self, name, item):
        """Return what a variable of Liquid says; None if it is not known."""
        if name.startswith("site."):
            return self.config.text(name.removeprefix("site.")) or None
        if name.startswith("page."):
            return item.header.first(name.removeprefix("page.")) or None
        return None

    def _page_at(self, path):
        path = path.lstrip("/")
        return next((page.permalink for page in self.pages if page.path == path), None)


def _permalink(path, header):
    """Return the address of a page: its header's, else the one that Jekyll makes of its name."""
    permalink = header.first("permalink")
    if permalink and ":" not in permalink:
        return permalink if permalink.startswith("/") else f"/{permalink}"
    place = PurePosixPath(path)
    name = place.stem
    folder = place.parent.as_posix().removeprefix("_pages").strip("./")
    if path.startswith("_") and not path.startswith("_pages"):
        return f"/{place.parent.as_posix().lstrip('_')}/{name}"
    if name == "index":
        return f"/{folder}/" if folder else "/"
    return "/" + "/".join(part for part in (folder, name) if part) + "/"


def _without_indents(text):
    """Return HTML without the white space before its lines, which Markdown takes for code."""
    parts, position = [], 0
    for match in PRE.finditer(text):
        parts += [_dedented(text[position : match.start()]), match[0]]
        position = match.end()
    return "".join([*parts, _dedented(text[position:])])


def _dedented(text):
    return re.sub(r"(?m)^[ \t]+(?=\S)", "", text)


def paths_of(header: FrontMatter) -> Sequence[tuple[str, str, int]]:
    """Return (key, address, line) of each address at which a page was found."""
    return [
        (key, value, line)
        for key in ("permalink", "redirect_from")
        for value, line in header.strings(key)
    ]
