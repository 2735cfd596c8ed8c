"""An entry as one stretch of text whose every place knows its style, to be cut by offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from .runs import MATH, SUP, Line, Run

BREAK = "\n"
# Stands for each letter of a superscript: a mark, whatever it holds.
RAISED = "\ufffc"


@dataclass(frozen=True)
class Flow:
    """The runs of an entry, with a line break as a run of its own."""

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Flow:
        """Return the flow of lines."""
        runs: list[Run] = []
        for line in lines:
            if runs:
                runs.append(Run(BREAK))
            runs += line
        return cls(tuple(runs))

    @cached_property
    def text(self) -> str:
        """Return the text, letter by letter as in the runs; what is raised is masked."""
        return "".join(RAISED * len(run.text) if is_raised(run) else run.text for run in self.runs)

    @cached_property
    def ends(self) -> list[int]:
        """Return where each run ends."""
        return list(accumulate(len(run.text) for run in self.runs))

    def spans(self) -> Iterator[tuple[int, int, Run]]:
        """Yield each run with its place."""
        start = 0
        for run, end in zip(self.runs, self.ends, strict=True):
            yield start, end, run
            start = end

    def run_at(self, place: int) -> Run | None:
        """Return the run that the letter at a place is of."""
        index = bisect_right(self.ends, place)
        return self.runs[index] if index < len(self.runs) else None

    def cut(self, start: int, end: int | None = None) -> tuple[Line, ...]:
        """Return what stands between two places as lines."""
        end = len(self.text) if end is None else end
        lines: list[list[Run]] = [[]]
        for first, _, run in self.spans():
            if run.text == BREAK:
                if start <= first < end:
                    lines.append([])
                continue
            text = run.text[max(start - first, 0) : max(end - first, 0)]
            is_between = start <= first < end or first == end == len(self.text)
            is_picture = not run.text and (run.image is not None or run.href)
            if text or (is_between and is_picture):
                lines[-1].append(run.saying(text))
        return tuple(tuple(line) for line in lines if line)

    def line(self, start: int, end: int | None = None) -> Line:
        """Return what stands between two places as one line."""
        runs: list[Run] = []
        for line in self.cut(start, end):
            if runs:
                runs.append(Run(" "))
            runs += line
        return tuple(runs)


def is_raised(run: Run) -> bool:
    """Return whether a run is a superscript, in HTML or in TeX."""
    return SUP in run or (MATH in run and run.text.lstrip().startswith("^"))
