"""From records to CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from publications.records import PublicationRecord

from ..addresses import links_of
from ..fitting import unfitted
from ..keys import citation_keys
from ..keywords import KEPT, joined, keywords, parted
from ..rich_text import to_csl
from .dates import write_date
from .names import write_names
from .types import KINDS, NUMBERED, OTHER_KINDS, STATUS

ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def write(records: Iterable[PublicationRecord]) -> Iterator[str]:
    """Yield a list of CSL items; ids are citation keys, made where the owner gave none."""
    keys = citation_keys(records)
    yield "["
    for place, (record, key) in enumerate(zip(records, keys, strict=True)):
        yield f"{',' if place else ''}\n{_written(_item(record, key))}"
    yield "\n]\n" if keys else "]\n"


def dump(records: Iterable[PublicationRecord]) -> str:
    """Return the list as one text."""
    return "".join(write(records))


def _written(item) -> str:
    """Return an item with a field on each line; further lines would take five times as long."""
    fields = [f"    {ENCODER.encode(name)}: {ENCODER.encode(item[name])}" for name in item]
    return "  {\n" + ",\n".join(fields) + "\n  }"


def _item(record, key) -> dict[str, Any]:
    record = unfitted(record)
    item = {
        "id": key,
        "citation-key": record.citation_key,
        "type": _type(record),
        "title": to_csl(record.title),
        "author": write_names(record),
        "container-title": record.venue,
        "container-title-short": record.venue_acronym,
        "issued": _issued(record),
        "volume": record.volume,
        "number" if record.kind in NUMBERED else "issue": record.number,
        "page": record.pages,
        "publisher": record.publisher,
        "DOI": record.doi,
        "archive": "arXiv" if record.arxiv_id else "",
        "archive_location": record.arxiv_id,
        "ISBN": record.isbn,
        "ISSN": record.issn,
        "URL": next((link.url for link in record.links if "://" in link.url), ""),
        "language": record.language,
        "keyword": joined(keywords(record)),
        "status": STATUS.get(record.status, ""),
        "abstract": record.abstract,
        "note": to_csl(record.note),
        "custom": _custom(record),
    }
    written = {name: value for name, value in item.items() if value}
    kept = record.extra.items()
    return written | {name: v for name, v in kept if name not in written and name != KEPT}


def _type(record):
    kept = record.extra.get("type")
    known = kept in KINDS or not isinstance(kept, str)
    if not known and OTHER_KINDS.get(kept, "document") == record.kind:
        return kept
    return record.kind or "document"


def _issued(record):
    date = {"year": record.year, "month": record.month, "day": record.day}
    kept = record.extra.get("issued")
    # A range or a season, of which the columns hold the beginning.
    return kept if kept and _begins(kept, date) else write_date(date)


def _begins(kept, date):
    return isinstance(kept, dict) and _first(kept) == _first(write_date(date) or {})


def _first(written):
    parts = written.get("date-parts")
    return parts[0] if isinstance(parts, list) and parts else None


def _custom(record) -> dict[str, Any]:
    """Return what CSL has no variable for, beside what was kept there."""
    kept = record.extra.get("custom")
    custom = dict(kept) if isinstance(kept, dict) else {}
    if record.award:
        custom["award"] = to_csl(record.award)
    if not _is_plain(record.links, record.doi):
        custom["links"] = [{"label": link.label, "url": link.url} for link in record.links]
    if record.selected:
        custom["selected"] = True
    words = keywords(record)
    if parted(joined(words)) != words:
        custom["keywords"] = words
    return custom


def _is_plain(links, doi):
    """Return whether `URL` alone says all about these links."""
    alone = len(links) == 1 and "://" in links[0].url
    return not links or (alone and list(links) == links_of([links[0].url], doi))
