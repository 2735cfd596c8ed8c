"""Entries of papers on pages: a stand-in for each, which is filled in when the page is written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from publications.catalogue import Catalogue
from publications.display import Signature, common_legend
from publications.entries import Entries, Look, Shown

from .papers import MARKS, entry_kind
from .pieces import stand_in
from .state import State


def shown(groups: Iterable[Any], look: Look, state: State) -> Shown:
    """Return groups of papers, each with a stand-in for every one, and what marks mean there."""
    groups = list(groups)
    keys = [key for group in groups for key in group.keys]
    marks = state.pieces(keys, MARKS)
    legend = common_legend(
        [Signature("", signs, tuple(roles)) for signs, roles in json.loads(marks[key])]
        for key in keys
        if key in marks
    )
    kinds = [entry_kind(look.detailed, is_explained) for is_explained in (False, True)]
    # Of the others there is no entry that leaves the explanation of its marks to a legend.
    explained = state.pieces(marks, kinds[True]).keys() if legend else ()
    texts = [[stand_in(kinds[key in explained], key) for key in group.keys] for group in groups]
    return Shown(list(zip(groups, texts, strict=True)), legend)


class KnownEntries:
    """The entries of a page that is no list of papers, from where `parts.Part` has them."""

    def __init__(self, entries: Entries, catalogue: Catalogue, state: State):
        self.entries = entries
        self.catalogue = catalogue
        self.state = state

    def shown(self, groups: Iterable[Any], look: Look, *, keep: bool = True) -> Shown:
        """Return stand-ins as far as an entry says nothing of the page that it stands on.

        Abstracts and entries that are shown as they were written have headings and ids.
        """
        if look.detailed:
            return self.entries.shown(groups, look, keep=keep)
        groups = list(groups)
        found = shown(groups, look, self.state)
        doubted = [key for key in self.entries.keys if key in self.catalogue.doubted]
        written = self.entries.of(doubted, look, bool(found.legend), keep=keep)
        again = self.entries.again(key for group in groups for key in group.keys)
        repeated = look._replace(is_again=True)
        written |= self.entries.of(again, repeated, bool(found.legend), keep=keep)
        texts = [
            (group, [written.get(key, text) for key, text in zip(group.keys, some, strict=True)])
            for group, some in found.groups
        ]
        return found._replace(groups=texts)
