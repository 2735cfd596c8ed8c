"""Which headings of a page cut it into sections."""

from __future__ import annotations

from collections.abc import Sequence

from homepage.common.markdown import plain
from publications.formats.handwritten import PUBLICATIONS
from publications.formats.handwritten.outline import Part, parts

__all__ = ["Part", "parts", "section_level"]


def section_level(found: Sequence[Part]) -> int:
    """Return the heading level that cuts the page into sections.

    It is the highest one used, unless that is the page's own title: a single heading before
    any other, which names no list.
    """
    headings = [part for part in found if part.level]
    if not headings:
        return 0
    top = min(part.level for part in headings)
    deeper = [part.level for part in headings if part.level > top]
    is_single = [part.level for part in headings].count(top) == 1 and headings[0].level == top
    if is_single and deeper and not PUBLICATIONS.search(plain(headings[0].title)):
        return min(deeper)
    return top
