"""Makes a backup: the database as it is at one moment, then the uploads that it knows."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.utils import timezone

from homepage.models import Backup

from . import databases, uploads
from .archive import MEDIA, Manifest, Writer

UNFINISHED = (".backup-", ".restore-")
NAME = "homepage-%Y-%m-%d-%H%M%S.zip"


@dataclass(frozen=True)
class Made:
    """What was backed up; `is_noted` tells whether the site could write that down."""

    path: Path
    size: int
    uploads: int
    is_noted: bool = True


def make(path: Path) -> Made:
    """Write a backup to `path`, which must not exist: wholly or not at all.

    A folder gets a file named after the time. Raises OSError, DatabaseError, DatabaseFailed.
    """
    made = timezone.now()
    if path.is_dir():
        path = unused(path, made)
    sweep(path.parent)
    handle, temporary = tempfile.mkstemp(prefix=UNFINISHED[0], dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            count = _write(file, path.parent, made.isoformat(timespec="seconds"))
            file.flush()
            os.fsync(file.fileno())
        _place(temporary, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
    size = path.stat().st_size
    return Made(path, size, count, _note(made, path, size))


def unused(folder: Path, moment: datetime) -> Path:
    """Return a name after the time, or the next that is free: a second may see two backups."""
    while (path := folder / moment.strftime(NAME)).exists():
        moment += timedelta(seconds=1)
    return path


def _place(temporary, path):
    """Give a finished file its name, unless another has it."""
    try:
        os.link(temporary, path)  # which never replaces a file
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links, such as a memory stick
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        os.replace(temporary, path)


def sweep(folder: Path) -> None:
    """Remove what a backup or its restoring left behind that was killed long ago."""
    for path in folder.glob(".*"):
        with suppress(OSError):
            is_old = time.time() - path.stat().st_mtime > 24 * 60 * 60
            if path.name.startswith(UNFINISHED) and is_old:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _write(file, folder, made):
    with Writer(file) as writer:
        with tempfile.TemporaryDirectory(prefix=UNFINISHED[0], dir=folder) as staging:
            name = databases.file_name()
            databases.dump(Path(staging) / name)
            with open(Path(staging) / name, "rb") as source:
                writer.add(name, source)
        # Later than the database, so that no row waits for its file.
        for name in uploads.names():
            with suppress(FileNotFoundError), default_storage.open(name) as source:
                writer.add(f"{MEDIA}{name}", source)
        migrations = databases.applied_migrations()
        writer.finish(Manifest(made=made, vendor=connection.vendor, migrations=migrations))
        return len(writer.files) - 1


def _note(made, path, size):
    """Write down that there is a backup; one of a database that cannot be written is one too."""
    try:
        Backup.objects.create(made=made, file=str(path.absolute())[-500:], size=size)
        kept = Backup.objects.values_list("pk", flat=True)[: Backup.KEPT]
        Backup.objects.exclude(pk__in=list(kept)).delete()
    except DatabaseError:
        return False
    return True


def rotate(folder: Path, keep: int, made: Path) -> list[Path]:
    """Remove all but the `keep` newest backups that have the name of their time.

    The one just made is the newest, whatever a clock that went back says.
    """
    named = "homepage-" + "-".join(["[0-9]" * 4, "[0-9]" * 2, "[0-9]" * 2, "[0-9]" * 6]) + ".zip"
    newest_last = sorted(folder.glob(named), key=lambda path: (path.name == made.name, path.name))
    old = newest_last[:-keep]
    for path in old:
        path.unlink()
    return old
