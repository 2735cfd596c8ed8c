"""What can be wrong with a picture, for who has no other need of Pillow, which is slow to load."""

from __future__ import annotations

import struct
import zlib

DAMAGED = "The image is damaged or incomplete; save it again and upload the new file."
# What Pillow's decoders of the four formats, and its reader of EXIF, raise on damaged bytes.
DECODING_ERRORS = (
    ArithmeticError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class ImageError(ValueError):
    """The file cannot become an image of the site; the message is a sentence for its owner."""
