"""Imports files one after the other, each in a process of its own that is killed at some moment.

`killing TIMES`: prints how many imports came in whole; ends with an error if one came in by half
or the database was damaged.
"""

import json
import os
import random
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

PAPERS = 40


def write(number):
    """Write a file of papers that the site does not have; every author is new, too."""
    path = Path(settings.DATA_DIR) / "papers.json"
    papers = [
        {
            "id": f"p{number}-{paper}",
            "type": "article-journal",
            "title": f"Paper {paper} of import {number}",
            "author": [{"given": f"Given{number}", "family": f"Family{paper}"}],
            "container-title": f"Journal {number}",
        }
        for paper in range(PAPERS)
    ]
    path.write_text(json.dumps(papers))
    return path


def run(path):
    """Import in a child process; return its number."""
    connections.close_all()
    if child := os.fork():
        return child
    try:
        call_command("import_publications", path, verbosity=0)
    finally:
        os._exit(0)


def state():
    """Return what the database holds, as another program sees it."""
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as database:
        (sound,) = database.execute("PRAGMA integrity_check").fetchone()
        loose = database.execute("PRAGMA foreign_key_check").fetchall()
        counts = [
            database.execute(f"SELECT count(*) FROM publications_{table}").fetchone()[0]
            for table in ("publication", "authorship", "author", "venue", "source", "importrun")
        ]
        (token,) = database.execute("SELECT token FROM homepage_contentrevision").fetchone()
    if sound != "ok" or loose:
        sys.exit(f"The database is damaged: {sound}, {loose}")
    return counts, token


def main(times):
    choice = random.Random(7)
    start = time.monotonic()
    os.waitpid(run(write("first")), 0)
    takes = time.monotonic() - start
    before, token = state()
    whole = 0
    for number in range(times):
        child = run(write(number))
        time.sleep(choice.uniform(0, takes * 1.2))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        after, new_token = state()
        added = [b - a for a, b in zip(before, after, strict=True)]
        if added not in ([0] * 6, [PAPERS, PAPERS, PAPERS, 1, PAPERS, 1]):
            sys.exit(f"Import {number} came in by half: {added}")
        if any(added) != (token != new_token):
            sys.exit(f"Import {number} changed the content without its revision, or the reverse.")
        whole += any(added)
        before, token = after, new_token
    sys.stdout.write(
        f"{times} imports killed within {takes:.2f} s: {whole} whole, the rest not at all\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
