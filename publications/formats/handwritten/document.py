"""A whole Markdown text, such as `publications.md`, read for its lists alone.

What is no list of publications is not for this reader: it says so, line by line, and whoever
wants the whole page imports it with `import_site`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from homepage.common.markdown import parser, plain
from publications.records import Loaded, Problem, PublicationRecord

from .markup import strip_invisible
from .outline import Part, parts
from .owner import find_owner
from .reading import ListReading, read_lists
from .runs import says_something
from .tree import tree

HEADER = re.compile(r"\A---[ \t]*\n(?:.*\n){0,500}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
TITLE = re.compile(r"^title:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.M)


def load(text: str) -> Loaded:
    """Return the publications in the lists of a Markdown text. Never raises."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    header = HEADER.match(text)
    head = header[0] if header else ""
    body = "\n" * head.count("\n") + text[len(head) :]
    visible = strip_invisible(body).text
    source = visible.split("\n")
    title = TITLE.search(head)
    found = parts(parser().parse(visible, {}), len(source), title[1] if title else "")
    chunks = [part.chunk for part in found]
    owner = find_owner(chunks, source)
    lists = read_lists(chunks, source, [owner] if owner else [])
    records, problems = [], []
    for part, readings in zip(found, lists, strict=True):
        records += [record for reading in readings for record in _records(part, reading)]
        problems += _left(part, readings)
    problems += [Problem(record.line, record.doubts) for record in records if record.doubts]
    numbered = (replace(record, position=n) for n, record in enumerate(records, 1))
    return Loaded(tuple(numbered), tuple(sorted(problems, key=lambda problem: problem.line)))


def _records(part: Part, reading: ListReading) -> Iterator[PublicationRecord]:
    """Yield the records of a list; who of the authors the owner is, the site knows itself."""
    for record in reading.records:
        authors = tuple(replace(name, is_owner=False) for name in record.authors)
        yield replace(record, authors=authors, year=record.year or part.year_above)


def _left(part: Part, readings: list[ListReading]) -> Iterator[Problem]:
    """Yield where text stands that is in no list of publications."""
    read = {line for reading in readings for line in range(reading.first, reading.last)}
    for node in tree(part.tokens).children:
        is_text = any(says_something(line) for line in node.all_lines())
        if is_text and node.first not in read:
            heading = f"under “{plain(part.title)}” " if part.title else ""
            message = f"the text {heading}is no list of publications and is left out"
            yield Problem(node.first + 1, message)
            return
