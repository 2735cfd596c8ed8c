"""A whole site in one file, and back: nothing lost, and nothing but that.

Archives of others are number 26 of the bad inputs.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.urls import reverse

from homepage.backups import archive, restoring
from homepage.backups.archive import BadArchive
from homepage.backups.making import rotate, sweep, unused
from homepage.checks import check_backup, check_data_folder, check_site_url
from tests.factories import make_backup, make_profile, make_section

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "homepage" / "sample" / "about.md"
UPLOAD = "papers/0123456789abcdef0123456789abcdef.pdf"


def manage(data_dir, *args, check=True, **values):
    """Run a command of the site whose data folder that is."""
    names = ("SITE_URL", "DATABASE_URL", "DEBUG", "CACHE_URL", "DJANGO_SETTINGS_MODULE")
    environment = {key: value for key, value in os.environ.items() if key not in names}
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, args)],
        cwd=ROOT,
        env={**environment, "DATA_DIR": str(data_dir), "PYTHONWARNINGS": "", **values},
        capture_output=True,
        text=True,
        check=check,
    )


def rows(data_dir):
    """Return all rows of all tables, but those that tell of backups and of the revision."""
    own = ("homepage_backup", "homepage_contentrevision", "sqlite_sequence")
    with closing(sqlite3.connect(data_dir / "db.sqlite3")) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = sorted(name for (name,) in tables if name not in own)
        return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


def files(data_dir):
    media = data_dir / "media"
    found = (path for path in media.rglob("*") if path.is_file())
    return {path.relative_to(media).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The data folder of a site with the sample page and an upload."""
    data_dir = tmp_path_factory.mktemp("site")
    manage(data_dir, "migrate")
    manage(data_dir, "import_site", SAMPLE)
    upload = data_dir / "media" / UPLOAD
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"%PDF-1.7 a paper")
    return data_dir


@pytest.fixture(scope="module")
def backup(site, tmp_path_factory):
    path = tmp_path_factory.mktemp("backups") / "site.zip"
    done = manage(site, "backup", path)
    assert done.stdout.endswith(" with 1 upload.\n")
    return path


@pytest.mark.slow
def test_a_backup_brings_an_empty_data_folder_to_the_same_content(site, backup, tmp_path):
    new = tmp_path / "new"

    done = manage(new, "restore", backup)

    assert done.stdout.startswith("Restored: ")
    assert rows(new) == rows(site)
    assert files(new) == files(site) != {}
    assert [path.name for path in new.iterdir() if path.name.startswith(".")] == []


def test_a_backup_is_nobody_elses_business_and_never_replaced(site, backup):
    before = backup.read_bytes()

    done = manage(site, "backup", backup, check=False)

    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert done.returncode == 1
    assert "is there already" in done.stderr
    assert backup.read_bytes() == before
    assert list(backup.parent.iterdir()) == [backup]


@pytest.mark.slow
def test_what_is_on_a_site_is_replaced_only_when_told_and_kept_then(site, backup, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(site, other)
    (other / "media" / UPLOAD).unlink()
    with closing(sqlite3.connect(other / "db.sqlite3")) as database, database:
        database.execute("UPDATE publications_publication SET title = 'Another'")
    before = rows(other)
    assert before != rows(site)

    refused = manage(other, "restore", backup, check=False)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert rows(other) == before

    manage(other, "restore", backup, "--replace")
    assert (rows(other), files(other)) == (rows(site), files(site))
    [kept] = other.glob("homepage-*.zip")
    manage(other, "restore", kept, "--replace")
    assert rows(other) == before
    assert files(other) == {}


def test_two_backups_of_one_second_get_two_names(tmp_path):
    moment = datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC)
    first = unused(tmp_path, moment)
    first.touch()

    assert first.name == "homepage-2026-11-24-235959.zip"
    assert unused(tmp_path, moment).name == "homepage-2026-11-25-000000.zip"


def test_a_check_says_what_a_backup_holds_and_writes_nothing(backup, tmp_path):
    done = manage(tmp_path / "new", "restore", backup, "--check")

    assert done.stdout.startswith(f"Sound: {backup}, made ")
    assert not (tmp_path / "new" / "media").exists()


