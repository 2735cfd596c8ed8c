"""Real faults: a full disk, a disk that cannot be written, a wrong clock, a half-run migration.

They are number 40 of the bad inputs: public pages go on from the last good state, the editor is
told what happened, and nothing is half done. They need root, and Debian's faketime.
"""

import json
import os
import random
import shutil
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from PIL import Image

from tests.heavy.editing import python
from tests.homepage.test_backup import files, manage, rows, sqlite3

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(os.getuid() != 0, reason="only root can take a disk away"),
]
NOBODY = ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"]
PAST = ["faketime", "-f", "-3d"]
PREPARE = """
import django; django.setup()
from django.contrib.auth import get_user_model
from tests.factories import *
get_user_model().objects.create_superuser("owner")
make_profile(headline="Professor")
make_section("News", shows="news")
make_section("Publications", shows="publications")
make_publication("Folding")
"""
SERVED = {"DJANGO_SETTINGS_MODULE": "tests.served_settings"}


def visit(data_dir, before=(), **todo):
    return json.loads(python(data_dir, "-m", "tests.heavy.visit", json.dumps(todo), before=before))


def fill(data_dir):
    """Make a site with three lines of news; return the last visit."""
    python(data_dir, "manage.py", "migrate", "-v0")
    python(data_dir, "-c", PREPARE)
    assert visit(data_dir, save="Before")["save"] == 302
    assert "Before" in visit(data_dir, save="Again")["page"]
    last = visit(data_dir, save="Third")
    assert "Third" in visit(data_dir)["page"]
    return last


