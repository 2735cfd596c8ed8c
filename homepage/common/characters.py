"""Characters that no text on the site has, because they hide, break or turn other text."""

from __future__ import annotations

import re

CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
# Overrides and isolates of the bidirectional algorithm, which can show text in another order.
BIDI = "\u202a-\u202e\u2066-\u2069"

FORBIDDEN = re.compile(f"[{CONTROL}{BIDI}]")
LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def readable(text: str) -> str:
    """Return a text with newlines as `\\n` and without control characters."""
    if text.isprintable():  # the same, many times as fast
        return text
    return FORBIDDEN.sub("", LINE_ENDS.sub("\n", text))


def line(text: str) -> str:
    """Return a text as one readable line, white space collapsed."""
    return " ".join(readable(text).split())
