"""Where a list of names ends: `Doe, J., & Roe, R. (2020)`, `Jane Doe and John Roe. A Title`.

A name ends at a separator or where a sentence, a bracket, a quotation or another style begins;
the full stop behind an initial ends none. The list ends with the first thing that is no name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from publications.names import INITIALS, MARKS, PARTICLES, UPPER, is_person

from . import legend
from .flow import RAISED, Flow
from .runs import CODE, EM, STRONG, UNDERLINE
from .venue import YEAR

MARK = re.compile(rf"[{re.escape(MARKS)}{RAISED}\\]")
# What may stand between two names, names left out among them: “Doe, J., … & Roe, R.”
BLANK = re.compile(
    rf"(?:\s|{MARK.pattern}|(?:and|und|&)\s|(?:\.\s?\.\s?\.|…),?\s*(?=(?:&|and\b|\W?[^\W\d_a-z])))*"
)
SEPARATOR = re.compile(
    r"\s*(?:[,;、，；\u201a]|\s(?=(?:and|und|et(?!\s+al)|y|&)\s)|(?=&)|(?<=[\u3400-\u9fff])(?=[和与及]))"
    r"(?:[\s,;]|(?:and|und|et(?!\s+al)|y)\s|&|[和与及](?=[\u3400-\u9fff]))*"
)
STOP = re.compile(
    r"\.(?=\s|$|[\"“(\[])|[:?!()\"“”«「『\[\]（）《【\n|{}<>=]|\s[–—-]{1,3}\s|\s/\s|\s(?=et\.?\s?al\b)|(?<!\w)\d"
)
INITIAL_BEFORE = re.compile(r"(?:^|[\s.,‐-])[^\W\d_]$|(?:^|\s)(?:Jr|Sr|St|Ph|Th|Yu|Ya|Chr|Wm)$")
# A second name in brackets: “Ming Li (李明)”.
OTHER_NAME = re.compile(
    r"[(（](?:[\u3400-\u9fff]{2,6}|[A-Z][a-z]+)[)）](?=\s*[,;、，.*]|\s+and\b|\s*$)"
    # and what is said of one author: “Jane Doe (co-first author), John Roe”
    r"|\((?i:co-?first|equal|correspond|lead|senior|first)[^()\n]{0,40}\)(?=\s*[,;&]|\s+and\b)"
)
ET_AL = re.compile(
    r"[\s,;，；]*(?:\(?et\.?\s?al\b\.?\)?|(?:and|&)\s+(?:\d+\s+)?others\b\.?|等人?(?![\u3400-\u9fff])"
    r"|(?:\.\.\.|…)(?=[\s.,)]*(?:[.(\n]|$)))",
    re.I,
)
YEAR_BEHIND = re.compile(rf"[\s,.(]*(?:{YEAR}|\d{{1,3}}[,:(]|vol(?:ume|\.)|no\.|number\s)", re.I)
# Some name the last author behind “et al.”
GOES_ON = re.compile(r"\s*[,;]\s*(?:and\s+|&\s*)?[^\W\d_a-z]")
ABBREVIATED = re.compile(r"[^\W\d_]\.|[^\W\d_][‐-][^\W\d_]\.")
ASIDE = re.compile(r"\([^()]*\)")
# Words of titles that look like names for their capital letters.
TITLE_WORDS = re.compile(
    r"\b(?:how|what|why|when|where|which|does|are|is|was|beyond|without|under|through|between|"
    r"into|over|not|your|our|my|you|we|its|their|all|more|less|can|should|based|driven|aware)\b",
    re.I,
)
MOST_WORDS = 4


@dataclass(frozen=True)
class Byline:
    """A list of names in a flow: from `start` up to `end`, `count` of them."""

    start: int
    end: int
    count: int


def find(flow: Flow, start: int) -> Byline | None:
    """Return the list of names that begins at a place of a flow; None if there is none."""
    reader = _Reader(flow.text, walls(flow, start))
    reader.read(start)
    if not reader.count:
        return None
    remark = legend.REMARK.match(flow.text, reader.end)
    return Byline(start, remark.end() if remark else reader.end, reader.count)


def walls(flow: Flow, begin: int = 0) -> list[int]:
    """Return, in order, where a link or another style begins that holds no names.

    Names that stand first, at `begin`, need no separator before them.
    """
    found: set[int] = set()
    begin = BLANK.match(flow.text, begin).end()
    for style in (EM, STRONG, UNDERLINE, CODE, "link"):
        for start, end in _stretches(flow, style):
            text = flow.text[start:end]
            is_all = len(text) > len(flow.text) * 0.9 and text.count(", ") > 1 and ". " in text
            if not is_all and not (
                _holds_names(text) and (start <= begin or _may_follow(flow.text, start))
            ):
                found.add(start)
    return sorted(found)


def _may_follow(text, place):
    """Return whether a name may begin at a place: behind a separator, or where a list begins."""
    before = MARK.sub("", text[max(0, place - 60) : place]).rstrip(" .*")
    return not before or bool(BEFORE_NAME.search(before))


BEFORE_NAME = re.compile(r"(?:[^\w)\]\s.\"”’?!]|\n|\b(?:and|und|by|with)|[等和])$")


def _stretches(flow, style) -> Iterator[tuple[int, int]]:
    """Yield where text stands in one style, or in one link."""
    begin, inside = 0, None
    for start, _, run in flow.spans():
        now = run.href if style == "link" else style if style in run else None
        if now != inside:
            if inside is not None:
                yield begin, start
            begin, inside = start, now
    if inside is not None:
        yield begin, len(flow.text)


def _holds_names(text):
    if " " not in text.strip() and text.strip().isascii():
        return False  # “Project”, “Slides”: a name in a style of its own has two words
    pieces = [
        piece.strip(" .*") for piece in SEPARATOR.split(MARK.sub("", text).replace("\n", " "))
    ]
    return all(
        is_name(piece) or INITIALS.fullmatch(f"{piece}.") or ET_AL.fullmatch(piece)
        for piece in filter(None, pieces)
    )


def is_name(text: str) -> bool:
    """Return whether a piece of a list may be somebody's name; titles have longer ones."""
    if TITLE_WORDS.search(text) or not is_person(text):
        return False
    words = [word for word in re.split(r"[\s.]+", text) if len(word) > 1]
    return sum(word.lower() not in PARTICLES for word in words) <= MOST_WORDS


