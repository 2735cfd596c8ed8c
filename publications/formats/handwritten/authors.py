"""The author line of an entry: whose names, with which marks, and whether the owner is one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from publications.names import (
    UPPER,
    Char,
    NameList,
    WrittenName,
    author_name,
    same_person,
    split_names,
)
from publications.records import AuthorName

from . import legend
from .flow import is_raised
from .runs import STRONG, UNDERLINE, Line

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


TURNED = re.compile(
    rf"(?P<family>[^\W\d_][\w'’-]*[^\W\d_A-Z][\w'’-]*)\s+(?P<given>(?:[{UPPER}]\.?[\s‐-]?){{1,3}})"
)


SINGLE_NAME = rf"[{UPPER}][^\W\d_\u3040-\u9fff]+(?:[-‐'’][^\W\d_]+)*"
SINGLE = re.compile(SINGLE_NAME)
GIVEN = re.compile(rf"{SINGLE_NAME}(?:\s[{UPPER}]\.)*")
OTHERS = re.compile(r"et\.?\s?al\.?|others", re.I)


def names_of(line: Line) -> NameList:
    """Return the names of a line; what stands in bold or underlined counts as emphasised."""
    line = _without_remark(line)
    chars = [
        Char(letter, STRONG in run or UNDERLINE in run, is_raised(run), run.href or "")
        for run in line
        for letter in (mark_of(run.text) if is_raised(run) else run.text)
    ]
    by = BY.match("".join(char.text for char in chars))
    found = split_names(chars[by.end() :] if by else chars)
    names = [_without_others(name) for name in found.names if not OTHERS.fullmatch(name.text)]
    and_others = found.and_others or [n.text for n in names] != [n.text for n in found.names]
    return replace(found, names=tuple(_paired(names)), and_others=and_others)


def _without_others(name):
    """Return a name without the “et al.” behind it: some name the last author after that."""
    return replace(name, text=re.sub(r"\s+et\.?\s?al\.?$", "", name.text))


def _paired(names):
    """Join the parts of a name turned round among whole ones: “Roe, John R., Jane Doe”."""
    single = [n for n, name in enumerate(names) if SINGLE.fullmatch(name.text)]
    place = single[0] if single else len(names)
    if place + 1 >= len(names) or not GIVEN.fullmatch(names[place + 1].text):
        return names
    others = [n for n in single if n not in (place, place + 1)]
    if others or (place and len(single) < 2):
        return names
    first, last = names[place], names[place + 1]
    whole = replace(
        last,
        text=f"{first.text}, {last.text}",
        marks=first.marks + last.marks,
        emphasised=first.emphasised or last.emphasised,
    )
    return [*names[:place], whole, *names[place + 2 :]]


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
        kept.append(run.saying(left))
    return tuple(kept)


def has_owner(names: NameList, owner: Sequence[str]) -> bool:
    """Return whether one of the names may be one of the owner's."""
    return any(is_owner(name, owner) for name in names.names)


def is_owner(name: WrittenName, owner: Sequence[str]) -> bool:
    """Return whether a written name may be the owner's, whichever way round it stands."""
    return _is_one_of(name.text, tuple(owner))


@lru_cache(maxsize=4096)
def _is_one_of(text, owner):
    text = re.sub(r"\s*[(（][^()（）]*[)）]", "", text)
    read = _spread(str(in_parts(WrittenName(text))))
    if ALL_INITIALS.fullmatch(text):
        return any(_letters(text) == _letters(known) for known in owner)
    return any(same_person(read, _spread(known)) for known in owner)


# “R. V.”: on their own pages some are too modest for more.
ALL_INITIALS = re.compile(rf"(?:[{UPPER}]\.[\s-]?){{1,3}}[{UPPER}]\.?")


def _letters(name):
    return [word[0] for word in re.split(r"[\s.-]+", name) if word]


def _spread(name):
    """Return a name with its initials apart: “JR Doe” is “J R Doe”."""
    return re.sub(rf"\b[{UPPER}]{{2,3}}(?=\s)", lambda match: " ".join(match[0]), name)


def in_parts(written: WrittenName) -> AuthorName:
    """Return a written name in parts; initials behind it turn it round: “Doe JR”, “Doe J.”"""
    turned = TURNED.fullmatch(written.text)
    if turned is None:
        return author_name(written)
    return AuthorName(
        given=turned["given"],
        family=turned["family"],
        printed=written.text,
        marks=written.marks,
        url=written.url,
    )


def author_of(written: WrittenName, owner: Sequence[str]) -> AuthorName:
    """Return a written name in parts, marked if it is the owner's."""
    return replace(in_parts(written), is_owner=is_owner(written, owner))


def owner_name(owner: Sequence[str]) -> tuple[AuthorName, ...]:
    """Return the owner as the one who goes without saying, if it is known who that is."""
    return tuple(author_of(WrittenName(name), owner) for name in owner[:1])
