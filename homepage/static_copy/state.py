"""What the last export of a folder made, kept in the data folder, so that the next makes only more.

Nothing in it is believed: a file counts as long as it has the size and the time that are noted
here and is made of the same as now, a piece as long as its paper has the same digest. So a state
that is lost, damaged, or of an export that was killed costs time, and nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

TABLES = """
CREATE TABLE IF NOT EXISTS file (
    name TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, inputs TEXT, links TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS paper (key INTEGER PRIMARY KEY, digest TEXT);
CREATE TABLE IF NOT EXISTS piece (
    key INTEGER, kind TEXT, text TEXT, PRIMARY KEY (key, kind)
);
"""
# Another form of these tables is another file.
NAME = "state-1.sqlite3"
# Seconds: several processes of one export write to it.
PATIENCE = 60
MOST_NAMES = 500


class Stamp(NamedTuple):
    """By what a file is known again: its size, and when it was written."""

    size: int
    mtime: int


class Made(NamedTuple):
    """One file of a copy: its stamp, a digest of all that it is made of, and its links."""

    name: str
    stamp: Stamp
    inputs: str = ""
    links: tuple[str, ...] = ()


class State:
    """The files and the pieces of one copy; each process opens its own."""

    def __init__(self, folder: Path):
        self.path = folder / NAME
        try:
            self._open()
        except sqlite3.DatabaseError:
            self.file.close()
            forget(folder)
            self._open()

    def _open(self):
        self.file = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        self.file.execute("PRAGMA journal_mode = WAL")
        # What a power cut may spoil is made again.
        self.file.execute("PRAGMA synchronous = OFF")
        self.file.executescript(TABLES)

    def __enter__(self) -> State:
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()

    def files(self) -> Iterator[tuple[str, Stamp, str]]:
        """Yield name, stamp and inputs of each file that was made."""
        for name, size, mtime, inputs in self.file.execute(
            "SELECT name, size, mtime, inputs FROM file"
        ):
            yield name, Stamp(size, mtime), inputs

    def links(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each file that has links, with them: papers first, which their lists repeat."""
        order = "name NOT LIKE 'publications/%', name != 'index.html', name"
        sql = f"SELECT name, links FROM file WHERE links != '' ORDER BY {order}"  # noqa: S608
        for name, links in self.file.execute(sql).fetchall():
            yield name, links.split("\n")

    def digests(self) -> dict[int, str]:
        """Return the papers of which all pieces are there, with their digests."""
        return dict(self.file.execute("SELECT key, digest FROM paper"))

    def piece(self, key: int, kind: str) -> str:
        """Return a piece of a paper; raises KeyError."""
        sql = "SELECT text FROM piece WHERE key = ? AND kind = ?"
        row = self.file.execute(sql, (key, kind)).fetchone()
        if row is None:
            raise KeyError(kind, key)
        return row[0]

    def pieces(self, keys: Iterable[int], kind: str) -> dict[int, str]:
        """Return the pieces of one kind of those papers that have one."""
        found, keys = {}, list(keys)
        for start in range(0, len(keys), MOST_NAMES):
            some = keys[start : start + MOST_NAMES]
            marks = ", ".join("?" * len(some))
            sql = f"SELECT key, text FROM piece WHERE kind = ? AND key IN ({marks})"  # noqa: S608
            found.update(self.file.execute(sql, [kind, *some]))
        return found

    def put_papers(
        self, digests: Iterable[tuple[int, str]], pieces: Iterable[tuple[int, str, str]]
    ) -> None:
        """Keep all pieces (key, kind, text) of papers in place of their former ones."""
        digests = list(digests)
        with self._together():
            keys = [(key,) for key, _ in digests]
            self.file.executemany("DELETE FROM piece WHERE key = ?", keys)
            self.file.executemany("INSERT INTO piece VALUES (?, ?, ?)", pieces)
            self.file.executemany("REPLACE INTO paper VALUES (?, ?)", digests)

    def put_files(self, made: Iterable[Made]) -> None:
        with self._together():
            self.file.executemany(
                "REPLACE INTO file VALUES (?, ?, ?, ?, ?)",
                ((name, *stamp, inputs, "\n".join(links)) for name, stamp, inputs, links in made),
            )

    def put_inputs(self, inputs: Mapping[str, str]) -> None:
        """Note of files that they are made of something else, which looks the same."""
        with self._together():
            rows = ((digest, name) for name, digest in inputs.items())
            self.file.executemany("UPDATE file SET inputs = ? WHERE name = ?", rows)

    def keep_only(self, files: Container[str], papers: Container[int]) -> None:
        """Forget what is no longer there."""
        names = [row for row in self.file.execute("SELECT name FROM file") if row[0] not in files]
        keys = [row for row in self.file.execute("SELECT key FROM paper") if row[0] not in papers]
        with self._together():
            self.file.executemany("DELETE FROM file WHERE name = ?", names)
            for table in ("piece", "paper"):
                self.file.executemany(f"DELETE FROM {table} WHERE key = ?", keys)  # noqa: S608

    def _together(self):
        return _Transaction(self.file)


def forget(folder: Path) -> None:
    """Remove the state that is kept in a folder."""
    for path in folder.glob(f"{NAME}*"):
        path.unlink()


class _Transaction:
    """A transaction that waits for other processes before it begins, not in its middle."""

    def __init__(self, file):
        self.file = file

    def __enter__(self):
        self.file.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind, value, traceback):
        self.file.execute("ROLLBACK" if kind else "COMMIT")
