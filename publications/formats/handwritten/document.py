"""A whole Markdown text, such as `publications.md`, read for its lists alone.

What is no list of publications is not for this reader: it says so, line by line, and whoever
wants the whole page imports it with `import_site`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from homepage.common.markdown import parser, plain
from homepage.common.text import slug
from publications.records import CategoryRecord, Loaded, Problem, PublicationRecord

from .blocks import YEAR
from .entry import Entry, keeping_all_words, record_of
from .fits import CERTAIN
from .kinds import heading_kind
from .markup import strip_invisible
from .outline import Part, parts
from .owner import find_owner
from .pasted import best
from .reading import ListReading, candidates, read_lists
from .runs import plain_text, says_something
from .tree import tree

HEADER = re.compile(r"\A---[ \t]*\n(?:.*\n){0,500}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
# A heading over all papers tells none from others.
SAYS_NOTHING = re.compile(
    r"\W*(?:(?:my|all|list of|full|selected|recent)\s+)*(?:(?:academic|research|scientific)\s+)?"
    r"(?:publications?|papers?|research|bibliography|publication list|论文|发表论文)\W*",
    re.I,
)
LONGEST_HEADING = 200
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
    records, problems, headings, under = [], [], {}, []
    for part, readings in zip(found, lists, strict=True):
        read = [record for reading in readings for record in _records(part, reading)]
        heading = _heading(part, read) if read else None
        if heading is not None:
            headings.setdefault(heading.key, heading)
        records += read
        under += [heading.key if heading else ""] * len(read)
        problems += _left(part, readings)
    if not records:
        records, problems = _leniently(found, source)
        under = [""] * len(records)
    problems += [Problem(record.line, record.doubts) for record in records if record.doubts]
    numbered = (replace(record, position=n) for n, record in enumerate(records, 1))
    return Loaded(
        tuple(numbered),
        tuple(sorted(problems, key=lambda problem: problem.line)),
        tuple(headings.values()),
        tuple(under),
    )


def _heading(part: Part, records: Sequence[PublicationRecord]) -> CategoryRecord | None:
    """Return the heading that papers stand under; years, venues and “Publications” are none."""
    above = [part.category, *reversed(part.headings[:-1])]
    title = next((one for one in above if one and not YEAR.fullmatch(plain(one))), "")
    text = plain(title)
    if not text or len(text) > LONGEST_HEADING or SAYS_NOTHING.fullmatch(text):
        return None
    kinds = Counter(record.kind for record in records if record.kind != "document")
    kind = heading_kind(text) or next((kind for kind, _ in kinds.most_common(1)), "")
    key = slug(text, kind or "list")
    return CategoryRecord(key, title, default_kind=kind, line=part.line + 1)


def _leniently(found: Sequence[Part], source: Sequence[str]) -> tuple[list, list[Problem]]:
    """Return what can be read of few entries: that they are publications is said by giving them."""
    records, problems = [], []
    for part in found:
        for ways in candidates(part.chunk, source):
            fit = best(ways, ())
            for block, entry in zip(fit.group.blocks, fit.entries, strict=True) if fit else ():
                record = record_of(entry, block, (), part.title) if _is_sure(entry) else None
                if record is not None:
                    record = replace(record, year=record.year or part.year_above)
                    records.append(keeping_all_words(record, block))
                elif any(map(says_something, block.lines)):
                    say = "title and authors could not be told apart, so it is left out"
                    problems.append(Problem(block.line, say))
    if not records:
        problems = [problem for part in found for problem in _left(part, [])]
    return records, problems


# Who speaks to the reader lists no papers, and these are nobody's names.
SPEAKS = re.compile(
    r"\b(?:I am|I['’]m|I have|my|please|you can|your|write to me|welcome to|hello|send me)\b", re.I
)
NO_AUTHOR = re.compile(r"\b(?:google|scholar|page|profile|prof|dr|hello|teacher)\b", re.I)
NO_TITLE = re.compile(r"https?://.*|(?:prof|dr|instructor|teacher)\W*", re.I)


def _is_sure(entry: Entry | None) -> bool:
    """Return whether an entry says who wrote it, and when or where it is to be found."""
    if entry is None or entry.certainty < CERTAIN or not entry.authors.names:
        return False
    said = (entry.title, *entry.labels, *entry.rest)
    if any(SPEAKS.search(plain_text(line)) for line in said):
        return False
    if NO_TITLE.fullmatch(plain_text(entry.title)):
        return False
    if all(NO_AUTHOR.search(name.text) for name in entry.authors.names):
        return False
    rest = " ".join(plain_text(line) for line in (*entry.labels, *entry.rest))
    return bool(entry.links) or re.search(r"\b(?:19|20)\d\d\b", rest) is not None


def _records(part: Part, reading: ListReading) -> Iterator[PublicationRecord]:
    """Yield the records of a list; who of the authors the owner is, the site knows itself."""
    for record in reading.records:
        authors = tuple(replace(name, is_owner=False) for name in record.authors)
        yield replace(record, authors=authors, year=record.year or part.year_above)


def _left(part: Part, readings: list[ListReading]) -> Iterator[Problem]:
    """Yield where text stands that is in no list of publications."""
    read = {line for reading in readings for line in range(reading.first, reading.last)}
    for block in (block for reading in readings for block in reading.remarks):
        message = f"“{plain_text(block.lines[0])}” is no publication and is left out"
        yield Problem(block.line, message)
    for node in tree(part.tokens).children:
        is_text = any(says_something(line) for line in node.all_lines())
        if is_text and node.first not in read:
            heading = f"under “{plain(part.title)}” " if part.title else ""
            message = f"the text {heading}is no list of publications and is left out"
            yield Problem(node.first + 1, message)
            return
