"""From the bytes of a file to text, whatever program wrote them."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Characters that no text has: one in a hundred of them says that the file is none.
TEXT_CONTROLS = frozenset("\t\n\r\f\v\x1b\x85")


class DecodingError(ValueError):
    """The bytes are no text; the message is a sentence that says so."""


@dataclass(frozen=True)
class Decoded:
    """A text with newlines as `\\n`, and a sentence where its encoding had to be guessed."""

    text: str
    warning: str = ""


def decode(data: bytes) -> Decoded:
    """Return the text of `data`: by its byte order mark, else UTF-8, UTF-16, Windows-1252.

    Raises DecodingError for what is no text.
    """
    text, warning = _decode(data)
    controls = sum(1 for char in text if char < " " and char not in TEXT_CONTROLS)
    if controls * 100 > len(text):
        raise DecodingError("it is not a text file")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return Decoded(text, warning)


def _decode(data):
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _strictly(data, encoding), ""
    if data[:2000].count(0) * 4 > len(data[:2000]) > 0:
        # Every second byte of Western text in UTF-16 is zero; which one tells the byte order.
        odd, even = data[1:2000:2].count(0), data[:2000:2].count(0)
        return _strictly(data, "utf-16-le" if odd >= even else "utf-16-be"), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return (
            # Windows-1252 leaves five bytes undefined; they become the control characters
            # that Latin-1 has there.
            "".join(map(WESTERN.__getitem__, data)),
            f"line {line} is not UTF-8; the file was read as Windows-1252 (Latin-1)",
        )


def _strictly(data, encoding):
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DecodingError(f"it says it is {encoding.upper()} but is not") from error


WESTERN = [
    bytes([byte]).decode("cp1252", errors="replace").replace("\ufffd", chr(byte))
    for byte in range(256)
]
