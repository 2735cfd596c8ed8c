"""One entry from BibTeX to its record, for tests."""

import re

from publications.formats.bibtex.reader import load


def one(text):
    """Return the record of a file with one entry."""
    (record,) = load(text).records
    return record


def entry(fields, type="article", key="k"):
    """Return the record of an entry with these fields and, if they give none, a title."""
    title = "" if re.search(r"\btitle\b", fields) else "title = {T}, "
    return one(f"@{type}{{{key}, {title}{fields}}}")


def names(author):
    return [str(name) for name in entry(f"author = {{{author}}}").authors]


def said(text):
    return [str(problem) for problem in load(text).problems]
