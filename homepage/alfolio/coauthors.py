"""`_data/coauthors.yml`: the people who sign with the owner, where they are, their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from homepage.academicpages.yaml_data import YAMLData
from homepage.common.text import fold
from publications.names import parse_name
from publications.records import AuthorName, PublicationRecord

PATH = "_data/coauthors.yml"


@dataclass(frozen=True)
class Person:
    """One who signs: under which given names, with which home page."""

    given: tuple[str, ...]
    family: str
    url: str = ""
    is_owner: bool = False

    @property
    def name(self) -> str:
        """Return the name in full: with the first given names that are no initials."""
        whole = [name for name in self.given if re.search(r"\w{2}", name)]
        given = next(iter([*whole, *self.given]), "")
        return f"{given} {self.family}".strip()

    @property
    def aliases(self) -> tuple[str, ...]:
        names = [f"{given} {self.family}" for given in self.given]
        return tuple(name for name in dict.fromkeys(names) if fold(name) != fold(self.name))


def read_coauthors(data: YAMLData) -> list[Person]:
    """Return the people of the file: lists of given names by family name."""
    people = []
    for family, entries in data.values.items():
        for entry in entries if isinstance(entries, list) else [entries]:
            if isinstance(entry, Mapping):
                given = tuple(_texts(entry.get("firstname")))
                url = entry.get("url")
                url = url.strip() if isinstance(url, str) else ""
                if given and url.startswith(("http://", "https://", "")):
                    people.append(Person(given, _capital(str(family).strip()), url))
    return people


def owner(data: YAMLData, name: str, family: str) -> Person:
    """Return the owner, by all names that the settings of the bibliography know."""
    families = [fold(one) for one in _texts(data.get("scholar.last_name"))]
    given = [name.removesuffix(family).strip()]
    if fold(family) in families:
        given += _texts(data.get("scholar.first_name"))
    return Person(tuple(dict.fromkeys(filter(None, given))), family, is_owner=True)


def with_people(record: PublicationRecord, people: Sequence[Person]) -> PublicationRecord:
    """Return a record whose authors are the people that are known."""
    authors = tuple(_known(name, people) for name in record.authors)
    return replace(record, authors=authors)


def _known(name: AuthorName, people):
    family = fold(" ".join(filter(None, [name.particle, name.family])) or name.literal)
    for person in people:
        if fold(person.family) not in (family, fold(name.family)) or not name.given:
            continue
        if fold(name.given) not in map(fold, person.given):
            continue
        whole = parse_name(person.name)
        printed = name.printed or str(name)
        return replace(
            name,
            given=whole.given,
            particle=whole.particle,
            family=whole.family,
            suffix=whole.suffix,
            literal=whole.literal,
            printed="" if printed == str(whole) else printed,
            url=person.url,
            aliases=person.aliases,
            is_owner=person.is_owner,
        )
    return name


def _texts(value) -> Iterable[str]:
    values = value if isinstance(value, list) else [value]
    return [str(one).strip() for one in values if isinstance(one, str | int) and str(one).strip()]


def _capital(family):
    """Return a family name that was written in small letters to be found, as it is written."""
    return family.title() if family.islower() and " " not in family else family
