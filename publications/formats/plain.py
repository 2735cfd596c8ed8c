"""Plain text: one reference a line, to paste into a report or a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from homepage.common.identifiers import doi_url
from homepage.common.markdown import plain
from publications.records import PublicationRecord

STATUS = {"submitted": "Submitted", "accepted": "Accepted", "to-appear": "To appear"}


def write(records: Iterable[PublicationRecord]) -> Iterator[str]:
    """Yield the references, as in “A. Author, B. Author. Title. Venue, vol. 1, 2024.”"""
    return (f"{reference(record)}\n" for record in records)


def dump(records: Iterable[PublicationRecord]) -> str:
    """Return the references as one text."""
    return "".join(write(records))


def reference(record: PublicationRecord) -> str:
    """Return one record as a line of text; what is unknown is left out."""
    parts = [
        _authors(record),
        plain(record.title),
        _published(record),
        STATUS.get(record.status, ""),
        plain(record.award),
        plain(record.note),
    ]
    sentences = " ".join(_sentence(" ".join(part.split())) for part in parts if part)
    return " ".join(filter(None, [sentences, _address(record)]))


def _authors(record):
    names = [name.printed or str(name) for name in record.authors]
    if record.and_others:
        return ", ".join([*names, "et al"])
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _published(record):
    venue = f"{record.venue} ({record.venue_acronym})" if record.venue_acronym else record.venue
    parts = [
        venue,
        record.volume and f"vol. {record.volume}",
        record.number and f"no. {record.number}",
        record.pages and f"pp. {record.pages.replace('--', '-')}",
        record.publisher,
        str(record.year or ""),
    ]
    return ", ".join(filter(None, parts))


def _sentence(text):
    return text if text.endswith((".", "?", "!", "。")) else f"{text}."


def _address(record):
    if record.doi:
        return doi_url(record.doi)
    return f"arXiv:{record.arxiv_id}" if record.arxiv_id else ""
