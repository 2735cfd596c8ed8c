"""Files that an old site refers to: checked like any upload, named by what they hold.

Nothing is written here; the importer does that once the rows are saved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from homepage.common.files import (
    MEDIA_TYPES,
    PDF_HEADER,
    PDF_HEADER_WITHIN,
    check_pdf,
    content_name,
)
from homepage.common.image_errors import ImageError
from homepage.common.images import image_suffix, reencode

from .folder import SiteFolder

LARGEST = 20_000_000
# How many bytes of pictures are kept until they are stored; of more, each is made again.
MOST_KEPT = 50_000_000
# What is looked into; some kinds only to say what to do about them.
KNOWN = frozenset([*MEDIA_TYPES, ".svg", ".bmp", ".tif", ".tiff"])
TEXTS, PHOTOS, CVS, PAPERS, PICTURES = "uploads", "photos", "cv", "papers", "images"


class FileChanged(Exception):
    """A file is another one than when it was looked at; the message says which."""


@dataclass(frozen=True)
class SiteFile:
    """A file that passed the checks: where it is, and the name that it is stored under."""

    path: str
    source: Path
    name: str
    kept: bytes | None = field(default=None, compare=False, repr=False)

    def content(self) -> bytes:
        """Return the bytes to store. Raises FileChanged."""
        if self.kept is not None:
            return self.kept
        try:
            data, suffix = _read(self.source)
            if content_name(self.name.rpartition("/")[0], data, suffix) == self.name:
                return _checked(self.source, suffix)
        except (OSError, ValueError):
            pass
        raise FileChanged(f"{self.path} was changed while it was imported: import again.")


class Files:
    """The files of a site that its pages refer to.

    They are named by the content of their sources, so that a file that `is_stored` needs no
    second look.
    """

    def __init__(self, folder: SiteFolder, is_stored: Callable[[str], bool]):
        self.folder = folder
        self.is_stored = is_stored
        self.found: dict[tuple[str, str], SiteFile | None] = {}
        self.why: dict[str, str] = {}
        self.room = MOST_KEPT

    def store(self, path: str, kind: str) -> SiteFile | None:
        """Return the file at a path of the site as it is stored in the folder `kind`.

        None if there is no such file, or it is none that this site serves: `why` tells.
        """
        path = path.lstrip("/")
        if (path, kind) not in self.found:
            self.found[path, kind] = self._look(path, kind)
        return self.found[path, kind]

    @property
    def stored(self) -> tuple[SiteFile, ...]:
        return tuple(file for file in self.found.values() if file)

    def stored_at(self, name: str) -> SiteFile | None:
        """Return the file that is stored under a name."""
        return next((file for file in self.stored if file.name == name), None)

    def _look(self, path, kind):
        source = self.folder.file(path) if path not in self.why else None
        if source is None:
            return None
        try:
            data, suffix = _read(source)
            name = content_name(kind, data, suffix)
            content = None if self.is_stored(name) else _checked(source, suffix)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            self.why[path] = why.rstrip(".")
            return None
        kept = content if suffix != ".pdf" and content and len(content) <= self.room else None
        self.room -= len(kept or b"")
        return SiteFile(path, source, name, kept)


def _read(path: Path) -> tuple[bytes, str]:
    """Return what stands in a file, and the suffix that it is stored under.

    Raises ValueError with a sentence for what is no PDF or picture.
    """
    if path.suffix.lower() not in KNOWN:
        raise ValueError("only PDFs and pictures are stored")
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
        if PDF_HEADER in data[:PDF_HEADER_WITHIN] or path.suffix.lower() == ".pdf":
            return check_pdf(file, LARGEST), ".pdf"
        try:
            return data, image_suffix(file, max_bytes=LARGEST)
        except ImageError as error:
            raise ValueError(str(error)) from error


def _checked(path: Path, suffix: str) -> bytes:
    """Return the bytes to store: a PDF as it is, a picture encoded anew."""
    with path.open("rb") as file:
        return check_pdf(file, LARGEST) if suffix == ".pdf" else _encoded(file)


def _encoded(file):
    try:
        return reencode(file, max_bytes=LARGEST).content
    except ImageError as error:
        raise ValueError(str(error)) from error