@pytest.fixture
def data_dir():
    """A site in a folder that any account may reach."""
    folder = Path(tempfile.mkdtemp(prefix="homepage-faults-"))
    folder.chmod(0o755)
    fill(folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def disk(tmp_path):
    """A small disk with a site on it."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", place]
    if (done := subprocess.run(mount, capture_output=True, text=True)).returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr}")
    try:
        fill(place)
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


@contextmanager
def full(disk, left=0):
    """Fill a disk but for so many bytes, while the site is running."""
    filler = disk / "filler"
    with closing(sqlite3.connect(disk / "db.sqlite3")) as running:
        running.execute("SELECT token FROM homepage_contentrevision").fetchone()
        with filler.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                file.truncate(max(0, file.tell() - left))
        yield
        filler.unlink()


def fails(data_dir, *args):
    """Run a command that must fail; return the one sentence that says why."""
    done = manage(data_dir, *args, check=False, **SERVED)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    [line] = done.stderr.splitlines()
    return line


def is_sound(data_dir):
    with closing(sqlite3.connect(data_dir / "db.sqlite3")) as database:
        return database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# A full disk.


@pytest.mark.parametrize("left", [0, 40_000, 80_000, 160_000])
def test_40_a_save_on_a_full_disk(disk, left):
    session = visit(disk, save="Fourth")["session"]
    visit(disk)
    with full(disk, left):
        found = visit(disk, save="Fifth", session=session)
    after = visit(disk, save="Sixth", session=session)

    assert found["home"] == 200
    assert "Fourth" in found["page"]
    assert found["health"]["checks"]["disk"] == "failing"
    assert is_sound(disk)
    assert ("Fifth" in after["page"]) == (found["save"] == 302)
    if found["save"] != 302:
        assert found["save"] == 503
        assert "The disk is full" in found["answer"]
        assert "was not saved" in found["answer"]
    assert left or found["save"] != 302
    assert after["save"] == 302


def test_40_a_site_that_is_started_on_a_full_disk_shows_what_it_kept(disk):
    session = visit(disk, save="Fourth")["session"]
    visit(disk)
    with (disk / "filler").open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    found = visit(disk, save="Fifth", session=session)
    said = fails(disk, "export_markdown", disk / "left")
    (disk / "filler").unlink()

    assert (found["home"], found["save"]) == (200, 503)
    assert "Fourth" in found["page"]
    assert "The disk is full" in found["answer"]
    assert "left cannot be written: No space left on device." in said
    assert visit(disk, save="Sixth", session=session)["save"] == 302


def test_40_an_upload_on_a_full_disk(disk, tmp_path):
    picture = tmp_path / "noise.png"
    Image.frombytes("RGB", (700, 700), random.Random(7).randbytes(3 * 700 * 700)).save(picture)
    session = visit(disk, save="Fourth")["session"]

    with full(disk, 700_000):
        found = visit(disk, upload=str(picture), session=session)
        left = files(disk)
    after = visit(disk, upload=str(picture), session=session)

    assert (found["home"], found["upload"]) == (200, 503)
    assert "Fourth" in found["page"]
    assert "The disk is full" in found["answer"]
    assert "was not saved" in found["answer"]
    assert left == {}
    assert after["upload"] == 200
    assert len(files(disk)) == 1


def test_40_an_import_on_a_full_disk(disk, tmp_path):
    papers = [
        {
            "type": "article-journal",
            "title": f"Paper {number}",
            "abstract": "word " * 200,
            "author": [{"given": "Ada", "family": f"Family {number}"}],
        }
        for number in range(500)
    ]
    source = tmp_path / "papers.json"
    source.write_text(json.dumps(papers))
    before = rows(disk)

    for left in (0, 200_000, 1_000_000):
        with full(disk, left):
            said = fails(disk, "import_publications", source)
            found = visit(disk)
            assert rows(disk) == before
        assert "the disk is full" in said
        assert "Third" in found["page"]
        assert is_sound(disk)
    manage(disk, "import_publications", source, **SERVED)
    assert len(rows(disk)["publications_publication"]) == 501


@pytest.mark.parametrize(
    ("command", "output"),
    [
        ("backup", "site.zip"),
        ("export_site", "copy"),
        ("export_markdown", "left"),
        ("export_publications", "all.bib"),
    ],
)
def test_40_what_is_written_to_a_full_disk_is_not_there_by_half(disk, tmp_path, command, output):
    """Nor does it take room afterwards; what is written elsewhere is written."""
    option = {"export_publications": ["--output"]}.get(command, [])
    base = {"export_site": ["--base-url", "https://jane.example.org"]}.get(command, [])

    with full(disk, 8_000 if command == "export_site" else 0):
        before = {path.name for path in disk.iterdir()}
        said = fails(disk, command, *option, disk / output, *base)
        left = {path.name for path in disk.iterdir()}
        elsewhere = manage(disk, command, *option, tmp_path / output, *base, check=False, **SERVED)
    manage(disk, command, *option, disk / output, *base, **SERVED)

    assert "No space left" in said or "is full" in said
    assert [name for name in left - before if name == output or name.startswith(".")] == []
    # An export keeps what it made in the data folder, to be the faster next time.
    assert (tmp_path / output).exists() == (command != "export_site"), elsewhere.stderr
    assert command != "backup" or "the site will not know of it" in elsewhere.stderr
    assert (disk / output).exists()


def test_40_a_new_copy_on_a_full_disk_leaves_the_former_one(disk):
    copy = [disk / "copy", "--base-url", "https://jane.example.org"]
    manage(disk, "export_site", *copy, **SERVED)
    before = {path: path.read_bytes() for path in copy[0].rglob("*") if path.is_file()}
    visit(disk, save="Fourth")

    with full(disk, 20_000):
        said = fails(disk, "export_site", *copy)
        after = {path: path.read_bytes() for path in copy[0].rglob("*") if path.is_file()}
    manage(disk, "export_site", *copy, **SERVED)

    assert "The copy is as it was before" in said
    assert after == before
    assert "Fourth" in (copy[0] / "index.html").read_text()


def test_40_a_restore_on_a_full_disk_changes_nothing(disk, tmp_path):
    manage(disk, "backup", tmp_path / "site.zip")
    visit(disk, save="Fourth")
    before = rows(disk)

    for left in (0, 600_000):
        with full(disk, left):
            said = fails(disk, "restore", tmp_path / "site.zip", "--replace")
        assert "No space left" in said or "is full" in said or "fewer left" in said
        assert rows(disk) == before
    assert [path for path in disk.iterdir() if path.name.startswith(".")] == []
    manage(disk, "restore", tmp_path / "site.zip", "--replace")
    assert "Fourth" not in visit(disk)["page"]


# A database that cannot be written, to an account without rights.


def hand_to_nobody(data_dir, folder=0o755, file=0o644):
    for path in (data_dir, *data_dir.rglob("*")):
        shutil.chown(path, "nobody")
        path.chmod(folder if path.is_dir() else file)


def test_40_a_disk_that_cannot_be_written_still_serves(data_dir):
    session = visit(data_dir, save="Fourth")["session"]
    visit(data_dir)
    hand_to_nobody(data_dir, 0o555, 0o444)

    found = visit(data_dir, NOBODY, save="Lost", session=session)

    assert found["home"] == 200
    assert "Fourth" in found["page"]
    assert found["health"]["checks"]["disk"] == "failing"
    assert found["save"] == 503
    assert "it cannot write to its disk" in found["answer"]
    assert "was not saved" in found["answer"]


def test_40_a_database_that_stays_locked_still_serves(data_dir):
    session = visit(data_dir, save="Fourth")["session"]
    hand_to_nobody(data_dir)
    with closing(sqlite3.connect(data_dir / "db.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        found = visit(data_dir, NOBODY, save="Lost", session=session)
        other.execute("ROLLBACK")
    after = visit(data_dir, NOBODY, save="Fifth", session=session)

    assert found["home"] == 200
    assert "Fourth" in found["page"]
    assert found["save"] == 503
    assert "The site is busy" in found["answer"]
    assert after["save"] == 302
    assert "Lost" not in after["page"]


# A clock that went back.


@pytest.mark.skipif(not shutil.which("faketime"), reason="faketime is not here")
def test_40_a_clock_that_goes_back_stops_nothing(data_dir, tmp_path):
    now = visit(data_dir, save="Now")
    etag = visit(data_dir)["etag"]
    known = visit(data_dir, PAST, etag=etag)
    saved = visit(data_dir, PAST, save="Yesterday", session=now["session"])
    later = visit(data_dir, PAST, save="Yesterday again", session=now["session"], item=5, etag=etag)
    found = visit(data_dir, save="Now again", session=now["session"], item=5, etag=etag)
    last = visit(data_dir)

    assert known["home"] == 304
    assert saved["save"] == later["save"] == found["save"] == 302
    assert later["home"] == found["home"] == 200
    assert len({etag, later["etag"], found["etag"], last["etag"]}) == 4
    assert "Yesterday again" in found["page"]
    assert "Now again" in last["page"]
    assert history(data_dir) == ["Now again", "Yesterday again", "Yesterday"]
    backups = tmp_path / "backups"
    backups.mkdir()
    for before in ((), PAST, ()):
        python(data_dir, "manage.py", "backup", backups, "--keep", "1", before=before)
        [kept] = backups.iterdir()
        python(data_dir, "manage.py", "restore", kept, "--check")
        time.sleep(1)


def history(data_dir):
    """Return how the fifth line of news was, the latest first, as the history page lists it."""
    ask = """
import django; django.setup()
from homepage.common.history import states_of
from profiles.models import NewsItem
for state in states_of(NewsItem.objects.get(pk=5)):
    print(state.version.field_dict["body"].partition(" word")[0])
"""
    return python(data_dir, "-c", ask).splitlines()


# A migration that was run by half.


def test_40_a_migration_that_was_run_by_half_leaves_kept_pages(data_dir):
    visit(data_dir)
    with closing(sqlite3.connect(data_dir / "db.sqlite3")) as database, database:
        database.execute("ALTER TABLE profiles_newsitem DROP COLUMN visibility")
        database.execute("DELETE FROM django_migrations WHERE app = 'profiles'")
    visits = [visit(data_dir, save="Lost") for _ in range(2)]

    for found in visits:
        assert found["health"]["checks"]["migrations"] == "failing"
        assert found["home"] == 200
        assert "Third" in found["page"]
        assert found["save"] == 503
        assert "The site is being updated" in found["answer"]
    assert "run manage.py migrate" in fails(data_dir, "export_markdown", data_dir / "left")
