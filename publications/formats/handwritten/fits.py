"""How a list is cut: in which of the ways it may be, and as which family."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import ModuleType

from publications.names import MARKS, UPPER

from . import byline
from .authors import has_owner
from .blocks import Block, Group
from .entry import Entry
from .families import FAMILIES
from .flow import Flow
from .runs import plain_text

# An entry cut with less certainty says nothing for its family.
CERTAIN = 0.6
# What was read so for certain is something else.
MISREAD = 0.3
JOURNAL = re.compile(
    r"^(?:journal of|proceedings|annals|transactions)|"
    r"\b(?:journal|letters|transactions|proceedings|reports|research|communications|bulletin)\W*$",
    re.I,
)
# What begins so is a journal or a meeting, however long its name.
SERIES = re.compile(
    r"^(?:proceedings of the|international journal of|"
    r"(?:ieee|acm|asme|ieee/\w+|acm/\w+)\s(?:[\w&-]+\s){0,6}?"
    r"(?:transactions|letters|journal|magazine|conference|symposium|access)\b)",
    re.I,
)
# What an entry without any name says for its list, beside one with names.
UNNAMED = 0.5
MOST_LINES, MOST_LETTERS = 60, 20_000
# People are consistent within a list: of one that is longer than the first, so many entries as
# the second tell how it is laid out, if they do so as clearly as the third.
LONG, SOME, CLEAR = 80, 40, 0.5


@dataclass(frozen=True)
class Fit:
    """A list as one family cuts it: an entry, or None, for each of its blocks."""

    family: ModuleType
    group: Group
    entries: tuple[Entry | None, ...]
    confidence: float

    @property
    def is_of_co_authors(self) -> bool:
        return hasattr(self.family, "SHARE")

    def names_enough(self, entries: Sequence[Entry | None]) -> bool:
        """Return whether enough of some entries name anybody for a list of this family."""
        share = getattr(self.family, "SHARE", 0)
        return sum(bool(entry and entry.prefix) for entry in entries) >= share * len(entries)


def best_fit(ways: Sequence[Group], owner: Sequence[str]) -> Fit | None:
    """Return a list in the way, and as the family, that fits it best; None if none does."""
    if max(len(group.blocks) for group in ways) > LONG:
        tried = _tried([(group, _some(group)) for group in ways], owner)
        group, fit = max(tried, key=lambda pair: rank(pair[1], pair[0]), default=(None, None))
        if group is not None and fit.confidence >= CLEAR:
            return next(fits_of(group, owner, (fit.family,)), None)
    return max((fit for group in ways for fit in fits_of(group, owner)), key=rank, default=None)


def some_fit(ways: Sequence[Group], owner: Sequence[str]) -> Fit | None:
    """Return what some entries of a long list, and all of a short one, fit best."""
    tried = _tried([(group, _some(group)) for group in ways], owner)
    pair = max(tried, key=lambda pair: rank(pair[1], pair[0]), default=None)
    return pair and pair[1]


def _tried(pairs, owner):
    return [(group, fit) for group, some in pairs for fit in fits_of(some, owner)]


def _some(group):
    """Return a group with entries from all over it."""
    if len(group.blocks) <= LONG:
        return group
    step = len(group.blocks) / SOME
    return replace(group, blocks=tuple(group.blocks[int(n * step)] for n in range(SOME)))


def fits_of(
    group: Group, owner: Sequence[str], families: Sequence[ModuleType] = FAMILIES
) -> Iterator[Fit]:
    """Yield a group as each family cuts it."""
    for family in families:
        entries = [cut(family, block, owner) for block in group.blocks]
        blocks = group.blocks
        if not group.is_list:
            # Paragraphs before the first entry and behind the last are no part of the list.
            known = [n for n, entry in enumerate(entries) if weight(entry, owner)]
            if not known:
                continue
            start, end = known[0], known[-1] + 1
            entries, blocks = entries[start:end], blocks[start:end]
        trimmed = replace(group, blocks=blocks)
        yield Fit(family, _placed(trimmed), tuple(entries), _confidence(entries, owner))


def rank(fit: Fit, group: Group | None = None) -> float:
    """Return what to prefer: what fits well, and of that what makes of it more entries.

    `group` is the whole of which only some were tried.
    """
    count = len(fit.entries)
    evidence = 1 if fit.names_enough(fit.entries) else UNNAMED
    if group is not None and len(group.blocks) > LONG:
        count = len(group.blocks)
    return fit.confidence * evidence * count / (count + 1)


def cut(family: ModuleType, block: Block, owner: Sequence[str]) -> Entry | None:
    """Return the parts of an entry; what is longer than any entry is none."""
    if len(block.lines) > MOST_LINES or len(block.text) > MOST_LETTERS:
        return None
    entry = family.cut(block, owner)
    if entry and any(is_so(entry) for is_so in (_is_misread, _is_list_of_names, _is_in_a_link)):
        return replace(entry, certainty=MISREAD)
    return entry


# “J. R. Doe”, “Doe J.R”, “R.”: one of the authors.
INITIAL = rf"[{UPPER}]\.[\s‐-]*"
FAMILY = r"[^\W\d_][\w'’-]*"
SOMEBODY = re.compile(
    rf"(?:(?:{INITIAL}){{1,4}}{FAMILY}|{FAMILY},?\s(?:{INITIAL}){{1,4}}[{UPPER}]?"
    rf"|(?:{INITIAL})+[{UPPER}])\W*"
)
# “The Conference on Walls (ICW), 2020”
MEETING = re.compile(
    r".*\b(?:conference|symposium|workshop|transactions)\b.*\([A-Z][\w&/'’ -]{1,20}\)[\s,.]*"
    r"(?:(?:19|20)\d\d)?\W*",
    re.I,
)


def _is_misread(entry):
    """Return whether what was taken for a title is somebody's name, or where it appeared."""
    title = plain_text(entry.title)
    return len(title) < 200 and bool(SOMEBODY.fullmatch(title) or MEETING.fullmatch(title))


