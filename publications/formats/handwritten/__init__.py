"""Publication lists as people write them by hand, in Markdown.

`read_lists` is given what stands under each heading of a page and returns the lists it
understands; whatever it leaves is the caller's to keep as text. A new layout is a new file
in `families/` and a line in its table.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .headings import PUBLICATIONS
    from .owner import find_owner
    from .reading import Chunk, ListReading, read_lists

__all__ = ["PUBLICATIONS", "Chunk", "ListReading", "find_owner", "read_lists"]

# What is asked for is loaded then: who only writes lists needs no reader of them.
PLACES = {
    "PUBLICATIONS": "headings",
    "find_owner": "owner",
    "Chunk": "reading",
    "ListReading": "reading",
    "read_lists": "reading",
}


def __getattr__(name: str) -> Any:
    if name not in PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{PLACES[name]}", __name__), name)
