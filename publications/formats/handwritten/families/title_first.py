"""Title first, then authors, then venue, each on a line of its own; links anywhere near.

1. **Title** [[pdf]](u) [[code]](u)
**Jane Doe**, John Roe
*Venue (ACR), 2024* (Oral)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from homepage.common.identifiers import arxiv_date, find_arxiv, find_doi
from homepage.common.markdown import escape_inline
from publications.names import (
    Char,
    NameList,
    author_name,
    is_person,
    same_person,
    split_names,
)
from publications.records import AuthorName, Link, PublicationRecord

from .. import legend, venue
from ..blocks import CODE, EM, MATH, STRONG, SUB, SUP, Block, Group, Line, plain_text
from ..kinds import kind_of
from ..links import Peeled, label_for, leads_somewhere, links_in_text, peel

NAME = "title first"
# A typed label before the title: “[J12]”, “(64)”, “3.”
TYPED_NUMBER = re.compile(r"\s*(?:\[[A-Z]{0,4}\.?-?\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)])\s+")
TEX_MARKS = re.compile(r"\\([A-Za-z]+)")
TEX_SIGNS = {
    "ast": "*",
    "star": "⋆",
    "dagger": "†",
    "dag": "†",
    "ddagger": "‡",
    "ddag": "‡",
    "S": "§",
    "P": "¶",
    "diamond": "⋄",
}
BY = re.compile(r"\s*(?:by|authors?\s*:|with)\s+", re.I)


@dataclass(frozen=True)
class Entry:
    """An entry cut into its parts, not yet read."""

    title: Line
    authors: NameList
    rest: tuple[Line, ...]
    links: tuple[Link, ...]
    dropped: tuple[str, ...]
    certainty: float


def emphasised_names(group: Group) -> list[str]:
    """Return the names that stand out in the author lines of a list, one for each entry.

    Who sets every name in bold points at nobody.
    """
    found = []
    for block in group.blocks:
        entry = cut(block, ())
        names = entry.authors.names if entry else ()
        marked = [name.text for name in names if name.emphasised and is_person(name.text)]
        if len(marked) == 1 and (len(names) > 1 or len(group.blocks) > 1):
            found += marked
    return found


def all_names(group: Group) -> list[set[str]]:
    """Return, for each entry that can be cut, the names of its author line."""
    entries = filter(None, (cut(block, ()) for block in group.blocks))
    return [
        {name.text for name in entry.authors.names if is_person(name.text)} for entry in entries
    ]


def confidence(group: Group, owner: Sequence[str]) -> float:
    """Return how well a list fits this family, from 0 to 1.

    An entry fits when one of its lines is a list of names; the owner must be among them.
    """
    fits = 0.0
    for block in group.blocks:
        entry = cut(block, owner)
        if entry and entry.certainty >= 0.75 and _has_owner(entry.authors, owner):
            fits += 1
    return fits / len(group.blocks)


def read(block: Block, owner: Sequence[str], heading: str) -> PublicationRecord | None:
    """Return the record of one entry, or None if it does not fit this family."""
    entry = cut(block, owner)
    if entry is None or block.odd or entry.certainty < 0.6:
        return None
    tail = tuple(_title_tail(entry.title)[1])
    title, _ = _title_tail(entry.title)
    line = venue.read([tail, *entry.rest] if _says_something(tail) else entry.rest)
    links = entry.links
    record = PublicationRecord(
        title=inline_source(title),
        authors=tuple(_author(name, owner) for name in entry.authors.names),
        and_others=entry.authors.and_others,
        conjunction=entry.authors.conjunction,
        venue=line.name,
        venue_acronym=line.acronym,
        venue_prefix=line.prefix,
        status=line.status or "published",
        year=line.year,
        award=escape_inline(", ".join(line.awards)),
        note=escape_inline("; ".join([*line.notes, *entry.dropped])),
        doi=next(filter(None, (find_doi(link.url) for link in links)), ""),
        arxiv_id=line.arxiv_id or next(filter(None, (find_arxiv(link.url) for link in links)), ""),
        links=links,
        line=block.line,
        text=block.text,
    )
    record = _dated_by_arxiv(record)
    return replace(record, kind=kind_of(heading, record, line.is_preprint))


def cut(block: Block, owner: Sequence[str]) -> Entry | None:
    """Cut an entry at its author line; None where no line is a list of names."""
    peeled = [
        Peeled(line) if number and _links_people(line, owner) else peel(line, first=not number)
        for number, line in enumerate(block.lines)
    ]
    lines = [item.line for item in peeled]
    place, names, last, certainty = _author_line(lines, owner)
    if place == 0:
        return None
    title = _join(lines[:place])
    if not re.search(r"\w", plain_text(title)):
        return None
    rest = tuple(line for line in lines[last:] if _says_something(line))
    links = tuple(link for item in peeled for link in item.links)
    linked, title = _linked_title(title)
    inner = tuple(link for line in rest for link in links_in_text(line))
    dropped = tuple(label for item in peeled for label in item.dropped)
    return Entry(title, names, rest, (*linked, *links, *inner), dropped, certainty)


def _links_people(line, owner):
    """Return whether the links of a line are names: the owner's, or one in bold, is among them."""
    return any(same_person(run.text, known) for run in line if run.href for known in owner) or any(
        run.href and STRONG in run and is_person(run.text) for run in line
    )