def test_without_a_site_there_is_nothing_to_back_up(tmp_path):
    done = manage(tmp_path / "new", "backup", tmp_path / "site.zip", check=False)

    assert done.returncode == 1
    assert (
        done.stderr == "CommandError: There is no site here yet: run manage.py quickstart first.\n"
    )
    assert not (tmp_path / "site.zip").exists()


@pytest.fixture
def databases():
    """Return the addresses of two empty databases of PostgreSQL."""
    names = [f"{connection.settings_dict['NAME']}_{name}" for name in ("old", "new")]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f'CREATE DATABASE "{name}"')
    yield [os.environ["TEST_DATABASE_URL"].rpartition("/")[0] + f"/{name}" for name in names]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a run on PostgreSQL has one")
@pytest.mark.django_db(transaction=True)
def test_a_backup_of_postgresql_comes_back_whole(databases, tmp_path):
    old, new = databases
    backup = tmp_path / "site.zip"

    def dumped(url):
        tables = ["-e", "homepage.backup", "-e", "homepage.contentrevision"]
        return manage(tmp_path / "data", "dumpdata", *tables, DATABASE_URL=url).stdout

    manage(tmp_path / "data", "migrate", DATABASE_URL=old)
    manage(tmp_path / "data", "import_site", SAMPLE, DATABASE_URL=old)
    manage(tmp_path / "data", "backup", backup, DATABASE_URL=old)
    manage(tmp_path / "data", "restore", backup, "--check", DATABASE_URL=new)
    manage(tmp_path / "data", "restore", backup, DATABASE_URL=new)

    assert dumped(new) == dumped(old) != ""
    elsewhere = manage(tmp_path / "sqlite", "restore", backup, check=False)
    assert "Its database is of postgresql" in elsewhere.stderr


# What comes as a backup may come from anybody.


def forged(path, files, *, manifest=None, listed=None):
    """Write an archive; its manifest tells the truth about `files` unless told otherwise."""
    entries = {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in (files if listed is None else listed).items()
    }
    text = {
        "version": 1, "made": "2024-01-01", "vendor": "sqlite", "migrations": {}, "files": entries,
        **(manifest or {}),
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
        target.writestr("manifest.json", json.dumps(text))
    return path


@pytest.fixture(scope="module")
def database(backup):
    with zipfile.ZipFile(backup) as source:
        return source.read("database.sqlite3")


def refused(path, settings):
    """Return why a file is refused; nothing may have been written."""
    before = sorted(Path(settings.DATA_DIR).rglob("*"))
    with pytest.raises(CommandError) as caught:
        call_command("restore", path, check=True)
    assert sorted(Path(settings.DATA_DIR).rglob("*")) == before
    return str(caught.value)


@pytest.mark.parametrize(
    "name",
    [
        "media/../../settings.py",
        "../settings.py",
        "/etc/passwd",
        "media//etc/passwd",
        "media/./x.pdf",
        "media\\..\\x.pdf",
        "media/C:x.pdf",
        "media/.htaccess",
        "media/x\n.pdf",
        "media/",
        "settings.py",
        f"media/{'x' * 500}",
    ],
)
def test_26_a_name_that_leads_elsewhere_is_refused(tmp_path, settings, database, name):
    path = forged(tmp_path / "x.zip", {"database.sqlite3": database, name: b"x"})

    assert "is no name that a file of this site has" in refused(path, settings)


def test_26_a_link_is_refused(tmp_path, settings, database):
    target = b"/etc/passwd"
    path = forged(
        tmp_path / "x.zip",
        {"database.sqlite3": database},
        listed={"database.sqlite3": database, "media/x.pdf": target},
    )
    link = zipfile.ZipInfo("media/x.pdf")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive_:
        archive_.writestr(link, target)

    assert "media/x.pdf is a link" in refused(path, settings)


def test_26_a_bomb_is_refused_before_it_is_unpacked(tmp_path, settings, monkeypatch):
    monkeypatch.setattr(archive, "SMALL", 1024 * 1024)
    path = forged(tmp_path / "x.zip", {"database.sqlite3": bytes(50 * 1024 * 1024)})
    assert path.stat().st_size < 100_000
    monkeypatch.setattr(archive.Reader, "chunks", None)

    assert "more than 200 times its size" in refused(path, settings)


def test_26_a_file_larger_than_the_manifest_says_is_not_unpacked_further(
    tmp_path, settings, monkeypatch, database
):
    files = {"database.sqlite3": database, "media/x.pdf": bytes(100_000)}
    path = forged(tmp_path / "x.zip", files, listed={**files, "media/x.pdf": b""})
    monkeypatch.setattr(archive, "CHUNK", 1000)

    assert "media/x.pdf is larger than the manifest says" in refused(path, settings)


def test_26_too_many_files_are_refused(tmp_path, settings, monkeypatch, database):
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    path = forged(tmp_path / "x.zip", {"database.sqlite3": database, "media/x.pdf": b"x"})

    assert "more than 2 files" in refused(path, settings)


def test_26_a_wrong_checksum_is_refused(tmp_path, settings, database):
    files = {"database.sqlite3": database, "media/x.pdf": b"x"}
    path = forged(tmp_path / "x.zip", files, listed={**files, "media/x.pdf": b"y"})

    assert "media/x.pdf is not what was backed up" in refused(path, settings)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"version": 2}, "another version"),
        ({"files": {}}, "There is no database in it"),
        ({"files": []}, "cannot be understood"),
        ({"files": {"database.sqlite3": {"size": -1, "sha256": ""}}}, "cannot be understood"),
        ({"migrations": 3}, "cannot be understood"),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(
    tmp_path, settings, database, change, reason
):
    path = forged(tmp_path / "x.zip", {"database.sqlite3": database}, manifest=change)

    assert reason in refused(path, settings)


