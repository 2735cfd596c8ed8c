"""Citation keys: the owner's own, else made of first author, year and title, always the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from homepage.common.markdown import plain
from homepage.common.text import free_slug, slug
from publications.records import PublicationRecord

# Words that say too little about a paper to stand for its title.
SMALL_WORDS = frozenset("a an the on of in for to and with by at from via is are".split())
NUMBERED = re.compile(r"-\d+$")


def made_key(record: PublicationRecord) -> str:
    """Return a key as people write them: `xiao2022invertible`, in ASCII."""
    first = record.authors[0] if record.authors else None
    name = slug(first.family or first.literal, "") if first else ""
    words = slug(plain(record.title), "").split("-")
    word = next((word for word in words if word and word not in SMALL_WORDS), words[0])
    return f"{name.replace('-', '')}{record.year or ''}{word}" or "untitled"


def citation_keys(records: Iterable[PublicationRecord]) -> list[str]:
    """Return a key for each record, none twice, capitals aside; keys that are given come first.

    It goes through the records once and keeps none.
    """
    return claimed(
        [(record.citation_key, record.citation_key or made_key(record)) for record in records]
    )


def claimed(wanted: Sequence[tuple[str, str]]) -> list[str]:
    """Return keys of which none is there twice, for pairs of the key that is given and one made."""
    taken: set[str] = set()
    keys = [_claim(given, taken) if given else "" for given, _ in wanted]
    return [key or _claim(made, taken) for key, (_, made) in zip(keys, wanted, strict=True)]


def is_made(key: str, record: PublicationRecord) -> bool:
    """Return whether `citation_keys` made this key, so that it is nobody's own."""
    made = made_key(record)
    return made in (key, NUMBERED.sub("", key))


def _claim(key, taken):
    free = free_slug(key, _Folded(taken))
    taken.add(free.lower())
    return free


class _Folded:
    """A set of lower-case keys that is asked for keys in any case."""

    def __init__(self, keys):
        self.keys = keys

    def __contains__(self, key):
        return key.lower() in self.keys
