"""What the start page of the admin says needs attention.

Each part of the site adds its lines: a function in a module named `attention` of its app, under
`@source`. It is given the request, leaves out what its reader may not see, and takes few queries
however much there is to count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from django.http import HttpRequest
from django.utils.module_loading import autodiscover_modules


class Group(Enum):
    """Where a line stands, in the order of the page, and what is said above it."""

    LOOK = "Needs a look"
    COMPLETE = "Could be more complete"
    UPKEEP = "Upkeep"


@dataclass(frozen=True)
class Line:
    """One thing to see to: what it is, in words, and the page where one does it."""

    text: str
    url: str = ""
    group: Group = Group.LOOK
    # A sentence that says what to do or why, where the text alone does not.
    help: str = ""


Source = Callable[[HttpRequest], Iterable[Line]]
_sources: list[Source] = []


def source(function: Source) -> Source:
    """Let a function add its lines to the start page."""
    _sources.append(function)
    return function


def discover() -> None:
    """Load the modules named `attention` of all apps."""
    autodiscover_modules("attention")


def groups(request: HttpRequest) -> list[tuple[Group, list[Line]]]:
    """Return the groups that have lines, with them."""
    found = defaultdict(list)
    for function in _sources:
        for line in function(request):
            found[line.group].append(line)
    return [(group, found[group]) for group in Group if found[group]]


def counted(count: int, one: str, many: str = "") -> str:
    """Return “1 draft”, “3 drafts”."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
