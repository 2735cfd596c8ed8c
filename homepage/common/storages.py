"""Where uploads are kept: in the data folder, or in any other storage that Django knows."""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.encoding import filepath_to_uri
from django.utils.module_loading import import_string

# A file, or a rendition of a picture: both are the same whenever they are made.
CONTENT_NAME = re.compile(r"[0-9a-f]{32}\.[a-z]+(\.[sw]\d+\.[a-z]+)?")

# What a file is called until it is whole, and the seconds after which nobody writes it any more.
UNFINISHED = re.compile(r"\.[0-9a-f]{32}")
LEFT_BEHIND = 24 * 60 * 60


class StorageFailed(OSError):
    """A storage elsewhere did not do what it was asked for; the message says what it said."""

    def __init__(self, reason: object):
        super().__init__(errno.EIO, f"the storage of uploads says: {reason}")


class ContentStorage(FileSystemStorage):
    """Keeps files by names made of their content: what is there already is not stored again.

    So a file must never stand under its name before it is whole, whatever happens meanwhile. What
    is left of an upload that was killed goes with one that comes later.
    """

    def exists(self, name):
        """Return whether there is such a file: no folder, and no link that leads out of here."""
        path = self.path(name)
        place = os.path.realpath(self.location)
        return os.path.isfile(path) and Path(os.path.realpath(path)).is_relative_to(place)

    def save(self, name, content, max_length=None):
        if _is_content_name(name) and self.exists(name):
            return name
        return super().save(name, content, max_length)

    def _save(self, name, content):
        unfinished = Path(self.path(str(PurePosixPath(name).with_name(f".{uuid4().hex}"))))
        try:
            super()._save(unfinished.relative_to(self.location).as_posix(), content)
            with unfinished.open("rb") as file:
                os.fsync(file.fileno())
            unfinished.replace(self.path(name))
        finally:
            unfinished.unlink(missing_ok=True)
        _sweep(unfinished.parent)
        return name


class ElsewhereStorage(Storage):
    """Keeps files in another storage, such as a bucket, under the addresses of this site.

    Visitors never ask that storage themselves: it would see who reads, and show drafts. Whatever
    goes wrong there is an OSError here, as with a disk.
    """

    def __init__(self, backend: str, options: Mapping[str, Any]):
        self.storage = import_string(backend)(**options)

    def save(self, name: str | None, content: File, max_length: int | None = None) -> str:
        if name and _is_content_name(name) and self.exists(name):
            return name
        return self._ask(self.storage.save, name, content, max_length=max_length)

    def _open(self, name, mode):
        return self._ask(self.storage.open, name, mode)

    def exists(self, name: str) -> bool:
        return self._ask(self.storage.exists, name)

    def delete(self, name: str) -> None:
        self._ask(self.storage.delete, name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        return self._ask(self.storage.listdir, path)

    def size(self, name: str) -> int:
        return self._ask(self.storage.size, name)

    def get_modified_time(self, name: str) -> datetime:
        return self._ask(self.storage.get_modified_time, name)

    def url(self, name: str | None) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))

    def _ask(self, method: Callable[..., Any], *args, **kwargs) -> Any:
        try:
            return method(*args, **kwargs)
        except OSError:
            raise
        except Exception as error:  # each storage has errors of its own
            raise StorageFailed(error) from error


def _sweep(folder):
    """Remove what uploads have left in a folder that were killed in the middle, a day ago."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            is_unfinished = UNFINISHED.fullmatch(entry.name) and entry.is_file(
                follow_symlinks=False
            )
            if is_unfinished and time.time() - entry.stat().st_mtime > LEFT_BEHIND:
                with suppress(OSError):
                    os.unlink(entry.path)


def _is_content_name(name):
    return bool(CONTENT_NAME.fullmatch(PurePosixPath(name).name))
