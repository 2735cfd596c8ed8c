"""Badges of shields.io: pictures that say something, in their address."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

HOST = re.compile(r"https?://(?:img\.shields\.io|badgen\.net|badge\.fury\.io)/", re.I)


def shows_badge(address: str) -> bool:
    """Return whether an address is that of a badge."""
    return bool(HOST.match(address))


def badge_label(address: str) -> str:
    """Return what a badge says: `/badge/arXiv-2301.00001-red` is “arXiv 2301.00001”."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "badge"
    if label := parse_qs(parts.query).get("label"):
        return label[0]
    path = unquote(parts.path).strip("/").split("/")
    if path[0] != "badge" or len(path) < 2:
        return (path[1] if len(path) > 1 else "badge").replace("-", " ")
    text = "/".join(path[1:]).replace("--", "\0").replace("__", "\1")
    said = text.split("-")[:-1] or [text]
    said = [piece.replace("_", " ").replace("\0", "-").replace("\1", "_") for piece in said]
    return " ".join(filter(None, (" ".join(piece.split()) for piece in said))) or "badge"
