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
from .families import FAMILIES
from .headings import names_others, names_publications
from .inline import inline_lines
from .runs import plain_text

# How much of a list must fit a family for it to be read at all; without knowing whose list it
# is, how much, and of how many entries.
ENOUGH, ENOUGH_OF_A_STRANGER, FEWEST_OF_A_STRANGER = 0.7, 0.85, 3
# An entry cut with less certainty than the first is shown as its source; one that another
# family cuts must be as certain as the second.
CERTAIN, VERY_CERTAIN = 0.6, 0.75
MOST_LINES, MOST_LETTERS = 60, 20_000


@dataclass(frozen=True)
class Chunk:
    """What stands between two headings: the headings above it, outermost first, and its tokens."""

    headings: tuple[str, ...]
    tokens: Sequence[Token]


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


def read_lists(
    chunks: Sequence[Chunk], source: Sequence[str], owner: Sequence[str]
) -> list[list[ListReading]]:
    """Return, for each chunk, the publication lists in it, in order.

    `source` holds the lines of the page that the tokens' maps count from 0; `owner` the names
    the owner goes by. Where nobody is known only a heading that says so makes a list one of
    publications.
    """
    meaning = legend.roles("\n".join(_text(chunk.tokens) for chunk in chunks))
    return [list(_readings(chunk, source, owner, meaning)) for chunk in chunks]


def candidates(chunk: Chunk, source: Sequence[str]) -> list[list[Group]]:
    """Return the groups of a chunk that may be lists of publications, in all the ways to cut."""
    if any(names_others(heading) for heading in chunk.headings):
        return []
    return groups(chunk.tokens, source)


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
        yield Fit(family, _placed(trimmed), tuple(entries), _confidence(family, entries, owner))


def _cut(family, block, owner):
    """Return the parts of an entry; what is longer than any entry is none."""
    if len(block.lines) > MOST_LINES or len(block.text) > MOST_LETTERS:
        return None
    return family.cut(block, owner)


def _placed(group):
    if group.is_list:
        return group
    return replace(group, first=group.blocks[0].first, last=group.blocks[-1].last)


def _confidence(family, entries, owner):
    """Return how well a family fits a list, from 0 to 1: the share of entries it cuts well."""
    share = getattr(family, "SHARE", 0)
    if share and sum(bool(entry and entry.prefix) for entry in entries) < share * len(entries):
        return 0.0
    return sum(_weight(entry, owner) for entry in entries) / len(entries)


def _weight(entry, owner):
    """Return what an entry says for its family: nothing where the owner is not on it."""
    if entry is None or entry.certainty < CERTAIN:
        return 0.0
    if owner and not _is_on(entry, owner):
        return 0.0
    return entry.certainty


def _is_on(entry, owner):
    """Return whether the owner is among the authors; “et al.” and “with” may hide them."""
    names = entry.authors
    return names.and_others or not names.names or has_owner(names, owner) or _is_implied(entry)


def _is_implied(entry):
    return entry.prefix.lower().endswith("with")


def _readings(chunk, source, owner, meaning) -> Iterator[ListReading]:
    is_named = names_publications(chunk.headings)
    heading = next((h for h in reversed(chunk.headings) if h), "")
    for ways in candidates(chunk, source):
        fit = max(
            (fit for group in ways for fit in fits_of(group, owner)),
            key=rank,
            default=None,
        )
        if fit is None or not _is_enough(fit, owner, is_named):
            continue
        records = [
            _explained(record, meaning)
            for block, entry in zip(fit.group.blocks, fit.entries, strict=True)
            if (record := _record(block, entry, fit.family, owner, heading)) is not None
        ]
        yield ListReading(
            tuple(records), fit.group.first, fit.group.last, fit.family.NAME, fit.confidence
        )


def rank(fit):
    """Return what to prefer: what fits well, and of that what makes of it more entries."""
    count = len(fit.entries)
    return fit.confidence * count / (count + 1)


def _is_enough(fit, owner, is_named):
    if owner and not getattr(fit.family, "SHARE", 0):
        return fit.confidence >= ENOUGH
    count = len(fit.group.blocks)
    return (
        is_named
        and fit.confidence >= ENOUGH_OF_A_STRANGER
        and (count >= FEWEST_OF_A_STRANGER or bool(owner))
    )


def _record(block: Block, entry, family, owner, heading) -> PublicationRecord | None:
    if not any(re.search(r"\w", plain_text(line)) for line in block.lines) and not block.odd:
        return None  # an empty bullet
    if not _weight(entry, owner):
        others = (_cut(other, block, owner) for other in FAMILIES if other is not family)
        entry = next((e for e in others if _weight(e, owner) >= VERY_CERTAIN), entry)
    record = entry and record_of(entry, block, owner, heading)
    if not record:
        return doubtful(block, heading)
    if entry.certainty < CERTAIN:
        return doubtful(block, heading, record)
    record = keeping_all_words(record, block)
    if not fits(record):
        return doubtful(block, heading)
    if owner and not _is_on(entry, owner):
        return replace(record, doubts=f"None of the authors is {owner[0]}.")
    return record


def _explained(record, meaning):
    meaning = {**meaning, **legend.roles(record.text)}
    authors = tuple(legend.explained(author, meaning) for author in record.authors)
    return replace(record, authors=authors)


def _text(tokens):
    lines = [line for token in tokens for line in inline_lines(token.children or [])]
    return "\n".join(map(plain_text, lines))
