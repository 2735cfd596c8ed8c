"""The title of an entry: where it ends, where it leads, and its source as inline Markdown."""

from __future__ import annotations

import re
from dataclasses import replace

from homepage.common.markdown import escape_inline
from publications.records import Link

from .links import label_for, leads_somewhere
from .runs import CODE, EM, MATH, STRONG, SUB, SUP, Line, plain_text


def linked_title(title: Line) -> tuple[list[Link], Line]:
    """Return the links of the title's own words, labelled from the address, and the bare title."""
    hrefs = dict.fromkeys(run.href for run in title if run.href)
    links = [Link(label_for(href), href) for href in hrefs if leads_somewhere(href)]
    return links, tuple(replace(run, href=None) for run in title)


def title_and_tail(title: Line) -> tuple[Line, Line]:
    """Part a marked-up title from what follows it on its line; an unmarked one is all title."""
    style = next((s for s in (STRONG, EM) if title and s in title[0]), None)
    if style is None:
        return title, ()
    end = next((i for i, run in enumerate(title) if style not in run and run.text.strip()), None)
    if end is None:
        return title, ()
    head, tail = title[:end], title[end:]
    if len(plain_text(head).split()) < 2 and style == EM:
        return title, ()
    if re.match(r"\s*\w", plain_text(tail)) and not plain_text(head).rstrip().endswith(
        (".", "?", "!", ":")
    ):
        # Words run on behind the emphasis: it marks a part of the title, not all of it.
        return title, ()
    return head, tail


def inline_source(line: Line) -> str:
    """Return a title as inline Markdown: its outer emphasis gone, inner emphasis and math kept."""
    runs = [run for run in line if run.image is None]
    solid = [run for run in runs if run.text.strip()]
    outer = {s for s in (STRONG, EM) if solid and all(s in run or MATH in run for run in solid)}
    source = "".join(_source(run, outer) for run in runs)
    source = re.sub(r"\s+", " ", source).strip().rstrip(" ,")
    if quoted := re.fullmatch(r'“([^“”]+)”\.?|"([^"]+)"\.?', source):
        source = (quoted[1] or quoted[2]).rstrip(" ,")
    return source if source.endswith(("...", "etc.")) else source.removesuffix(".")


def _source(run, outer):
    text = run.text
    if MATH in run:
        return f"${text}$"
    if not text.strip():
        return text
    if CODE in run:
        return f"`{text}`"
    source = escape_inline(text.strip())
    before = text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :]
    if SUB in run or SUP in run:
        tag = SUB if SUB in run else SUP
        source = f"<{tag}>{source}</{tag}>"
    for style, mark in ((EM, "*"), (STRONG, "**")):
        if style in run and style not in outer:
            source = f"{mark}{source}{mark}"
    return f"{before}{source}{after}"
