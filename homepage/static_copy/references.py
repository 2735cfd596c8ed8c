"""What pages refer to on this site: where each link leads is looked at once, and again in doubt.

A link of a page that has not changed leads where it led, as long as no file has gone since. So
after a change only new pages are looked at, and what the others want is known from before. When a
file has gone, or the page by which it was known that something is wanted, all are looked at again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .links import Place
from .names import INDEX, file_name
from .state import State

# Links that are remembered to lead to nothing that is wanted.
MOST_KNOWN = 10_000
# Papers come first, which their lists repeat.
PAGES = ("name >= 'publications/' AND name < 'publications0'", "name = 'index.html'")
IN_ORDER = (*PAGES, f"NOT ({PAGES[0]} OR {PAGES[1]})")


class Wanted(NamedTuple):
    """A link as it is written, with the file of the first page that has it, and where there."""

    link: str
    file: str
    number: int

    @property
    def page(self) -> str:
        return f"/{self.file.removesuffix(INDEX)}"

    @property
    def place(self) -> tuple[bool, bool, str, int]:
        """Return where the link stands in the order in which pages are looked at."""
        is_paper = self.file.startswith("publications/")
        return not is_paper, self.file != INDEX, self.file, self.number


class References:
    """The links of the pages in a state, by the paths on this site that they lead to."""

    def __init__(self, state: State, place: Place):
        self.state = state
        self.place = place
        self.known: set[str] = set()

    def follow(self, write: Callable[[str], bool]) -> dict[str, Wanted]:
        """Have each path written that is wanted; return those where there is nothing, in order.

        `write` returns whether there was something, and puts it into the state.
        """
        wanted, orphans = self.state.wants()
        wanted = {path: Wanted(*some) for path, some in wanted.items()}
        there: dict[str, bool] = {}
        is_sure = self.state.begin_looking()
        if is_sure:
            self._forget(wanted)
        while True:
            self._look(wanted)
            for path in wanted:
                if path not in there:
                    there[path] = write(path)
            if self.state.has_unseen():  # a style sheet refers to more
                continue
            if is_sure or not (self._has_gone(orphans, there) or self.state.has_gone()):
                break
            is_sure = True
            self._forget(wanted)
        self.state.end_looking((path, *some) for path, some in wanted.items())
        missing = {path: some for path, some in wanted.items() if not there[path]}
        return dict(sorted(missing.items(), key=lambda item: item[1].place))

    def _forget(self, wanted):
        """Let all pages be looked at."""
        self.state.see_nothing()
        self.known.clear()
        wanted.clear()

    def _has_gone(self, orphans, there):
        """Return whether something was wanted by a page that has gone, and is not there now."""
        return not all(there.get(path) for path in orphans)

    def _look(self, wanted: dict[str, Wanted]) -> None:
        """Add what pages refer to that were not looked at yet."""
        for pages in IN_ORDER:
            for file, links in self.state.unseen(pages):
                page = f"/{file.removesuffix(INDEX)}"
                for number, link in enumerate(links.split("\n")):
                    path = self._path(link, page)
                    if path is None:
                        continue
                    found = Wanted(link, file, number)
                    if path not in wanted or found.place < wanted[path].place:
                        wanted[path] = found
        self.state.see_all()

    def _path(self, link, page) -> str | None:
        """Return the path on this site that a link leads to, None if a file is there already."""
        # What such a link leads to is the same on every page.
        is_whole = link.startswith("/") or "://" in link
        if link.startswith("#") or (is_whole and link in self.known):
            return None
        if is_whole:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            self.known.add(link)
        if self._is_known(link):
            return None
        path = self.place.own_path(link, page)
        is_there = path is None or is_written(path, self.state.has_own_file)
        return None if is_there else path

    def _is_known(self, link):
        """Return whether a link leads, at first sight, out of the site or to what is written."""
        if not link.startswith("/"):
            return "://" in link and not link.startswith(self.place.base_url)
        start = f"{self.place.prefix}/"
        name = link[len(start) :] if link.startswith(start) else ""
        return self.state.has_own_file(f"{name}{INDEX}" if name.endswith("/") else name)


def is_written(path: str, has_file: Callable[[str], bool]) -> bool:
    """Return whether a server finds a file at a path; a folder needs no slash at its end."""
    try:
        return has_file(file_name(path)) or (
            not path.endswith("/") and has_file(file_name(f"{path}/"))
        )
    except ValueError:
        return False
