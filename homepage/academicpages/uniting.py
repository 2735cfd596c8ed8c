"""The same work in two lists of one site, as one record: no paper comes twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from homepage.common.markdown import plain
from homepage.common.text import fold
from publications.names import same_person
from publications.records import Problem, PublicationRecord

# Fields that tell where a record stands, not what it says.
OF_PLACE = frozenset(
    ["category", "position", "line", "path", "text", "links", "extra", "doubts", "status"]
)
# Fields that belong to an author list, and are never taken without it.
OF_NAMES = frozenset(["authors_prefix", "conjunction", "and_others"])
# What is said of a pair where the two say it differently.
SAID = (
    "title venue venue_acronym year month volume number pages publisher abstract note award doi "
    "arxiv_id isbn issn language citation_key pdf image"
).split()
SHORTEST_TITLE, LONGEST_QUOTE = 12, 120


@dataclass(frozen=True)
class United:
    """The first list with what the second adds, the rest of the second, and a word on each pair.

    `pairs` holds the place in the first list of each record of the second, None if it has none.
    """

    first: tuple[PublicationRecord, ...]
    rest: tuple[PublicationRecord, ...]
    pairs: tuple[int | None, ...]
    notes: tuple[Problem, ...] = ()


def united(first: Sequence[PublicationRecord], second: Sequence[PublicationRecord]) -> United:
    """Unite two lists: each record of the second that is a work of the first adds to it."""
    result, rest, pairs, notes = list(first), [], [], []
    free = set(range(len(first)))
    for record in second:
        place = next((n for n in _candidates(result, record) if n in free), None)
        pairs.append(place)
        if place is None:
            rest.append(record)
            continue
        free.discard(place)
        notes.append(_note(result[place], record))
        result[place] = _joined(result[place], record)
    return United(tuple(result), tuple(rest), tuple(pairs), tuple(notes))


def _candidates(records, wanted) -> Iterator[int]:
    """Yield the places of the records that are the same work, the surest first."""
    title = _title(wanted.title)
    for place, record in enumerate(records):
        if wanted.doi and wanted.doi.lower() == record.doi.lower():
            yield place
    for place, record in enumerate(records):
        same_id = wanted.arxiv_id and wanted.arxiv_id == record.arxiv_id
        if same_id and _is_like(title, _title(record.title)) and not _differ_in_doi(record, wanted):
            yield place
    for place, record in enumerate(records):
        same_year = record.year == wanted.year or not (record.year and wanted.year)
        if title and _title(record.title) == title and same_year and _may_be_one(record, wanted):
            yield place
    for place, record in enumerate(records):
        if title and _title(record.title) == title and _may_be_one(record, wanted):
            yield place
    if len(title) >= SHORTEST_TITLE:
        for place, record in enumerate(records):
            # An entry that could not be read holds the title somewhere.
            if record.doubts and title in fold(record.text):
                yield place


@lru_cache(maxsize=4096)
def _title(source):
    return fold(plain(source))


def _is_like(one, other):
    """Return whether two titles share most words: an address that was copied may be another's."""
    words, others = set(one.split()), set(other.split())
    return 2 * len(words & others) > min(len(words), len(others))


def _may_be_one(record, wanted):
    """Return whether two records of one title may be one work: a journal version is another."""
    if _differ_in_doi(record, wanted):
        return False
    kinds = {record.kind, wanted.kind} - {"", "document"}
    years = {record.year, wanted.year} - {None}
    return len(kinds) < 2 or len(years) < 2


def _differ_in_doi(record, wanted):
    """Return whether two records have a DOI each, and not the same."""
    return bool(record.doi and wanted.doi) and record.doi.lower() != wanted.doi.lower()


def _joined(record, other):
    """Return a record with what another one of the same work knows better."""
    if record.doubts and not other.doubts:
        kept = {name: getattr(record, name) for name in ("category", "position")}
        return replace(other, **{name: value for name, value in kept.items() if value})
    found = {}
    passed_over = OF_PLACE | (OF_NAMES if record.authors else set())
    for name in record.__dataclass_fields__:
        value = getattr(record, name)
        if name not in passed_over and (not value or (name, value) == ("kind", "document")):
            found[name] = getattr(other, name) or value
    if record.authors and _same_authors(record.authors, other.authors):
        found["authors"] = tuple(map(_fuller, record.authors, other.authors))
    known = {link.target for link in record.links}
    links = tuple(link for link in other.links if link.target not in known)
    extra = {**other.extra, **record.extra}
    found["topics"] = tuple(dict.fromkeys([*record.topics, *other.topics]))
    return replace(record, **found, links=(*record.links, *links), extra=extra)


def _note(record, other):
    """Return a word on a pair: where each stands, and what only the one left out said."""
    where = f"the same paper as in {record.path or 'the list'}"
    where += f", line {record.line}" if record.line else ""
    differing = []
    for name in SAID:
        ours, theirs = getattr(record, name), getattr(other, name)
        if ours and theirs and fold(str(ours)) != fold(str(theirs)):
            differing.append(f"{name.replace('_', ' ')} “{_shortened(plain(str(theirs)))}”")
    if other.authors and not _same_authors(record.authors, other.authors):
        differing.append(f"authors “{', '.join(map(_name, other.authors))}”")
    message = f"{where}; both are one now"
    if differing:
        message += f". Left out here: {', '.join(differing)}"
    return Problem(other.line, message, path=other.path)


def _shortened(text):
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1].rstrip()}…"


def _same_authors(ours, theirs):
    """Return whether two lists name the same people, be it by initials."""
    return len(ours) == len(theirs) and all(
        same_person(_name(one), _name(other)) for one, other in zip(ours, theirs, strict=True)
    )


def _fuller(name, other):
    """Return a name with the given names that another list spells out."""
    if len(other.given) <= len(name.given) or not other.family:
        return name
    return replace(name, given=other.given, printed="")


def _name(name):
    return name.printed or str(name)
