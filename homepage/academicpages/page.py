"""Reads one Markdown home page: profile, sections and lists, nothing lost, nothing invented."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from homepage.common.markdown import parser, plain
from publications.formats.handwritten import find_owner
from publications.names import is_full_name, same_person
from publications.records import Problem

from . import front_matter
from .addresses import Addresses, rewritten
from .cutter import Cutter
from .data import OldAddress, Page
from .definitions import definitions
from .front_matter import FrontMatter
from .liquid import resolved
from .markup import Visible, strip_invisible
from .outline import parts

USED_KEYS = frozenset({"permalink", "redirect_from", "title", "author", "name"})
INTRODUCTION = re.compile(r"(?:I am|I['’]m|[Mm]y name is|我是|我叫)\s*,?\s*(?:Dr\.?|Prof\.?)?\s*$")
HOME_PAGES = frozenset({"/", "/index.html", "/about/", "/about.html", "/about"})


def read_page(text: str, known_owner: Sequence[str] = (), base_url: str = "") -> Page:
    """Return what a page says. Never raises; `known_owner` are names the owner goes by.

    With `base_url`, the address of the old site, addresses on that site are made whole.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    header = front_matter.read(text)
    lines = text.split("\n")
    body = "\n".join([""] * header.length + lines[header.length :])
    visible = strip_invisible(resolved(body, lambda name: None))
    if base_url:
        whole = Addresses(base=base_url)
        at = header.first("permalink", "/")
        text = rewritten(visible.text, lambda address, line: whole.new(address, line, at=at))
        visible = replace(visible, text=text)
    page = compose(header, visible, known_owner)
    return replace(page, problems=(*page.problems, *_ignored_keys(header)))


def compose(header: FrontMatter, visible: Visible, known_owner: Sequence[str] = ()) -> Page:
    """Return what a page says of which the text is to be seen as it is given."""
    source = visible.text.split("\n")
    env = {}
    found = parts(parser().parse(visible.text, env), len(source), _page_heading(header))
    owner = _owner(header, found, source, known_owner)
    names = list(dict.fromkeys(filter(None, [*known_owner, owner])))
    cutter = Cutter(header, found, source, names, definitions(source, env))
    sections, categories, records = cutter.cut()
    return Page(
        owner=owner,
        permalink=header.first("permalink", "/"),
        sections=tuple(sections),
        categories=tuple(categories),
        records=tuple(records),
        addresses=tuple(
            OldAddress(value, line, key)
            for key in ("permalink", "redirect_from")
            for value, line in header.strings(key)
        ),
        problems=header.problems,
        left_out=visible.left_out,
    )


def _page_heading(header):
    """Return the title of a page that is not the home page: all of it stands under that."""
    permalink = header.first("permalink", "/")
    title = header.first("title")
    return "" if permalink in HOME_PAGES else title


def _ignored_keys(header):
    ignored = [key for key in header.values if key not in USED_KEYS]
    if not ignored:
        return ()
    return (Problem(1, f"header: not needed here and left out: {', '.join(ignored)}"),)


def _owner(header, found, source, known):
    """Return whose page it is: as the lists, the header, its title or its first words say."""
    in_lists = find_owner([part.chunk for part in found], source)
    said = [value for key in ("name", "author") for value, _ in header.strings(key)]
    titles = [plain(part.title) for part in found[:2] if part.level == 1]
    titles += [value for value, _ in header.strings("title")]
    named = next(filter(is_full_name, said), "")
    titled = next((t for t in titles if is_full_name(t) and same_person(t, in_lists)), "")
    return named or titled or in_lists or _introduced(found)


def _introduced(found):
    """Return the name that the page's first paragraphs introduce in bold: “I’m **Jane Doe**”."""
    inlines = [token for part in found[:3] for token in part.tokens if token.type == "inline"]
    for token in inlines[:6]:
        children = token.children or []
        for before, opening, name in zip(children, children[1:], children[2:], strict=False):
            is_introduced = opening.type == "strong_open" and INTRODUCTION.search(before.content)
            if is_introduced and is_full_name(name.content):
                return name.content
    return ""
