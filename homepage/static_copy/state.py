"""What the last export of a folder made, kept in the data folder, so that the next makes only more.

Nothing in it is believed: a file counts as long as it has the size and the time that are noted
here and is made of the same as now, a piece as long as its paper has the same digest. So a state
that is lost, damaged, or of an export that was killed costs time, and nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

# Of pages that are not in `unseen` it is known where all links lead: out of the site, to a file
# that is here, to one in `gone`, or to what is in `want`.
TABLES = """
CREATE TABLE IF NOT EXISTS file (
    name TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, inputs TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link (name TEXT PRIMARY KEY, links TEXT);
CREATE TABLE IF NOT EXISTS unseen (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gone (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS want (
    path TEXT PRIMARY KEY, link TEXT, name TEXT, number INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seal (total TEXT);
CREATE TABLE IF NOT EXISTS fresh (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS due (
    number INTEGER PRIMARY KEY, path TEXT, inputs TEXT, facet TEXT, value TEXT, page INTEGER
);
CREATE TABLE IF NOT EXISTS paper (key INTEGER PRIMARY KEY, digest TEXT);
CREATE TABLE IF NOT EXISTS piece (
    kind TEXT, key INTEGER, text TEXT, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS claim (
    format TEXT, name TEXT, key INTEGER, PRIMARY KEY (format, name, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS claim_of_paper ON claim (key);
"""
# One look for each kind, as long as there is one; `SELECT DISTINCT` goes through all pieces.
KINDS = """
WITH RECURSIVE each (kind) AS (
    SELECT MIN(kind) FROM piece
    UNION ALL SELECT (SELECT MIN(kind) FROM piece WHERE kind > each.kind) FROM each
    WHERE kind IS NOT NULL
)
SELECT kind FROM each WHERE kind IS NOT NULL
"""
# What files are said to be made of that stand in for redirects, on which no page counts, and that
# are there because pages refer to them.
STUB, BROUGHT = "redirect", "brought"
# Another form of these tables is another file.
NAME = "state-5.sqlite3"
# Seconds: several processes of one export write to it.
PATIENCE = 60
MOST_NAMES = 500
PAGE_SIZE = 16_384  # bytes


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


class Due(NamedTuple):
    """What is to be made besides papers: its path, and what it is made of.

    Of a list it says what facet, if any, has which value, and the page; another page has none.
    """

    path: str
    inputs: str
    facet: str = ""
    value: str = ""
    page: int = 0


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
        # Lists read the pieces of one kind, which lie together, some to a page.
        self.file.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        self.file.execute("PRAGMA journal_mode = WAL")
        # What a power cut may spoil is made again.
        self.file.execute("PRAGMA synchronous = OFF")
        self.file.executescript(TABLES)

    def __enter__(self) -> State:
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()

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

    def contested(self, format: str) -> dict[int, str]:
        """Return the papers that want a key in a format which others want too, with that key."""
        sql = (
            "SELECT key, name FROM claim WHERE format = ? AND name IN (SELECT name FROM claim "
            "WHERE format = ? GROUP BY name HAVING COUNT(*) > 1)"
        )
        return dict(self.file.execute(sql, (format, format)))

    def put_papers(
        self,
        digests: Iterable[tuple[int, str]],
        pieces: Iterable[tuple[int, str, str]],
        claims: Iterable[tuple[str, str, int]] = (),
    ) -> None:
        """Keep all of papers in place of what was kept of them.

        Pieces are key, kind and text; claims are format, wanted name in that format, and key.
        """
        digests = list(digests)
        with self.together():
            keys = [(key,) for key, _ in digests]
            kinds = [kind for (kind,) in self.file.execute(KINDS)]
            former = ((kind, key) for kind in kinds for (key,) in keys)
            self.file.executemany("DELETE FROM piece WHERE kind = ? AND key = ?", former)
            self.file.executemany("DELETE FROM claim WHERE key = ?", keys)
            rows = ((kind, key, text) for key, kind, text in pieces)
            self.file.executemany("INSERT INTO piece VALUES (?, ?, ?)", rows)
            self.file.executemany("INSERT INTO claim VALUES (?, ?, ?)", claims)
            self.file.executemany("REPLACE INTO paper VALUES (?, ?)", digests)

    def put_files(self, made: Iterable[Made]) -> None:
        made = list(made)
        with self.together():
            files = ((name, *stamp, inputs) for name, stamp, inputs, _ in made)
            self.file.executemany("REPLACE INTO file VALUES (?, ?, ?, ?)", files)
            pages = [(name, "\n".join(links)) for name, _, _, links in made if links]
            self.file.executemany("REPLACE INTO link VALUES (?, ?)", pages)
            names = ((name,) for name, _ in pages)
            self.file.executemany("INSERT OR IGNORE INTO unseen VALUES (?)", names)

    def due(self, number: int) -> Due:
        """Return one of the pages and files that the export of now has to make."""
        row = self.file.execute("SELECT * FROM due WHERE number = ?", (number,)).fetchone()
        return Due(*row[1:])

    def has_file(self, name: str) -> bool:
        return bool(self.file.execute("SELECT 1 FROM file WHERE name = ?", (name,)).fetchone())

    def has_own_file(self, name: str) -> bool:
        """Return whether there is a file whether or not a page refers to it."""
        sql = "SELECT 1 FROM file WHERE name = ? AND inputs != ?"
        return bool(self.file.execute(sql, (name, BROUGHT)).fetchone())

    def has_files_below(self, folder: str) -> bool:
        sql = "SELECT 1 FROM file WHERE name > ? AND name < ? LIMIT 1"
        return bool(self.file.execute(sql, (f"{folder}/", f"{folder}0")).fetchone())

    def files(self) -> Iterator[tuple[str, int]]:
        """Yield names and sizes of all files, in the order of the names."""
        yield from self.file.execute("SELECT name, size FROM file ORDER BY name")

    def stamps(self) -> Iterator[tuple[str, int, int]]:
        """Yield names, sizes and times of all files."""
        yield from self.file.execute("SELECT name, size, mtime FROM file")

    def sealed(self) -> str:
        """Return the seal, "" if this state is not known to be that of a whole copy."""
        row = self.file.execute("SELECT total FROM seal").fetchone()
        return row[0] if row else ""

    def fresh(self) -> set[str]:
        """Return what may differ in the last two copies."""
        return {name for (name,) in self.file.execute("SELECT name FROM fresh")}

    def count_files(self) -> int:
        return self.file.execute("SELECT COUNT(*) FROM file").fetchone()[0]

    def wants(self) -> tuple[dict[str, tuple[str, str, int]], set[str]]:
        """Return what pages wanted before, by its path, and what is known by none that is as then.

        It comes as link, file of the page, and number there.
        """
        wanted, orphans = {}, set()
        rows = self.file.execute(
            "SELECT path, link, name, number, name IN (SELECT name FROM link) "
            "AND name NOT IN (SELECT name FROM unseen) FROM want"
        )
        for path, link, name, number, is_seen in rows:
            if is_seen:
                wanted[path] = link, name, number
            else:
                orphans.add(path)
        return wanted, orphans

    def begin_looking(self) -> bool:
        """Return whether the last look came to no end, so that nothing is known of any page."""
        sql = "INSERT OR IGNORE INTO gone VALUES ('')"
        return self.file.execute(sql).rowcount == 0

    def unseen(self, pages: str) -> Iterator[tuple[str, str]]:
        """Yield the files of pages that were not looked at, with their links, a line each."""
        yield from self.file.execute(
            "SELECT name, links FROM unseen JOIN link USING (name) "  # noqa: S608
            f"WHERE {pages} ORDER BY name"
        )

    def has_unseen(self) -> bool:
        return bool(self.file.execute("SELECT 1 FROM unseen LIMIT 1").fetchone())

    def see_all(self) -> None:
        self.file.execute("DELETE FROM unseen")

    def see_nothing(self) -> None:
        self.file.execute("INSERT OR IGNORE INTO unseen SELECT name FROM link")

    def has_gone(self) -> bool:
        """Return whether a file has gone that pages may have counted on."""
        sql = "SELECT 1 FROM gone WHERE name NOT IN (SELECT name FROM file) AND name != ''"
        return bool(self.file.execute(sql).fetchone())

    def end_looking(self, wanted: Iterable[tuple[str, str, str, int]]) -> None:
        """Keep what pages want, all of them having been looked at."""
        with self.together():
            self.file.execute("DELETE FROM want")
            self.file.executemany("INSERT INTO want VALUES (?, ?, ?, ?)", wanted)
            self.file.execute("DELETE FROM gone")

    def together(self) -> Transaction:
        return Transaction(self.file)


def forget(folder: Path) -> None:
    """Remove the state that is kept in a folder, and those of other forms."""
    for path in folder.glob("state-*"):
        path.unlink()


class Transaction:
    """A transaction that waits for other processes before it begins, not in its middle."""

    def __init__(self, file: sqlite3.Connection):
        self.file = file

    def __enter__(self):
        self.file.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind, value, traceback):
        self.file.execute("ROLLBACK" if kind else "COMMIT")
