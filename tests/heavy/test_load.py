"""Editors and readers at once through gunicorn, for a minute or for LOAD_SECONDS.

On SQLite, and where HEAVY_DATABASE_URL and HEAVY_CACHE_URL name servers, on PostgreSQL and Redis.
"""

import os
import re
import sys
import threading
import time
from collections import Counter

import pytest

from tests.heavy.editing import ACCOUNTS, Editor, python
from tests.homepage.test_server import serving

pytestmark = pytest.mark.heavy
SECONDS = int(os.environ.get("LOAD_SECONDS") or 60)
SERVERS = os.environ.get("HEAVY_DATABASE_URL"), os.environ.get("HEAVY_CACHE_URL")
EDITORS = READERS = 8

PREPARE = f"""
{ACCOUNTS}
make_profile()
make_section("News", shows="news")
for number in range({EDITORS}):
    make_news(f"editor {{number}} writes 0")
sessions({EDITORS})
"""


class Writer(threading.Thread):
    """Saves a numbered line of news again and again; each must be on the page right after."""

    def __init__(self, port, number, session):
        super().__init__()
        self.editor = Editor(port, session)
        self.number = number
        self.done, self.failures = 0, []

    def run(self):
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            try:
                self.once(self.done + 1)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told at the end
                self.failures.append(repr(error))

    def once(self, count):
        line = f"editor {self.number} writes {count}"
        path = f"/admin/profiles/newsitem/{self.number + 1}/change/"
        status, text = self.editor.save(path, {"body": line})
        if status != 302:
            self.failures.append(("save", status, re.findall(r"errornote.*?</", text, re.S)))
            return
        self.done = count
        status, page, _ = self.editor.ask("GET", "/")
        if status != 200 or not re.search(rf"\b{line}\b", page):
            self.failures.append(("stale", status, count))


class Reader(Writer):
    """Reads the page; what an editor saved never goes back."""

    def __init__(self, *args):
        super().__init__(*args)
        self.latest = Counter()

    def once(self, count):
        status, page, _ = self.editor.ask("GET", "/")
        found = re.findall(r"editor (\d) writes (\d+)", page)
        now = Counter({number: int(line) for number, line in found})
        if status != 200 or len(now) != EDITORS or not now >= self.latest:
            self.failures.append(("read", status, self.latest, now))
        self.latest, self.done = now, count


@pytest.fixture(params=["SQLite", "PostgreSQL and Redis"])
def servers(request):
    """Return the environment of a site on one kind of servers, with an empty database."""
    if request.param == "SQLite":
        yield {}
        return
    if not all(SERVERS):
        pytest.skip("HEAVY_DATABASE_URL and HEAVY_CACHE_URL name no PostgreSQL and no Redis")
    psycopg = pytest.importorskip("psycopg")
    address, cache = SERVERS
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE load")
        yield {"DATABASE_URL": f"{address.rpartition('/')[0]}/load", "CACHE_URL": cache}
        connection.execute("DROP DATABASE load WITH (FORCE)")


def test_editors_and_readers_at_once(tmp_path, servers):
    python(tmp_path, "manage.py", "migrate", "-v0", **servers)
    sessions = python(tmp_path, "-c", PREPARE, **servers).split()
    with serving(tmp_path, **servers) as (port, _):
        writers = [Writer(port, number, session) for number, session in enumerate(sessions)]
        readers = [Reader(port, number, "") for number in range(READERS)]
        for thread in (*writers, *readers):
            thread.start()
        for thread in (*writers, *readers):
            thread.join()
        _, page, _ = Editor(port).ask("GET", "/")

    sys.stdout.write(
        f"{sum(one.done for one in writers)} saves and {sum(one.done for one in readers)} pages "
        f"read in {SECONDS} s on {'PostgreSQL and Redis' if servers else 'SQLite'}\n"
    )
    assert [failure for one in (*writers, *readers) for failure in one.failures] == []
    for writer in writers:
        assert writer.done
        assert re.search(rf"editor {writer.number} writes {writer.done}\b", page)