def test_files_that_the_manifest_does_not_know_are_refused(tmp_path, settings, database):
    files = {"database.sqlite3": database}
    path = forged(tmp_path / "x.zip", {**files, "media/x.pdf": b"x"}, listed=files)

    assert "not those of its manifest" in refused(path, settings)


def test_a_file_that_was_cut_off_or_is_none_is_refused(tmp_path, settings, backup):
    whole = backup.read_bytes()
    for content in (b"", b"no zip", whole[: len(whole) // 2]):
        (tmp_path / "x.zip").write_bytes(content)
        assert "It is no backup" in refused(tmp_path / "x.zip", settings)
    assert "cannot be used: No such file" in refused(tmp_path / "y.zip", settings)


def test_damaged_bytes_are_refused(tmp_path, settings, backup):
    content = bytearray(backup.read_bytes())
    content[2000:2010] = bytes(10)
    (tmp_path / "x.zip").write_bytes(content)

    assert "database.sqlite3 is damaged" in refused(tmp_path / "x.zip", settings)


def test_a_database_that_is_none_is_refused(tmp_path, settings):
    path = forged(tmp_path / "x.zip", {"database.sqlite3": b"no database" * 1000})

    assert "Its database cannot be read" in refused(path, settings)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        ({"vendor": "oracle"}, "of oracle"),
        ({"migrations": {"homepage": ["9999_future"]}}, r"newer version .* \(homepage.9999_future"),
    ],
)
def test_what_this_site_cannot_use_is_refused(tmp_path, database, manifest, reason):
    manifest = {"vendor": connection.vendor, **manifest}
    path = forged(tmp_path / "x.zip", {"database.sqlite3": database}, manifest=manifest)

    with pytest.raises(BadArchive, match=reason):
        restoring.restore(path)


def test_a_full_disk_is_seen_before_anything_is_unpacked(tmp_path, settings, monkeypatch, backup):
    monkeypatch.setattr(restoring.shutil, "disk_usage", lambda path: Usage(free=10))

    assert "the disk of the site has fewer left" in refused(backup, settings)


class Usage:
    def __init__(self, free):
        self.free = free


