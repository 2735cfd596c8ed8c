"""The texts of a page: put together, cut to the editor's measure, and asked what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from homepage.common.markdown import escape_inline, parser, render
from publications.formats.handwritten.inline import inline_lines

# What the editor accepts in one text, with room to add to it.
LONGEST_BODY = 80_000


def joined(*texts: str) -> str:
    """Return texts as paragraphs of one."""
    return "\n\n".join(filter(None, texts))


def heading_links(title: str) -> str:
    """Return the links of a heading as a line of text: a heading itself shows none."""
    (inline,) = parser().parseInline(title)
    links = [run for line in inline_lines(inline.children or []) for run in line if run.href]
    return " ".join(f"[{escape_inline(run.text)}](<{run.href}>)" for run in links if run.text)


def shows_something(body: str) -> bool:
    """Return whether a reader sees anything of a text: a word, or a picture."""
    if re.search(r"[^\W_]", re.sub(r"<[^<>]*>|&\w+;|(?m:^ {0,3}\[[^\]]+\]:.*$)", "", body)):
        return True
    shown = render(body)
    return "<img" in shown or bool(re.search(r"[^\W_]", re.sub(r"<[^>]*>", "", shown)))


def pieces(body: str) -> Iterator[str]:
    """Yield a text in pieces that the editor accepts, cut at empty lines where it can be."""
    while len(body) > LONGEST_BODY:
        cut = body.rfind("\n\n", 0, LONGEST_BODY)
        cut = cut if cut > 0 else LONGEST_BODY
        yield body[:cut]
        body = body[cut:].lstrip("\n")
    yield body
