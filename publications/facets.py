"""What a list of publications is narrowed to and how it is arranged: a state with an address.

Whatever an address says is answered. Parameters that nobody knows, empty ones and a `q` without a
letter or digit count as not there, the last of several counts. A value that names nothing gives
an empty list. A page that is no number is the first one, as is one that is not there. In a
path, where all words are ours, and for files and feeds, what names nothing is not found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from urllib.parse import urlencode

from homepage.common.characters import line
from homepage.common.paths import path_of
from homepage.common.text import fold

# Facets in the order of a list's form; each has a path of its own.
FACETS = ("kind", "year", "category", "topic", "venue", "author")
GROUPS = ("year", "category", "kind")
LONGEST = 100
YEAR = re.compile("[0-9]{4}")
SLUG = re.compile("[-a-zA-Z0-9_]+")
RANGE = re.compile("([0-9]{4})? ?[-–—] ?([0-9]{4})?")


@dataclass(frozen=True)
class ListState:
    """One list of publications. Fields are named as in the query of an address.

    `year` may be a range, open at one end. With `first` the owner comes first among the authors.
    """

    q: str = ""
    kind: str = ""
    year: str = ""
    category: str = ""
    topic: str = ""
    venue: str = ""
    author: str = ""
    first: bool = False
    group: str = GROUPS[0]
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str], **fixed: str | int) -> ListState:
        """Return the state of a query; `fixed` is what the path says, which wins."""
        values = {name: line(query.get(name, "")[:LONGEST]) for name in NAMES}
        state = cls(
            **{name: values[name] for name in FACETS},
            q=values["q"] if fold(values["q"]) else "",
            first=values["first"] == "1",
            group=values["group"] if values["group"] in GROUPS else GROUPS[0],
            page=int(values["page"]) if re.fullmatch("[1-9][0-9]{0,5}", values["page"]) else 1,
        )
        return replace(state, **{"year": _year(state.year), **fixed})

    def with_(self, **changes: str | int) -> ListState:
        """Return another list, from its first page on if nothing else is said."""
        return replace(self, **{"page": 1, **changes})

    @property
    def words(self) -> list[str]:
        """Return what every publication of the list holds, folded."""
        return fold(self.q).split()

    @property
    def years(self) -> tuple[int, int] | None:
        """Return the first and the last year; None if `year` says none."""
        if YEAR.fullmatch(self.year):
            return int(self.year), int(self.year)
        match = RANGE.fullmatch(self.year)
        if not match or not any(match.groups()):
            return None
        return int(match[1] or 0), int(match[2] or 9999)

    @cached_property
    def facets(self) -> dict[str, str]:
        """Return the facets that narrow the list, in their order."""
        return {name: value for name in FACETS if (value := getattr(self, name))}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.needs_fields)

    @property
    def needs_fields(self) -> bool:
        """Return whether the list is chosen by fields, which a doubted entry has none of."""
        return bool(self.facets or self.first)

    @cached_property
    def has_path(self) -> bool:
        """Return whether the list has an address without a query: all, or those of one facet."""
        is_range = bool(self.year) and not YEAR.fullmatch(self.year)
        is_slug = all(SLUG.fullmatch(value) for value in self.facets.values())
        return not (self.q or self.first or is_range) and is_slug and len(self.facets) <= 1

    def url(self) -> str:
        """Return the address of this list, always written the same way."""
        if not self.has_path:
            return self.query_url()
        page = [self.page] if self.page > 1 else []
        path = _reverse(self._route, *self._path(), *page)
        return _with_query(path, self._group())

    def query_url(self) -> str:
        """Return the address with all in its query, where the values may name nothing."""
        page = {"page": self.page} if self.page > 1 else {}
        query = {**self._query(), **self._group(), **page}
        return _with_query(_reverse("list"), query)

    def file_url(self, suffix: str) -> str:
        """Return the address of this list, whole, as a file."""
        return self._beside("file", suffix)

    def feed_url(self) -> str:
        """Return the address of this list to be followed."""
        return self._beside("feed")

    def _beside(self, route, *suffix):
        if not self.has_path:
            return _with_query(_reverse(route, *suffix), self._query())
        prefix = "facet-" if self.facets else ""
        return _reverse(f"{prefix}{route}", *self._path(), *suffix)

    @property
    def _route(self):
        return "-".join(["facet"] * bool(self.facets) + ["page"] * (self.page > 1)) or "list"

    def _path(self):
        return [part for facet in self.facets.items() for part in facet]

    def _group(self):
        return {"group": self.group} if self.group != GROUPS[0] else {}

    def _query(self):
        first = {"first": "1"} if self.first else {}
        return {**({"q": self.q} if self.q else {}), **self.facets, **first}


def _reverse(name, *args):
    """Return a path, as `reverse` does; lists of one facet are alike but for the value."""
    if len(args) > 1:
        facet, value, *rest = args
        return path_of(f"publications:{name}", value, *rest, before=facet)
    return path_of(f"publications:{name}", "", *args)


NAMES = tuple(field.name for field in fields(ListState))


def _with_query(path, query):
    return f"{path}?{urlencode(query)}" if query else path


def _year(text):
    """Return a year or a range as it is always written; text that says none stays."""
    text = unicodedata.normalize("NFKC", text)
    match = RANGE.fullmatch(text)
    if not match or not any(match.groups()):
        return text
    first, last = sorted(match.groups()) if all(match.groups()) else match.groups()
    return first if first == last else f"{first or ''}-{last or ''}"
