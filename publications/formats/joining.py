"""One file of many: what each record's own file says, put together as if written at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

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


def key_alone(format: str, wanted: Wanted) -> str:
    """Return the key that a record has in a file of its own, "" if the format has no keys."""
    return claimed([wanted])[0] if format in KEYED else ""


def joined(
    format: str, texts: Sequence[str], wanted: Sequence[Wanted] | None = None
) -> Iterator[str]:
    """Yield what `dump` of a format returns for all records whose own dumps are `texts`.

    Where no two have the same key alone, capitals aside, it need not be said which are wanted.
    """
    return JOIN[format](texts, wanted)


def _keyed(texts, wanted):
    """Yield each text with its key in the file, None for the one that it has."""
    keys = repeat(None, len(texts)) if wanted is None else claimed(wanted)
    return zip(texts, keys, strict=True)


def _bibtex(texts, wanted):
    for place, (text, key) in enumerate(_keyed(texts, wanted)):
        yield "\n" if place else ""
        yield text if key is None else BIBTEX_KEY.sub(lambda match, key=key: key, text, count=1)


def _csl(texts, wanted):
    yield "["
    for place, (text, key) in enumerate(_keyed(texts, wanted)):
        yield "," if place else ""
        item = text[len("[") : -len("\n]\n")]
        old = CSL_KEY.search(item) if key is not None else None
        if old and old[0] != (new := json.dumps(key, ensure_ascii=False)):
            item = f"{item[: old.start()]}{new}{item[old.end() :]}"
        yield item
    yield "\n]\n" if texts else "]\n"


def _ris(texts: Iterable[str], wanted: Sequence[Wanted]) -> Iterator[str]:
    return iter(texts)


KEYED = ("bibtex", "csl")
JOIN = {"bibtex": _bibtex, "csl": _csl, "ris": _ris}