def _is_in_a_link(entry):
    """Return whether a link holds the title, and a name typed small was taken for it: “Jane doe”"""
    is_small = re.fullmatch(r"[^\W\d_]+ [^\W\d_]+\W*", text := plain_text(entry.title))
    if not is_small or not text[0].isupper() or not text.split()[1].islower():
        return False
    return text.rstrip(" ,;:")[-1] in MARKS or any(
        len(link.label.split()) > 5 for link in entry.links
    )


def _is_list_of_names(entry):
    """Return whether what was taken for a title is the rest of the authors: “Roe, R., Wei, J.”"""
    text = plain_text(entry.title)
    if not re.match(rf"{FAMILY},\s{INITIAL},", text):
        return False
    named = byline.find(Flow.of([entry.title]), 0)
    return named is not None and named.count > 1 and named.end >= len(text) - 2


def _placed(group):
    if group.is_list:
        return group
    return replace(group, first=group.blocks[0].first, last=group.blocks[-1].last)


def _confidence(entries, owner):
    """Return how well a family fits a list, from 0 to 1: the share of entries it cuts well."""
    return sum(weight(entry, owner) for entry in entries) / len(entries)


def weight(entry: Entry | None, owner: Sequence[str]) -> float:
    """Return what an entry says for its family: nothing where the owner is not on it."""
    if entry is None or entry.certainty < CERTAIN:
        return 0.0
    if (owner and not is_on(entry, owner)) or _is_journal(plain_text(entry.title)):
        return 0.0
    return entry.certainty


def _is_journal(title):
    """Return whether what was taken for a title is the name of a journal."""
    return bool(SERIES.match(title)) or len(title.split()) <= 4 and bool(JOURNAL.search(title))


def is_on(entry: Entry, owner: Sequence[str]) -> bool:
    """Return whether the owner is among the authors; “et al.” and “with” may hide them."""
    return entry.goes_without_saying or entry.authors.and_others or has_owner(entry.authors, owner)
