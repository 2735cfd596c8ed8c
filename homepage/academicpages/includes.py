"""Pages made of parts: `{% include_relative includes/news.md %}` and `{% include pubs.md %}`.

The parts are put in their places, as Jekyll does; of each line it is known where it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from pathlib import PurePosixPath

from . import front_matter

# What a comment holds is not put in: it would end the comment too soon.
TAG = re.compile(
    r"<!--.*?-->|\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}|"
    r"\{%-?\s*(?P<tag>include|include_relative)\s+(?P<name>[\w./ -]{1,200}?\.(?:md|markdown|html?))"
    r"\s*-?%\}",
    re.S,
)
MARKDOWN = (".md", ".markdown")
LIQUID = re.compile(r"\{[{%]")
DEEPEST, MOST_PARTS, LONGEST = 5, 200, 2_000_000

Place = tuple[int, str, int]


class Parts:
    """Puts the parts of a page in their places; `read` returns a file, `has` whether it is one."""

    def __init__(self, read: Callable[[str], str | None], has: Callable[[str], bool]):
        self.read = read
        self.has = has

    def whole(self, text: str, path: str) -> tuple[str, list[Place]]:
        """Return a text with its parts, and at which lines (from 1) which file goes on where.

        The places are empty where there are no parts.
        """
        self.count, self.length = 0, len(text)
        self.lines = [""]
        self.places: list[Place] = [(1, path, 1)]
        self._add(text, path, 1, (path,))
        return "\n".join(self.lines), self.places if self.count else []

    def _add(self, text, path, first, above):
        position = 0
        for match in TAG.finditer(text):
            inner = self._part(match, path, above)
            if inner is None:
                continue
            self._put(text[position : match.start()])
            part, source, line = inner
            self._mark(part, line)
            self._add(source, part, line, (*above, part))
            position = match.end()
            # The rest of its last line counts as the part's.
            self._mark(path, first + text.count("\n", 0, position) + 1, 1)
        self._put(text[position:])

    def _part(self, match, path, above):
        """Return (path, text, its first line) of the file that a tag names, if it is to be had."""
        if not match["tag"] or len(above) > DEEPEST or self.count >= MOST_PARTS:
            return None
        is_relative = match["tag"] == "include_relative"
        folder = PurePosixPath(path).parent if is_relative else PurePosixPath("_includes")
        part = (folder / match["name"].strip()).as_posix()
        if part in above or not self.has(part):
            return None
        source = self.read(part)
        if source is None or not (part.endswith(MARKDOWN) or is_relative or _is_text(source)):
            return None
        self.length += len(source)
        if self.length > LONGEST:
            return None
        self.count += 1
        header = front_matter.read(source).length
        return part, "\n".join(source.split("\n")[header:]), header + 1

    def _put(self, text):
        head, *others = text.split("\n")
        self.lines[-1] += head
        self.lines += others

    def _mark(self, path, line, ahead=0):
        start = len(self.lines) + ahead
        while self.places[-1][0] > start:
            self.places.pop()
        self.places.append((start, path, line))


def origin(places: list[Place], line: int) -> tuple[str, int]:
    """Return the file that a line of a whole text stands in, and its line there."""
    start, path, first = places[bisect_right(places, line, key=lambda place: place[0]) - 1]
    return path, first + line - start


def _is_text(source):
    """Return whether an include in HTML is written by hand: those of themes are programs."""
    return not LIQUID.search(source) and bool(
        re.search(r"[^\W\d_]{3}", re.sub(r"<[^>]*>", "", source))
    )
