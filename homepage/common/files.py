"""What the site stores and serves: names made from content, types from our own table."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import IO

# All that is ever served from the media folder. HTML, SVG and scripts are left out on purpose:
# a browser would run them with the rights of the site.
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".webp": "image/webp",
}
# Readers accept a PDF whose header is not at its very start, but in its first 1024 bytes
# (Adobe's implementation notes to the PDF Reference, Appendix H).
PDF_HEADER = b"%PDF-"
PDF_HEADER_WITHIN = 1024


def content_name(folder: str, content: bytes, suffix: str) -> str:
    """Return the name for `content` in `folder`: the same for the same bytes, ours in any case.

    Raises ValueError for a suffix that the site does not serve.
    """
    if suffix not in MEDIA_TYPES:
        raise ValueError(f"Files that end in {suffix!r} are not served by this site.")
    return f"{folder}/{hashlib.sha256(content).hexdigest()[:32]}{suffix}"


def check_pdf(file: IO[bytes], max_bytes: int = 20_000_000) -> bytes:
    """Return the bytes of a PDF file.

    Raises ValueError for a file that is empty, of more than `max_bytes`, or no PDF.
    """
    file.seek(0)
    content = file.read(max_bytes + 1)
    if not content:
        raise ValueError("The file is empty.")
    if len(content) > max_bytes:
        raise ValueError(
            f"The file is larger than {max_bytes / 1_000_000:g} MB; upload a smaller PDF."
        )
    if PDF_HEADER not in content[:PDF_HEADER_WITHIN]:
        raise ValueError("The file is not a PDF.")
    return content


def is_encrypted_pdf(file: IO[bytes], max_bytes: int = 20_000_000) -> bool:
    """Return whether a PDF says that it is encrypted; it may still open without a password."""
    file.seek(0)
    content = file.read(max_bytes)
    return PDF_HEADER in content[:PDF_HEADER_WITHIN] and b"/Encrypt" in content


def media_type(name: str) -> str | None:
    """Return the content type to serve the file `name` with, None if it must not be served."""
    return MEDIA_TYPES.get(PurePosixPath(name).suffix.lower())
