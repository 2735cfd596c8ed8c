"""Killed at any moment, the site loses nothing and shows nothing half done."""

import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time

import pytest

from tests.heavy.editing import ACCOUNTS, Editor, python
from tests.homepage import test_upgrade as upgrade
from tests.homepage.test_backup import SAMPLE, closing, files, manage, rows, sqlite3
from tests.homepage.test_server import ROOT, environment, serving, wait_until, workers

pytestmark = pytest.mark.heavy


@pytest.mark.parametrize(
    ("what", "times"),
    [
        ("imports", 100),
        ("site exports", 30),
        ("Markdown exports", 30),
        ("exports of publications", 30),
        ("backups", 30),
        ("restores", 50),
    ],
)
def test_what_is_killed_came_whole_or_not_at_all(tmp_path, what, times):
    python(tmp_path, "manage.py", "migrate", "-v0")

    sys.stdout.write(python(tmp_path, "-m", "tests.heavy.killing", what, times))


LINKS = 20
PREPARE = f"""
{ACCOUNTS}
make_profile(headline="State 0", links=[("other", "https://a.example", "State 0")] * {LINKS})
sessions(1)
"""
PROFILE = "/admin/profiles/profile/1/change/"


class Saver(threading.Thread):
    """Saves a profile and its links with a number that grows, whatever happens to the server."""

    def __init__(self, port, session, saved):
        super().__init__()
        self.editor = Editor(port, session)
        self.saved = self.tried = saved
        self.lost, self.refused = 0, []
        self.done, self.is_saving = threading.Event(), threading.Event()

    def run(self):
        while not self.done.is_set():
            self.is_saving.set()
            self.save(self.tried + 1)

    def save(self, number):
        changes = {f"links-{each}-label": f"State {number}" for each in range(LINKS)}
        self.tried = number
        try:
            status, text = self.editor.save(PROFILE, {"headline": f"State {number}", **changes})
        except (OSError, http.client.HTTPException):
            self.lost += 1
            time.sleep(0.05)
            return
        if status == 302:
            self.saved = number
        else:
            self.refused.append((status, text))

    def sees_one_state(self):
        """Return whether all that the page shows is of one state."""
        _, page, _ = self.editor.ask("GET", "/")
        return len(set(re.findall(r"State \d+", page))) == 1


def test_a_save_that_is_killed_came_whole_or_not_at_all(tmp_path):
    """A profile is saved with its links and what the history keeps: they never differ."""
    python(tmp_path, "manage.py", "migrate", "-v0")
    session = python(tmp_path, "-c", PREPARE).strip()
    choice, state, lost = random.Random(7), 0, 0
    for _ in range(5):
        with serving(tmp_path) as (port, process):
            saver = Saver(port, session, state)
            saver.start()
            try:
                for _ in range(5):
                    kill_when_saving(saver, workers(process), choice)
                    wait_until(saver.sees_one_state)
                kill_when_saving(saver, [process.pid, *workers(process)], choice)
            finally:
                saver.done.set()
                saver.join()
        state = state_of(tmp_path)
        assert saver.saved <= state <= saver.tried
        assert saver.refused == []
        lost += saver.lost

    sys.stdout.write(f"{state} states saved, {lost} saves killed: each whole or not at all\n")
    assert lost


def kill_when_saving(saver, processes, choice):
    saver.is_saving.clear()
    saver.is_saving.wait(30)
    time.sleep(choice.uniform(0, 0.15))
    for pid in processes:
        os.kill(int(pid), signal.SIGKILL)


def state_of(data_dir):
    """Return the number of the state that all of the database is in."""
    with closing(sqlite3.connect(data_dir / "db.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        [(state,)] = database.execute(
            "SELECT headline FROM profiles_profile UNION SELECT label FROM profiles_profilelink"
        )
        # What was found by the first save is kept as well, with its links.
        [(kept,)] = database.execute("SELECT count(DISTINCT revision_id) FROM reversion_version")
        [(versions,)] = database.execute("SELECT count(*) FROM reversion_version")
    assert versions == kept * (LINKS + 1)
    return int(state.removeprefix("State "))


def test_a_backup_made_while_the_site_is_written_to_comes_back_consistent(tmp_path):
    """Each write changes two tables at once: in no backup do they differ."""
    old, new = tmp_path / "old", tmp_path / "new"
    manage(old, "migrate")
    manage(old, "import_site", SAMPLE)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(old / "db.sqlite3")])
    try:
        manage(old, "backup", tmp_path / "site.zip")
    finally:
        writer.terminate()
        writer.wait()
    manage(new, "restore", tmp_path / "site.zip")

    with closing(sqlite3.connect(new / "db.sqlite3")) as database:
        titles = {row for (row,) in database.execute("SELECT title FROM publications_publication")}
        names = {row for (row,) in database.execute("SELECT headline FROM profiles_profile")}
    assert titles == names
    assert files(new) == files(old)
    assert rows(new).keys() == rows(old).keys()


WRITER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)
number = 0
while True:
    number += 1
    database.execute("BEGIN IMMEDIATE")
    database.execute("UPDATE publications_publication SET title = ?", [f"State {number}"])
    database.execute("UPDATE profiles_profile SET headline = ?", [f"State {number}"])
    database.execute("COMMIT")
"""


def test_a_migration_that_is_killed_goes_on_where_it_was(tmp_path):
    choice = random.Random(7)
    before = upgrade.rows(upgrade.first(tmp_path / "first"))
    columns = upgrade.columns_of(before)
    for number in range(10):
        data_dir = upgrade.first(tmp_path / str(number))
        migrating = subprocess.Popen(
            [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment(data_dir)
        )
        time.sleep(choice.uniform(0.5, 3))
        migrating.kill()
        migrating.wait()
        python(data_dir, "manage.py", "migrate", "-v0")
        assert upgrade.rows(data_dir, columns) == {name: before[name] for name in columns}