class _Reader:
    def __init__(self, text: str, walls: Collection[int]):
        self.text = text
        self.walls = list(walls)
        self.end = 0
        self.count = 0
        self.before = 0  # where the list ended before the last name
        self.last = ""
        self.single = 0  # how many are one word
        self.initialled = 0  # how many names begin with an initial
        self.family = False  # whether the last name may be a family name alone, as in “Doe, J.”
        self.turned = 0  # how many names stand with the family name first

    def read(self, place):
        self.end = place
        while place is not None and place < len(self.text):
            if self.count and (others := ET_AL.match(self.text, place)):
                self.end = place = others.end()
                if not GOES_ON.match(self.text, place):
                    return
            place = BLANK.match(self.text, place).end()
            if place in self.walls:
                return
            limit, following = self.limit(place)
            place = following if self.take(place, limit) else None
        if self.count and (others := ET_AL.match(self.text, self.end)):
            self.end = others.end()
        self.give_back()

    def give_back(self):
        """Leave the last name to what follows, if that is a year: it is the venue.

        Venues are single words, or stand without initials among names that have some.
        """
        if self.count < 2 or self.turned or not YEAR_BEHIND.match(self.text, self.end):
            return
        is_other = self.initialled == self.count - 1 and not ABBREVIATED.match(self.last)
        is_single = " " not in self.last and self.last.isascii() and self.single < self.count
        if is_other or is_single:
            self.end = self.before
            self.count -= 1

    def limit(self, place):
        """Return where the piece at a place ends, and where the next begins; None: nowhere."""
        index = bisect_right(self.walls, place)
        wall = self.walls[index] if index < len(self.walls) else len(self.text)
        separator = SEPARATOR.search(self.text, place, wall)
        end = separator.start() if separator else wall
        aside = place
        for stop in STOP.finditer(self.text, place, end):
            if stop.start() < aside:
                continue
            before = MARK.sub("", self.text[place : stop.start()])
            if stop[0] == "." and INITIAL_BEFORE.search(before):
                continue
            if stop[0] in "(（" and before and (said := OTHER_NAME.match(self.text, stop.start())):
                aside = said.end()
                continue
            goes_on = stop[0].isspace() and ET_AL.match(self.text, stop.start())
            return stop.start(), stop.start() if goes_on else None
        return end, max(separator.end(), place + 1) if separator else None

    def take(self, place, limit):
        """Take a piece if it is a name, or the initials that go with the one before."""
        name = MARK.sub("", ASIDE.sub("", self.text[place:limit])).strip(" .,;:")
        if not name:
            return True
        if self.family and (initials := INITIALS.match(self.text, place)):
            rest = MARK.sub("", self.text[initials.end() : max(limit, initials.end())])
            if rest.strip(" .,") and not self.turned and is_name(name):
                return self.take_name(name, limit)
            self.turned += 1
            self.family = False
            self.end = initials.end() if rest.strip(" .,") else max(limit, initials.end())
            return not rest.strip(" .,")
        if is_name(name):
            return self.take_name(name, limit)
        pattern = TURNED if self.turned else IN_CYRILLIC
        if turned := pattern.match(self.text, place, limit):
            self.turned += 1
            self.count += 1
            self.end = turned.end()
        return False

    def take_name(self, name, limit):
        self.count += 1
        self.before, self.last, self.end = self.end, name, limit
        self.initialled += bool(ABBREVIATED.match(name))
        self.single += " " not in name
        self.family = _may_be_family(name)
        self.turned += bool(TURNED.match(f"{name} "))
        return True


# “Tang Y.” among names like “Tang, Y.”, and what begins behind it.
TURNED = re.compile(
    rf"[^\W\d_][\w'’-]+\s+(?:(?:[{UPPER}]\.\s?-?){{1,3}}|(?:[{UPPER}]-?){{1,3}}(?=\s))"
)
# Where family names stand first as a rule, one before the title needs no other to tell.
IN_CYRILLIC = re.compile(r"[А-ЯЁІЇЄҐ][а-яёіїєґ'’-]+\s+(?:[А-ЯЁІЇЄҐ]\.\s?){2}(?=\s?[^\W\d_])")


def _may_be_family(name):
    words = [word for word in re.split(r"[\s.]+", name) if word and word.lower() not in PARTICLES]
    return len(words) in {1, 2} and not any(INITIALS.fullmatch(word) for word in words)
