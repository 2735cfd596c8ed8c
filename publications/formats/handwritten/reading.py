"""Reads the lists of a page: for each the family that fits it best, then entry by entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from homepage.common.progress import job
from publications.records import PublicationRecord

from . import legend
from .blocks import Block, Group, groups
from .entry import doubtful, fits, keeping_all_words, record_of
from .families import FAMILIES, co_authors, title_first
from .fits import CERTAIN, Fit, best_fit, cut, is_on, weight
from .headings import names_more, names_others, names_publications
from .inline import inline_lines
from .runs import STRONG, Line, Run, plain_text
from .tree import tree
from .venue import YEAR

# How much of a list must fit a family for it to be read at all; without knowing whose list it
# is, how much, and of how many entries.
ENOUGH, ENOUGH_OF_A_STRANGER, FEWEST_OF_A_STRANGER = 0.7, 0.85, 3
# How much of what stands behind a remark in the midst of a list must fit its family.
ENOUGH_OF_THE_REST = 0.4
# An entry that another family cuts than the others of its list must be as certain.
VERY_CERTAIN = 0.75


@dataclass(frozen=True)
class Chunk:
    """What stands between two headings: the headings above it, outermost first, and its tokens.

    `venue` is that of a heading which is nothing else.
    """

    headings: tuple[str, ...]
    tokens: Sequence[Token]
    venue: str = ""
    _groups: list[list[list[Group]]] = field(default_factory=list, repr=False, compare=False)

    def groups(self, source: Sequence[str]) -> list[list[Group]]:
        """Return the groups among the tokens, in all the ways to cut; made once."""
        if not self._groups:
            self._groups.append(groups(self.tokens, source))
        return self._groups[0]


@dataclass(frozen=True)
class ListReading:
    """A list that was understood, in source lines `first` up to and without `last` (0-based).

    `remarks` are its items that only explain the marks and colours of the others.
    """

    records: tuple[PublicationRecord, ...]
    first: int
    last: int
    family: str
    confidence: float
    remarks: tuple[Block, ...] = ()


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
    found = (best_fit(ways, owner) for ways in candidates(chunk, source))
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
            is_named = names_publications(chunk.headings)
            is_likely = is_named or (_are_several(fit) and _looks_published(fit))
            return fit.confidence >= ENOUGH and is_likely
        if theirs and fit.is_of_co_authors and names_more(chunk.headings):
            return fit.confidence >= ENOUGH_OF_A_STRANGER and _looks_published(fit)
        return is_good(chunk, fit) and (bool(owner) or count >= FEWEST_OF_A_STRANGER)

    def is_read(chunk, fit):
        return is_enough(chunk, fit) or _goes_on(fit, beside[id(chunk)])

    beside = {
        id(c): [f for f in fits if is_enough(c, f)] for c, fits in zip(chunks, found, strict=True)
    }
    return is_read


def _goes_on(fit, others):
    """Return whether a list, cut in two by a remark, is the rest of one that is read."""
    is_like = any(other.family is fit.family and other.group.is_list for other in others)
    return is_like and fit.group.is_list and fit.confidence >= ENOUGH_OF_THE_REST


def candidates(chunk: Chunk, source: Sequence[str]) -> list[list[Group]]:
    """Return the groups of a chunk that may be lists of publications, in all the ways to cut."""
    if any(names_others(heading) for heading in chunk.headings):
        return []
    return chunk.groups(source)


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


def _reading(chunk, fit, owner, meaning) -> ListReading:
    heading = next((h for h in reversed(chunk.headings) if h), "")
    label = ((Run(chunk.venue),),) if chunk.venue else ()
    records = []
    with job("Reading the list", len(fit.entries)) as advance:
        for block, entry in zip(fit.group.blocks, fit.entries, strict=True):
            records.append(_record(block, entry, fit.family, owner, heading, label, meaning))
            advance(1)
    group = fit.group
    records = tuple(record for record in records if record is not None)
    remarks = tuple(block for block in group.remarks if group.first <= block.first < group.last)
    name = fit.family.NAME
    return ListReading(records, group.first, group.last, name, fit.confidence, remarks)


def _are_several(fit):
    """Return whether there is more than one entry, or one that several people signed and dated."""
    entry = fit.entries[0]
    is_dated = entry and re.search(YEAR, " ".join(map(plain_text, entry.rest)))
    return len(fit.entries) > 1 or bool(is_dated and len(entry.authors.names) > 1)


def _looks_published(fit):
    """Return whether most entries say where they are to be found: with a year or a link."""
    said = [
        bool(entry and (entry.links or re.search(YEAR, " ".join(map(plain_text, entry.rest)))))
        for entry in fit.entries
    ]
    return said.count(True) * 2 > len(said)


def _record(block, entry, family, owner, heading, label, meaning) -> PublicationRecord | None:
    if not any(re.search(r"\w", plain_text(line)) for line in block.lines) and not block.odd:
        return None  # an empty bullet
    if not weight(entry, owner):
        others = (cut(other, block, owner) for other in FAMILIES if other is not family)
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
    if owner and not is_on(entry, owner):
        return replace(record, doubts=f"None of the authors is {owner[0]}.")
    return record


def _is_sure(entry, owner):
    """Return whether an entry that is laid out otherwise than its list is read all the same."""
    return weight(entry, owner) >= VERY_CERTAIN and bool(entry.authors.names)


def _text(tokens):
    lines = [line for token in tokens for line in inline_lines(token.children or [])]
    return "\n".join(map(plain_text, lines))
