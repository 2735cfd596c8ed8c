"""Which keywords of a source become topics of the site.

A file of a reference manager names fifteen words a paper, and tags of its user's such as
“/unread”. They are all kept and come out again; a topic becomes only what is one here already,
or, where the owner asks for it, every word that can be one.
"""

from __future__ import annotations

from dataclasses import replace

from homepage.common.text import fold

from .formats import keywords
from .models import Topic
from .records import PublicationRecord

LONGEST = Topic._meta.get_field("name").max_length
# “C++” and “C#” are no “C”.
SIGNS = str.maketrans({"+": " plus ", "#": " sharp "})


def key(name: str) -> str:
    """Return a name for comparing topics, however they are written."""
    return fold(name.translate(SIGNS)) or name


def can_be_topic(word: str) -> bool:
    """Return whether a keyword can be a topic; one that begins with a sign is a private mark."""
    return word[:1].isalnum() and len(word) <= LONGEST


class Topics:
    """The topics of the site by name; `takes_all` where every keyword is to be one."""

    def __init__(self, *, takes_all: bool = False):
        self.takes_all = takes_all
        self.names = {key(name): name for name in Topic.objects.values_list("name", flat=True)}

    def told_apart(self, record: PublicationRecord) -> PublicationRecord:
        """Return a record whose `topics` are topics here; its other words are only kept."""
        if not record.topics:
            return record
        named, kept = [], []
        for word in record.topics:
            name = self._name(word)
            (named if name else kept).append(name or word)
        extra = {**record.extra, keywords.KEPT: kept} if kept else record.extra
        return replace(record, topics=tuple(dict.fromkeys(named)), extra=extra)

    def _name(self, word) -> str:
        if self.takes_all and can_be_topic(word):
            self.names.setdefault(key(word), word)
        return self.names.get(key(word), "")
