"""From an uploaded file to an image that is safe to serve: decoded, reduced, encoded anew.

Nothing of the upload reaches the site but its pixels: no metadata, no position, no profile, no
comment, no second frame, no name, and no bytes that some other program could read as a script.
"""

from __future__ import annotations

import fcntl
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO

from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

from .image_errors import DAMAGED, DECODING_ERRORS, ImageError

FORMATS = ["PNG", "JPEG", "WEBP", "GIF"]
# By detected format: how the copy is saved. MPO is the JPEG of cameras that append a preview.
SAVED = {
    "PNG": ("PNG", ".png", {}),
    "JPEG": ("JPEG", ".jpg", {"quality": 88, "progressive": True, "optimize": True}),
    "MPO": ("JPEG", ".jpg", {"quality": 88, "progressive": True, "optimize": True}),
    "WEBP": ("WEBP", ".webp", {"quality": 88}),
    "GIF": ("PNG", ".png", {}),
}
TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# A progressive JPEG has about ten scans. Each one costs a pass over all pixels, however few
# bytes it has, so thousands of them would keep a process busy for an hour.
MAX_JPEG_SCANS = 100
# A WebP is decoded into four copies of all its pixels, the others into one.
MAX_WEBP_PIXELS = 12_000_000
# Rows that are converted at once, of the smaller image.
STRIP = 256
START_OF_SCAN = b"\xff\xda"
SVG_TAG = re.compile(rb"<(\w+:)?svg\b")


@dataclass(frozen=True)
class EncodedImage:
    """An image as it is stored: its bytes, the suffix that goes with them, its size in pixels."""

    content: bytes
    suffix: str
    width: int
    height: int


def reencode(
    file: IO[bytes],
    *,
    max_edge: int = 2000,
    max_bytes: int = 5_000_000,
    max_pixels: int = 40_000_000,
) -> EncodedImage:
    """Return the first frame of `file`, upright, in sRGB, no edge longer than `max_edge`.

    The format is the one the bytes have, whatever the file's name says; a GIF becomes a PNG.
    Raises ImageError for a file of more than `max_bytes` or `max_pixels`, and for one that is
    not a whole PNG, JPEG, WebP or GIF image.
    """
    content = _read(file, max_bytes)
    with _one_at_a_time(), _open(content, max_pixels) as source:
        try:
            format_, suffix, options = SAVED[source.format]
            # A JPEG can be decoded at a fraction of its size, which saves time and memory.
            source.draft(None, (max_edge, max_edge))
            source.load()
            image = _upright(_in_srgb(_reduced(source, max_edge)), _orientation(source))
        except DECODING_ERRORS as error:
            raise ImageError(DAMAGED) from error
    copy = Image.new(image.mode, image.size)
    copy.paste(image)
    out = io.BytesIO()
    copy.save(out, format_, **options)
    return EncodedImage(out.getvalue(), suffix, *copy.size)


def image_suffix(
    file: IO[bytes], *, max_bytes: int = 5_000_000, max_pixels: int = 40_000_000
) -> str:
    """Return the suffix under which the image in `file` would be stored; reads its header only.

    Raises ImageError like `reencode`, though not for damage behind the header.
    """
    with _open(_read(file, max_bytes), max_pixels) as source:
        return SAVED[source.format][1]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let one process decode at a time: two large images may be more than the machine has room for.

    A lock goes with its process, whatever ends that.
    """
    with open(__file__, "rb") as file:
        with suppress(OSError):  # some file systems have no locks
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _read(file, max_bytes):
    file.seek(0)
    content = file.read(max_bytes + 1)
    if not content:
        raise ImageError("The file is empty.")
    if len(content) > max_bytes:
        raise ImageError(
            f"The file is larger than {max_bytes / 1_000_000:g} MB; upload a smaller image."
        )
    return content


def _open(content, max_pixels):
    """Return the image with only its header read."""
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many(max_pixels) from error
    except UnidentifiedImageError as error:
        raise ImageError(_why_no_image(content)) from error
    except DECODING_ERRORS as error:
        raise ImageError(DAMAGED) from error
    # Pillow's own limit is a global of the process, twice as high, and only a warning.
    if image.format == "WEBP":
        max_pixels = min(max_pixels, MAX_WEBP_PIXELS)
    if image.width * image.height > max_pixels:
        raise _too_many(max_pixels)
    if image.format in ("JPEG", "MPO") and content.count(START_OF_SCAN) > MAX_JPEG_SCANS:
        raise ImageError("The JPEG has too many scans; save it again as a plain JPEG.")
    return image


def _too_many(max_pixels):
    return ImageError(
        f"The image has more than {max_pixels / 1_000_000:g} million pixels; "
        "upload a smaller version."
    )


def _why_no_image(content):
    start = content[:4096].replace(b"\x00", b"").lower()  # UTF-16 has a NUL in each character
    if SVG_TAG.search(start) and b"<html" not in start:
        return "SVG images are not accepted; save it as PNG or WebP."
    return "The file is not a PNG, JPEG, WebP or GIF image, or it is damaged."


def _reduced(image, max_edge):
    """Return a smaller copy with eight bits per channel, as L, RGB, RGBA or CMYK."""
    factor = max(image.size) // max_edge
    image = _in_strips(image, factor) if factor > 1 else _in_eight_bits(image)
    image.thumbnail((max_edge, max_edge), Image.Resampling.LANCZOS)
    return image


def _in_strips(image, factor):
    """Return the image by a whole factor smaller, with no copy of it in full size on the way."""
    parts = []
    for top in range(0, image.height, STRIP * factor):
        bottom = min(top + STRIP * factor, image.height)
        part = _in_eight_bits(image.crop((0, top, image.width, bottom)))
        parts.append(part.reduce(factor))
    whole = Image.new(parts[0].mode, (parts[0].width, sum(part.height for part in parts)))
    for number, part in enumerate(parts):
        whole.paste(part, (0, number * STRIP))
    whole.info = parts[0].info
    return whole


def _in_eight_bits(image):
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        image.info.pop("transparency", None)  # it counts in 16 bits
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode == "CMYK":
        return image.copy()
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _in_srgb(image):
    """Return the image in sRGB, by the colour profile that came with it if there is one."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    if profile := image.info.get("icc_profile"):
        colours = _by_profile(colours, profile)
    if colours.mode == "CMYK":
        colours = colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def _by_profile(image, profile):
    """Return the image converted, or as it is if the profile is broken or for other modes."""
    try:
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError, ImportError):
        # ImportError: a Pillow built without LittleCMS.
        return image


def _orientation(image):
    """Return the EXIF orientation, 1 if there is none or it cannot be read."""
    try:
        return image.getexif().get(ExifTags.Base.Orientation, 1)
    except DECODING_ERRORS:
        return 1


def _upright(image, orientation):
    method = TRANSPOSITIONS.get(orientation)
    return image if method is None else image.transpose(method)
