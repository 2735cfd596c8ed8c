"""A citation whose title is known: who signed it, where it appeared, and what is left to say.

`citation:` in the header of a publication is often the only place that names the authors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from homepage.common.markdown import parser, plain
from homepage.common.text import words
from publications.formats.handwritten.authors import author_of, names_of
from publications.formats.handwritten.inline import inline_lines
from publications.formats.handwritten.runs import EM, Line, joined, plain_text
from publications.names import reversed_name, same_person
from publications.records import AuthorName

YEAR = r"(?:19|20)\d\d"
# What parts the authors from the title: “(2015).”, “(2015, May)”, “, 2015.”, an opening quote.
BEFORE_TITLE = re.compile(
    rf"[\s,.;:]*(?:[(\[]\s*(?:{YEAR}|n\.d\.|in press|forthcoming)[^()\[\]]{{0,30}}[)\]]|\b{YEAR})?"
    r"[\s,.;:]*[\"“”'‘«]*\s*$",
    re.I,
)
INITIALS = r"(?:[^\W\d_]\.?|[A-Z][a-z]?\.)(?:[\s-]*(?:[^\W\d_]\.|[A-Z](?![a-z])))*"
REVERSED = re.compile(
    rf"\s*(?P<family>[^\W\d_][^,;&()\d]{{0,60}}?),\s*(?P<given>{INITIALS})"
    r"(?P<suffix>,?\s+(?:Jr|Sr|II|III|IV)\b\.?)?(?P<marks>[*†‡]*)(?:\s*[,;]?\s*(?P<word>&|and\b|…|\.\.\.)|\s*[,;]|\s*$)",
)
VANCOUVER = re.compile(r"(?P<family>[^\W\d_][\w'’-]+(?: [\w'’-]+){0,2}) (?P<given>[A-Z]{1,3})")
OTHERS = re.compile(r"[\s,;&]*(?:and\s+)?(?:et\.?\s*al\b\.?|and others|others)\s*$", re.I)
NUMBERS = re.compile(
    r"(?:vol(?:ume)?\.?\s*)?(?P<volume>\d{1,4})\s*(?:,?\s*(?:no|issue|iss|number)\.?\s*|"
    rf"\(\s*(?!{YEAR}\s*\)))"
    r"(?P<number>\d{1,5}(?:\s*[-–]\s*\d{1,5})?)\s*\)?(?:\s*[,:.]?\s*(?:pp?\.?|pages?)?\s*"
    r"(?P<pages>[A-Za-z]?\d{1,9}(?:\s*[-–]{1,2}\s*[A-Za-z]?\d{1,9})?))?(?![\d.]*\w)",
    re.I,
)
VOLUME_AND_PAGES = re.compile(
    r"(?<![\d.])(?:vol(?:ume)?\.?\s*)?(?P<volume>\d{1,4})(?P<number>)\s*[,:]\s*(?:pp?\.?|pages?)?\s*"
    r"(?P<pages>[A-Za-z]?\d{1,9}(?:\s*[-–]{1,2}\s*[A-Za-z]?\d{1,9})?)(?![\d.]*\w)",
    re.I,
)
# Words of a citation that the page says in another form.
FORM = frozenset("vol volume no number issue pp p page pages and in the of et al eds ed".split())


@dataclass(frozen=True)
class Citation:
    """What a citation says of a work."""

    authors: tuple[AuthorName, ...] = ()
    and_others: bool = False
    conjunction: str = ""
    venue: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    year: int | None = None


def read_citation(source: str, title: str, owner: Sequence[str]) -> Citation:
    """Return what a citation in Markdown or HTML says of the work of this title."""
    line = line_of(source)
    text = "".join(run.text for run in line)
    span = _title_span(text, plain(title))
    if span is None:
        return Citation()
    end = BEFORE_TITLE.search(text[: span[0]]).start()
    if re.search(r"(?:^|[\s.-])[^\W\d_]$", text[:end]) and text[end] == ".":
        end += 1  # the full stop of an initial
    names = _cut(line, 0, end)
    authors, and_others, conjunction = read_names(names, owner)
    rest = _cut(line, span[1], len(text))
    numbers = NUMBERS.search(plain_text(rest)) or VOLUME_AND_PAGES.search(plain_text(rest))
    year = re.search(rf"\b{YEAR}\b", text[: span[0]]) or re.search(rf"\b{YEAR}\b", plain_text(rest))
    return Citation(
        authors=authors,
        and_others=and_others,
        conjunction=conjunction,
        venue=_venue(rest),
        volume=numbers["volume"] if numbers else "",
        number=(numbers["number"] or "") if numbers else "",
        pages=re.sub(r"\s*[-–]+\s*", "-", numbers["pages"] or "") if numbers else "",
        year=int(year[0]) if year else None,
    )


def line_of(source: str) -> Line:
    """Return an inline text of Markdown and HTML as one line."""
    (block,) = parser().parseInline(" ".join(source.split()), {})
    return joined(inline_lines(block.children or []))


def unsaid(source: str, shown: Sequence[str]) -> set[str]:
    """Return the words of a citation that none of the texts shows."""
    said = set().union(*map(words, shown)) | FORM
    return {word for word in words(plain_text(line_of(source))) if word not in said}


def read_names(line: Line, owner: Sequence[str]) -> tuple[tuple[AuthorName, ...], bool, str]:
    """Return (authors, “and others”, the word before the last) of a list in any order of names."""
    text = "".join(run.text for run in line)
    others = OTHERS.search(text)
    cut = text[: others.start()] if others else text
    if (turned := _reversed(cut)) is not None:
        names, conjunction = turned
    else:
        found = names_of(line)
        others = others or found.and_others
        names, conjunction = [author_of(name, owner) for name in found.names], found.conjunction
        names = _first_turned(_vancouver(names))
    authors = tuple(
        replace(_in_reading_order(name), is_owner=any(same_person(str(name), one) for one in owner))
        for name in names
    )
    return authors, bool(others), conjunction


def _in_reading_order(name):
    """Return a name that is printed in reading order, though a citation turned it round."""
    return replace(name, printed="") if "," in name.printed and name.family else name


def _reversed(text):
    """Return the names of “Doe, J., Roe, J. R., & Poe, E.”; None if it is no such list."""
    names, conjunction, position = [], "", 0
    text = text.strip().rstrip(",;")
    while position < len(text) and (match := REVERSED.match(text, position)):
        family = re.sub(r"^(?:&|and\s)\s*", "", match["family"].strip())
        name = reversed_name(f"{family}, {match['given'].strip()}")
        suffix = (match["suffix"] or "").strip(" ,")
        names.append(replace(name, suffix=suffix, marks=match["marks"]))
        conjunction = match["word"] or conjunction
        position = match.end()
    if not names or text[position:].strip(" ,.;&*†"):
        return None
    return names, conjunction if conjunction in ("&", "and") else ""


def _vancouver(names):
    """Turn “Moat HS” round, where most names of a list end in bare initials."""
    matches = [VANCOUVER.fullmatch(str(name)) for name in names]
    if sum(map(bool, matches)) * 2 <= len(names):
        return names
    return [
        replace(
            name, given=match["given"], particle="", family=match["family"], literal="", printed=""
        )
        if match
        else name
        for name, match in zip(names, matches, strict=True)
    ]


def _first_turned(names):
    """Turn the first name round where only that one is: “Doe, Jane, and John Roe”."""
    if len(names) < 2:
        return names
    first, second = names[0], names[1]
    is_family = first.literal and " " not in first.literal.strip()
    is_given = second.literal and " " not in second.literal.strip()
    others = names[2:]
    if is_family and is_given and all(name.family for name in others):
        turned = AuthorName(given=second.literal, family=first.literal, marks=second.marks)
        return [turned, *others]
    return names


def _title_span(text, title):
    """Return where the title stands in a citation; marks and spaces may differ."""
    parts = re.findall(r"\w+", title)
    if not parts:
        return None
    pattern = r"[\W_]{0,12}".join(map(re.escape, parts))
    match = re.search(pattern, text, re.I)
    if match is None:
        return None
    start, end = match.span()
    while start and text[start - 1].isalnum():
        start -= 1  # a letter too many before the title
    closing = re.match(r"[\s.,!?)\]]*[\"”’'»]*[\s.,]*", text[end:])
    return start, end + closing.end()


def _venue(rest):
    """Return what is in italics behind the title, else what stands before the first number."""
    emphasised = plain_text(run for run in rest if EM in run).strip(" .,;")
    if re.search(r"[^\W\d_]{2}", emphasised):
        return re.sub(rf"[\s,(]*\b{YEAR}\b\)?$", "", emphasised).strip(" .,;")
    text = re.sub(r"^\s*(?:in\b:?|\()\s*", "", plain_text(rest), flags=re.I)
    head = re.split(r"[,.;:]?\s*(?:\b(?:vol|no|pp|pages?|arXiv:)\b|\(?\d)", text, maxsplit=1)[0]
    head = head.strip(" .,;:()")
    return head if 0 < len(head.split()) <= 15 else ""


def _cut(line, start, end):
    """Return the runs between two places of the whole text."""
    found, position = [], 0
    for run in line:
        first, last = max(start - position, 0), min(end - position, len(run.text))
        if first < last:
            found.append(replace(run, text=run.text[first:last]))
        position += len(run.text)
    return tuple(found)
