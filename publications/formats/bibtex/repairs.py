"""Faults of entries that can be read in one way only: mended one at a time, each with a remark.

The most frequent ones of real files come first. Whether a repair was right, the parser says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .parser import Parsed

NAME = r"[^\W\d_][\w+:.-]*"
SPACED_KEY = re.compile(r"(@[ \t]*[A-Za-z]\w*\s*[{(])\s*([^\s,{}()=]+[ \t][^,{}()=\n]{0,200}),")
NEXT_FIELD = re.compile(rf"\s*{NAME}\s*=")
FIELD_LINE = re.compile(rf"^[ \t]*{NAME}[ \t]*=[ \t]*(?:[{{\"]|\w+[ \t]*,?[ \t]*$)", re.M)
BEHIND_BRACE = re.compile(rf"\s*(?:,\s*|\n\s*){NAME}\s*=\s*[{{\"\w]")
COMMENT = re.compile(r"\s*%[^\n]*")
VALUE_END = re.compile(r"\s*,?\s*\Z")
NUMBER_BEHIND = re.compile(r"(\d{1,3})(?=\s*=)")
NAME_BEFORE = re.compile(rf"(?<![^\s,])({NAME})[ \t\u00a0]+\Z")
LONGEST_NAME = 100
MOST_CLOSED = 3


@dataclass(frozen=True)
class Repair:
    """The text without the fault that was at `at`; `key` is one that could not stay."""

    text: str
    at: int
    message: str
    key: str = ""


def repair(text: str, parsed: Parsed) -> Repair | None:
    """Return the entry without the fault that stopped the parser, if it is one of these."""
    if not parsed.error:
        return _brace_too_many(text, parsed)
    for mend in (_spaced_key, _open_value, _spaced_name, _missing_comma, _comment, _open_entry):
        if found := mend(text, parsed):
            return found
    return None


def swallowing(parsed: Parsed) -> str:
    """Return the field whose value holds the fields after it, for want of a closing brace."""
    return next((name for name, value in parsed.fields if FIELD_LINE.search(value)), "")


def _brace_too_many(text, parsed):
    """“title = {A}},” ends the entry, and BibTeX passes over the rest without a word."""
    end = parsed.end
    if not parsed.fields or not BEHIND_BRACE.match(text, end):
        return None
    say = "there is a } too many here; it is read as if it were not there"
    return Repair(text[: end - 1] + text[end:], end - 1, say)


def _spaced_key(text, parsed):
    match = SPACED_KEY.match(text)
    if not match or parsed.fields:
        return None
    key = match[2].strip()
    say = f"the key “{key}” has a space; it is only kept, give the entry another"
    return Repair(f"{match[1]},{text[match.end() :]}", 0, say, key)


def _open_value(text, parsed):
    """“author = {{Doe, Jane},” takes in all the fields below it."""
    name = parsed.open_field or swallowing(parsed)
    field = name and re.search(rf"\b{re.escape(name)}\s*=\s*", text, re.I)
    below = field and FIELD_LINE.search(text, field.end())
    if not below:
        return None
    value = text[field.end() : below.start()]
    missing = _missing(value)
    if not missing:
        return None
    end = field.end() + VALUE_END.search(value).start()
    between = text[end : below.start()].replace(",", "")
    say = f"the value of “{name}” is not closed; it is read as if {missing} stood at its end"
    return Repair(f"{text[:end]}{missing},{between}{text[below.start() :]}", end, say)


def _missing(value):
    """Return the braces or the quote that a value lacks."""
    if value.startswith('"'):
        return '"' if value.count('"') == 1 else ""
    count = value.count("{") - value.count("}")
    return "}" * count if 0 < count <= MOST_CLOSED else ""


def _spaced_name(text, parsed):
    """“funding_text 1 = {…}”, as Scopus numbers what it has several of."""
    at = parsed.error_at + len(text[parsed.error_at :]) - len(text[parsed.error_at :].lstrip())
    number, name = NUMBER_BEHIND.match(text, at), NAME_BEFORE.search(text[:at][-LONGEST_NAME:])
    if not number or not name:
        return None
    start = at - len(name[0])
    new = f"{name[1]}-{number[1]}"
    say = f"a field has no space in its name; “{name[1]} {number[1]}” is kept as “{new}”"
    return Repair(f"{text[:start]}{new}{text[number.end(1) :]}", at, say)


def _missing_comma(text, parsed):
    at = parsed.error_at
    if not (parsed.fields or parsed.key) or not NEXT_FIELD.match(text, at):
        return None
    end = len(text[:at].rstrip())
    say = "a comma is missing at the end of this line; it is read as if there were one"
    return Repair(f"{text[:end]},{text[end:]}", end, say)


def _comment(text, parsed):
    match = COMMENT.match(text, parsed.error_at)
    if not match:
        return None
    at = match.end() - len(match[0].lstrip())
    blank = re.sub(r"[^\n]", " ", match[0])
    say = "what stands behind the % in this line is left out"
    return Repair(text[: match.start()] + blank + text[match.end() :], at, say)


def _open_entry(text, parsed):
    if text[parsed.error_at :].strip() or "," not in text:
        return None
    end = len(text.rstrip())
    return Repair(
        f"{text[:end]}\n}}{text[end:]}", 0, "the entry is not closed; write a } at its end"
    )
