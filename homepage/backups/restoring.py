"""Brings a backup back: everything is checked first, and the database is the last to change."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from . import databases, making, uploads
from .archive import MEDIA, BadArchive, Manifest, Reader, opened, total


def check(path: Path) -> Manifest:
    """Return what a backup holds, once all of it was found right; raises BadArchive, OSError."""
    with opened(path) as reader, _staged(reader):
        return reader.manifest


def restore(path: Path) -> Manifest:
    """Make the site what it was when the backup was made. Raises BadArchive, OSError.

    Uploads that the backup knows come first, under names that tell their content, so that they
    harm nothing should the rest fail. Then the database is replaced at once, and brought up to
    this version of the site; only then uploads go that the backup does not know.
    """
    with opened(path) as reader, _staged(reader) as database:
        _refuse_foreign(reader.manifest)
        names = [name.removeprefix(MEDIA) for name in reader.manifest.uploads]
        for name in names:
            if not uploads.is_same(name, reader.manifest.files[f"{MEDIA}{name}"]):
                uploads.write(name, reader.chunks(f"{MEDIA}{name}"))
        databases.load(database)
        call_command("migrate", interactive=False, verbosity=0)
        uploads.remove_others(names)
        return reader.manifest


class _staged:
    """The database of an archive in a file, all of the archive having been read and found right."""

    def __init__(self, reader: Reader):
        self.reader = reader

    def __enter__(self) -> Path:
        size = total(self.reader.manifest.files.values())
        if size > shutil.disk_usage(settings.DATA_DIR).free:
            raise BadArchive(f"It needs {size:,} bytes, and the disk of the site has fewer left.")
        making.sweep(Path(settings.DATA_DIR))
        self.folder = tempfile.TemporaryDirectory(
            prefix=making.UNFINISHED[1], dir=settings.DATA_DIR
        )
        try:
            self.reader.check()
            name = self.reader.manifest.database
            path = Path(self.folder.name) / name
            with path.open("wb") as file:
                file.writelines(self.reader.chunks(name))
            databases.check(path)
        except BaseException:
            self.folder.cleanup()
            raise
        return path

    def __exit__(self, *args) -> None:
        self.folder.cleanup()


def _refuse_foreign(manifest):
    if manifest.vendor != connection.vendor:
        raise BadArchive(
            f"Its database is of {manifest.vendor}, that of this site of {connection.vendor}."
        )
    if unknown := databases.unknown_migrations(manifest.migrations):
        raise BadArchive(
            f"It was made by a newer version of the site ({unknown[0]}): update this one first."
        )
