"""Makes a picture smaller: one rendition of it, in one format."""

from __future__ import annotations

import io
from typing import IO

from PIL import Image

from .image_errors import DAMAGED, DECODING_ERRORS, ImageError
from .renditions import FORMATS, Rendition

WHITE = (255, 255, 255)


def encode(file: IO[bytes], rendition: Rendition) -> bytes:
    """Return the bytes of a rendition of the picture in `file`, which the site has stored.

    Raises ImageError if the picture cannot be decoded.
    """
    _, format_, options = FORMATS[rendition.suffix]
    try:
        with Image.open(file, formats=["PNG", "JPEG", "WEBP"]) as source:
            source.draft("RGB", (2 * rendition.width, 2 * rendition.width))
            image = _cut(source, rendition)
    except DECODING_ERRORS as error:
        raise ImageError(DAMAGED) from error
    if format_ == "JPEG":
        image = _on_white(image)
    out = io.BytesIO()
    image.save(out, format_, exif=b"", **options)
    return out.getvalue()


def _cut(image, rendition):
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    width, height = image.size
    if rendition.shape == "s":
        edge = min(width, height)
        left, top = (width - edge) // 2, (height - edge) // 2
        image = image.crop((left, top, left + edge, top + edge))
    target = min(rendition.width, image.width)
    size = (target, max(1, round(image.height * target / image.width)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _on_white(image):
    """Return the picture without transparency, which JPEG does not have."""
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, WHITE)
    ground.paste(image, mask=image.getchannel("A"))
    return ground
