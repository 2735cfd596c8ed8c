"""The file of a backup: a zip archive whose manifest says what is in it.

What is read from an archive may come from anybody. Nothing of it is written before every name,
size and checksum was found right, and never more is unpacked than the manifest said.
"""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Self

MANIFEST = "manifest.json"
MEDIA = "media/"
DATABASES = ("database.sqlite3", "database.dump")
VERSION = 1
CHUNK = 1024 * 1024

LARGEST_MANIFEST = 50 * 1024 * 1024
MOST_FILES = 200_000
# A database packs well and uploads do not; nothing honest packs better than this.
HIGHEST_RATIO = 200
SMALL = 100 * 1024 * 1024
# The last is for what is encrypted, or packed in a way that Python does not know.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
# These are packed already.
PACKED = (".avif", ".gif", ".jpeg", ".jpg", ".pdf", ".png", ".webp")


class BadArchive(Exception):
    """The file is no backup that can be used; the message is a sentence that says why."""


@dataclass(frozen=True)
class Entry:
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: when it was made, of which database, and every file."""

    made: str
    vendor: str
    migrations: Mapping[str, list[str]]
    files: Mapping[str, Entry] = field(default_factory=dict)
    version: int = VERSION

    @property
    def uploads(self) -> list[str]:
        return [name for name in self.files if name.startswith(MEDIA)]

    @property
    def database(self) -> str:
        return next(name for name in self.files if name in DATABASES)


class Writer:
    """Writes an archive; the manifest, with the checksums of all that went before, comes last."""

    def __init__(self, file: IO[bytes]):
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.files: dict[str, Entry] = {}

    def add(self, name: str, source: IO[bytes]) -> None:
        info = zipfile.ZipInfo(name)
        is_packed = name.lower().endswith(PACKED)
        info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0
        with self.zip.open(info, "w", force_zip64=True) as target:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.files[name] = Entry(size, digest.hexdigest())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind, *args) -> None:
        # After a failure the file is thrown away, whatever can still be written to it.
        with suppress(OSError) if kind else nullcontext():
            self.zip.close()

    def finish(self, manifest: Manifest) -> None:
        text = json.dumps({**asdict(manifest), "files": _plain(self.files)}, indent=1)
        self.zip.writestr(MANIFEST, text)


class Reader:
    """Reads an archive that was found to be a backup; raises BadArchive."""

    def __init__(self, archive: zipfile.ZipFile, packed_size: int):
        self.zip = archive
        names = [info.filename for info in archive.infolist()]
        if len(names) > MOST_FILES:
            raise BadArchive(f"It holds more than {MOST_FILES:,} files.")
        if MANIFEST not in names:
            raise BadArchive(f"It is no backup of this site: there is no {MANIFEST} in it.")
        self.manifest = read_manifest(self._read_manifest())
        self._compare(names)
        self._refuse_bombs(packed_size)

    def check(self) -> None:
        """Read everything once; raises BadArchive if a checksum is wrong."""
        for name in self.manifest.files:
            for _ in self.chunks(name):
                pass

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the content of a file; raises BadArchive at its end if it is not the right one."""
        expected, digest, size = self.manifest.files[name], hashlib.sha256(), 0
        try:
            with self.zip.open(name) as file:
                while chunk := file.read(CHUNK):
                    size += len(chunk)
                    if size > expected.size:
                        raise BadArchive(f"{name} is larger than the manifest says.")
                    digest.update(chunk)
                    yield chunk
        except DAMAGED as error:
            raise BadArchive(f"{name} is damaged: {error}.") from error
        if (size, digest.hexdigest()) != (expected.size, expected.sha256):
            raise BadArchive(f"{name} is not what was backed up: its checksum is wrong.")

    def _read_manifest(self):
        if self.zip.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise BadArchive(f"{MANIFEST} is too large.")
        try:
            with self.zip.open(MANIFEST) as file:
                return file.read(LARGEST_MANIFEST)
        except DAMAGED as error:
            raise BadArchive(f"{MANIFEST} is damaged: {error}.") from error

    def _compare(self, names):
        """Refuse what the manifest does not know, and links, which lead anywhere."""
        listed = sorted([*self.manifest.files, MANIFEST])
        if sorted(names) != listed:
            raise BadArchive("The files in it are not those of its manifest.")
        for info in self.zip.infolist():
            if stat.S_ISLNK(info.external_attr >> 16):
                raise BadArchive(f"{info.filename} is a link, which no backup holds.")

    def _refuse_bombs(self, packed_size):
        total = sum(entry.size for entry in self.manifest.files.values())
        if total > SMALL and total > packed_size * HIGHEST_RATIO:
            raise BadArchive(
                f"It would unpack to {total:,} bytes, more than {HIGHEST_RATIO} times its size."
            )


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """Open a backup; raises BadArchive for what is none, and OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield Reader(archive, path.stat().st_size)
    except zipfile.BadZipFile as error:
        raise BadArchive("It is no backup: it is no zip archive, or was cut off.") from error


def read_manifest(text: bytes) -> Manifest:
    """Return a manifest in which every name is safe; raises BadArchive."""
    try:
        data = json.loads(text)
        if data["version"] != VERSION:
            raise BadArchive("It was made by another version of the site, update this one first.")
        files = {str(name): _entry(value) for name, value in data["files"].items()}
        migrations = {str(app): list(map(str, names)) for app, names in data["migrations"].items()}
        manifest = Manifest(str(data["made"]), str(data["vendor"]), migrations, files)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadArchive(f"Its {MANIFEST} cannot be understood.") from error
    if sum(name in DATABASES for name in files) != 1:
        raise BadArchive("There is no database in it.")
    for name in files:
        if name not in DATABASES and not is_upload(name):
            raise BadArchive(f"{name!r} is no name that a file of this site has.")
    return manifest


def is_upload(name: str) -> bool:
    """Return whether a name is that of an upload, in the folder of uploads and nowhere else."""
    parts = name.split("/")
    return (
        len(parts) > 1
        and parts[0] == MEDIA.rstrip("/")
        and all(part and not part.startswith(".") and part.isprintable() for part in parts)
        and not set(name) & set('\\:*?"<>|')
        and len(name) <= 500
    )


def _entry(value: Mapping[str, Any]) -> Entry:
    size, sha256 = value["size"], value["sha256"]
    if type(size) is not int or size < 0 or type(sha256) is not str:
        raise ValueError("size or checksum")
    return Entry(size, sha256)


def _plain(files: Mapping[str, Entry]) -> dict[str, Any]:
    return {name: asdict(entry) for name, entry in files.items()}


def total(entries: Iterable[Entry]) -> int:
    return sum(entry.size for entry in entries)
