"""The author line of an entry: whose names, with which marks, and whether the owner is one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from publications.names import Char, NameList, author_name, is_person, same_person, split_names
from publications.records import AuthorName

from . import legend
from .blocks import MATH, STRONG, SUP, UNDERLINE, Line

BY = re.compile(r"\s*(?:by|authors?\s*:)\s+", re.I)
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


def names_of(line: Line) -> NameList:
    """Return the names of a line; what stands in bold or underlined counts as emphasised."""
    line = _without_remark(line)
    chars = [
        Char(letter, STRONG in run or UNDERLINE in run, _is_raised(run), run.href or "")
        for run in line
        for letter in (mark_of(run.text) if _is_raised(run) else run.text)
    ]
    by = BY.match("".join(char.text for char in chars))
    return split_names(chars[by.end() :] if by else chars)


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


def has_owner(names: NameList, owner: Sequence[str]) -> bool:
    """Return whether one of the names may be one of the owner's."""
    return any(same_person(name.text, known) for name in names.names for known in owner)


def author_of(written, owner: Sequence[str]) -> AuthorName:
    """Return a written name in parts, marked if it is the owner's."""
    author = author_name(written)
    is_owner = any(same_person(written.text, known) for known in owner)
    return replace(author, is_owner=is_owner)


def links_people(line: Line, owner: Sequence[str]) -> bool:
    """Return whether the links of a line are names: the owner's, or one in bold, is among them."""
    return any(same_person(run.text, known) for run in line if run.href for known in owner) or any(
        run.href and STRONG in run and is_person(run.text) for run in line
    )
