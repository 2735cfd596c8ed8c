"""From the text of one entry to its fields, by pybtex's low-level parser."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from dataclasses import dataclass, field

from pybtex.database.input.bibtex import NAME_CHARS, LowLevelParser, SkipEntry, month_names
from pybtex.scanner import Pattern, PybtexSyntaxError, Token
from pybtex.utils import CaseInsensitiveDict

NAMED = rf"{re.escape(NAME_CHARS)}\u00a1-\U0010ffff"
MONTHS = {**month_names, **{name.lower(): name for name in month_names.values()}}
# What people write without braces, for it is no text.
WORDS = ("true", "false")
LONGEST_MACRO = 20_000
# How much text the macros of a whole file may give, beyond its own length.
MOST_EXPANDED = 2_000_000

# What pybtex looks for: an entry, the end of a value in braces, that of one in quotes.
FIRST_OF = {1: re.compile("@"), 2: re.compile("[{}]"), 3: re.compile('["{}]')}


@dataclass
class Macros:
    """The macros of one file, never pybtex's own table, which all files would share."""

    values: MutableMapping[str, str]
    left: int

    @classmethod
    def for_text(cls, text: str) -> Macros:
        values = CaseInsensitiveDict({**MONTHS, "sept": "September"})
        return cls(values, len(text) + MOST_EXPANDED)


@dataclass
class Parsed:
    """What the parser read of a text, up to `end`, and where and why it stopped."""

    type: str = ""
    key: str | None = None
    fields: list[tuple[str, str]] = field(default_factory=list)
    end: int = 0
    undefined: list[str] = field(default_factory=list)
    is_expanded: bool = True
    error: str = ""
    error_at: int = 0
    # The field whose value was never closed.
    open_field: str = ""


def parse(text: str, macros: Macros, *, keyless: bool = False) -> Parsed:
    """Parse the one entry or command that `text` begins with. Never raises."""
    parser = _Parser(text, macros, keyless)
    return parser.read()


class _Parser(LowLevelParser):
    # pybtex ends a name at the first letter that is not ASCII; people name fields in any language.
    NAME = Pattern(rf"[{NAMED}][{NAMED}0-9]*", "a valid name")

    def __init__(self, text, macros, keyless):
        super().__init__(text, keyless_entries=keyless, macros=macros.values)
        self.budget = macros
        self.parsed = Parsed()
        self.is_in_value = False

    def read(self) -> Parsed:
        parsed = self.parsed
        result = None
        self.skip_to([self.AT])
        self.command_start = self.pos - 1
        try:
            result = self.parse_command()
        except PybtexSyntaxError as error:
            self.handle_error(error)
        except SkipEntry:
            parsed.type = "comment"
        parsed.end = self.pos
        if result is not None:
            parsed.type = result[0].lower()
            if parsed.type not in ("string", "preamble"):
                parsed.key, fields = result[1]
                parsed.fields = [(name, "".join(parts)) for name, parts in fields]
        return parsed

    def skip_to(self, patterns):
        """Find the next of some characters in one search; pybtex makes one for each of them."""
        match = FIRST_OF[len(patterns)].search(self.text, self.pos)
        if match is None:
            return None
        value = self.text[self.pos : match.end()]
        self.pos = match.end()
        self.update_lineno(value)
        return Token(value, self.BY_CHARACTER[match[0]])

    BY_CHARACTER = {
        "@": LowLevelParser.AT,
        "{": LowLevelParser.LBRACE,
        "}": LowLevelParser.RBRACE,
        '"': LowLevelParser.QUOTE,
    }

    def handle_error(self, error):
        if self.parsed.error:
            return
        self.parsed.error = str(error)
        self.parsed.error_at = self.pos
        if self.is_in_value:
            self.parsed.open_field = self.current_field_name or "value"

    def parse_value_part(self):
        self.is_in_value = True
        part = super().parse_value_part()
        self.is_in_value = False
        return part

    def parse_string_body(self, body_end):
        super().parse_string_body(body_end)
        if len(self.macros[self.current_field_name]) > LONGEST_MACRO:
            self.macros[self.current_field_name] = ""
            self.parsed.is_expanded = False

    def substitute_macro(self, name):
        value = self.macros.get(name)
        if value is None:
            if name.lower() not in WORDS:
                self.parsed.undefined.append(name)
            return name
        if len(value) > self.budget.left:
            self.parsed.is_expanded = False
            return name
        self.budget.left -= len(value)
        return value


def depth(text: str) -> int:
    """Return how deep the braces of a text are nested."""
    deepest = level = 0
    for match in re.finditer(r"[{}]", text):
        level += 1 if match[0] == "{" else -1
        deepest = max(deepest, level)
    return deepest