def test_a_failing_disk_leaves_no_half_backup(tmp_path, monkeypatch):
    def full(self, name, source):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.Writer, "add", full)
    monkeypatch.setattr("homepage.backups.databases.dump", lambda path: path.write_bytes(b""))
    monkeypatch.setattr(
        "homepage.management.commands.backup.applied_migrations", lambda: {"homepage": []}
    )

    with pytest.raises(CommandError, match="cannot be written: No space left on device"):
        call_command("backup", tmp_path / "x.zip")
    assert list(tmp_path.iterdir()) == []


def test_old_backups_go_and_nothing_else(tmp_path):
    names = [f"homepage-2024-01-0{day}-120000.zip" for day in range(1, 6)]
    others = ["homepage-before-the-move.zip", "notes.txt", "homepage-2024-01-01-120000.zip.part"]
    for name in (*names, *others):
        (tmp_path / name).touch()

    removed = rotate(tmp_path, 2, tmp_path / names[-1])

    assert [path.name for path in removed] == names[:3]
    assert {path.name for path in tmp_path.iterdir()} == {*names[3:], *others}


def test_the_backup_just_made_stays_though_the_clock_went_back(tmp_path):
    names = [f"homepage-2024-01-0{day}-120000.zip" for day in range(1, 4)]
    for name in names:
        (tmp_path / name).touch()

    removed = rotate(tmp_path, 2, tmp_path / names[0])

    assert [path.name for path in removed] == [names[1]]


def test_what_was_killed_long_ago_is_cleared_away(tmp_path):
    for name in (".backup-old", ".backup-new", ".restore-old", ".restore-new", ".other-old"):
        path = tmp_path / name
        path.mkdir() if "restore" in name else path.touch()
        if name.endswith("-old"):
            os.utime(path, (0, 0))

    sweep(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {
        ".backup-new", ".restore-new", ".other-old"
    }  # fmt: skip


@pytest.mark.parametrize("keep", [0, -1])
def test_keeping_none_is_refused(tmp_path, keep):
    with pytest.raises(CommandError, match="at least 1"):
        call_command("backup", tmp_path, keep=keep)


# The age of the last backup.


@pytest.mark.django_db
def test_the_start_page_tells_how_old_the_last_backup_is(admin_client):
    make_profile()

    def page():
        return BeautifulSoup(admin_client.get(reverse("admin:index")).content, "html.parser")

    assert "There is no backup yet" in page().select_one(".desk-lines").text
    make_backup(days=9)
    assert "The last backup is 1\xa0week old" in page().select_one(".desk-lines").text
    make_backup(days=3)
    assert not page().select(".desk-lines")
    assert "The last backup is 3\xa0days old" in page().text


@pytest.mark.django_db
def test_a_check_warns_of_a_site_without_a_recent_backup():
    def found():
        return [message.id for message in check_backup(None, databases=["default"])]

    assert found() == []
    make_section()
    assert found() == ["homepage.W003"]
    make_backup(days=31)
    assert found() == ["homepage.W003"]
    make_backup(days=29)
    assert found() == []


def test_checks_warn_of_what_a_server_lacks(settings, tmp_path):
    assert [message.id for message in check_site_url(None)] == ["homepage.W001"]
    assert check_data_folder(None) == []
    settings.SITE_URL, settings.DATA_DIR = "https://jane.example.org", tmp_path / "gone"
    assert check_site_url(None) == []
    assert [message.id for message in check_data_folder(None)] == ["homepage.W002"]


def test_an_archive_is_written_as_it_is_read():
    file = BytesIO()
    with archive.Writer(file) as writer:
        writer.add("database.sqlite3", BytesIO(b"rows"))
        writer.add("media/x.pdf", BytesIO(b"%PDF"))
        writer.finish(archive.Manifest(made="now", vendor="sqlite", migrations={"a": ["b"]}))

    with zipfile.ZipFile(file) as source:
        reader = archive.Reader(source, 1000)
        reader.check()
        assert reader.manifest.uploads == ["media/x.pdf"]
        assert b"".join(reader.chunks("media/x.pdf")) == b"%PDF"
