"""What lists show of papers: rendered once, and kept as long as nothing of a paper changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from homepage.common.pages import render as rendered
from homepage.common.pieces import Pieces

from .display import joint_legend, legend, links_of, signatures, source_text
from .exporting import citation
from .fingerprints import Fingerprint, fingerprints
from .metadata import coins
from .models import Publication
from .once import once
from .rows import to_record

TEMPLATE = "publications/_entry.html"


class Look(NamedTuple):
    """How a page shows entries: all that they depend on besides the paper and the legend.

    `level` is that of the headings in a text, `within` what the ids in it begin with, `origin`
    the address that links to files of the site begin with where they are cited. `is_again` says
    that the page has the paper already: machines are told of it once.
    """

    level: int = 2
    detailed: bool = False
    within: str = ""
    shows_images: bool = True
    origin: str = ""
    is_again: bool = False


class Shown(NamedTuple):
    """The groups of a list, each with its entries; `legend` says once what marks mean."""

    groups: Sequence[tuple[Any, Sequence[str]]]
    legend: Sequence[tuple[str, str]]


class Entries:
    """The entries of some papers, by their keys; of those that are not public there are none."""

    def __init__(self, keys: Iterable[int]):
        self.keys = list(keys)
        self.papers: dict[int, Publication] = {}
        self.seen: set[int] = set()

    @cached_property
    def prints(self) -> dict[int, Fingerprint]:
        return fingerprints(self.keys)

    def shown(self, groups: Iterable[Any], look: Look, *, keep: bool = True) -> Shown:
        """Return groups of papers with their entries; `keep` says that others may be shown them."""
        groups = list(groups)
        keys = [key for group in groups for key in group.keys]
        explained = self.legend(keys, keep=keep)
        again = self.again(keys)
        found = self.of([key for key in keys if key not in again], look, bool(explained), keep=keep)
        found |= self.of(again, look._replace(is_again=True), bool(explained), keep=keep)
        texts = [[found[key] for key in group.keys if key in found] for group in groups]
        return Shown(list(zip(groups, texts, strict=True)), explained)

    def again(self, keys: Iterable[int]) -> set[int]:
        """Return the papers among these that the page has shown before."""
        again = self.seen.intersection(keys)
        self.seen.update(keys)
        return again

    def of(
        self, keys: Collection[int], look: Look, explained: bool, *, keep: bool = True
    ) -> dict[int, str]:
        """Return entries; `explained` says that the page has a legend."""

        def made(paper):
            return render(paper, look, explained)

        pieces = Pieces("entry", *look, explained)
        return self.pieces(keys, pieces, made, with_files=look.detailed, keep=keep)

    def legend(self, keys: Iterable[int], *, keep: bool = True) -> list[tuple[str, str]]:
        """Return the legend that papers share, if one is enough for all."""
        keys = [key for key in keys if key in self.prints and self.prints[key].has_marks]
        if len(keys) < 2:
            return []
        found = self.pieces(keys, Pieces("marks"), _marks, keep=keep)
        return joint_legend(json.loads(found[key]) for key in keys if key in found)

    def pieces(
        self,
        keys: Collection[int],
        pieces: Pieces,
        make: Callable[[Publication], str],
        *,
        with_files: bool = False,
        keep: bool = True,
    ) -> dict[int, str]:
        """Return what is kept of papers, and what is made of the others, which is kept then."""
        digests = {key: self.prints[key].digest for key in keys if key in self.prints}
        found = pieces.get(digests)
        if missing := digests.keys() - found.keys():
            papers = self._fetched(missing, with_files)
            made = {key: make(papers[key]) for key in missing if key in papers}
            if keep:
                # Between the digest and the rows there may have been a change.
                now = fingerprints(made)
                same = {key for key in made if key in now and now[key].digest == digests[key]}
                pieces.put(digests, {key: made[key] for key in same})
            found |= made
        return found

    def _fetched(self, keys, with_files):
        if missing := keys - self.papers.keys():
            papers = Publication.objects.public().for_page(with_files=with_files)
            self.papers |= papers.in_bulk(missing)
        return self.papers


def render(paper: Publication, look: Look, explained: bool) -> str:
    """Return one entry; `explained` says that what its marks mean stands elsewhere."""
    coins = "" if look.is_again else _coins(paper)
    return rendered(TEMPLATE, {**context_of(paper, look, explained), "coins": coins})


def context_of(paper: Publication, look: Look, explained: bool = False) -> dict[str, Any]:
    """Return what the template of an entry shows."""
    return {
        "publication": paper,
        "explained": explained,
        "source": source_text(paper),
        "links": links_of(paper),
        "entry": citation(paper, base=f"{look.origin}/") if look.detailed else "",
        **look._asdict(),
    }


def _coins(paper) -> str:
    """Return a paper as COinS has it, nothing of one read with doubt."""
    if paper.doubts:
        return ""
    return once(paper, "coins", lambda: coins.context_object(to_record(paper)))


def _marks(paper) -> str:
    names = signatures(paper)
    roles = [(marks, str(role)) for marks, role in legend(names)]
    return json.dumps([roles, sorted({mark for name in names for mark in name.marks})])
