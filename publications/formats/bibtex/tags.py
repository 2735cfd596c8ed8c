"""Tags of HTML and of publishers' XML in values, however a program wrote their brackets.

Crossref writes `$\\less$i$\\greater$`, Mendeley and Zotero `{\\textless}i{\\textgreater}`, many
`&lt;i&gt;`. What we write for a bracket that is meant, `\\textless{}`, is none of these.
"""

from __future__ import annotations

import re

from homepage.common.addresses import safe_address
from publications.records import Link

from ..handwritten.links import label_for

# What a title can show of them; a part of a text is gone with its tags, and its words stay.
SAME = {
    "i": "i", "em": "i", "italic": "i", "b": "b", "strong": "b", "bold": "b", "sub": "sub",
    "inf": "sub", "sup": "sup", "br": " ", "span": "", "sc": "", "scp": "", "u": "",
}  # fmt: skip
LESS = (
    r"(?:<|&lt;|\{?\$(?:<|\\less|\\lt)\$\}?|\{\\(?:textless|lt)\}"
    r"|\\textless(?=/?[a-z]{1,6}\\textg))"
)
MORE = r"(?:>|&gt;|\{?\$(?:>|\\greater|\\gt)\$\}?|\{\\(?:textgreater|gt)\}|\\textgreater)"
NAMES = "|".join([*sorted(SAME, key=len, reverse=True), "p", "title", "sec"])
TAG = re.compile(
    rf"{LESS}(?P<end>/?)(?:jats:)?(?:(?P<name>{NAMES})|mml:[a-z]+)(?:\s[^<>]{{0,200}}?)?\s?/?{MORE}",
    re.I,
)
# Where one of these stands there may be such a tag.
BEGINS = re.compile(r"[<&]|less|\\lt", re.I)
ANCHOR = re.compile(
    r"<a\b[^<>]*?\bhref\s*=\s*(?P<quote>[\"']?)(?P<url>[^\"'<>\s]+)(?P=quote)[^<>]*>"
    r"(?P<text>.{0,500}?)</a>",
    re.I | re.S,
)
LONGEST_LABEL = 60
MARKDOWN_LINK = re.compile(r"\[(?P<text>[^\[\]]{1,200})\]\((?P<url>https?://[^\s()]+)\)")
STARS = re.compile(
    r"(?<![\w*{\\])(?P<stars>\*{1,2})(?P<text>[^\s*](?:[^*\n]{0,500}[^\s*])?)(?P=stars)(?![\w*}])"
)


def with_known_tags(source: str) -> str:
    """Return a value with its tags as `<i>`, `<b>`, `<sub>`, `<sup>`; what does not pair stays."""
    if not BEGINS.search(source):
        return source
    counts: dict[str, int] = {}
    for match in TAG.finditer(source):
        name = (match["name"] or "").lower()
        counts[name] = counts.get(name, 0) + (-1 if match["end"] else 1)

    def replaced(match):
        name = (match["name"] or "").lower()
        if name not in SAME:
            return "" if not name else match[0]
        if counts[name] != 0 and name != "br":
            return match[0]
        tag = SAME[name]
        return f"<{match['end']}{tag}>" if tag.strip() else tag

    return TAG.sub(replaced, source)


def with_plain_tags(source: str) -> str:
    """Return a value with the brackets of its tags as they are in HTML."""
    if not BEGINS.search(source):
        return source
    return TAG.sub(
        lambda match: f"<{match['end']}{match['name'].lower()}>" if match["name"] else "", source
    )


def without_tags(source: str) -> str:
    """Return a value of plain text without the tags in pairs that dress it."""
    return re.sub(r"</?(?:i|b|sub|sup)>", "", with_known_tags(source))


def take_anchors(source: str) -> tuple[str, list[Link]]:
    """Return a value with the text of its links alone, and the links."""
    links: list[Link] = []

    def taken(match):
        text = " ".join(re.sub(r"<[^<>]*>", "", match["text"]).split())
        url = safe_address(match["url"])
        if not url or not text:
            return match[0]
        label = text.strip(" .,;:") if len(text) <= LONGEST_LABEL else label_for(url)
        links.append(Link(label, url))
        return match["text"]

    return (ANCHOR.sub(taken, source), links) if "<a" in source.lower() else (source, links)


def from_markdown(source: str) -> str:
    """Return a value that al-folio renders as Markdown, an award, with the same as tags."""
    source = MARKDOWN_LINK.sub(r'<a href="\g<url>">\g<text></a>', source)
    return STARS.sub(_as_command, source) if "*" in source else source


def _as_command(match):
    command = "textbf" if len(match["stars"]) > 1 else "emph"
    return rf"\{command}{{{match['text']}}}"


def hold_stars(value: str) -> str:
    """Return an award whose stars are no Markdown, as LaTeX has them."""
    return value.replace("*", "{*}") if STARS.search(value) else value
