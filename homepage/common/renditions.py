"""The same picture in the sizes and formats that pages ask for.

A rendition is named after its original: `photos/ab12.jpg.s320.avif` is the square of 320 pixels
cut from the middle of `photos/ab12.jpg`, `images/cd34.png.w960.webp` the whole picture 960 wide.
Sizes come from a fixed table, so that nobody can fill the disk by asking for others. Pillow, slow
to load, is loaded by the first picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.base import ContentFile

# Widths in pixels. A photo stands in a circle of at most 11rem, on screens of up to three
# device pixels to one of CSS; a picture of a paper from a thumbnail to the width of the text.
WIDTHS = {"s": (160, 320, 480), "w": (240, 480, 960, 1600)}
# By suffix: media type, Pillow's name, and options that keep a photo of 320 pixels near 10 kB.
FORMATS = {
    "avif": ("image/avif", "AVIF", {"quality": 60, "speed": 8}),
    "webp": ("image/webp", "WEBP", {"quality": 78, "method": 4}),
    "jpg": ("image/jpeg", "JPEG", {"quality": 80, "progressive": True, "optimize": True}),
}
# No rendition is made of a rendition: the name of an original has one dot.
NAME = re.compile(
    r"(?P<original>[^.]+\.(?:png|jpg|webp))"
    r"\.(?P<shape>[sw])(?P<width>[1-9]\d{2,3})\.(?P<suffix>avif|webp|jpg)"
)


@dataclass(frozen=True)
class Rendition:
    """One size and format of the picture that is stored as `original`; `shape` is s or w."""

    original: str
    shape: str
    width: int
    suffix: str

    @property
    def name(self) -> str:
        return f"{self.original}.{self.shape}{self.width}.{self.suffix}"

    @property
    def media_type(self) -> str:
        return FORMATS[self.suffix][0]


def parse(name: str) -> Rendition | None:
    """Return the rendition that is stored under `name`, None if it is not the name of one."""
    match = NAME.fullmatch(name)
    if match is None or int(match["width"]) not in WIDTHS[match["shape"]]:
        return None
    return Rendition(match["original"], match["shape"], int(match["width"]), match["suffix"])


def renditions(original: str, shape: str, width: int, height: int) -> list[Rendition]:
    """Return all renditions of a picture of that size, by format from the smallest file up.

    None is wider than the picture; of one narrower than all sizes there is the smallest.
    """
    edge = min(width, height) if shape == "s" else width
    widths = [each for each in WIDTHS[shape] if each <= edge] or [WIDTHS[shape][0]]
    return [
        Rendition(original, shape, each, suffix)
        for suffix in FORMATS
        if _can(suffix)
        for each in widths
    ]


def ensure(storage, rendition: Rendition) -> bool:
    """Make the rendition if it is not stored yet; return whether it is there now.

    Raises ImageError if its original is damaged.
    """
    if storage.exists(rendition.name):
        return True
    if not _can(rendition.suffix) or not storage.exists(rendition.original):
        return False
    from .resizing import encode

    with storage.open(rendition.original) as file:
        content = encode(file, rendition)
    storage.save(rendition.name, ContentFile(content))
    return True


def sources(found: list[Rendition]) -> Iterator[tuple[str, list[Rendition]]]:
    """Yield each media type with its renditions, the narrowest first."""
    for suffix, (media_type, *_) in FORMATS.items():
        if chosen := [each for each in found if each.suffix == suffix]:
            yield media_type, chosen


def _can(suffix):
    """Return whether this Pillow writes the format: those of some systems lack AVIF."""
    from PIL import features

    return suffix == "jpg" or features.check(suffix)
