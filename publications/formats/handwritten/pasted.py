"""One entry that somebody pasted by itself: that it is a publication is said by pasting it."""

from __future__ import annotations

from collections.abc import Sequence

from homepage.common.markdown import parser
from publications.records import PublicationRecord

from .blocks import Group
from .entry import keeping_all_words, record_of
from .fits import Fit, fits_of, rank
from .reading import Chunk, candidates


def read_entries(text: str, owner: Sequence[str]) -> list[PublicationRecord]:
    """Return what each entry of a text says, as far as it can be told; no text makes it raise.

    The owner, whose names are `owner`, need not be on it.
    """
    source = text.strip().splitlines()
    chunk = Chunk(("Publications",), parser().parse("\n".join(source)))
    records = []
    for ways in candidates(chunk, source):
        fit = best(ways, owner) or best(ways, ())
        for block, entry in zip(fit.group.blocks, fit.entries, strict=True) if fit else ():
            record = entry and record_of(entry, block, owner, "")
            if record:
                records.append(keeping_all_words(record, block))
    return records


def best(ways: Sequence[Group], owner: Sequence[str]) -> Fit | None:
    """Return a list as it is cut best, if only it is cut at all."""
    fits = [fit for group in ways for fit in fits_of(group, owner) if fit.confidence]
    fits = [fit for fit in fits if fit.names_enough(fit.entries)]
    return max(fits, key=rank, default=None)
