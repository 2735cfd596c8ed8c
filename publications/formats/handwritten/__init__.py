"""Publication lists as people write them by hand, in Markdown.

`read_lists` is given what stands under each heading of a page and returns the lists it
understands; whatever it leaves is the caller's to keep as text. A new layout is a new file
in `families/` and a line in its table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from publications.names import is_full_name, same_person
from publications.records import PublicationRecord

from . import legend
from .blocks import Group, groups, inline_lines, plain_text
from .entry import doubtful, fits, keeping_all_words
from .families import FAMILIES

# How much of a list must fit a family for it to be read at all.
ENOUGH = 0.7
# Headings under which lists look like publications but are none.
OTHER_LISTS = re.compile(
    r"talk|presentation|invited|patent|award|hono(?:u)?r|scholarship|teach|course|servic|review|"
    r"news|updat|education|experience|employ|grant|funding|project|student|advis|mentor|media|"
    r"press\b|tutorial|softw|activit|certif|intern|member|skill|contact|"
    r"报告|专利|奖|教学|服务|新闻|教育|经历|项目|学生",
    re.I,
)
PUBLICATIONS = re.compile(
    r"publication|paper|preprint|journal|conference|workshop|article|manuscript|book|proceedings|"
    r"论文|发表|著作",
    re.I,
)


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


def find_owner(chunks: Sequence[Chunk], source: Sequence[str]) -> str:
    """Return whose page it is: the name that stands out in the author lines, else "".

    Where nothing is emphasised it is the one name that all entries share.
    """
    lists = [group for chunk in chunks for group in _candidates(chunk, source)]
    papers = [
        group
        for chunk in chunks
        if any(PUBLICATIONS.search(heading) for heading in chunk.headings)
        for group in _candidates(chunk, source)
    ]
    # One name in bold is proof under “Publications”; anywhere else it takes two.
    for groups_, enough in ((papers, 1), (lists, 2)):
        for family in FAMILIES:
            names = Counter(name for group in groups_ for name in family.emphasised_names(group))
            for name, count in names.most_common(1):
                if count >= enough:
                    return name
    for family in FAMILIES:
        entries = [names for group in lists for names in family.all_names(group)]
        shared = Counter(name for names in entries for name in names)
        everywhere = [name for name, count in shared.items() if count == len(entries)]
        if len(entries) > 2 and len(everywhere) == 1:
            return everywhere[0]
    return _standing_out(papers)


def _standing_out(lists: Sequence[Group]) -> str:
    """Return the full name that stands out in most entries of a list of another layout."""
    for group in sorted(lists, key=lambda group: -len(group.blocks)):
        names = Counter(name for block in group.blocks for name in _emphasised(block))
        for name, count in names.most_common(1):
            if count > 1 and count * 2 > len(group.blocks):
                return name
    return ""


def _emphasised(block):
    texts = {
        run.text.strip(" ,.;:*")
        for line in block.lines
        for run in line
        if "strong" in run or "underline" in run
    }
    return {text for text in texts if is_full_name(text)}


def read_lists(
    chunks: Sequence[Chunk], source: Sequence[str], owner: Sequence[str]
) -> list[list[ListReading]]:
    """Return, for each chunk, the publication lists in it, in order.

    `source` holds the lines of the page that the tokens' maps count from 0; `owner` the names
    the owner goes by. Without an owner nothing is read: a list that names nobody is no proof.
    """
    if not owner:
        return [[] for _ in chunks]
    meaning = legend.roles("\n".join(_text(chunk.tokens) for chunk in chunks))
    return [
        [
            reading
            for group in _candidates(chunk, source)
            if (reading := _read(group, owner, chunk.headings, meaning))
        ]
        for chunk in chunks
    ]


def _candidates(chunk: Chunk, source: Sequence[str]) -> list[Group]:
    if any(_names_other_list(heading) for heading in chunk.headings):
        return []
    return groups(chunk.tokens, source)


def _names_other_list(heading):
    return bool(OTHER_LISTS.search(heading)) and not PUBLICATIONS.search(heading)


def _read(group, owner, headings, meaning):
    for family in FAMILIES:
        trimmed = group if group.is_list else _trimmed(group, family, owner)
        if trimmed is None:
            continue
        confidence = family.confidence(trimmed, owner)
        if confidence >= ENOUGH:
            heading = next((h for h in reversed(headings) if h), "")
            records = [_record(block, family, owner, heading) for block in trimmed.blocks]
            records = [_explained(record, meaning) for record in records if record]
            return ListReading(tuple(records), trimmed.first, trimmed.last, family.NAME, confidence)
    return None


def _looks_published(records, headings):
    """Return whether a list says where its entries are to be found, or stands as publications.

    A heading that names publications is enough; else most entries need a venue, year or link.
    """
    if any(PUBLICATIONS.search(heading) for heading in headings):
        return True
    found = sum(bool(record.venue or record.year or record.links) for record in records)
    return len(records) > 1 and found * 2 > len(records)


def _trimmed(group, family, owner):
    """Return the paragraphs without those before the first entry and behind the last."""
    fits = [family.read(block, owner, "") is not None for block in group.blocks]
    if True not in fits:
        return None
    first, last = fits.index(True), len(fits) - fits[::-1].index(True)
    return replace(group, blocks=group.blocks[first:last])


def _record(block, family, owner, heading):
    if not any(re.search(r"\w", plain_text(line)) for line in block.lines) and not block.odd:
        return None  # an empty bullet
    record = family.read(block, owner, heading)
    if record is None or not _is_on(record, owner):
        return doubtful(block, heading)
    record = keeping_all_words(record, block)
    return record if fits(record) else doubtful(block, heading)


def _is_on(record, owner):
    """Return whether the owner is among the authors; “et al.” may hide them."""
    return record.and_others or any(
        same_person(name.printed or str(name), known) for name in record.authors for known in owner
    )


def _explained(record, meaning):
    meaning = {**meaning, **legend.roles(record.text)}
    authors = tuple(legend.explained(author, meaning) for author in record.authors)
    return replace(record, authors=authors)


def _text(tokens):
    lines = [line for token in tokens for line in inline_lines(token.children or [])]
    return "\n".join(map(plain_text, lines))
