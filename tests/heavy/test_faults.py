"""Real faults: a full disk, a disk that cannot be written, a wrong clock, a half-run migration.

They need root, and Debian's faketime.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.homepage.test_backup import sqlite3
from tests.homepage.test_server import ROOT, environment

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(os.getuid() != 0, reason="only root can take a disk away"),
]
PREPARE = """
import django; django.setup()
from django.contrib.auth import get_user_model
from tests.factories import make_profile, make_section
get_user_model().objects.create_superuser("owner")
make_profile(headline="Professor")
make_section("News", shows="news")
"""


def python(data_dir, *args, before=()):
    return subprocess.run(
        [*before, sys.executable, *args],
        cwd=ROOT, env=environment(data_dir), check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def visit(data_dir, words, before=()):
    return json.loads(python(data_dir, "-m", "tests.heavy.visit", words, before=before))


def fill(data_dir):
    python(data_dir, "manage.py", "migrate", "-v0")
    python(data_dir, "-c", PREPARE)
    assert visit(data_dir, "Before")["save"] == 302
    assert "Before" in visit(data_dir, "Again")["page"]
    return visit(data_dir, "Third")


@pytest.fixture
def data_dir():
    """A site with three lines of news, in a folder that any account may reach."""
    folder = Path(tempfile.mkdtemp(prefix="homepage-faults-"))
    folder.chmod(0o755)
    fill(folder)
    yield folder
    shutil.rmtree(folder)


def test_on_a_full_disk_visitors_are_served_and_the_editor_is_told(tmp_path):
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", tmp_path], check=True)
    try:
        fill(tmp_path)
        visit(tmp_path, "")
        filler = tmp_path / "filler"
        with filler.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                pass
        full = visit(tmp_path, "Lost")
        filler.unlink()
        after = visit(tmp_path, "Sixth")
    finally:
        subprocess.run(["umount", tmp_path], check=True)

    assert full["home"] == 200
    assert "Third" in full["page"]
    assert full["health"]["checks"]["disk"] == "failing"
    assert full.get("save", 503) == 503
    assert full.get("answer") or full.get("login")
    assert "Lost" not in after["page"]
    assert after["save"] == 302


def test_a_disk_that_cannot_be_written_still_serves(data_dir):
    nobody = ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"]
    visit(data_dir, "")
    for path in (data_dir, *data_dir.rglob("*")):
        shutil.chown(path, "nobody")
        path.chmod(0o555 if path.is_dir() else 0o444)

    found = visit(data_dir, "Lost", before=nobody)

    assert found["home"] == 200
    assert "Third" in found["page"]
    assert found["health"]["checks"]["disk"] == "failing"
    assert found.get("save", 503) == 503
    assert "cannot write" in found.get("answer", "") or "readonly" in found.get("login", "")


@pytest.mark.skipif(not shutil.which("faketime"), reason="faketime is not here")
def test_a_clock_that_goes_back_stops_nothing(data_dir):
    past = ["faketime", "-f", "-3d"]

    assert visit(data_dir, "Yesterday", before=past)["save"] == 302
    found = visit(data_dir, "Now", before=past)

    assert "Yesterday" in found["page"]
    assert found["health"]["status"] == "ok"


def test_a_migration_that_was_run_by_half_leaves_kept_pages(data_dir):
    with closing(sqlite3.connect(data_dir / "db.sqlite3")) as database, database:
        database.execute("ALTER TABLE profiles_profile DROP COLUMN headline")
        database.execute("DELETE FROM django_migrations WHERE app = 'profiles' AND id > 0")
    visits = [visit(data_dir, "Lost") for _ in range(2)]

    for found in visits:
        assert found["health"]["checks"]["migrations"] == "failing"
        assert found["home"] in (200, 503)
        assert "Traceback" not in found["page"]