def _author_line(lines, owner):
    """Return (place, names, end, certainty) of the line that is a list of names; place 0 if none.

    The line with the owner in it wins, else the first that is all names. A comma or “and” at
    the end of a line says that the list goes on.
    """
    best = (0, NameList(()), 0, 0.0)
    for place in range(1, min(len(lines), 5)):
        end = place + 1
        while end < len(lines) and re.search(r"(?:[,;、&]|\band)\s*$", plain_text(lines[end - 1])):
            end += 1
        names = _names(_join(lines[place:end]))
        if not names.names:
            continue
        certainty = sum(is_person(name.text) for name in names.names) / len(names.names)
        if certainty > 0.5 and owner and _has_owner(names, owner):
            return place, names, end, max(certainty, 0.75)
        if len(names.names) == 1 and not names.names[0].emphasised:
            certainty *= 0.7  # one capitalised phrase may be a venue as well
        if certainty > best[3]:
            best = (place, names, end, certainty)
    return best


def _names(line):
    line = _without_remark(line)
    chars = [
        Char(letter, STRONG in run or "underline" in run, _is_raised(run), run.href or "")
        for run in line
        for letter in (mark_of(run.text) if _is_raised(run) else run.text)
    ]
    by = BY.match("".join(char.text for char in chars))
    return split_names(chars[by.end() :] if by and by[0].strip().lower() != "with" else chars)


def _is_raised(run):
    """Return whether a run is a superscript, in HTML or in TeX."""
    return SUP in run or (MATH in run and run.text.lstrip().startswith("^"))


def mark_of(text: str) -> str:
    """Return the mark that a superscript shows: `^{\\dagger}` is †."""
    text = TEX_MARKS.sub(lambda match: TEX_SIGNS.get(match[1], ""), text)
    return re.sub(r"[\^{}$\\\s]", "", text)


def _without_remark(line):
    """Return an author line without “(* equal contribution)”."""
    text = "".join(run.text for run in line)
    remark = legend.REMARK.search(text)
    if remark is None:
        return line
    kept, position = [], 0
    for run in line:
        letters = enumerate(run.text, position)
        position += len(run.text)
        left = "".join(c for place, c in letters if not remark.start() <= place < remark.end())
        kept.append(replace(run, text=left))
    return tuple(kept)


def _has_owner(names, owner):
    return any(same_person(name.text, known) for name in names.names for known in owner)


def _author(written, owner) -> AuthorName:
    author = author_name(written)
    is_owner = any(same_person(written.text, known) for known in owner)
    return replace(author, is_owner=is_owner)


def _join(lines):
    """Return several lines as one, a space between them."""
    joined = []
    for line in lines:
        if joined and line:
            joined.append(replace(line[0], text=" ", styles=frozenset(), href=None, image=None))
        joined += line
    return tuple(joined)


def _linked_title(title):
    """Return the links of the title's own words, labelled from the address, and the bare title."""
    hrefs = dict.fromkeys(run.href for run in title if run.href)
    links = [Link(label_for(href), href) for href in hrefs if leads_somewhere(href)]
    return links, tuple(replace(run, href=None) for run in title)


def _title_tail(title):
    """Part a marked-up title from what follows it on its line; an unmarked one is all title."""
    number = TYPED_NUMBER.match(plain_text(title))
    style = next((s for s in (STRONG, EM) if title and s in title[0]), None)
    if style is None or number and not title[0].text.strip():
        return title, ()
    end = next((i for i, run in enumerate(title) if style not in run and run.text.strip()), None)
    if end is None:
        return title, ()
    head, tail = title[:end], title[end:]
    if len(plain_text(head).split()) < 2 and style == EM:
        return title, ()
    if re.match(r"\s*\w", plain_text(tail)) and not plain_text(head).rstrip().endswith(
        (".", "?", "!", ":")
    ):
        # Words run on behind the emphasis: it marks a part of the title, not all of it.
        return title, ()
    return head, tail


def _says_something(line):
    return bool(re.search(r"\w", plain_text(line)))


def inline_source(line: Line) -> str:
    """Return a title as inline Markdown: its outer emphasis gone, inner emphasis and math kept."""
    runs = [run for run in line if run.image is None]
    solid = [run for run in runs if run.text.strip()]
    outer = {s for s in (STRONG, EM) if solid and all(s in run or MATH in run for run in solid)}
    source = "".join(_source(run, outer) for run in runs)
    source = re.sub(r"\s+", " ", source).strip().strip('“”"').rstrip(" ,")
    return source if source.endswith(("...", "etc.")) else source.removesuffix(".")


def _source(run, outer):
    text = run.text
    if MATH in run:
        return f"${text}$"
    if not text.strip():
        return text
    if CODE in run:
        return f"`{text}`"
    source = escape_inline(text.strip())
    before = text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :]
    if SUB in run or SUP in run:
        tag = SUB if SUB in run else SUP
        source = f"<{tag}>{source}</{tag}>"
    for style, mark in ((EM, "*"), (STRONG, "**")):
        if style in run and style not in outer:
            source = f"{mark}{source}{mark}"
    return f"{before}{source}{after}"


def _dated_by_arxiv(record):
    """Date an entry without venue and year by its arXiv id, to the month."""
    if record.venue or record.year or not record.arxiv_id:
        return record
    year, month = arxiv_date(record.arxiv_id)
    return replace(record, year=year, month=month)
