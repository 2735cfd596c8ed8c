"""Text compared, cleaned and turned into addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from .patterns import Later

# Letters that no decomposition takes apart.
PLAIN_LETTERS = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d",
        "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t", "ĸ": "k",
    }
)  # fmt: skip
# Zero-width, soft-hyphen and bidirectional controls: seen by nobody, compared by machines.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# The joiners U+200C and U+200D are part of the spelling between letters of some scripts, and of
# emoji; anywhere else they are as invisible as the rest.
STRAY_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    r"|(?<![^\x00-\x7f\u200c\u200d\s])[\u200c\u200d]"
    r"|[\u200c\u200d](?![^\x00-\x7f\u200c\u200d\s])"
)
# Accents and optional vowel signs. Other marks tell words apart, as in Japanese and Hindi.
ACCENT = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)


def fold(text: str) -> str:
    """Return text for comparing: no accents, no case, punctuation as single spaces.

    Letters of other scripts stay, with the marks that belong to them.
    """
    if text.isascii():  # the same, ten times as fast
        return " ".join(re.findall(r"[a-z0-9]+", text.lower()))
    # Signs such as "℡" become capitals only when they are taken apart.
    folded = unicodedata.normalize("NFKD", INVISIBLE.sub("", text)).casefold()
    folded = ACCENT.sub("", unicodedata.normalize("NFKD", folded)).translate(PLAIN_LETTERS)
    folded = unicodedata.normalize("NFKC", folded)
    return " ".join(NO_LETTER.sub(_mark_or_space, folded).split())


@lru_cache(maxsize=20_000)
def fold_name(text: str) -> str:
    """Return `fold(text)`, remembered: the same few names stand on paper after paper."""
    return fold(text)


NO_LETTER = re.compile(r"[\W_]")
# Kana and Hangul tell the language; Han characters alone are most often Chinese.
SCRIPTS = (
    ("ja", Later("[\u3040-\u30ff]")),
    ("ko", Later("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")),
    ("zh", Later("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")),
)


def script_language(text: str) -> str:
    """Return the language that a name's script tells, or nothing."""
    if text.isascii():
        return ""
    return next((language for language, script in SCRIPTS if script.search(text)), "")


def _mark_or_space(match):
    return match[0] if unicodedata.category(match[0]).startswith("M") else " "


def slug(text: str, fallback: str, max_length: int = 80) -> str:
    """Return an ASCII slug of `text`, cut at a word; `fallback` where nothing is left of it."""
    words_of_slug = re.findall(r"[a-z0-9]+", fold(text).encode("ascii", "ignore").decode())
    result = "-".join(words_of_slug)
    if len(result) > max_length:
        head, _, _ = result[: max_length + 1].rpartition("-")
        result = head or result[:max_length]
    return result or fallback


def longest_word(text: str) -> int:
    """Return how many characters have to stand on one line."""
    return max(map(len, re.split(r"[\s-]", text)))


def free_slug(base: str, taken: Collection[str]) -> str:
    """Return `base`, or `base` with the first number that makes it free."""
    number, candidate = 1, base
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def words(text: str) -> set[str]:
    """Return the runs of letters or digits in a text, NFKC and without case.

    It is the measure of what an import must not lose.
    """
    return set(
        re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).casefold())
    )


def clean(text: str) -> str:
    """Return a single line in NFC: white space collapsed, no stray invisible characters."""
    text = STRAY_INVISIBLE.sub("", CONTROL.sub(" ", text))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def shortened(text: str, length: int) -> str:
    """Return the beginning of a line, cut at a word."""
    if len(text) <= length:
        return text
    head, _, _ = text[:length].rpartition(" ")
    return f"{head or text[: length - 1]}…"


def count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
