"""Who the names of an author line are: known, new, or perhaps a known one written otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.db.models import Count

from homepage.common.text import fold

from .models import Author
from .name_details import NameDetails, aligned
from .names import NameList

# More names than this are counted, not shown one by one.
MANY = 100
# A name is compared with all others; more new ones at once are no slip of the keyboard.
MOST_COMPARED = 20
MOST_ALIKE = 2
ALIKE = 0.86


@dataclass(frozen=True)
class Person:
    pk: int
    name: str
    is_owner: bool


class Directory:
    """All people by every way their names are written; taken in one query."""

    def __init__(self):
        self.people: dict[int, Person] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        # As in People: among persons of one name the first is meant.
        for author in Author.objects.order_by("id"):
            self.people[author.pk] = Person(author.pk, str(author), author.is_owner)
            for folded in author.folded_names():
                self.by_name[folded].append(author.pk)

    def find(self, text: str) -> list[Person]:
        return [self.people[pk] for pk in self.by_name.get(fold(text), ())]

    def alike(self, text: str, without: int = 0) -> list[str]:
        """Return names that this may be a misspelling or short form of, but those of one person."""
        folded = fold(text)
        words = folded.split()
        others = {key: [pk for pk in pks if pk != without] for key, pks in self.by_name.items()}
        others = {key: pks for key, pks in others.items() if pks}
        found = [key for key in others if _may_be_short_for(words, key.split())]
        found += get_close_matches(folded, others, n=MOST_ALIKE, cutoff=ALIKE)
        names = (self.people[others[key][0]].name for key in found)
        return list(dict.fromkeys(names))[:MOST_ALIKE]


def recognise(names: NameList, details: Sequence[NameDetails] = ()) -> list[dict[str, Any]]:
    """Return what is known of each name of a line, as JSON-ready data."""
    directory = Directory()
    texts = [name.text for name in names.names]
    shown = [
        _name(written, more, directory)
        for written, more in zip(names.names, aligned(details, texts), strict=True)
    ]
    _count_papers(shown)
    _mark_twice(shown)
    for item in _new(shown)[:MOST_COMPARED]:
        item["alike"] = directory.alike(item["text"])
    return shown


def summary(names: NameList, shown: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what the form shows beneath the line; of very many names only the new ones."""
    new = _new(shown)
    return {
        "count": len(shown),
        "new": [item["text"] for item in new[:MOST_COMPARED]],
        "new_count": len(new),
        "others": names.and_others,
        "conjunction": names.conjunction,
        "names": shown if len(shown) <= MANY else [],
    }


def _new(shown):
    return [item for item in shown if item["person"] is None]


def _name(written, more, directory):
    found = directory.find(written.text)
    chosen = directory.people.get(more.person) if more and more.person else None
    person = chosen or (None if more and more.is_new else next(iter(found), None))
    return {
        "text": written.text,
        "marks": written.marks,
        "person": person and person.pk,
        "name": person.name if person else "",
        "is_owner": bool(person and person.is_owner),
        # Only where there is a choice: several people of one name, or one that is not meant.
        "choices": [{"pk": one.pk, "name": one.name} for one in found],
        "papers": 0,
        "twice": False,
        "alike": [],
    }


def _count_papers(shown):
    keys = {choice["pk"] for item in shown for choice in item["choices"]}
    keys |= {item["person"] for item in shown if item["person"]}
    counted = Author.objects.filter(pk__in=keys).order_by().annotate(count=Count("authorships"))
    counts = dict(counted.values_list("pk", "count"))
    for item in shown:
        item["papers"] = counts.get(item["person"], 0)
        for choice in item["choices"]:
            choice["papers"] = counts.get(choice["pk"], 0)


def _mark_twice(shown):
    signed = Counter(item["person"] or fold(item["text"]) for item in shown)
    for item in shown:
        item["twice"] = signed[item["person"] or fold(item["text"])] > 1


def _may_be_short_for(words, other):
    """Return whether one name is the other with initials: “j doe”, “jane doe”."""
    if min(len(words), len(other)) < 2 or words[-1] != other[-1]:
        return False
    pairs = list(zip(words[:-1], other[:-1], strict=False))
    return any(len(a) == 1 or len(b) == 1 for a, b in pairs) and all(
        a[0] == b[0] if 1 in (len(a), len(b)) else a == b for a, b in pairs
    )
