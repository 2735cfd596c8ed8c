"""Disks and databases that fail: what visitors, editors and the files of the site see of it.

Number 40 of the bad inputs; with real disks it is tried in tests/heavy.
"""

import errno
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from homepage.common.faults import AWAY, BUSY, FULL, OUTDATED, READ_ONLY, explain
from homepage.common.storages import ContentStorage
from homepage.missing import missing_uploads
from profiles.models import NewsItem
from tests.factories import make_profile, make_publication

NAME = f"papers/{'0' * 32}.pdf"
CONTENT = b"%PDF-1.7 a paper"


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (OperationalError("database is locked"), BUSY),
        (OperationalError("database table is locked: publications_venue"), BUSY),
        (OperationalError("deadlock detected\nDETAIL: ..."), BUSY),
        (OperationalError("database or disk is full"), FULL),
        (OperationalError("could not extend file: No space left on device"), FULL),
        (OperationalError("disk I/O error"), READ_ONLY),
        (OperationalError("attempt to write a readonly database"), READ_ONLY),
        (DatabaseError("cannot execute UPDATE in a read-only transaction"), READ_ONLY),
        (OperationalError("unable to open database file"), AWAY),
        (OperationalError("connection to server failed: Connection refused"), AWAY),
        (OperationalError("the database system is starting up"), AWAY),
        (OperationalError("no such column: profiles_profile.accent"), OUTDATED),
        (DatabaseError('column "accent" does not exist'), OUTDATED),
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), FULL),
        (PermissionError(errno.EACCES, "Permission denied"), READ_ONLY),
        (OSError(errno.EROFS, "Read-only file system"), READ_ONLY),
        (FileNotFoundError(errno.ENOENT, "No such file"), None),
        (ValueError("database is locked"), None),
        (None, None),
    ],
    ids=str,
)
def test_failures_are_told_apart(error, fault):
    assert explain(error) is fault


def test_an_input_output_error_of_a_full_disk_is_that(monkeypatch):
    monkeypatch.setattr("homepage.common.faults.LEAST_ROOM", 10**18)

    assert explain(OperationalError("disk I/O error")) is FULL


def test_the_cause_counts():
    error = ValueError("upload")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")

    assert explain(error) is FULL


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("database or disk is full", "The disk is full"),
        ("attempt to write a readonly database", "Nothing can be saved"),
        ("database is locked", "The site is busy"),
    ],
)
def test_40_an_editor_is_told_what_happened_and_that_nothing_was_saved(
    admin_user, monkeypatch, message, words
):
    client = Client(raise_request_exception=False)
    client.force_login(admin_user)

    def fail(self, *args, **kwargs):
        raise OperationalError(message)

    monkeypatch.setattr(NewsItem, "save", fail)
    data = {"date": "2024-09-25", "body": "New", "visibility": "public"}
    response = client.post(reverse("admin:profiles_newsitem_add"), data)

    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert words in response.text
    assert "was not saved" in response.text
    assert not NewsItem.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own limit stands for a disk")
@pytest.mark.django_db
def test_40_a_database_without_room_keeps_what_it_has(admin_user):
    client = Client(raise_request_exception=False)
    client.force_login(admin_user)
    make_profile(headline="Professor")
    page = client.get("/").content
    url = reverse("admin:profiles_newsitem_add")
    data = {"date": "2024-09-25", "body": "word " * 9_000, "visibility": "public"}

    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        (before,) = cursor.execute("PRAGMA max_page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        response = client.post(url, data)
        cursor.execute(f"PRAGMA max_page_count = {before}")

    assert response.status_code == 503
    assert "The disk is full" in response.text
    assert not NewsItem.objects.exists()
    assert client.get("/").content == page


class Cut(ContentFile):
    """A file in the middle of which the disk is full."""

    def chunks(self, chunk_size=None):
        yield b"%PDF"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_40_a_file_stands_under_its_name_only_when_it_is_whole(tmp_path):
    storage = ContentStorage(tmp_path)

    with pytest.raises(OSError, match="No space left"):
        storage.save(NAME, Cut(b""))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert storage.save(NAME, ContentFile(CONTENT)) == NAME
    assert (tmp_path / NAME).read_bytes() == CONTENT
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / NAME]


def test_what_a_killed_upload_left_goes_with_a_later_one_and_nothing_else(tmp_path):
    folder = (tmp_path / NAME).parent
    folder.mkdir()
    old, written_now, others = (folder / name for name in (f".{'a' * 32}", f".{'b' * 32}", ".keep"))
    for path in (old, written_now, others):
        path.write_bytes(b"%PDF")
    for path in (old, others):
        os.utime(path, (0, 0))

    ContentStorage(tmp_path).save(NAME, ContentFile(CONTENT))

    assert set(folder.iterdir()) == {tmp_path / NAME, written_now, others}


def test_files_keep_their_mode(tmp_path, settings):
    storage = ContentStorage(tmp_path)
    storage.save(NAME, ContentFile(CONTENT))

    assert (tmp_path / NAME).stat().st_mode & 0o777 == settings.FILE_UPLOAD_PERMISSIONS


@pytest.mark.django_db
def test_40_a_missing_upload_is_named_to_the_owner_and_breaks_no_page(admin_client):
    make_profile(photo="photos/gone.jpg")
    paper = make_publication(pdf="papers/gone.pdf")
    make_publication(pdf=default_storage.save(NAME, ContentFile(CONTENT)))

    for path in ("/", "/publications/", paper.get_absolute_url()):
        assert admin_client.get(path).status_code == 200, path
    assert admin_client.get(f"{paper.get_absolute_url()}paper.pdf").status_code == 404
    assert sorted(missing_uploads()) == ["papers/gone.pdf", "photos/gone.jpg"]
    start = admin_client.get(reverse("admin:index")).text
    assert "2 uploads are missing" in start
    assert "photos/gone.jpg" in start


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["../db.sqlite3", "", "x%00.pdf", "..%2fdb.sqlite3", ".hidden.pdf"]
)
def test_35_nothing_but_uploads_is_served(client, path):
    assert client.get(f"/media/{path}").status_code == 404
