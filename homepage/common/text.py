"""Text compared, cleaned and turned into addresses."""

from __future__ import annotations

import re
import unicodedata

# Letters that no decomposition takes apart.
PLAIN_LETTERS = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d",
        "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t", "ĸ": "k",
    }
)  # fmt: skip
# Zero-width, soft-hyphen and bidirectional controls: seen by nobody, compared by machines.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def fold(text: str) -> str:
    """Return text for comparing: no accents, no case, punctuation as single spaces; CJK stays."""
    folded = unicodedata.normalize("NFKD", INVISIBLE.sub("", text).casefold())
    folded = "".join(char for char in folded if not unicodedata.combining(char))
    folded = unicodedata.normalize("NFKC", folded.translate(PLAIN_LETTERS))
    return " ".join(re.findall(r"[^\W_]+", folded))


def slug(text: str, fallback: str, max_length: int = 80) -> str:
    """Return an ASCII slug of `text`, cut at a word; `fallback` where nothing is left of it."""
    words_of_slug = re.findall(r"[a-z0-9]+", fold(text).encode("ascii", "ignore").decode())
    result = "-".join(words_of_slug)
    if len(result) > max_length:
        head, _, _ = result[: max_length + 1].rpartition("-")
        result = head or result[:max_length]
    return result or fallback


def words(text: str) -> set[str]:
    """Return the runs of letters or digits in a text, NFKC and without case.

    It is the measure of what an import must not lose.
    """
    return set(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def clean(text: str) -> str:
    """Return a single line in NFC: white space collapsed, no control characters."""
    text = CONTROL.sub(" ", INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", " ".join(text.split()))
