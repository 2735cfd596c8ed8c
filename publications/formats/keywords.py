"""Keywords: the topics of a record, in a list where each program looks for them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from homepage.common.characters import line
from publications.records import PublicationRecord

# Keywords of a source that are no topics of the site are kept under this name, as a list.
KEPT = "topics"
SEPARATOR = re.compile(r"[;\n]")
COMMA = re.compile(r"[,\n]")


def keywords(record: PublicationRecord) -> list[str]:
    """Return the topics of a record, and behind them the keywords that were only kept."""
    kept = record.extra.get(KEPT)
    kept = [word for word in kept if isinstance(word, str)] if isinstance(kept, list) else []
    return distinct([*record.topics, *kept])


def distinct(words: Iterable[str]) -> list[str]:
    """Return words as single lines, each once, however it is written."""
    found: dict[str, str] = {}
    for word in filter(None, map(line, words)):
        found.setdefault(word.casefold(), word)
    return list(found.values())


def parted(text: str) -> list[str]:
    """Return the words of one text: between semicolons, or between commas if it has none."""
    return distinct((SEPARATOR if ";" in text else COMMA).split(text))


def joined(words: Iterable[str]) -> str:
    """Return words as one text; a comma in one of them asks for semicolons."""
    words = list(words)
    if not any("," in word for word in words):
        return ", ".join(words)
    return "; ".join(words) + (";" if len(words) == 1 else "")
