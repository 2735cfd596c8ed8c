"""Pages that a layout fills: the people of a lab, a shelf of books, a list of courses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from homepage.academicpages.files import PICTURES
from homepage.academicpages.jekyll import Jekyll, SourceFile
from homepage.academicpages.leftovers import is_of_nobody
from homepage.academicpages.people import said
from homepage.academicpages.texts import joined
from homepage.common.markdown import escape_inline
from homepage.common.text import fold

from .resume import listed

COURSES = re.compile(r"\{%-?\s*include\s+courses\.liquid[^%]*%\}")
# What the header of a book has beside its title and author.
EXAMPLE_TEACHER = re.compile(r"Prof\. (?:Data|Example|Machine|Learning)", re.I)
BOOK = frozenset("isbn olid stars released buy_link cover started finished".split())
NAME = re.compile(r"\w+")


def with_lists(page: SourceFile) -> SourceFile:
    """Return a page with the list of a collection, where a layout or a part shows one."""
    text = COURSES.sub(_loop("teachings"), page.text)
    name = page.header.first("collection")
    if page.header.first("layout") == "book-shelf" and NAME.fullmatch(name):
        text = f"{text.rstrip()}\n\n{_loop(name)}\n"
    return replace(page, text=text) if text != page.text else page


def _loop(name):
    return f"{{% for item in site.{name} %}}{{% endfor %}}"


def is_example(item: SourceFile) -> bool:
    """Return whether a book or a course is the template's: in Latin, or by nobody."""
    teacher = item.header.first("instructor")
    return fold(item.body).startswith("lorem ipsum") or bool(EXAMPLE_TEACHER.fullmatch(teacher))


def with_details(item: SourceFile) -> SourceFile:
    """Return a person under their name, a book with its author, a course with its weeks."""
    values = item.header.values
    if not item.title and isinstance(name := values.get("name"), str):
        header = replace(item.header, values={**values, "title": name, "name": ""})
        item = replace(item, header=header)
    text = item.text
    if (author := item.header.first("author")) and BOOK & item.header.values.keys():
        numbers = {key: "" for key in ("olid", "isbn", "goodreads_review") if key in values}
        header = replace(item.header, values={**item.header.values, **numbers})
        item = replace(item, header=header)
        lines = text.split("\n")
        lines[item.header.length : item.header.length] = [escape_inline(said(author)), ""]
        text = "\n".join(lines)
    schedule = item.header.values.get("schedule")
    if isinstance(schedule, list):
        text = f"{text.rstrip()}\n\n{listed(schedule)}\n"
    return replace(item, text=text) if text != item.text else item


def read_people(site: Jekyll, page: SourceFile) -> str:
    """Return the people that the header of a page names: picture, text, what stands below."""
    people = page.header.values.get("profiles")
    parts = []
    for one in people if isinstance(people, list) else ():
        if not isinstance(one, Mapping):
            continue
        content = site.source(f"_pages/{one.get('content')}")
        text = site.prepared(content).text.strip() if content else ""
        more = said(str(one.get("more_info") or ""))
        more = "" if is_of_nobody(more) else more
        if text or more:
            parts += [_picture(site, str(one.get("image") or "")), text, more]
    return joined(*parts)


def _picture(site, name):
    file = site.addresses.file(f"/assets/img/{name}", PICTURES) if name else None
    return f"![]({site.media_url}{file.name})" if file else ""
