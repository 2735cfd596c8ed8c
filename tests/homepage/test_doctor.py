"""`doctor` names each thing that is wrong (40 of the bad inputs), and what to do."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from homepage import health
from homepage.common.attention import counted
from homepage.common.storages import ContentStorage, StorageFailed
from tests.factories import make_author, make_backup, make_publication, make_section

pytestmark = pytest.mark.django_db


def findings():
    """Return what is said to be wrong; the command fails if anything is, and only then."""
    out, said = StringIO(), ""
    try:
        call_command("doctor", stdout=out)
    except CommandError as error:
        said = str(error)
    lines = out.getvalue().splitlines()
    if not said:
        assert lines[0].startswith("All is well")
        return []
    assert said == f"{counted(len(lines), 'thing')} to see to."
    return [line.removeprefix("- ") for line in lines]


@pytest.fixture(autouse=True)
def public(settings):
    """A site that lacks nothing."""
    settings.SITE_URL = "https://jane.example.org"
    settings.ALLOWED_HOSTS = ["jane.example.org"]
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = True
    settings.CSRF_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS = True, 60
    settings.SECRET_KEY = "".join(map(chr, range(33, 100)))
    call_command("migrate", verbosity=0)
    make_section()
    make_backup(days=1)


def test_a_site_that_is_well_is_said_to_be():
    assert findings() == []


def test_a_missing_upload_is_named():
    make_publication(pdf="papers/gone.pdf")

    [found] = findings()

    assert found.startswith("1 upload is missing: papers/gone.pdf. Upload")


def test_style_sheets_that_were_never_collected_are_said(settings):
    backend = "homepage.static_files.CollectedFiles"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}

    [found] = findings()

    assert found.startswith("No page has its style: homepage/site.css is not among")
    assert "manage.py collectstatic" in found


def test_uploads_that_cannot_be_looked_at_are_said(monkeypatch):
    def fail(self, name):
        raise StorageFailed("no route")

    make_publication(pdf="papers/a.pdf")
    monkeypatch.setattr(ContentStorage, "exists", fail)

    assert "no route" in findings()[0]


def test_what_the_checks_find_is_said(settings):
    settings.SITE_URL, settings.SECURE_HSTS_SECONDS = "", 0
    call_command("migrate", verbosity=0)

    [found] = findings()

    assert found.startswith("SITE_URL is not set")


def test_a_disk_without_room_is_said(monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE", 10**18)

    assert "nearly full" in findings()[0]


def test_a_database_that_does_not_answer_is_said(monkeypatch):
    def fail():
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", fail)

    assert findings()[-1].startswith("The database does not answer")


def test_a_migration_that_was_not_run_is_said(monkeypatch):
    expected = health.expected_migrations() | {("homepage", "9999_tomorrow")}
    monkeypatch.setattr(health, "expected_migrations", lambda: expected)

    assert findings()[-1].endswith("run manage.py migrate.")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses such a row")
@pytest.mark.django_db(transaction=True)
def test_a_row_that_refers_to_none_is_said():
    paper = make_publication(authors=[make_author()])
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM publications_publicationlink")
        cursor.execute("DELETE FROM publications_author")

    found = findings()
    paper.delete()

    assert "a row of publications_authorship refers to none" in found[0]
