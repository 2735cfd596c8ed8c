"""One file of many: what each record's own file says, put together as if written at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from publications.records import PublicationRecord

from .bibtex.keys import WRITTEN
from .keys import claimed, made_key

BIBTEX_KEY = re.compile(r"(?<=\{)[^,\s]*(?=,)")
CSL_KEY = re.compile(r'(?<=\n    "id": )"(?:[^"\\]|\\.)*"')

# The key that a record wants in a file: the owner's own, or "", and the one to be made.
Wanted = tuple[str, str]


def wanted_key(record: PublicationRecord, format: str) -> Wanted:
    """Return the key that a record wants in a file of this format."""
    given = record.citation_key
    if format == "bibtex" and not WRITTEN.fullmatch(given):
        given = ""
    return given, given or made_key(record)


def joined(format: str, texts: Sequence[str], wanted: Sequence[Wanted]) -> Iterator[str]:
    """Yield what `dump` of a format returns for all records whose own dumps are `texts`."""
    return JOIN[format](texts, wanted)


def _bibtex(texts, wanted):
    for place, (text, key) in enumerate(zip(texts, claimed(wanted), strict=True)):
        yield "\n" if place else ""
        yield BIBTEX_KEY.sub(lambda match, key=key: key, text, count=1)


def _csl(texts, wanted):
    yield "["
    for place, (text, key) in enumerate(zip(texts, claimed(wanted), strict=True)):
        yield "," if place else ""
        item = text[len("[") : -len("\n]\n")]
        old = CSL_KEY.search(item)
        if old and old[0] != (new := json.dumps(key, ensure_ascii=False)):
            item = f"{item[: old.start()]}{new}{item[old.end() :]}"
        yield item
    yield "\n]\n" if texts else "]\n"


def _ris(texts: Iterable[str], wanted: Sequence[Wanted]) -> Iterator[str]:
    return iter(texts)


JOIN = {"bibtex": _bibtex, "csl": _csl, "ris": _ris}
