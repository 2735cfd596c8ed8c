"""Makes what a reader found fit the columns that are to hold it; nothing is lost on the way.

The lengths are those of the models, which a test compares: what is longer, or no value of its
column, is kept in `extra` under the name of the field, and a problem says so.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from homepage.common import identifiers
from homepage.common.addresses import safe_address
from homepage.common.characters import line, readable
from publications.records import AuthorName, Link, Problem, PublicationRecord

from .keywords import distinct
from .languages import language_tag

LONGEST = {
    "title": 1000,
    "authors_prefix": 60,
    "conjunction": 10,
    "venue_prefix": 60,
    "venue": 400,
    "venue_acronym": 60,
    "volume": 50,
    "number": 50,
    "pages": 100,
    "publisher": 300,
    "award": 300,
    "note": 2000,
    "language": 35,
    "doi": 200,
    "citation_key": 200,
}
LONGEST_ABSTRACT = 100_000
LONGEST_NAME = {"given": 200, "particle": 50, "family": 200, "suffix": 50, "literal": 300}
LONGEST_LABEL, LONGEST_ADDRESS = 200, 2000
FIRST_YEAR, LAST_YEAR = 1000, 9999
DEEPEST = 50

IDENTIFIERS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "doi": ("DOI", identifiers.normalize_doi),
    "arxiv_id": ("arXiv id", identifiers.normalize_arxiv),
    "isbn": ("ISBN", identifiers.normalize_isbn),
    "issn": ("ISSN", identifiers.normalize_issn),
}
# What BibTeX and its relatives take as a key without quoting.
CITATION_KEY = re.compile(r"(?=.*[^\W\d_])[^\s{}()\[\],;%#\"'=~\\@/<>&]{1,200}")


def fitted(record: PublicationRecord) -> tuple[PublicationRecord, list[Problem]]:
    """Return the record in values that every column takes, and a problem for each that was not.

    An empty title stays empty: without one there is no publication, which its reader says.
    """
    fitting = _Fitting(record)
    fitting.texts()
    fitting.identifiers()
    fitting.date()
    fitting.authors()
    fitting.links()
    return fitting.result(), fitting.problems


def unfitted(record: PublicationRecord) -> PublicationRecord:
    """Return a record with texts that its columns could not hold in their places, for a writer."""
    values = {}
    for name in (*LONGEST, "abstract", *IDENTIFIERS):
        kept, column = record.extra.get(name), getattr(record, name)
        if isinstance(kept, str) and kept and (not column or kept.startswith(column[:-1])):
            values[name] = kept
    extra = {name: value for name, value in record.extra.items() if name not in values}
    return replace(record, extra=extra, **values) if values else record


def is_citation_key(text: str) -> bool:
    """Return whether a text can be cited by: one word with a letter in it, not an address."""
    return CITATION_KEY.fullmatch(text) is not None


def storable(value: Any, depth: int = 0) -> Any:
    """Return JSON data that every database takes: readable texts, no endless numbers."""
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, float) and not -1e300 < value < 1e300:
        return str(value)
    if isinstance(value, Mapping) and depth < DEEPEST:
        return {readable(str(key)): storable(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)) and depth < DEEPEST:
        return [storable(item, depth + 1) for item in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return readable(str(value))


class _Fitting:
    def __init__(self, record):
        self.record = record
        self.values: dict[str, Any] = {}
        self.kept: dict[str, Any] = {}
        self.problems: list[Problem] = []

    def result(self):
        extra = storable({**self.kept, **self.record.extra})
        return replace(self.record, **self.values, extra=extra)

    def texts(self):
        for name, longest in LONGEST.items():
            text = getattr(self.record, name)
            if not text:
                continue
            text = _nfc(line(text))
            if name == "language" and text:
                text = self._language(text)
            if len(text) > longest:
                self._keep(name, text, f"is longer than {longest} characters")
                text = _cut(text, longest) if name == "title" else ""
            self.values[name] = text
        self.values["topics"] = tuple(distinct(map(_nfc, self.record.topics)))
        abstract = _nfc(readable(self.record.abstract).strip("\n"))
        if len(abstract) > LONGEST_ABSTRACT:
            self._keep("abstract", abstract, f"is longer than {LONGEST_ABSTRACT} characters")
            abstract = ""
        self.values["abstract"] = abstract
        venue, acronym = self.values.get("venue", ""), self.values.get("venue_acronym", "")
        if acronym and venue.endswith(f" ({acronym})"):
            self.values["venue"] = venue.removesuffix(f"({acronym})").rstrip(" ,")
        if not self.values.get("venue"):
            self.values["venue"] = self.values.get("venue_acronym", "")
            self.values["venue_acronym"] = ""

    def _language(self, text):
        """Return the tag, which a page carries so that it is read aloud in its language."""
        tag = language_tag(text)
        if not tag:
            self._keep("language", text, "is no language that is known here, such as “de”")
        return tag

    def identifiers(self):
        for name, (label, normalize) in IDENTIFIERS.items():
            text = line(getattr(self.record, name))
            if not text:
                continue
            try:
                self.values[name] = normalize(text)
            except ValueError as error:
                self.values[name] = ""
                self.kept[name] = text
                self._say(f"“{_cut(text, 60)}” is no {label}, so it is only kept. {error}")

    def date(self):
        year, month, day = self.record.year, self.record.month, self.record.day
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            self._keep("year", year, "is no year of four digits")
            year = None
        if month is not None and (year is None or not 1 <= month <= 12):
            self._keep("month", month, "is no month of a year")
            month = None
        if day is not None and (month is None or not 1 <= day <= monthrange(year, month)[1]):
            self._keep("day", day, "is no day of a month")
            day = None
        self.values |= {"year": year, "month": month, "day": day}

    def authors(self):
        names = []
        for name in self.record.authors:
            fit = _fit_name(name)
            if any(len(getattr(fit, part)) > longest for part, longest in LONGEST_NAME.items()):
                self.kept.setdefault("authors", []).append(line(str(name)))
                self._say(f"the name “{_cut(line(str(name)), 60)}” is too long; it is cut")
                fit = AuthorName(literal=_cut(line(str(name)), LONGEST_NAME["literal"]))
            if str(fit):
                names.append(fit)
        self.values["authors"] = tuple(names)

    def links(self):
        links = []
        for link in self.record.links:
            url, label = safe_address(link.url), _nfc(line(link.label))
            if link.file:
                links.append(replace(link, label=_cut(label, LONGEST_LABEL) or "file"))
            elif url and len(url) <= LONGEST_ADDRESS:
                links.append(Link(_cut(label, LONGEST_LABEL) or "link", url))
            elif link.url.strip():
                self.kept.setdefault("links", []).append(link.url)
                self._say(
                    f"“{_cut(line(link.url), 60)}” is no address for a page, so it is only kept; "
                    "one begins with https://"
                )
        self.values["links"] = tuple(links)

    def _keep(self, name, value, why):
        self.kept[name] = value
        label = name.replace("_", " ")
        self._say(f"{label} “{_cut(str(value), 60)}” {why}; it is kept, correct it in the admin")

    def _say(self, message):
        self.problems.append(Problem(self.record.line, message, self.record.citation_key))


def _fit_name(name):
    if _fits(name):
        return name
    parts = {part: _nfc(line(getattr(name, part))) for part in LONGEST_NAME}
    if not parts["family"] and not parts["literal"]:
        # Given names alone are the whole name.
        parts = dict.fromkeys(parts, "") | {"literal": " ".join(filter(None, parts.values()))}
    parts |= {"marks": name.marks[:20], "printed": _nfc(line(name.printed))[:300]}
    return replace(name, **parts)


def _fits(name):
    """Return whether a name is as it should be, which most are: it is looked at as one text."""
    parts = (name.given, name.particle, name.family, name.suffix, name.literal, name.printed)
    text = "|".join(parts)
    return (
        bool(name.family or name.literal)
        and len(name.marks) <= 20
        and len(name.printed) <= 300
        and line(text) == text
        and "| " not in text
        and " |" not in text
        and _nfc(text) == text
    )


def _nfc(text):
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text)


def _cut(text, longest):
    return text if len(text) <= longest else text[: longest - 1] + "…"
