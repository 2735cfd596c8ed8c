"""From records to BibTeX that both bibtex and biber read without a warning of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from publications.records import PublicationRecord

from ..keys import citation_keys
from ..keywords import keywords
from . import keys
from .columns import is_badge, read_whence
from .dates import MONTHS, PUBSTATE, WORDS
from .entry import Entry
from .interpreting import read_entry
from .kept import COLUMNS, kept_fields
from .keywords import write_keywords
from .links import ONLY_URL, write_links
from .names import ROLES, write_annotations, write_names
from .tags import hold_stars
from .text import encode_plain, write_abstract, write_text, write_title
from .types import KINDS, PLAIN, SUBTYPES, TYPE, VAGUE, WRITTEN, kind_of, type_of
from .values import FLAGGED, KEPT, Values, hold_flag

NEWLINE = "\n"
VENUE = {"article": "journal", "misc": "howpublished"}
PUBLISHER = {"thesis": "school", "report": "institution", "manual": "organization"}
BOOKS = frozenset("book inbook incollection inproceedings proceedings".split())
# A range, however its dash was typed.
DASHES = re.compile(r"(?<=[^\W_])\s*(?:-{2,3}|–|—)\s*(?=[^\W_])")
RANGE = re.compile(r"([A-Za-z]*)(\d+[a-z]?)-([A-Za-z]*)(\d+[a-z]?)")


def write(records: Iterable[PublicationRecord], *, latex: bool = False) -> Iterator[str]:
    """Yield a BibTeX file of these records, in Unicode, or with LaTeX commands for its letters.

    Keys are the owner's own where they are ASCII, else made of family name, year and title.
    """
    written = citation_keys(map(_with_safe_key, records))
    for place, (record, key) in enumerate(zip(records, written, strict=True)):
        yield f"{NEWLINE if place else ''}{_entry(record, key, latex)}"


def write_latex(records: Iterable[PublicationRecord]) -> Iterator[str]:
    """Yield a BibTeX file in ASCII, but for letters that LaTeX has no command for."""
    return write(records, latex=True)


def dump(records: Iterable[PublicationRecord]) -> str:
    """Return the file as one text."""
    return "".join(write(records))


def dump_latex(records: Iterable[PublicationRecord]) -> str:
    """Return the file in ASCII as one text."""
    return "".join(write_latex(records))


def _with_safe_key(record):
    is_safe = keys.WRITTEN.fullmatch(record.citation_key)
    return record if is_safe else replace(record, citation_key="")


def _entry(record, key, latex) -> str:
    wanted = _type(record)
    entry_type = wanted if wanted in PLAIN else WRITTEN.get(record.kind, "misc")
    fields = _fields(record, entry_type, latex)
    if record.citation_key and not keys.WRITTEN.fullmatch(record.citation_key):
        fields[keys.CITATION_KEY] = record.citation_key
    fields = _with_kept(record, entry_type, fields)
    fields = _with_subtype(record, entry_type, wanted, fields)
    lines = [f"  {name} = {_value(name, value)},\n" for name, value in fields.items()]
    return f"@{entry_type}{{{key},\n{''.join(lines)}}}\n"


def _value(name, value):
    return value if name == "month" and value in MONTHS else f"{{{value}}}"


def _type(record) -> str:
    """Return the type as it was read, or the usual one of the kind."""
    kept = record.extra.get("entrytype")
    if not isinstance(kept, str) or not TYPE.fullmatch(kept):
        return WRITTEN.get(record.kind, "misc")
    if kept == "inbook" and record.venue:
        return "incollection"
    # On arXiv, an article and what holds anything are read as a preprint.
    is_preprint = record.kind == "article" and (kept in VAGUE or kept == "article")
    is_same = KINDS.get(kept, "document") == record.kind
    return kept if is_same or is_preprint else WRITTEN.get(record.kind, "misc")


def _with_subtype(record, entry_type, wanted, fields) -> dict[str, str]:
    """Add the type that not all styles know, or the kind where the type says another."""
    if kept := fields.pop("entrysubtype", ""):
        fields[f"{KEPT}entrysubtype"] = kept
    for subtype in [wanted] if wanted != entry_type else ["", SUBTYPES.get(record.kind, "")]:
        typed = {**fields, "entrysubtype": subtype} if subtype else fields
        if _kind(entry_type, typed) == record.kind:
            return typed
    return {**fields, "entrysubtype": record.kind}


def _kind(entry_type, fields):
    """Return the kind that this entry is read as."""
    if "entrysubtype" not in fields and not ON_ARXIV.search(" ".join(fields.values())):
        return KINDS.get(entry_type, "document")
    venue = fields.get("journal") or fields.get("booktitle")
    if venue and not ON_ARXIV.search(venue):  # then nothing else can make it a preprint
        return kind_of(type_of(entry_type, fields), fields, on_arxiv=False)
    return read_whence(entry_type, Values(fields)).kind


ON_ARXIV = re.compile("arxiv|corr", re.I)


def _read(entry_type, fields):
    return read_entry(Entry(entry_type, "key", fields, 0, ""))[0]


def _fields(record, entry_type, latex) -> dict[str, str]:
    def text(value):
        return write_text(value, latex=latex)

    def title(value):
        return write_title(value, latex=latex)

    fields = {
        "author": write_names(record.authors, record.and_others, latex=latex),
        **_annotations(record, latex),
        "title": title(record.title),
        _venue_field(record, entry_type): text(record.venue),
        _acronym_field(record): text(record.venue_acronym),
        "year": f"{record.year:04d}" if record.year else "",
        "month": MONTHS[record.month - 1] if record.month else "",
        "day": str(record.day or ""),
        "volume": text(record.volume),
        _number_field(record, entry_type): text(record.number),
        "pages": _pages(record.pages, text),
        _publisher_field(record, entry_type): text(record.publisher),
        "pubstate": PUBSTATE.get(record.status, ""),
        "doi": record.doi,
        "eprint": record.arxiv_id,
        "archiveprefix": "arXiv" if record.arxiv_id else "",
        "isbn": record.isbn,
        "issn": record.issn,
        **write_links(record.links, record.doi, latex=latex),
        "language": text(record.language),
        "keywords": write_keywords(keywords(record), latex=latex),
        "award": hold_stars(title(record.award)),
        "selected": "true" if record.selected else "",
        "note": title(record.note) or _note_of_status(record, entry_type),
        "abstract": write_abstract(record.abstract, latex=latex),
    }
    return {
        name: hold_flag(value) if name in FLAGGED else value
        for name, value in fields.items()
        if value
    }


def _venue_field(record, entry_type):
    name = VENUE.get(WRITTEN.get(record.kind, "misc"), "booktitle")
    if entry_type in PLAIN:
        name = VENUE.get(entry_type, "booktitle")
    return "booktitle" if ONLY_URL.fullmatch(record.venue) else name


def _acronym_field(record):
    return "shortjournal" if is_badge(record.venue_acronym, record.year) else "abbr"


def _number_field(record, entry_type):
    """Return `issue` where the styles would say that a number needs a volume, or has one."""
    if entry_type == "article":
        return "number" if record.volume else "issue"
    if entry_type in BOOKS:
        return "number" if record.extra.get("series") and not record.volume else "issue"
    return "number"


def _publisher_field(record, entry_type):
    return PUBLISHER.get(entry_type) or PUBLISHER.get(record.kind, "publisher")


def _note_of_status(record, entry_type):
    """Return the note that old styles want of what is unpublished."""
    return WORDS.get(record.status, "") if entry_type == "unpublished" else ""


def _annotations(record, latex) -> dict[str, str]:
    """Return what belongs to names but must not stand in them, as biblatex's annotations."""
    roles = [
        ", ".join(role for role in ROLES if getattr(name, role, False)) for name in record.authors
    ]
    marks = [encode_plain(name.marks, latex=latex) for name in record.authors]
    printed = [encode_plain(name.printed, latex=latex) for name in record.authors]
    return {
        "author+an": write_annotations(roles, quoted=False),
        "author+an:marks": write_annotations(marks, quoted=True),
        "author+an:printed": write_annotations(printed, quoted=True),
    }


