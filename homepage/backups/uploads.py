"""All uploaded files, wherever the site keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from tempfile import SpooledTemporaryFile

from django.core.files import File
from django.core.files.storage import default_storage

from .archive import CHUNK, Entry

IN_MEMORY = 10 * 1024 * 1024


def names(folder: str = "") -> Iterator[str]:
    """Yield the names of all files, in order; hidden ones are being written or none of ours."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        if not name.startswith("."):
            yield f"{folder}{name}"
    for name in sorted(folders):
        if not name.startswith("."):
            yield from names(f"{folder}{name}/")


def is_same(name: str, entry: Entry) -> bool:
    """Return whether the very file is there already."""
    if not default_storage.exists(name) or default_storage.size(name) != entry.size:
        return False
    digest = sha256()
    with default_storage.open(name) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest() == entry.sha256


def write(name: str, chunks: Iterable[bytes]) -> None:
    """Store a file under this very name."""
    with SpooledTemporaryFile(IN_MEMORY) as file:
        for chunk in chunks:
            file.write(chunk)
        file.seek(0)
        default_storage.delete(name)
        default_storage.save(name, File(file))


def remove_others(kept: Iterable[str]) -> int:
    """Remove the files that are not named; return how many."""
    others = set(names()) - set(kept)
    for name in others:
        default_storage.delete(name)
    return len(others)
