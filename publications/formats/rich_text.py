"""Titles between our inline Markdown and what other programs write.

CSL-JSON sets italics, bold, sub- and superscript in tags
(https://docs.citationstyles.org/en/stable/specification.html, "Rich text markup"); RIS is plain.
Both leave formulas between dollars, as people type them there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from homepage.common.characters import line
from homepage.common.inline import MARKS, Piece, escape, pieces

TO_CSL = {"em": "i", "i": "i", "strong": "b", "b": "b", "sub": "sub", "sup": "sup"}
MARKDOWN = {"i": "*", "b": "**"}
FORMULA = re.compile(r"(?<![\\$])\$(?![\s$])([^$]{1,500}?)(?<![\s\\])\$(?![\d$])")
CSL_TAG = re.compile(r"<(/?)(i|b|sub|sup)>")
# Small capitals and "leave the case alone" say how to set words; the words are the same.
SPAN = re.compile(r"</?(?:span|sc)(?: [^<>]*)?>")
LOOKS_LIKE_TAG = re.compile(r"<(?=/?(?:i|b|sub|sup|span|sc)\b)")
LOOKS_LIKE_ENTITY = re.compile(r"&(?=(?:amp|lt|gt);)")
ENTITY = re.compile(r"&(amp|lt|gt);")
CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}


def to_plain(source: str) -> str:
    """Return what a line of Markdown says, without mark-up; formulas keep their dollars."""
    return line("".join(_text(piece) for piece in pieces(source)))


def from_plain(text: str) -> str:
    """Return Markdown that shows exactly `text`, with what stands between dollars as formulas."""
    return _markdown(list(_with_formulas(line(text))))


def to_csl(source: str) -> str:
    """Return a line of Markdown as a CSL string."""
    return line("".join(_csl(piece) for piece in pieces(source)))


def from_csl(text: str) -> str:
    """Return a CSL string as a line of Markdown; tags that are none of CSL's stay as text."""
    return _markdown(list(_csl_pieces(line(SPAN.sub("", text)))))


def _csl_pieces(text) -> Iterator[Piece]:
    tags = list(CSL_TAG.finditer(text))
    balanced = _balanced(tags)
    position = 0
    for tag in tags:
        if tag.start() in balanced:
            yield from _with_formulas(_unescaped(text[position : tag.start()]))
            yield ("end" if tag[1] else "start", tag[2])
            position = tag.end()
    yield from _with_formulas(_unescaped(text[position:]))


def _balanced(tags) -> set[int]:
    """Return where the tags stand that open and close in order; others are text."""
    found: set[int] = set()
    opened: list[re.Match] = []
    for tag in tags:
        if not tag[1]:
            opened.append(tag)
        elif opened and opened[-1][2] == tag[2]:
            found |= {opened.pop().start(), tag.start()}
    return found


def _with_formulas(text) -> Iterator[Piece]:
    position = 0
    for match in FORMULA.finditer(text):
        if list(pieces(match[0])) == [("math", match[1])]:
            yield "text", text[position : match.start()]
            yield "math", match[1]
            position = match.end()
    yield "text", text[position:]


def _markdown(found: list[Piece]) -> str:
    """Return the plainest Markdown that shows these pieces."""
    wanted = _shown(found)
    source = ""
    for escaping in (str, _escape, _escape_all):
        for tags in (_mark, _tag):
            source = line("".join(_source(piece, escaping, tags) for piece in found))
            if _shown(pieces(source)) == wanted:
                return source
    return source


def _source(piece: Piece, escaping: Callable[[str], str], tags: Callable[[str, str], str]) -> str:
    kind, text = piece
    if kind == "text":
        return escaping(text)
    return f"${text}$" if kind == "math" else tags(kind, text)


def _escape(text):
    """Escape a text and leave the space at its ends, which parts it from its neighbours."""
    bare = text.strip(" ")
    before, _, after = text.partition(bare) if bare else (text, "", "")
    return before + escape(bare) + after


def _escape_all(text):
    return MARKS.sub(r"\\\g<0>", text)


def _mark(kind, name):
    return MARKDOWN.get(name) or _tag(kind, name)


def _tag(kind, name):
    return f"</{name}>" if kind == "end" else f"<{name}>"


def _shown(found: Iterable[Piece]) -> list[Piece]:
    """Return pieces for comparing: neighbouring texts joined, tags by what they mean."""
    shown: list[Piece] = []
    for kind, text in found:
        if kind == "text" and shown and shown[-1][0] == "text":
            shown[-1] = (kind, shown[-1][1] + text)
        elif text:
            shown.append((kind, TO_CSL.get(text, text) if kind in ("start", "end") else text))
    return shown


def _unescaped(text):
    return ENTITY.sub(lambda match: CHARACTERS[match[1]], text)


def _text(piece):
    kind, text = piece
    if kind in ("start", "end"):
        return ""
    return f"${text}$" if kind == "math" else text


def _csl(piece):
    kind, text = piece
    if kind in ("start", "end"):
        return _tag(kind, TO_CSL[text]) if text in TO_CSL else ""
    text = LOOKS_LIKE_ENTITY.sub("&amp;", _text(piece))
    return LOOKS_LIKE_TAG.sub("&lt;", text)
