"""The fields of one entry: taken one by one; what nobody takes is kept as it stands."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

from publications.latex import decode

from .text import read_text

# Before the name of a field that is there to be kept, whatever it says.
KEPT = "kept-"
SAFE = re.compile(r"[a-z0-9_.:+/*-]+")
# Behind it, and this, a name whose other characters are written as their numbers.
SPELT = "as-"
OTHER = re.compile(r"[^a-z0-9_.:/*-]")
NUMBER = re.compile(r"\+([0-9a-f]{1,6})\+")
# In these a template may be told to show something, which is no text of the work.
FLAGGED = frozenset("abbr abstract award award_name note".split())
FLAG = re.compile(r"\s*(?P<yes>true)\s*|\s*false\s*", re.I)


class Values:
    """What an entry says; `problems` are sentences about what could not be taken."""

    def __init__(self, fields: dict[str, str]):
        self.written = {name: value for name, value in fields.items() if value.strip(" {}\n\t")}
        self.fields = {
            name: value for name, value in self.written.items() if not name.startswith(KEPT)
        }
        self.problems: list[str] = []
        self.unknown: list[str] = []
        self.aside: set[str] = set()
        for name in FLAGGED & self.fields.keys():
            if FLAG.fullmatch(self.fields[name]):
                self.set_aside(name)
        # The fields that each column was made of, as they stand in the source.
        self.used: dict[str, dict[str, str]] = {}

    def text_of(self, name: str) -> str:
        """Return a value decoded, without taking it."""
        source = self.fields.get(name)
        return decode(source).text if source else ""

    def use(self, name: str, column: str) -> None:
        """Note that a column is made of a field, which is kept as well."""
        self.used.setdefault(column, {})[name] = self.written[name]

    def replace(self, name: str, value: str) -> None:
        """Read another value in place of the one of a field."""
        self.fields[name] = value

    def take(self, *names: str, column: str) -> str:
        """Take the first of these fields that there is, as it stands."""
        for name in names:
            if name in self.fields:
                self.use(name, column)
                return self.fields.pop(name)
        return ""

    def text(
        self, *names: str, column: str, read: Callable[[str, list[str]], str] = read_text
    ) -> str:
        """Take the first of these fields, decoded."""
        source = self.take(*names, column=column)
        return read(source, self.unknown) if source else ""

    def set_aside(self, name: str) -> None:
        """Keep a field, so that no column takes it."""
        del self.fields[name]
        self.aside.add(name)

    def take_flag(self, name: str, column: str) -> bool:
        """Take a field that says no more than `true`; return whether there was one."""
        if name not in self.aside or not FLAG.fullmatch(self.written[name])["yes"]:
            return False
        self.aside.discard(name)
        self.use(name, column)
        return True

    def kept(self) -> dict[str, str]:
        """Return the fields that no column took, in their order."""
        kept = {}
        for name, value in self.written.items():
            if name.startswith(KEPT):
                kept.setdefault(kept_name(name), value)
            elif name in self.fields or name in self.aside:
                kept[name] = value
        return kept

    def say(self, message: str) -> None:
        """Note what could not be taken as it stands."""
        self.problems.append(message)

    def sources_of(self, column: str) -> dict[str, str]:
        """Return the fields that a column was made of."""
        return self.used.get(column, {})


def is_flag(value: str) -> bool:
    """Return whether a field of a template says yes or no, and nothing else."""
    return FLAG.fullmatch(value) is not None


def hold_flag(value: str) -> str:
    """Return a value whose text reads like a flag so that it stays a text."""
    return f"{{{value}}}" if is_flag(value) else value


def written_name(name: str) -> str:
    """Return the name under which a field is kept, in letters that every program takes."""
    if SAFE.fullmatch(name):
        return f"{KEPT}{name}"
    return f"{KEPT}{SPELT}{OTHER.sub(lambda sign: f'+{ord(sign[0]):x}+', name)}"


def kept_name(written: str) -> str:
    """Return the name of a field that `written_name` wrote."""
    name = written.removeprefix(KEPT)
    if not name.startswith(SPELT):
        return name
    return NUMBER.sub(_character, name.removeprefix(SPELT))


def _character(match):
    number = int(match[1], 16)
    is_one = number <= sys.maxunicode and not 0xD800 <= number < 0xE000
    return chr(number) if is_one else match[0]
