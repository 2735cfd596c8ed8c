"""Reads the lists of a page: for each the family that fits it best, then entry by entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import ModuleType

from markdown_it.token import Token

from publications.records import PublicationRecord

from . import legend
from .authors import has_owner
from .blocks import Block, Group, groups
from .entry import Entry, doubtful, fits, keeping_all_words, record_of
from .families import FAMILIES, co_authors, title_first
from .headings import names_others, names_publications
from .inline import inline_lines
from .runs import STRONG, Line, Run, plain_text
from .tree import tree
from .venue import YEAR

# How much of a list must fit a family for it to be read at all; without knowing whose list it
# is, how much, and of how many entries.
ENOUGH, ENOUGH_OF_A_STRANGER, FEWEST_OF_A_STRANGER = 0.7, 0.85, 3
# An entry cut with less certainty than the first is shown as its source; one that another
# family cuts must be as certain as the second.
CERTAIN, VERY_CERTAIN = 0.6, 0.75
JOURNAL = re.compile(
    r"^(?:journal of|proceedings|annals|transactions)|"
    r"\b(?:journal|letters|transactions|proceedings|reports|research|communications|bulletin)\W*$",
    re.I,
)
# What an entry without any name says for its list, beside one with names.
UNNAMED = 0.5
MOST_LINES, MOST_LETTERS = 60, 20_000


@dataclass(frozen=True)
class Chunk:
    """What stands between two headings: the headings above it, outermost first, and its tokens.

    `venue` is that of a heading which is nothing else.
    """

    headings: tuple[str, ...]
    tokens: Sequence[Token]
    venue: str = ""


@dataclass(frozen=True)
class ListReading:
    """A list that was understood, in source lines `first` up to and without `last` (0-based)."""

    records: tuple[PublicationRecord, ...]
    first: int
    last: int
    family: str
    confidence: float


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


def read_lists(
    chunks: Sequence[Chunk], source: Sequence[str], owner: Sequence[str]
) -> list[list[ListReading]]:
    """Return, for each chunk, the publication lists in it, in order.

    `source` holds the lines of the page that the tokens' maps count from 0; `owner` the names
    the owner goes by. Where nobody is known only a heading that says so makes a list one of
    publications.
    """
    meaning = legend.roles("\n".join(_text(chunk.tokens) for chunk in chunks))
    found = [_best_fits(chunk, source, owner) for chunk in chunks]
    is_enough = _measure(chunks, found, owner)
    return [
        [_reading(chunk, fit, owner, meaning) for fit in fits if is_enough(chunk, fit)]
        for chunk, fits in zip(chunks, found, strict=True)
    ]


def _best_fits(chunk, source, owner) -> list[Fit]:
    """Return the lists of a chunk as the family cuts them that does so best."""
    found = (
        max((fit for group in ways for fit in fits_of(group, owner)), key=rank, default=None)
        for ways in candidates(chunk, source)
    )
    return [fit for fit in found if fit is not None]


def _measure(chunks, found, owner):
    """Return what decides whether a list is read: how well it fits, and where it stands.

    Where nobody is known to look for, several entries of one layout under headings that name
    publications are proof.
    """

    def is_good(chunk, fit):
        return names_publications(chunk.headings) and fit.confidence >= ENOUGH_OF_A_STRANGER

    pairs = [(c, fit) for c, fits in zip(chunks, found, strict=True) for fit in fits]
    count = sum(len(fit.entries) for chunk, fit in pairs if is_good(chunk, fit))
    # One section may hold only what the owner wrote alone: it is the page that names co-authors.
    theirs = [
        entry
        for chunk, fit in pairs
        if fit.is_of_co_authors and is_good(chunk, fit)
        for entry in fit.entries
    ]

    def is_enough(chunk, fit):
        if fit.is_of_co_authors and not fit.names_enough(theirs):
            return False
        if owner and not fit.is_of_co_authors:
            is_likely = names_publications(chunk.headings) or _looks_published(fit)
            return fit.confidence >= ENOUGH and is_likely
        return is_good(chunk, fit) and (bool(owner) or count >= FEWEST_OF_A_STRANGER)

    return is_enough


def candidates(chunk: Chunk, source: Sequence[str]) -> list[list[Group]]:
    """Return the groups of a chunk that may be lists of publications, in all the ways to cut."""
    if any(names_others(heading) for heading in chunk.headings):
        return []
    return groups(chunk.tokens, source)


def is_titled(title: Sequence[Line], tokens: Sequence[Token]) -> bool:
    """Return whether a heading is the title of a paper: who wrote it stands under it."""
    lines = [line for node in tree(tokens).children for line in node.all_lines()]
    heading = tuple(run.styled(STRONG) for line in title for run in line)
    end = 1
    while end < len(lines) and plain_text(lines[end - 1]).endswith((",", " and")):
        end += 1
    block = Block((heading, *lines[:end]), 0, 0, "")
    entry = title_first.cut(block, ()) or co_authors.cut(block, ())
    return bool(entry and entry.certainty >= VERY_CERTAIN and entry.authors.names)


def fits_of(group: Group, owner: Sequence[str]) -> Iterator[Fit]:
    """Yield a group as each family cuts it."""
    for family in FAMILIES:
        entries = [_cut(family, block, owner) for block in group.blocks]
        blocks = group.blocks
        if not group.is_list:
            # Paragraphs before the first entry and behind the last are no part of the list.
            known = [n for n, entry in enumerate(entries) if _weight(entry, owner)]
            if not known:
                continue
            start, end = known[0], known[-1] + 1
            entries, blocks = entries[start:end], blocks[start:end]
        trimmed = replace(group, blocks=blocks)
        yield Fit(family, _placed(trimmed), tuple(entries), _confidence(entries, owner))


def _cut(family, block, owner):
    """Return the parts of an entry; what is longer than any entry is none."""
    if len(block.lines) > MOST_LINES or len(block.text) > MOST_LETTERS:
        return None
    return family.cut(block, owner)


def _placed(group):
    if group.is_list:
        return group
    return replace(group, first=group.blocks[0].first, last=group.blocks[-1].last)


def _confidence(entries, owner):
    """Return how well a family fits a list, from 0 to 1: the share of entries it cuts well."""
    return sum(_weight(entry, owner) for entry in entries) / len(entries)


def _weight(entry, owner):
    """Return what an entry says for its family: nothing where the owner is not on it."""
    if entry is None or entry.certainty < CERTAIN:
        return 0.0
    if (owner and not _is_on(entry, owner)) or _is_journal(plain_text(entry.title)):
        return 0.0
    return entry.certainty


def _is_journal(title):
    """Return whether what was taken for a title is the name of a journal."""
    return len(title.split()) <= 4 and bool(JOURNAL.search(title))


def _is_on(entry, owner):
    """Return whether the owner is among the authors; “et al.” and “with” may hide them."""
    return entry.goes_without_saying or entry.authors.and_others or has_owner(entry.authors, owner)


def _reading(chunk, fit, owner, meaning) -> ListReading:
    heading = next((h for h in reversed(chunk.headings) if h), "")
    label = ((Run(chunk.venue),),) if chunk.venue else ()
    records = [
        _record(block, entry, fit.family, owner, heading, label, meaning)
        for block, entry in zip(fit.group.blocks, fit.entries, strict=True)
    ]
    group = fit.group
    records = tuple(record for record in records if record is not None)
    return ListReading(records, group.first, group.last, fit.family.NAME, fit.confidence)


def _looks_published(fit):
    """Return whether most entries say where they are to be found: with a year or a link."""
    said = [
        bool(entry and (entry.links or re.search(YEAR, " ".join(map(plain_text, entry.rest)))))
        for entry in fit.entries
    ]
    return said.count(True) * 2 > len(said)


def rank(fit):
    """Return what to prefer: what fits well, and of that what makes of it more entries."""
    count = len(fit.entries)
    evidence = 1 if fit.names_enough(fit.entries) else UNNAMED
    return fit.confidence * evidence * count / (count + 1)


def _record(block, entry, family, owner, heading, label, meaning) -> PublicationRecord | None:
    if not any(re.search(r"\w", plain_text(line)) for line in block.lines) and not block.odd:
        return None  # an empty bullet
    if not _weight(entry, owner):
        others = (_cut(other, block, owner) for other in FAMILIES if other is not family)
        entry = next((e for e in others if _is_sure(e, owner)), entry)
    if entry and label:
        entry = replace(entry, labels=(*entry.labels, *label))
    record = entry and record_of(entry, block, owner, heading)
    if not record:
        return doubtful(block, heading)
    if entry.certainty < CERTAIN:
        return doubtful(block, heading, record)
    record = keeping_all_words(legend.explained_record(record, meaning), block)
    if not fits(record):
        return doubtful(block, heading)
    if owner and not _is_on(entry, owner):
        return replace(record, doubts=f"None of the authors is {owner[0]}.")
    return record


def _is_sure(entry, owner):
    """Return whether an entry that is laid out otherwise than its list is read all the same."""
    return _weight(entry, owner) >= VERY_CERTAIN and bool(entry.authors.names)


def _text(tokens):
    lines = [line for token in tokens for line in inline_lines(token.children or [])]
    return "\n".join(map(plain_text, lines))
