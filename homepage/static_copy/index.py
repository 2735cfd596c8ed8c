"""What stands in the target and what is to stand there, compared as tables.

They are of this process alone and lie in a temporary file: ten thousand papers take no more memory
than ten. The state is joined to them while it is asked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .manifest import MANIFEST
from .state import NAME, PATIENCE, STUB, Due, Transaction

# said: what the manifest names; there: what is in the target; spare: in the draft, before;
# wanted: what the copy holds by its addresses; due: papers to be made again, by their places;
# lost: what is wanted and has to be made; fresh: what may differ in target and draft.
TABLES = """
PRAGMA main.journal_mode = OFF;
PRAGMA main.synchronous = OFF;
CREATE TABLE said (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE there (
    name TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, number INTEGER
) WITHOUT ROWID;
CREATE TABLE spare (name TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE TABLE cleared (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE paper (place INTEGER PRIMARY KEY, key INTEGER, digest TEXT);
CREATE TABLE wanted (name TEXT PRIMARY KEY, inputs TEXT, place INTEGER) WITHOUT ROWID;
CREATE TABLE due (place INTEGER PRIMARY KEY);
CREATE TABLE lost (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE fresh (name TEXT PRIMARY KEY) WITHOUT ROWID;
"""
# Files that are what they were made as and are wanted as that; all others are made.
SETTLE = (
    """INSERT INTO lost SELECT name FROM wanted
        LEFT JOIN state.file USING (name) LEFT JOIN there USING (name)
        WHERE file.inputs IS NOT wanted.inputs
        OR file.size IS NOT there.size OR file.mtime IS NOT there.mtime""",
    """INSERT INTO due SELECT place FROM paper LEFT JOIN state.paper AS was USING (key)
        WHERE was.digest IS NOT paper.digest""",
    """INSERT OR IGNORE INTO due SELECT place FROM wanted JOIN lost USING (name)
        WHERE place IS NOT NULL""",
    "INSERT OR IGNORE INTO lost SELECT name FROM wanted WHERE place IN (SELECT place FROM due)",
    # From here on the state knows of what is kept, and of what is made.
    """CREATE TABLE stale AS SELECT name FROM state.file
        WHERE name IN (SELECT name FROM lost) OR name NOT IN (SELECT name FROM wanted)""",
    """INSERT OR IGNORE INTO state.gone SELECT name FROM state.file
        WHERE name IN (SELECT name FROM stale) AND inputs != :stub""",
    *(
        f"DELETE FROM state.{table} WHERE name IN (SELECT name FROM stale)"  # noqa: S608
        for table in ("file", "link", "unseen")
    ),
)
# What this copy and the former one do not have in common, as far as both have it.
SEAL = (
    "DELETE FROM state.fresh",
    "INSERT INTO state.fresh SELECT name FROM stale UNION SELECT :manifest",
    """INSERT OR IGNORE INTO state.fresh SELECT name FROM state.file
        WHERE name NOT IN (SELECT name FROM wanted) OR name IN (SELECT name FROM lost)""",
)
FORMER = (
    "CREATE TABLE former AS SELECT key FROM state.paper WHERE key NOT IN (SELECT key FROM paper)"
)
# They go through all pieces, which lie by their kinds.
FORGET = tuple(
    f"DELETE FROM state.{table} WHERE key IN (SELECT key FROM former)"  # noqa: S608
    for table in ("piece", "claim", "paper")
)


class Index:
    """The tables of one export; the process that makes it asks it, and no other."""

    def __init__(self):
        # Closed perhaps by another thread: the garbage collector runs in any.
        self.file = sqlite3.connect(
            "", timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        self.file.executescript(TABLES)

    def __del__(self):
        self.file.close()

    @contextmanager
    def joined(self, folder: Path) -> Iterator[None]:
        """Let the tables of the state in a folder be asked together with these."""
        self.file.execute("ATTACH ? AS state", (str(folder / NAME),))
        self.file.execute("PRAGMA state.synchronous = OFF")
        try:
            yield
        finally:
            self.file.execute("DETACH state")

    def together(self) -> Transaction:
        return Transaction(self.file)

    def put_said(self, names: Iterable[str]) -> None:
        """Keep what a manifest names; a manifest that cannot be read to its end names nothing."""
        try:
            self._put("said", ((name,) for name in names))
        except (OSError, ValueError):
            self.file.execute("DELETE FROM said")

    def put_there(self, files: Iterable[tuple[str, int, int, int]]) -> None:
        """Keep what is in the target: names, sizes, times, and numbers of inodes."""
        self._put("there", files)

    def put_sealed(self) -> None:
        """Keep what the state says as what is in the target."""
        with self.together():
            self.file.execute("INSERT INTO said SELECT name FROM state.file")
            self.file.execute("INSERT INTO there SELECT name, size, mtime, NULL FROM state.file")

    def unseal(self) -> str:
        """Break the seal of the state, before anything changes; return it."""
        self.file.execute("INSERT INTO fresh SELECT name FROM state.fresh")
        row = self.file.execute("SELECT total FROM state.seal").fetchone()
        self.file.execute("DELETE FROM state.seal")
        return row[0] if row else ""

    def seal(self, total: str) -> None:
        """Say of the state that it is that of a whole copy, and what is new in it."""
        with self.together():
            for sql in SEAL:
                self.file.execute(sql, {"manifest": MANIFEST} if ":manifest" in sql else ())
            self.file.execute("INSERT INTO state.seal VALUES (?)", (total,))

    def put_spare(self, files: Iterable[tuple[str, int]]) -> None:
        """Keep what is in the folder of the draft: names and numbers of inodes."""
        self._put("spare", files)

    def put_papers(self, papers: Iterable[tuple[int, int, str]]) -> None:
        """Keep papers: place, key and digest."""
        self.file.executemany("INSERT INTO paper VALUES (?, ?, ?)", papers)

    def put_wanted(self, files: Iterable[tuple[str, str, int | None]]) -> None:
        """Keep what the copy is to hold: names, inputs, and the places of papers they are about."""
        self.file.executemany("INSERT INTO wanted VALUES (?, ?, ?)", files)

    def put_due(self, due: Iterable[Due]) -> None:
        """Keep what is to be made besides papers where all processes find it."""
        self.file.execute("DELETE FROM state.due")
        rows = ((number, *each) for number, each in enumerate(due))
        self.file.executemany("INSERT INTO state.due VALUES (?, ?, ?, ?, ?, ?)", rows)

    def noted(self, names: Sequence[str]) -> dict[str, str]:
        """Return what those files are made of that are as they were written."""
        sql = (
            "SELECT name, inputs FROM state.file JOIN there USING (name, size, mtime) "  # noqa: S608
            f"WHERE name IN ({', '.join('?' * len(names))})"
        )
        return dict(self.file.execute(sql, names))

    def note(self, name: str, inputs: str) -> None:
        """Note of a file that it is made of something else, which looks the same."""
        self.file.execute("UPDATE state.file SET inputs = ? WHERE name = ?", (inputs, name))

    def settle(self) -> None:
        """Find out what is to be made, once all that is wanted is known."""
        for sql in SETTLE:
            self.file.execute(sql, {"stub": STUB} if ":stub" in sql else ())

    def forget(self) -> None:
        """Let the state forget papers that are no longer there."""
        self.file.execute(FORMER)
        if self.count("former"):
            for sql in FORGET:
                self.file.execute(sql)

    def due(self) -> Iterator[int]:
        """Yield the places of the papers that are to be made."""
        return (place for (place,) in self.file.execute("SELECT place FROM due ORDER BY place"))

    def count(self, table: str) -> int:
        return self.file.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608

    def count_removed(self) -> int:
        """Return how many files of the copy before are not in this one."""
        sql = "SELECT COUNT(*) FROM said WHERE name NOT IN (SELECT name FROM state.file)"
        return self.file.execute(sql).fetchone()[0]

    def strangers(self, most: int) -> list[str]:
        """Return the first files in the target that no export wrote."""
        ours = (MANIFEST,) if self.count("said") else ("",)
        sql = (
            "SELECT name FROM there WHERE name NOT IN (SELECT name FROM said) AND name != ? "
            "ORDER BY name LIMIT ?"
        )
        return [name for (name,) in self.file.execute(sql, (*ours, most))]

    def touched(self) -> list[str]:
        """Return what may have to go from a draft that is otherwise like the target."""
        tables = ("fresh", "stale", "lost")
        sql = " UNION ".join(f"SELECT name FROM {table}" for table in tables)  # noqa: S608
        return [name for (name,) in self.file.execute(sql)]

    def kept_again(self) -> list[str]:
        """Return what is to be kept and is not, or not as it is, in such a draft."""
        sql = (
            "SELECT name FROM fresh JOIN wanted USING (name) "
            "WHERE name NOT IN (SELECT name FROM lost)"
        )
        return [name for (name,) in self.file.execute(sql)]

    def unlike(self) -> Iterator[tuple[str, int | None, int | None]]:
        """Yield what is in the draft and not the same file in the target, with size and time there.

        Without them it is not kept.
        """
        is_kept = "wanted.name IS NOT NULL AND lost.name IS NULL"
        yield from self.file.execute(
            f"SELECT spare.name, iif({is_kept}, size, NULL), iif({is_kept}, mtime, NULL) "  # noqa: S608
            "FROM spare LEFT JOIN there USING (name) LEFT JOIN wanted USING (name) "
            f"LEFT JOIN lost USING (name) WHERE NOT ({is_kept} AND there.number IS spare.number)"
        )

    def put_cleared(self, name: str) -> None:
        """Keep what was removed from the draft."""
        self.file.execute("INSERT INTO cleared VALUES (?)", (name,))

    def missing(self) -> Iterator[str]:
        """Yield what is to be kept and not in the draft."""
        sql = (
            "SELECT name FROM wanted LEFT JOIN lost USING (name) LEFT JOIN spare USING (name) "
            "WHERE lost.name IS NULL "
            "AND (spare.name IS NULL OR name IN (SELECT name FROM cleared))"
        )
        return (name for (name,) in self.file.execute(sql))

    def _put(self, table, rows):
        marks = {"said": "(?)", "there": "(?, ?, ?, ?)", "spare": "(?, ?)"}[table]
        with self.together():
            self.file.executemany(f"INSERT INTO {table} VALUES {marks}", rows)  # noqa: S608
