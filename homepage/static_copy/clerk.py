"""Puts answers into files, and notes what they are made of and refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .assets import addresses_in
from .links import Place, links
from .names import file_name
from .state import Made
from .target import Draft
from .visitor import Answer


@dataclass
class Done:
    """The files of a copy so far, by their sizes, and how many of them had to be written."""

    files: dict[str, int] = field(default_factory=dict)
    written: int = 0

    def add(self, other: Done) -> None:
        self.files |= other.files
        self.written += other.written


class Clerk:
    """Writes one share of a copy. Paths are those of the site, without a prefix."""

    def __init__(self, draft: Draft, place: Place):
        self.draft = draft
        self.place = place
        self.done = Done()
        self.made: list[Made] = []

    def write(
        self,
        path: str,
        answer: Answer,
        inputs: str = "",
        *,
        more: Iterable[str] = (),
        fill: Callable[[bytes], bytes] = lambda content: content,
        name: str = "",
    ) -> None:
        """Write what is answered at a path, to its file or to another of that name.

        `more` are links that it has besides those that stand in it, and `fill` puts in what is
        still left out.
        """
        found = dict.fromkeys(more)
        if answer.is_page:
            page = answer.content.decode()
            found |= dict.fromkeys(links(page if answer.own is None else answer.own))
            answer = Answer(self.place.moved(page).encode())
        elif path.endswith(".css"):
            found |= dict.fromkeys(addresses_in(answer.content.decode()))
        self.write_file(name or file_name(path), fill(answer.content), inputs, found)

    def write_file(
        self, name: str, content: bytes, inputs: str = "", found: Iterable[str] = ()
    ) -> None:
        stamp, is_new = self.draft.write(name, content)
        self.done.written += is_new
        self.done.files[name] = stamp.size
        self.made.append(Made(name, stamp, inputs, tuple(found)))

    def keep(self, name: str) -> None:
        """Take a file over that is made of what it was made of."""
        self.done.files[name] = self.draft.keep(name).size

    def take_made(self) -> list[Made]:
        """Return what was made since it was asked for last."""
        made, self.made = self.made, []
        return made
