"""Publication lists as people write them by hand, in Markdown.

`read_lists` is given what stands under each heading of a page and returns the lists it
understands; whatever it leaves is the caller's to keep as text. A new layout is a new file
in `families/` and a line in its table.
"""

from .headings import PUBLICATIONS
from .owner import find_owner
from .reading import Chunk, ListReading, read_lists

__all__ = ["PUBLICATIONS", "Chunk", "ListReading", "find_owner", "read_lists"]
