"""Abstracts as the registries send them: JATS XML (https://jats.nlm.nih.gov/), as Markdown."""

from __future__ import annotations

import html
import re

JATS = re.compile(r"</?jats:[a-z-]+(?: [^<>]*)?/?>")
HEADING = re.compile(r"<jats:title(?: [^<>]*)?>([^<]*)</jats:title>")
MARKS = {"italic": "i", "bold": "b", "sub": "sub", "sup": "sup"}


def from_jats(text: str) -> str:
    """Return an abstract as Markdown; one without JATS tags stays as it is."""
    if not JATS.search(text):
        return text
    text = HEADING.sub(_heading, text)
    paragraphs = re.split(r"</?jats:(?:p|sec|list|list-item)(?: [^<>]*)?>", text)
    shown = [" ".join(JATS.sub(_mark, part).split()) for part in paragraphs]
    return html.unescape("\n\n".join(filter(None, shown)))


def _heading(match):
    title = match[1].strip()
    return "" if title.casefold() == "abstract" else f"<jats:p>**{title}**</jats:p>"


def _mark(match):
    name = re.search(r"jats:([a-z-]+)", match[0])[1]
    slash = "/" if match[0].startswith("</") else ""
    return f"<{slash}{MARKS[name]}>" if name in MARKS else ""
