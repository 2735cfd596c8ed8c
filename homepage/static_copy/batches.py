"""Papers, some hundred at a time, shared out to processes that begin before it is known which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from django.http import Http404

from homepage.common.markdown import render
from publications.addresses import paper_paths
from publications.models import Publication
from publications.whole import whole

from .clerk import Clerk
from .inputs import Inputs
from .links import Place
from .lists import claims
from .papers import Papers
from .state import State
from .target import Draft
from .visitor import Visitor

# Papers that are looked up at once; fewer towards the end, so that all processes end together.
BATCH, LEAST = 100, 25
# A text that asks for the whole reader of Markdown, as many abstracts do and one alone may not.
SAMPLE = "One *word*.\n\nAnd another."


class Batch(NamedTuple):
    """Papers by their keys, each with what it is made of, and where they are written."""

    draft: Draft
    papers: list[tuple[int, str]]


@dataclass(frozen=True)
class Batches:
    """The papers at some places of the catalogue."""

    draft: Draft
    inputs: Inputs
    places: Sequence[int]

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def __iter__(self) -> Iterator[Batch]:
        keys = self.inputs.catalogue.keys
        for start, end in pairwise(self._bounds):
            some = self.places[start:end]
            yield Batch(self.draft, [(keys[place], self.inputs.of_paper(place)) for place in some])

    @cached_property
    def _bounds(self) -> list[int]:
        return bounds(len(self.places))


def bounds(count: int) -> list[int]:
    """Return where batches of so many papers begin and end."""
    found, left = [0], count
    while left:
        size = min(left, BATCH, max(LEAST, left // 4))
        found.append(found[-1] + size)
        left -= size
    return found


class PaperWork:
    """Writes the pages and files of papers, and keeps what lists will show of them."""

    def __init__(self, visitor: Visitor, place: Place, workshop: Path):
        self.visitor = visitor
        self.place = place
        self.workshop = workshop

    def practise(self) -> None:
        """Load all that papers need, by showing one to nobody, while there is no work yet."""
        # What goes wrong here does so again, and is said, when papers are written.
        with suppress(Exception):
            render(SAMPLE)
            key = Publication.objects.public().values_list("pk", flat=True).first()
            paper = whole([key])[key]
            Papers(self.visitor).write(Unwritten(self.place), paper, self._files(paper, ""))

    def __call__(self, number: int, batches: Iterable[Batch]) -> int:
        """Write batches and return how many files are not as they were. Raises Http404."""
        papers, written = Papers(self.visitor), 0
        for batch in batches:
            clerk = Clerk(batch.draft, self.place)
            rows = whole([key for key, _ in batch.papers])
            pieces = []
            for key, inputs in batch.papers:
                if key not in rows:
                    raise Http404
                pieces += papers.write(clerk, rows[key], self._files(rows[key], inputs))
            with State(self.workshop) as state:
                state.put_papers(batch.papers, pieces, claims(pieces))
                state.put_files(clerk.take_made())
            written += clerk.written
        return written

    def _files(self, paper, inputs) -> list[tuple[str, str]]:
        """Return the paths of a paper with what they are made of."""
        paths = paper_paths(paper.slug, bool(paper.doubts), bool(paper.pdf))
        return [(path.removeprefix(self.place.prefix), inputs) for path in paths]


class Unwritten(Clerk):
    """A clerk who has nothing to write on."""

    def __init__(self, place: Place):
        super().__init__(None, place)

    def write_file(self, *file: object) -> None:
        pass
