import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.homepage.test_backup import SAMPLE, closing, files, manage, rows, sqlite3

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).resolve().parents[2]


def test_a_hundred_killed_imports_are_each_whole_or_not_there(tmp_path):
    manage(tmp_path, "migrate")
    environment = {**os.environ, "DATA_DIR": str(tmp_path)}
    environment |= {"DJANGO_SETTINGS_MODULE": "homepage.settings", "PYTHONWARNINGS": ""}

    done = subprocess.run(
        [sys.executable, "-m", "tests.heavy.killing", "100"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    sys.stdout.write(done.stdout)
    assert done.returncode == 0, done.stderr


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
