"""Reading BibTeX, against pybtex."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pybtex.database

from publications import formats

from . import content
from .figures import Figure

ENTRY = """@{kind}{{{key},
  title = {{{title}}},
  author = {{{authors}}},
  {venue} = {{{place}}},
  year = {{{year}}},
  abstract = {{{abstract}}},
}}
"""


def entry(paper):
    is_journal = paper["type"] == "article-journal"
    return ENTRY.format(
        kind="article" if is_journal else "inproceedings",
        key=paper["id"],
        title=paper["title"],
        authors=" and ".join(f"{name['family']}, {name['given']}" for name in paper["author"]),
        venue="journal" if is_journal else "booktitle",
        place=paper["container-title"],
        year=paper["issued"]["date-parts"][0][0],
        abstract=paper["abstract"],
    )


def bibtex(count: int = 1000) -> Iterator[Figure]:
    """Yield how long reading a file takes beside pybtex's reading of the same file."""
    text = "\n".join(map(entry, content.papers(count)))

    def cost(read):
        start = time.process_time()
        read(text)
        return time.process_time() - start

    reader = formats.FORMATS["bibtex"].load
    ours = min(cost(reader) for _ in range(3))
    theirs = min(cost(lambda text: pybtex.database.parse_string(text, "bibtex")) for _ in range(3))
    yield Figure(f"CPU of reading {count} entries of BibTeX to pybtex's", ours / theirs)
