"""What one paste says of one paper: any format of the table, or a line of a hand-written list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from homepage.common.markdown import plain
from homepage.common.text import fold

from .author_lines import line_from, uncut
from .changes import source_values
from .formats import READABLE, Format, recognise
from .formats.handwritten.pasted import read_entries
from .models import Publication, Source, Topic
from .name_details import NameDetails
from .names import NameList, WrittenName
from .records import Loaded, Problem, PublicationRecord
from .topics import Topics

MAX_LENGTH = 1_000_000
HANDWRITTEN = "a line of a list"
# Fields of the form that a record has under the same name.
FIELDS = (
    "title kind status venue_prefix year month day volume number pages publisher abstract language "
    "award note doi arxiv_id isbn issn citation_key"
).split()


class UnreadablePaste(ValueError):
    """The text says nothing that the form could take; the message says what to do."""


@dataclass(frozen=True)
class Pasted:
    """What was read: the first record, how many there are, and what could not be taken."""

    record: PublicationRecord
    count: int
    problems: tuple[Problem, ...]
    # None where it was written by hand.
    format: Format | None = None

    @property
    def label(self) -> str:
        return self.format.label if self.format else HANDWRITTEN


def read(text: str, owner: Sequence[str] = ()) -> Pasted:
    """Return what a text says; `owner` are the names that the owner of the site goes by.

    Raises UnreadablePaste.
    """
    if not text.strip():
        raise UnreadablePaste("Paste an entry first.")
    if len(text) > MAX_LENGTH:
        raise UnreadablePaste("This is more than 1 MB. Import it as a file.")
    format = recognise(text)
    loaded = format.load(text) if format else Loaded(tuple(read_entries(text, owner)))
    if not loaded.records:
        raise UnreadablePaste(_why(format, loaded))
    return Pasted(loaded.records[0], len(loaded.records), loaded.problems, format)


def values(record: PublicationRecord) -> dict[str, Any]:
    """Return what the fields of the form are to hold, without those that stay as they are."""
    found = {name: value for name in FIELDS if (value := getattr(record, name))}
    if record.authors or record.and_others:
        found["authors_line"] = _line(record)
    if record.venue:
        acronym = f" ({record.venue_acronym})" if record.venue_acronym else ""
        found["venue_name"] = record.venue + acronym
    return found


def topics(record: PublicationRecord) -> list[tuple[int, str]]:
    """Return the topics, by key and name, that its keywords are here already."""
    names = Topics().told_apart(record).topics
    return list(Topic.objects.filter(name__in=names).values_list("pk", "name"))


def details(record: PublicationRecord) -> list[NameDetails]:
    """Return what the line of authors cannot say."""
    return [
        NameDetails(
            text=name.printed or str(name),
            equal=name.equal,
            corresponding=name.corresponding,
            parts=name if str(name) == (name.printed or str(name)) else None,
        )
        for name in record.authors
    ]


def keep_source(publication: Publication, text: str) -> None:
    """Keep the entry that filled the form of a paper as what its source says.

    It is the base of later imports, and holds the fields that have no column. An entry of
    another work, where the form was changed into that of another paper, is not kept.
    """
    try:
        pasted = read(text)
    except UnreadablePaste:
        return
    if pasted.format is None or not _is_of(pasted.record, publication):
        return
    Source.objects.update_or_create(
        publication=publication,
        format=pasted.format.name,
        defaults=source_values(Topics().told_apart(pasted.record), None),
    )


def _is_of(record, publication):
    for name in ("doi", "arxiv_id", "citation_key"):
        if (value := getattr(record, name)) and value == getattr(publication, name):
            return True
    return fold(plain(record.title)) == fold(str(publication))


def _line(record):
    names = [WrittenName(name.printed or str(name), name.marks) for name in record.authors]
    whole = uncut(name.text for name in names)
    return line_from(NameList(tuple(names), record.and_others, record.conjunction), whole)


def _why(format, loaded):
    if format:
        why = f" ({loaded.problems[0]})" if loaded.problems else ""
        return f"No entry of {format.label} could be read{why}."
    labels = ", ".join(one.label for one in READABLE.values())
    return (
        f"Title, authors and venue could not be told apart. What is understood best is {labels}; "
        "or fill in the fields below."
    )
