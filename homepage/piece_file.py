"""A cache of many small texts in one file, for pieces of pages: shared, and there after a restart.

Nothing depends on it. It may be deleted at any time; locked, damaged, on a full disk or in a folder
that cannot be written, it finds nothing and keeps nothing. It is opened for each use, which takes
no time beside what a piece saves: so no process holds on to a file that is gone, and none inherits
one that its parent has open.
"""

from __future__ import annotations

import logging
import random
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

logger = logging.getLogger(__name__)

TABLE = "CREATE TABLE IF NOT EXISTS pieces (name TEXT PRIMARY KEY, text BLOB, checksum INTEGER)"
PUT = "REPLACE INTO pieces VALUES (?, ?, ?)"
# What was written last is kept: a piece that is replaced gets a new place.
CULL = "DELETE FROM pieces WHERE rowid <= (SELECT avg(rowid) FROM pieces)"
# No build of SQLite takes fewer parameters.
MOST_NAMES = 900
# Seconds that others are waited for; rendering a page takes no longer.
PATIENCE = 0.1
MOST_BYTES = 256 * 1024 * 1024


class PieceFile(BaseCache):
    """Texts by name, of any age; when they get too many, those go that were written first."""

    def __init__(self, location: str | Path, params: Mapping[str, Any]):
        super().__init__(dict(params))
        self.path = Path(location)
        self.most_bytes = params.get("OPTIONS", {}).get("MAX_BYTES", MOST_BYTES)

    def get(self, key, default=None, version=None):
        return self.get_many([key], version).get(key, default)

    def get_many(self, keys: Iterable[str], version=None) -> dict[str, str]:
        names = {self.make_key(key, version): key for key in keys}
        rows = self._use(lambda file: _read(file, list(names))) if self.path.exists() else None
        return {
            names[name]: text.decode()
            for name, text, checksum in rows or ()
            if checksum == _checksum(name, text)
        }

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self.set_many({key: value}, timeout, version)

    def set_many(self, data: Mapping[str, str], timeout=DEFAULT_TIMEOUT, version=None) -> list[str]:
        rows = []
        for key, value in data.items():
            name, text = self.make_key(key, version), value.encode()
            rows.append((name, text, _checksum(name, text)))
        self._use(lambda file: self._write(file, rows))
        return []

    def delete(self, key, version=None) -> bool:
        name = self.make_key(key, version)
        statement = "DELETE FROM pieces WHERE name = ?"
        return bool(self._use(lambda file: file.execute(statement, [name]).rowcount))

    def clear(self):
        for path in (self.path, self.path.with_name(f"{self.path.name}-journal")):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _use(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        """Return what is done with the file, None if that fails."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=PATIENCE)) as file, file:
                # What a power cut spoils is noticed: a checksum is wrong, or the file no database.
                file.execute("PRAGMA synchronous = OFF")
                return work(file)
        except sqlite3.OperationalError as error:
            if "no such table" not in str(error):
                logger.warning("Pieces of pages are not kept or found: %s", error)
        except sqlite3.DatabaseError as error:
            logger.warning("Pieces of pages are lost, a new file is begun: %s", error)
            self.clear()
        except OSError as error:
            logger.warning("Pieces of pages are not kept: %s", error)
        return None

    def _write(self, file, rows):
        file.execute(TABLE)
        file.executemany(PUT, rows)
        # Looking takes longer than keeping a piece; a few too many do no harm.
        if random.random() < 0.01 and _size(file) > self.most_bytes:  # noqa: S311 chance, no secret
            file.execute(CULL)


def _read(file, names):
    rows = []
    for start in range(0, len(names), MOST_NAMES):
        some = names[start : start + MOST_NAMES]
        marks = ", ".join("?" * len(some))
        rows += file.execute(f"SELECT * FROM pieces WHERE name IN ({marks})", some)  # noqa: S608 marks only
    return rows


def _checksum(name, text):
    """Return a number that tells whether a damaged file gives one piece for another."""
    return zlib.crc32(text, zlib.crc32(name.encode()))


def _size(file):
    pages, unused, size = (
        file.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - unused) * size
