"""Which addresses a link may have."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.I)
# Browsers drop tabs and newlines, and some show nothing for the others: `java\tscript:`.
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
UNSAFE = re.compile(r"[\s\"<>\\^`{|}]")


@lru_cache(maxsize=1024)
def safe_address(address: str) -> str:
    """Return an address that a link may have, as it was typed; "" if it may have none.

    Allowed are http and https with a host and without credentials, mailto, and addresses on
    this site; not `//host`, which is another site without saying so.
    """
    address = address.strip(" \t\r\n\f")
    if HIDDEN.search(address):
        return ""
    # Browsers read a backslash as a slash, so `/\host` would be `//host`: it is encoded first.
    address = UNSAFE.sub(lambda match: quote(match[0]), address)
    scheme = SCHEME.match(address)
    if scheme is None:
        return "" if address.startswith("//") else address
    if scheme[1].lower() in ("http", "https"):
        return address if _has_plain_host(address) else ""
    return address if scheme[1].lower() == "mailto" else ""


# “files/a.pdf”, “./a.pdf”: a path as pages of an old site have it; “www.a.org/b” is none.
RELATIVE = re.compile(
    r"(?:\.{1,2}/)*(?:[^\s./:?#\\][^\s./:?#\\]*/[^\s:\\]*|[^\s/:?#\\]+\.(?:pdf|html?|zip|bib|txt))"
)


def is_relative(address: str) -> bool:
    """Return whether an address is a path that depends on the page it stands on."""
    return bool(RELATIVE.fullmatch(address))


def rooted(address: str) -> str:
    """Return an address on this site from its root on; any other as it is."""
    return re.sub(r"^(?:\.{1,2}/)*", "/", address) if is_relative(address) else address


def is_remote(address: str) -> bool:
    """Return whether a safe address leads to a web site (this one, with its host, counts)."""
    return address[:7].lower() == "http://" or address[:8].lower() == "https://"


def _has_plain_host(address):
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port or 1) > 0
    except ValueError:
        return False
