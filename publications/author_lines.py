"""The author list of a paper as one line of text, as one types it or pastes it.

`line_of` writes the line, `read_line` reads it, `write_line` makes the rows say what it says.
Who a name belongs to is decided by equality of the whole folded name, never by initials;
people who are on the paper already come first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from homepage.common.text import fold

from .models import Author, Authorship, Publication
from .name_details import NameDetails, aligned
from .names import MARKS, NameList, WrittenName, author_name, written_list
from .people import People

MAX_NAMES = 3000
WRITTEN_FIELDS = (
    "author", "position", "marks", "printed_name", "equal_contribution", "corresponding"
)  # fmt: skip
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Letters of no living name stand for the names that must not be cut.
FIRST_RUNE, RUNES = 0x16A0, 70
REVERSED_NAME = re.compile(r"[^\s,]+,\s*[^,]+")
BRACED = re.compile(r"(?<![^\s,;&])\{([^{}]+)\}(?=\s*(?:[,;&]|and\b|$))")
REPEATED_AND = re.compile(r"\band(?:\s+and)+\b")
SEPARATORS = re.compile(r"[,;、，；&]|\s(?:and|und)\s")


@dataclass
class WrittenLine:
    """What `write_line` did that its reader may want to know."""

    new: list[str]
    twice: list[str]
    made: list[Author]


def line_of(publication: Publication) -> str:
    """Return the author list as one line: `Mingqing Xiao*, Shuxin Zheng*, et al.`

    It reads back as the same names, given those that hold a separator themselves.
    """
    rows = publication.authorships.select_related("author")
    names = tuple(WrittenName(str(row), marks_in_line(row.marks)) for row in rows)
    names = NameList(names, publication.and_others, publication.conjunction)
    return line_from(names, whole_names(rows))


def line_from(names: NameList, whole: Sequence[str] = ()) -> str:
    """Return names as one line that reads back as the same names, those in `whole` uncut."""
    wanted = [(name.text, name.marks) for name in names.names]
    texts = [text + marks for text, marks in wanted]
    word = f" {names.conjunction} " if names.conjunction else ""
    for separator, last in ((", ", word), (", ", ", "), ("; ", "; ")):
        line = _joined(texts, separator, last or separator)
        if [(name.text, name.marks) for name in read_line(line, whole).names] == wanted:
            break
    if names.and_others:
        line += f"{separator if texts else ''}et al."
    return line


def _joined(names, separator, last):
    return last.join(filter(None, [separator.join(names[:-1]), *names[-1:]]))


def marks_in_line(marks: str) -> str:
    """Return marks as plain text can hold them: raised digits as superscripts, no letters."""
    raised = marks.translate(SUPERSCRIPTS).replace(",", "")
    return raised if all(char in MARKS for char in raised) else ""


def whole_names(rows: Iterable[Authorship]) -> list[str]:
    """Return the names of a paper that hold a separator, as “Institute of Law and Economics”."""
    return uncut(str(row) for row in rows)


def uncut(texts: Iterable[str]) -> list[str]:
    """Return the names among `texts` that a line would cut, the longest first."""
    names = set(texts)
    cut = [name for name in names if [one.text for one in read_line(name).names] != [name]]
    return sorted(cut, key=len, reverse=True)


def read_line(text: str, whole: Sequence[str] = ()) -> NameList:
    """Return the names of a line with their marks, and whether it ends with “et al.”

    The names in `whole` are not cut, nor is what stands in braces, as a group does in BibTeX. A
    line break parts names only where nothing else does: text copied from a page breaks anywhere.
    """
    whole = [*whole, *(name.strip() for name in BRACED.findall(text))]
    text = REPEATED_AND.sub("and", BRACED.sub(r"\1", text))
    runes = {chr(FIRST_RUNE + number): name for number, name in enumerate(whole[:RUNES])}
    for rune, name in runes.items():
        text = text.replace(name, rune)
    written = written_list(_on_one_line(text))
    names = (replace(name, text=runes.get(name.text, name.text)) for name in written.names)
    return replace(written, names=tuple(names))


def _on_one_line(text):
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    if all(map(REVERSED_NAME.fullmatch, lines)):
        return "; ".join(lines)  # “Family, Given”, one a line
    return (" " if SEPARATORS.search(text) else ", ").join(lines)


def author_of(name: WrittenName) -> Author:
    """Return the author that would be made for a name that nobody has yet; not saved."""
    parts = author_name(name)
    return Author(
        given=parts.given,
        particle=parts.particle,
        family=parts.family,
        suffix=parts.suffix,
        literal=parts.literal,
    )


def write_line(
    publication: Publication,
    names: Sequence[WrittenName],
    details: Sequence[NameDetails] = (),
) -> WrittenLine:
    """Make the author rows of a paper say what a line says, in its order.

    A row whose author stays keeps what the line cannot say, unless `details` say it. A name that
    nobody has yet makes an author.
    """
    rows = list(publication.authorships.select_related("author"))
    details = aligned(details, [name.text for name in names])
    people = People()
    chosen = Author.objects.in_bulk({more.person for more in details if more and more.person})
    known = {author.pk for author in people.known.values()}
    written, new = [], []
    for name, more in zip(names, details, strict=True):
        person = chosen.get(more.person) if more else None
        row = _take_row(rows, name, person, more)
        if row is None:
            row = Authorship(publication=publication, author=person or _find(people, name, more))
            if row.author.pk not in known:
                known.add(row.author.pk)
                new.append(str(row.author))
        elif person is not None:
            row.author = person
        if name.marks != marks_in_line(row.marks):
            row.marks = name.marks
        if more is not None:
            row.equal_contribution, row.corresponding = more.equal, more.corresponding
        row.printed_name = "" if name.text == str(row.author) else name.text
        written.append(row)
    _save(publication, written)
    counts = Counter(row.author_id for row in written)
    twice = {str(row.author): None for row in written if counts[row.author_id] > 1}
    return WrittenLine(new, list(twice), people.made)


def _find(people, name, more):
    parts = more and more.parts_of(name.text)
    signed = parts or author_name(name)
    return people.create(signed) if more and more.is_new else people.find_or_create(signed)


def _save(publication, rows):
    for position, row in enumerate(rows, 1):
        row.position = position
    kept = [row for row in rows if row.pk]
    publication.authorships.exclude(pk__in=[row.pk for row in kept]).delete()
    Authorship.objects.bulk_update(kept, WRITTEN_FIELDS, batch_size=100)
    Authorship.objects.bulk_create([row for row in rows if not row.pk], batch_size=200)


def _take_row(rows, name, person, more):
    """Take out of `rows` the first one that the name belongs to; a chosen person's comes first."""
    folded = fold(name.text)
    rules = [lambda row: folded == fold(str(row)) or folded in row.author.folded_names()]
    if person is not None:
        rules.insert(0, lambda row: row.author_id == person.pk)
    elif more and more.is_new:
        return None
    for is_theirs in rules:
        for row in rows:
            if is_theirs(row):
                rows.remove(row)
                return row
    return None
