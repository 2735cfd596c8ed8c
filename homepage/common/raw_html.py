"""HTML that people wrote inside Markdown, reduced to tags and attributes that mean no harm.

It only tidies, so that what a browser would show as text stays text; `sanitizer` decides
what may pass.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from .addresses import safe_address

# What is no tag (`a < b`, an unclosed `<!--`) is text. Limits keep the search linear.
TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,30})"
    r"(?P<attributes>(?:[\s/](?:[^<>\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}'){0,4000})?)>"
)
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*(?:=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?""")

# Elements whose content no browser shows; their tags and their content go.
HIDDEN = frozenset(["script", "style", "template", "iframe", "title", "noembed", "noframes"])
# Where something begins that is not shown, and where it ends.
UNSEEN = [
    (re.compile(opening, re.I), re.compile(closing, re.I))
    for opening, closing in (
        ("<!--", "-->"),
        (r"<!\[CDATA\[", r"\]\]>"),
        (r"<\?", r"\?>"),
        ("<![a-z]", ">"),
        *((rf"<{name}(?=[\s/>])[^<>]{{0,4000}}>", rf"</{name}\s{{0,9}}>") for name in HIDDEN),
    )
]
# Blocks become `div`, else the words at their edges would run together.
BLOCKS = frozenset(
    "address article aside center dir div fieldset figcaption figure footer form header hgroup "
    "legend main menu nav optgroup option section".split()
)
PLAIN_TAGS = frozenset(
    "b i u em strong sub sup small s strike tt big kbd samp var q cite dfn abbr del ins mark code "
    "br hr p blockquote pre ul ol li dl dt dd details summary a img caption "
    "table thead tbody tfoot tr th td h1 h2 h3 h4 h5 h6".split()
)
RENAMED = {"strike": "s", "tt": "code", "big": "strong", "samp": "code", "var": "i", "dfn": "em"}
RED = re.compile(
    r"(?:^|[\s:;])(?:red|crimson|darkred|firebrick|orangered|tomato)\b|#(?:[c-f]\w0{4}|[c-f]00)\b"
    r"|rgb\(\s*2\d\d\s*,\s*[0-4]?\d\s*,\s*[0-4]?\d\s*\)",
    re.I,
)
NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)
SMALL_NUMBER = re.compile(r"\d{1,3}", re.ASCII)
SIZE = re.compile(r"\d{1,4}", re.ASCII)
ALIGN = re.compile(r"(?:text-align\s*:\s*)?(left|right|center)\b", re.I)


class Tidier:
    """Tidies the pieces of HTML of one text, in order; it knows which colours are open."""

    def __init__(self):
        self._colours = {"font": [], "span": []}

    def block(self, source: str) -> str:
        """Return a block of HTML with the tags that we keep; the rest of it is text."""
        source = without_unseen(source)
        parts, position = [], 0
        for match in TAG.finditer(source):
            parts.append(source[position : match.start()].replace("<", "&lt;"))
            parts.append(self._tag(match))
            position = match.end()
        parts.append(source[position:].replace("<", "&lt;"))
        return "".join(parts)

    def tag(self, source: str) -> str:
        """Return one tag as we keep it; nothing for a comment and its like."""
        match = TAG.fullmatch(source)
        return self._tag(match) if match else ""

    def _tag(self, match):
        name = (match["name"]).lower()
        if name in self._colours:
            return self._colour(name, match)
        if name in BLOCKS:
            name = "div"
        elif name not in PLAIN_TAGS:
            return ""
        name = RENAMED.get(name, name)
        if match["close"]:
            return f"</{name}>"
        kept = "".join(
            f' {key}="{html.escape(value)}"'
            for key, value in _kept(name, attributes_of(match["attributes"])).items()
        )
        return f"<{name}{kept}>"

    def _colour(self, name, match):
        """Old pages mark an award in red; other colours and fonts are looks."""
        opened = self._colours[name]
        if match["close"]:
            return "</span>" if opened and opened.pop() else ""
        given = attributes_of(match["attributes"])
        is_red = bool(RED.search(f":{given.get('color', '')} {given.get('style', '')}"))
        opened.append(is_red)
        return '<span class="award">' if is_red else ""


def without_unseen(source: str) -> str:
    """Return HTML without comments and without elements that no browser shows.

    What is opened and never closed hides nothing: it is text.
    """
    for opening, closing in UNSEEN:
        parts, position = [], 0
        while (start := opening.search(source, position)) and (
            end := closing.search(source, start.end())
        ):
            parts.append(source[position : start.start()])
            position = end.end()
        source = "".join([*parts, source[position:]])
    return source


def tag_name(source: str) -> tuple[str, bool]:
    """Return the name of a tag and whether it closes; ("", False) for what is none."""
    match = TAG.fullmatch(source)
    return (match["name"].lower(), bool(match["close"])) if match else ("", False)


def attributes_of(source: str) -> dict[str, str]:
    """Return the attributes of a tag, names in lower case; the first of each name counts."""
    found: dict[str, str] = {}
    for name, value in ATTRIBUTE.findall(source or ""):
        found.setdefault(name.lower(), html.unescape(value.strip("\"'")))
    return found


def _kept(name: str, given: Mapping[str, str]) -> dict[str, str]:
    kept = {}
    if name == "a":
        kept["href"] = safe_address(given.get("href", ""))
    elif name == "img":
        kept["src"] = safe_address(given.get("src", ""))
        kept["alt"] = given.get("alt", "")
        kept |= {k: given[k] for k in ("width", "height") if _is(SIZE, given.get(k))}
    elif name == "ol":
        kept |= {k: v for k, v in given.items() if k == "type" and v in tuple("1aAiI")}
        kept |= {k: given[k] for k in ("start",) if _is(NUMBER, given.get(k))}
        kept |= {"reversed": ""} if "reversed" in given else {}
    elif name == "li":
        kept |= {k: given[k] for k in ("value",) if _is(NUMBER, given.get(k))}
    elif name in ("td", "th"):
        kept |= {k: given[k] for k in ("colspan", "rowspan") if _is(SMALL_NUMBER, given.get(k))}
        align = ALIGN.search(given.get("align") or given.get("style", ""))
        kept |= {"class": f"align-{align[1].lower()}"} if align else {}
    elif name == "details":
        kept |= {"open": ""} if "open" in given else {}
    if name in ("a", "abbr", "img") and given.get("title"):
        kept["title"] = given["title"]
    return kept


def _is(pattern, value):
    return bool(value and pattern.fullmatch(value))
