"""Puts answers into files, and notes what they refer to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from .assets import addresses_in
from .links import Place, links
from .manifest import Entry
from .names import file_name
from .pieces import Shelf
from .target import Draft
from .visitor import Answer


class Wanted(NamedTuple):
    """A link as it is written, and the page that it is first found on."""

    link: str
    page: str


@dataclass
class Done:
    """The files that were written or kept, and the paths of this site that they refer to."""

    files: dict[str, Entry] = field(default_factory=dict)
    wanted: dict[str, Wanted] = field(default_factory=dict)
    written: int = 0

    def add(self, other: Done) -> None:
        self.files |= other.files
        self.wanted = other.wanted | self.wanted
        self.written += other.written


class Clerk:
    """Writes one share of a copy. Paths are those of the site, without a prefix."""

    def __init__(self, draft: Draft, place: Place):
        self.draft = draft
        self.place = place
        self.done = Done()

    def write(self, path: str, answer: Answer, shelf: Shelf | None = None) -> None:
        """Write what is answered at a path; `shelf` holds the pieces that belong into it."""
        content = self.moved(path, answer)
        self.write_file(file_name(path), shelf.filled(content) if shelf else content)

    def moved(self, path: str, answer: Answer) -> bytes:
        """Return an answer as it stands at its new place, and note what it refers to."""
        if answer.is_page:
            return self.moved_page(path, answer.content.decode()).encode()
        if path.endswith(".css"):
            self._note(path, addresses_in(answer.content.decode()))
        return answer.content

    def moved_page(self, path: str, page: str) -> str:
        self._note(path, links(page))
        return self.place.moved(page)

    def write_file(self, name: str, content: bytes) -> None:
        self.done.written += self.draft.write(name, content)
        self.done.files[name] = Entry(len(content))

    def _note(self, path, found: Iterable[str]):
        for link in found:
            own = self.place.own_path(link, path)
            if own is not None and own not in self.done.wanted:
                self.done.wanted[own] = Wanted(link, path)
