"""What a Jekyll page holds that its reader never saw; the reader of lists leaves it out too."""

from publications.formats.handwritten.markup import (
    CODE_SPAN,
    Visible,
    outside_fences,
    strip_invisible,
)

__all__ = ["CODE_SPAN", "Visible", "outside_fences", "strip_invisible"]
