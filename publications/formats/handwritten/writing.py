"""Writes a list as its owner would, title first: what `read_lists` reads, and people too.

1. **Title** [[pdf]](u) [[code]](u)
**Jane Doe**, John Roe
*Venue (ACR), 2024* <font color=red>(Oral)</font>

Each entry is read back before it is taken: where the plain way of writing it would come back as
something else, another way is tried, and the one that says most is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from homepage.common.markdown import escape_inline, parser
from publications.names import MARKS
from publications.records import AuthorName, Link, PublicationRecord

from . import legend
from .blocks import groups
from .entry import keeping_all_words, record_of
from .families import co_authors, title_first

BREAK = "   "  # three spaces at the end of a line, as on the page this format comes from
# What an entry of this layout says; the rest of a record travels in a file of publications.
WRITTEN = (
    "title authors authors_prefix and_others conjunction venue venue_acronym venue_prefix status "
    "year month volume number pages award note doi arxiv_id links"
).split()


@dataclass(frozen=True)
class Writer:
    """Writes entries for the page of an owner; `meaning` is what its legend says of marks."""

    owner: Sequence[str]
    heading: str = ""
    meaning: Mapping[str, set[str]] = field(default_factory=dict)

    def list(self, records: Iterable[PublicationRecord]) -> str:
        """Return a numbered list."""
        return "\n\n".join(
            f"{number}. {self.entry(record)}" for number, record in enumerate(records, 1)
        )

    def entry(self, record: PublicationRecord) -> str:
        """Return one entry; a record read with doubt is the text it was read from."""
        if record.doubts:
            return record.text
        best, most = "", -1
        for text in _ways(record, self.meaning):
            if (same := self._equal_fields(text, record)) > most:
                best, most = text, same
            if most == len(WRITTEN):
                break
        return best

    def _equal_fields(self, text, record) -> int:
        family = co_authors if record.authors_prefix else title_first
        found = self.read(text, family)
        if found is None:
            return 0
        return sum(getattr(found, name) == getattr(record, name) for name in WRITTEN)

    def read(self, text: str, family=title_first) -> PublicationRecord | None:
        """Return what a reader of the page makes of an entry, None if it is no longer one."""
        source = f"1. {text}"
        found = groups(parser().parse(source), source.split("\n"))
        if len(found) != 1 or len(found[0][0].blocks) != 1:
            return None
        (block,) = found[0][0].blocks
        entry = family.cut(block, self.owner)
        record = entry and record_of(entry, block, self.owner, self.heading)
        if not record:
            return None
        return keeping_all_words(legend.explained_record(record, self.meaning), block)


def _ways(record, meaning) -> Iterator[str]:
    """Yield the ways to write a record, the usual one first."""
    titles = [f"**{record.title}**", f"__{record.title}__", record.title]
    links = "".join(f" {_link(link)}" for link in record.links)
    persons = [_authors(record, meaning), _authors(_without_addresses(record), meaning)]
    persons = list(dict.fromkeys(persons))
    for title, names, end in product(titles, persons, _ends(record)):
        lines = [f"{title}{links}", names, *end]
        yield f"{BREAK}\n".join(filter(None, lines))


def _link(link: Link) -> str:
    url = link.url
    if re.search(r"[\s()<>\\*]", url):
        url = f"<{re.sub(r'[<>]', lambda match: f'%{ord(match[0]):02X}', url)}>"
    return f"[[{escape_inline(link.label)}]]({url})"


def _without_addresses(record):
    return replace(record, authors=tuple(replace(name, url="") for name in record.authors))


def _authors(record, meaning) -> str:
    """Return the author line, the owner in bold, and what its marks mean if nothing else says."""
    # Behind “with” the owner, whose page it is, goes without saying.
    is_with = record.authors_prefix.lower().endswith("with")
    names = [_name(name) for name in record.authors if not (is_with and name.is_owner)]
    has_comma = any("," in (name.printed or str(name)) for name in record.authors)
    separator = "; " if has_comma else ", "
    if record.conjunction and len(names) > 1:
        between = separator if len(names) > 2 else " "
        names[-2:] = [f"{names[-2]}{between}{escape_inline(record.conjunction)} {names[-1]}"]
    if record.and_others:
        names.append("et al.")
    prefix = f"{escape_inline(record.authors_prefix)} " if record.authors_prefix and names else ""
    return prefix + separator.join(names) + _remarks(record, meaning)


def _name(name: AuthorName) -> str:
    text = escape_inline(name.printed or str(name))
    if name.is_owner:
        text = f"**{text}**"
    if name.url:
        text = f"[{text}](<{name.url}>)"
    return text + _marks(name.marks)


def _marks(marks):
    if not marks:
        return ""
    if all(mark in MARKS for mark in marks):
        return re.sub(r"([*^])", r"\\\1", marks)
    return f"<sup>{escape_inline(marks)}</sup>"


def _remarks(record, meaning) -> str:
    said = []
    for role, words in (
        (legend.EQUAL, "equal contribution"),
        (legend.CORRESPONDING, "corresponding author"),
    ):
        holders = [set(name.marks) for name in record.authors if getattr(name, role)]
        marks = set.intersection(*holders) if holders else set()
        marks = {mark for mark in marks if role not in meaning.get(mark, ())}
        if len(marks) == 1:
            said.append(f"{_marks(marks.pop())} {words}")
    return f" ({'; '.join(said)})" if said else ""


def _ends(record) -> Iterator[tuple[str, ...]]:
    """Yield the lines behind the authors."""
    award = f" <font color=red>({record.award})</font>" if record.award else ""
    note = (record.note,) if record.note else ()
    for place in dict.fromkeys(_places(record)):
        yield (f"{place}{award}".strip(), *note)
        if award:
            yield (place, award.strip(), *note)


def _places(record) -> Iterator[str]:
    prefix = escape_inline(record.venue_prefix)
    venue = escape_inline(record.venue)
    if record.venue_acronym:
        venue = f"{venue} ({escape_inline(record.venue_acronym)})"
    year = str(record.year or "")
    italic = ", ".join(filter(None, [venue, year]))
    if not record.venue and record.arxiv_id:
        yield ""  # the link to arXiv says it all
        yield " ".join(filter(None, [prefix, f"*arXiv:{record.arxiv_id}{year and f', {year}'}*"]))
    if locator := _locator(record):
        yield " ".join(filter(None, [prefix, f"*{italic}*, {locator}" if italic else locator]))
        after = ", ".join(filter(None, [locator, year]))
        yield " ".join(filter(None, [prefix, f"*{venue}*, {after}" if venue else after]))
    yield " ".join(filter(None, [prefix, italic and f"*{italic}*"]))
    yield " ".join(filter(None, [prefix, italic]))
    yield " ".join(filter(None, [prefix, venue and f"*{venue}*", year]))


def _locator(record) -> str:
    """Return volume, number and pages as a reader of the page finds them: “vol. 4, pp. 1-20”."""
    sign = "pp." if re.search(r"[-–—,;&+]", record.pages) else "p."
    named = (("vol.", record.volume), ("no.", record.number), (sign, record.pages))
    return ", ".join(f"{name} {escape_inline(value)}" for name, value in named if value)
