"""Puts answers into files, and notes what they are made of and refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .assets import addresses_in
from .links import Place, links
from .names import file_name
from .state import Made
from .target import Draft
from .visitor import Answer


class Clerk:
    """Writes one share of a copy. Paths are those of the site, without a prefix."""

    def __init__(self, draft: Draft, place: Place):
        self.draft = draft
        self.place = place
        self.written = 0  # files that are not as they were
        self.made: list[Made] = []

    def write(
        self,
        path: str,
        answer: Answer,
        inputs: str = "",
        *,
        more: Iterable[str] = (),
        fill: Callable[[bytes], Iterable[bytes]] | None = None,
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
        name = name or file_name(path)
        if fill:
            self.write_pieces(name, fill(answer.content), inputs, found)
        else:
            self.write_file(name, answer.content, inputs, found)

    def write_file(
        self, name: str, content: bytes, inputs: str = "", found: Iterable[str] = ()
    ) -> None:
        self._note(name, self.draft.write(name, content), inputs, found)

    def write_pieces(
        self, name: str, pieces: Iterable[bytes], inputs: str = "", found: Iterable[str] = ()
    ) -> None:
        """Write a file that may be too long to be in memory as a whole."""
        self._note(name, self.draft.write_pieces(name, pieces), inputs, found)

    def _note(self, name, written, inputs, found):
        stamp, is_new = written
        self.written += is_new
        self.made.append(Made(name, stamp, inputs, tuple(found)))

    def take_made(self) -> list[Made]:
        """Return what was made since it was asked for last."""
        made, self.made = self.made, []
        return made