def _pages(pages, text):
    return ",".join(_range(part, text) for part in pages.split(","))


def _range(pages, text):
    """Return the pages of a range parted by two hyphens, as LaTeX sets them."""
    first, *others = DASHES.split(pages)
    if len(others) == 1 and "-" in first + others[0]:
        # Two hyphens tell the range from those of its numbers.
        return f"{text(first)}--{text(others[0])}"
    pages = text(DASHES.sub("-", pages))
    match = RANGE.fullmatch(pages.strip())
    if not match or match[3] not in ("", match[1]):
        return pages
    return pages.replace("-", "--")


def _with_kept(record, entry_type, fields) -> dict[str, str]:
    """Add the fields that were kept; one that says more than its column stands in its place."""
    has_authors = bool(record.authors)
    for name, value in kept_fields(record.extra, entry_type, has_authors=has_authors).items():
        instead = {**fields, name: value}
        if name not in COLUMNS or _says_the_same(entry_type, fields, instead, name):
            fields = instead
        else:
            fields[f"{KEPT}{name}"] = value
    return fields


def _says_the_same(entry_type, fields, instead, name):
    """Return whether the same columns are read from both; the kind is settled after this."""
    one, other = _read(entry_type, fields), _read(entry_type, instead)
    kept = [{**read.extra, "entrytype": ""} for read in (one, other)]
    same_kept = kept[1] == {**kept[0], name: instead[name]}
    return same_kept and one == replace(other, extra=one.extra, kind=one.kind)
