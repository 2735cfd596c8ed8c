"""A storage as buckets are: names and contents, no folders, no paths, errors of its own."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote

from django.core.files.base import ContentFile
from django.core.files.storage import Storage


class NoSuchKey(Exception):
    """What a bucket answers, and no OSError."""


class Bucket(Storage):
    """Keeps each object as a file of a folder, so that several processes see the same."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def _object(self, name):
        path = self.folder / quote(name, safe="")
        if not path.exists():
            raise NoSuchKey(name)
        return path

    def _open(self, name, mode):
        return ContentFile(self._object(name).read_bytes(), name)

    def _save(self, name, content):
        (self.folder / quote(name, safe="")).write_bytes(b"".join(content.chunks()))
        return name

    def exists(self, name):
        return (self.folder / quote(name, safe="")).exists()

    def delete(self, name):
        (self.folder / quote(name, safe="")).unlink(missing_ok=True)

    def size(self, name):
        return self._object(name).stat().st_size

    def get_modified_time(self, name):
        return datetime.fromtimestamp(self._object(name).stat().st_mtime, UTC)

    def listdir(self, path):
        names = [unquote(each.name) for each in self.folder.iterdir()]
        rest = [name.removeprefix(path) for name in names if name.startswith(path)]
        folders = {name.partition("/")[0] for name in rest if "/" in name}
        return sorted(folders), sorted(name for name in rest if "/" not in name)
