"""Whose page it is, as far as its lists tell: who stands out, or who is on every paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from publications.names import is_full_name, is_person

from .authors import in_parts
from .blocks import Group
from .entry import Entry
from .fits import some_fit
from .headings import names_publications
from .reading import Chunk, candidates

# With this little certainty an entry says nothing about names.
CERTAIN = 0.6
NEARLY_ALL, FAR_BEHIND = 0.8, 0.8


def find_owner(chunks: Sequence[Chunk], source: Sequence[str]) -> str:
    """Return whose page it is: the name that stands out in the author lists, else "".

    Where nothing is emphasised it is the one name that all entries share.
    """
    lists = [(chunk, _entries(ways)) for chunk in chunks for ways in candidates(chunk, source)]
    lists = [(chunk, entries) for chunk, entries in lists if entries]
    papers = [entries for chunk, entries in lists if names_publications(chunk.headings)]
    everything = [entries for _, entries in lists]
    # One name in bold is proof under “Publications”; anywhere else it takes two.
    for found, enough in ((papers, 1), (everything, 2)):
        names = Counter(name for entries in found for name in _emphasised(entries))
        if names and (best := _best(names, enough)):
            return best
    return _shared(papers) or _shared(everything)


def _entries(ways: Sequence[Group]) -> list[Entry]:
    """Return entries of a group, some of many, as the family that cuts them best does."""
    best = some_fit(ways, ())
    if best is None:
        return []
    return [
        entry
        for entry in best.entries
        if entry and entry.certainty >= CERTAIN and not entry.goes_without_saying
    ]


def _emphasised(entries):
    """Return the names that stand out, one for each entry; all names in bold point at nobody."""
    found = []
    for entry in entries:
        names = entry.authors.names
        marked = [_read(name) for name in names if name.emphasised and is_person(name.text)]
        if len(marked) == 1 and (len(names) > 1 or len(entries) > 1):
            found += marked
    return found


def _best(names, enough):
    """Return the full name that stands out most, else the one with initials, if often enough."""
    for suits in (is_full_name, _is_whole):
        common = [(name, count) for name, count in names.most_common() if suits(name)]
        needed = enough if suits is is_full_name else max(enough, 2)
        if common and common[0][1] >= needed:
            return common[0][0]
    return ""


def _is_whole(name):
    """Return whether a name has two parts at least, were it an initial; signs may be one word."""
    return is_person(name) and (len(name.split()) > 1 or not name.isascii())


def _shared(lists):
    """Return the one name that nearly all entries share, where no other comes near.

    A page may hold lists of other things: each list is asked first, the longest before others.
    """
    by_length = sorted(lists, key=len, reverse=True)
    pooled = [[entry for entries in lists for entry in entries]]
    return next(filter(None, map(_shared_in, [*by_length, *pooled])), "")


def _shared_in(entries):
    named = [
        {_read(name) for name in entry.authors.names if _is_whole(_read(name))}
        for entry in entries
        if entry.authors.names and not entry.authors.and_others
    ]
    counts = Counter(name for names in named for name in names)
    (first, most), (_, next_most) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    is_everywhere = most >= len(named) * NEARLY_ALL and next_most <= most * FAR_BEHIND
    return first if len(named) > 2 and is_everywhere else ""


def _read(name):
    """Return a written name in reading order, its initials apart: “J.R. Roe” is “J. R. Roe”."""
    return re.sub(r"(?<=[^\W\d_]\.)(?=[^\W\d_])", " ", str(in_parts(name)))
