"""Parts of a record as more than one kind of metadata has them."""

from __future__ import annotations

import re

from publications.records import AuthorName, PublicationRecord

RANGE = re.compile(r"([^\s,;–—-]+)\s*(?:-{1,3}|–|—)\s*([^\s,;–—-]+)")
ARXIV_DOI = "10.48550/arXiv."


def pages(record: PublicationRecord) -> tuple[str, str]:
    """Return the first and the last page; what is no range of pages is the first alone."""
    match = RANGE.fullmatch(record.pages.strip())
    return match.groups() if match else (record.pages, "")


def iso_date(record: PublicationRecord) -> str:
    """Return the date as far as it is known: `2024`, `2024-05`, `2024-05-01`."""
    if not record.year:
        return ""
    month = f"-{record.month:02d}" if record.month else ""
    day = f"-{record.day:02d}" if month and record.day else ""
    return f"{record.year:04d}{month}{day}"


def container(record: PublicationRecord) -> str:
    """Return what the work appeared in; what is only submitted there has not appeared."""
    return "" if record.status == "submitted" else record.venue


def doi(record: PublicationRecord) -> str:
    """Return the work's DOI; for a preprint without one it is that of arXiv."""
    if not record.doi and record.arxiv_id and record.kind == "article":
        return f"{ARXIV_DOI}{record.arxiv_id}"
    return record.doi


def inverted(name: AuthorName) -> str:
    """Return a name as “Family, Given Jr.”, one without parts as it is.

    Zotero keeps nothing behind a second comma.
    """
    family = " ".join(filter(None, [name.particle, name.family]))
    given = " ".join(filter(None, [name.given, name.suffix]))
    return ", ".join(filter(None, [family, given])) or name.literal


def kept_whole(name: AuthorName) -> str:
    """Return an inverted name; a group's of several words ends with a comma, as without given name.

    Zotero would take its last word for the family name of a person.
    """
    written = inverted(name)
    return f"{written}," if " " in written and not name.family else written
