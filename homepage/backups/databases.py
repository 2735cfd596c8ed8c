"""The database as one file, and back; the way of each kind of database."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from .archive import BadArchive


class DatabaseFailed(Exception):
    """The database could not be copied; the message is a sentence that says why."""


def file_name() -> str:
    """Return the name that the copy of the present database has in an archive."""
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"


def dump(path: Path) -> None:
    """Write a copy of the database as it is at one moment, while others may go on writing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Without what was deleted, which a copy of the pages would still hold.
            cursor.execute("VACUUM INTO %s", [str(path)])
    else:
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")
    path.chmod(0o600)


def check(path: Path) -> None:
    """Raise BadArchive unless the file is a whole database."""
    if path.suffix != ".sqlite3":
        run("pg_restore", "--list", str(path), connects=False)
        return
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            (answer,) = copy.execute("PRAGMA integrity_check").fetchone()
            loose = copy.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        raise BadArchive(f"Its database cannot be read: {error}.") from error
    if answer != "ok" or loose:
        raise BadArchive("Its database is damaged.")


def damage() -> str:
    """Return what SQLite finds damaged in the site's own database, "" if nothing is."""
    if connection.vendor != "sqlite":
        return ""  # PostgreSQL sees to its pages itself, and to its constraints always
    with connection.cursor() as cursor:
        (answer,) = cursor.execute("PRAGMA integrity_check").fetchone()
        if answer != "ok":
            return answer
        loose = cursor.execute("PRAGMA foreign_key_check").fetchall()
    return f"a row of {loose[0][0]} refers to none" if loose else ""


def load(path: Path) -> None:
    """Replace all that is in the database, in one transaction: wholly or not at all."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with (
            connection.wrap_database_errors,
            closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy,
        ):
            # Others who have the database open go on with it, and see the new content.
            copy.backup(connection.connection)
    else:
        options = "--clean --if-exists --no-owner --no-privileges --single-transaction".split()
        run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(path))


def applied_migrations() -> dict[str, list[str]]:
    """Return the migrations that the database has seen, by app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def unknown_migrations(migrations: Mapping[str, list[str]]) -> list[str]:
    """Return those that this version of the site has never heard of."""
    known = MigrationLoader(None).disk_migrations
    return [
        f"{app}.{name}"
        for app, names in migrations.items()
        for name in names
        if (app, name) not in known
    ]


def run(program: str, *arguments: str, connects: bool = True) -> None:
    """Run one of PostgreSQL's programs on the database of the site; raises DatabaseFailed."""
    environment = {**os.environ, **(_pg_environment() if connects else {})}
    try:
        subprocess.run(  # noqa: S603 only our own arguments, and no shell
            [program, *arguments],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError as error:
        raise DatabaseFailed(f"{program} is not here: install PostgreSQL's client.") from error
    except subprocess.CalledProcessError as error:
        reason = (error.stderr.strip().splitlines() or [f"status {error.returncode}"])[0]
        raise DatabaseFailed(f"{program} failed: {reason}.") from error


def _pg_environment() -> dict[str, str]:
    """Return the connection as variables, for arguments are seen by everyone on the machine."""
    given = connection.settings_dict
    names = {"NAME": "DATABASE", "USER": "USER", "PASSWORD": "PASSWORD", "HOST": "HOST"}
    names["PORT"] = "PORT"
    return {f"PG{name}": str(given[key]) for key, name in names.items() if given.get(key)}
