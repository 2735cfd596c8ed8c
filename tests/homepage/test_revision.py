"""The token of the content is another one after every change, and only then."""

import sqlite3
from contextlib import closing, suppress

import pytest
from django.apps import apps
from django.contrib.redirects.models import Redirect
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.urls import reverse

from homepage.common.signals import content_changed
from homepage.models import ContentRevision, Section
from homepage.revision import changes_content, current_revision, is_content, replace_revision
from profiles.models import Profile
from publications.models import Category, ImportRun, Publication, Venue
from tests.factories import (
    make_news,
    make_profile,
    make_publication,
    make_section,
    make_venue,
)

SQLITE = "django.db.backends.sqlite3"
CONTENT = [model for model in apps.get_models(include_auto_created=True) if is_content(model)]
OTHERS = [model for model in apps.get_models(include_auto_created=True) if not is_content(model)]


@pytest.fixture
def paper():
    return make_publication("A paper", links=[("code", "https://example.org/")], venue="Neurons")


@pytest.fixture
def changes():
    """Return whether the content counts as changed since this was last asked."""
    seen = [current_revision()]

    def changed():
        seen.append(current_revision())
        return seen[-1] != seen[-2]

    return changed


def test_what_counts_as_content():
    shown = {Section, Profile, Publication, Category, Redirect, Section.categories.through}

    assert shown <= set(CONTENT)
    assert {model._meta.app_label for model in OTHERS} >= {"auth", "sessions", "admin", "axes"}
    assert ContentRevision in OTHERS


def statements(model):
    """Yield statements that write to the table of a model; the bulk methods are such."""
    table = connection.ops.quote_name(model._meta.db_table)
    yield f"UPDATE {table} SET id = id"
    yield f"delete from {table}"
    yield f"INSERT INTO {table} SELECT * FROM {table} WHERE 1 = 0"
    yield f"WITH none AS (SELECT 1) UPDATE {table} SET id = id"


@pytest.mark.django_db
@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model._meta.label)
def test_every_statement_that_writes_content_is_seen(model, changes):
    model._base_manager.exists()
    assert not changes()

    for statement in statements(model):
        with connection.cursor() as cursor:
            cursor.execute(statement)
        assert changes(), statement


@pytest.mark.parametrize("model", OTHERS, ids=lambda model: model._meta.label)
def test_what_no_page_shows_changes_nothing(model):
    assert not any(map(changes_content, statements(model)))


WRITES = {
    "create": lambda paper: make_venue("Other"),
    "save": lambda paper: paper.save(),
    "save some fields": lambda paper: paper.save(update_fields=["title"]),
    "get_or_create": lambda paper: Venue.objects.get_or_create(name="New"),
    "delete": lambda paper: paper.delete(),
    "delete many": lambda paper: Publication.objects.all().delete(),
    "update": lambda paper: Publication.objects.update(title="Other"),
    "bulk_create": lambda paper: Venue.objects.bulk_create([Venue(name="New")]),
    "bulk_create, ignoring what is there": lambda paper: Venue.objects.bulk_create(
        [Venue(name="New")], ignore_conflicts=True
    ),
    "bulk_update": lambda paper: Publication.objects.bulk_update([paper], ["title"]),
    "add to a relation": lambda paper: paper.topics.create(name="Brains"),
    "delete what belongs to it": lambda paper: paper.links.all().delete(),
    "a signal": lambda paper: content_changed.send(sender=None),
    "loaddata": lambda paper: call_command("loaddata", "-", format="json", verbosity=0),
    "migrate": lambda paper: call_command("migrate", verbosity=0),
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WRITES)
def test_every_way_of_writing_is_seen(way, paper, changes, monkeypatch, tmp_path):
    fixture = tmp_path / "fixture.json"
    fixture.write_text('[{"model": "publications.venue", "fields": {"name": "Loaded"}}]')
    with fixture.open() as file:
        monkeypatch.setattr("sys.stdin", file)

        WRITES[way](paper)

    assert changes()


@pytest.mark.django_db
def test_reading_changes_nothing(client, paper, changes):
    make_profile()
    make_section("Publications", shows="publications")
    assert changes()

    for path in ("/", "/publications/", paper.get_absolute_url(), "/sitemap.xml", "/nowhere/"):
        client.get(path)

    assert not changes()


@pytest.mark.django_db
def test_one_transaction_replaces_the_token_once(django_assert_num_queries):
    with django_assert_num_queries(4):
        Venue.objects.filter(name="One").update(acronym="O")
        Venue.objects.filter(name="Two").update(acronym="T")
        Venue.objects.filter(name="Three").update(acronym="T")


@pytest.mark.django_db
def test_what_was_read_within_a_transaction_is_replaced_by_its_next_change():
    with transaction.atomic():
        make_venue("One")
        first = current_revision()
        make_venue("Two")
        second = current_revision()

    assert first != second


def write_and_fail():
    with suppress(ZeroDivisionError), transaction.atomic():
        make_venue("One")
        raise ZeroDivisionError


@pytest.mark.django_db
def test_what_is_rolled_back_was_never_changed(changes):
    write_and_fail()

    assert not changes()


@pytest.mark.django_db
def test_a_change_after_an_inner_rollback_counts(changes):
    with transaction.atomic():
        write_and_fail()
        make_venue("Two")

    assert changes()


@pytest.fixture
def elsewhere(tmp_path):
    """A connection to a database in a file, which others can look into."""
    options = connections["default"].settings_dict
    options = {**options, "NAME": str(tmp_path / "db.sqlite3"), "TEST": {}, "ENGINE": SQLITE}
    options["OPTIONS"] = {"transaction_mode": "IMMEDIATE"}
    connections["elsewhere"] = opened = DatabaseWrapper(options, "elsewhere")
    with opened.schema_editor() as editor:
        editor.create_model(Venue)
        editor.create_model(ContentRevision)
    replace_revision("elsewhere")
    yield opened
    opened.close()
    del connections["elsewhere"]


def committed(connection):
    """Return how many venues, and which token, another process sees."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        (count,) = other.execute("SELECT count(*) FROM publications_venue").fetchone()
        return count, *other.execute("SELECT token FROM homepage_contentrevision").fetchone()


INSERT = "INSERT INTO publications_venue (slug, name, acronym, url) VALUES (%s, 'x', '', '')"


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["", " RETURNING id"])
def test_outside_of_a_transaction_the_token_is_committed_with_the_row(elsewhere, ending):
    before = committed(elsewhere)

    with elsewhere.cursor() as cursor:
        cursor.execute(f"{INSERT}{ending}", ["a"])
        if ending:
            assert committed(elsewhere) == before
            assert cursor.fetchone()

    after = committed(elsewhere)
    assert (before[0], after[0]) == (0, 1)
    assert before[1] != after[1]
    assert not elsewhere.connection.in_transaction


@pytest.mark.django_db
def test_a_row_that_cannot_be_written_leaves_the_token_alone(elsewhere):
    Venue.objects.using("elsewhere").create(name="x")
    before = committed(elsewhere)

    with pytest.raises(IntegrityError):
        Venue.objects.using("elsewhere").create(name="x")

    assert committed(elsewhere) == before


def test_a_missing_token_is_made_again(transactional_db):
    call_command("flush", interactive=False, verbosity=0)
    assert len(current_revision()) == 32

    ContentRevision.objects.all().delete()
    assert current_revision() == ""
    make_venue()
    assert len(current_revision()) == 32


# Whole ways of the site. A new one is a line here.
ADMIN_WRITES = {
    "add": lambda client: client.post(
        reverse("admin:profiles_newsitem_add"),
        {"date": "2024-09-25", "body": "New", "visibility": "public"},
    ),
    "change": lambda client: client.post(
        reverse("admin:publications_venue_change", args=[Venue.objects.get().pk]),
        {"name": "Renamed", "acronym": "", "url": ""},
    ),
    "move to the trash": lambda client: client.post(
        reverse("admin:publications_publication_delete", args=[Publication.objects.get().pk]),
        {"post": "yes"},
    ),
    "an action": lambda client: client.post(
        reverse("admin:publications_publication_changelist"),
        {"action": "make_draft", "_selected_action": [Publication.objects.get().pk]},
    ),
    "the order of the sections": lambda client: client.post(
        reverse("admin:homepage_section_changelist"),
        {
            "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "1",
            "form-0-id": Section.objects.get().pk,
            "form-0-position": "7",
            "_save": "Save",
        },
    ),
    "an old address": lambda client: client.post(
        reverse("admin:redirects_redirect_add"),
        {"old_path": "/old/", "new_path": "/"},
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", ADMIN_WRITES)
def test_every_way_of_the_admin_is_seen(way, admin_client, paper, changes):
    make_section("Publications", shows="publications")
    make_news()
    assert changes()

    response = ADMIN_WRITES[way](admin_client)

    assert response.status_code == 302
    assert changes()


@pytest.mark.django_db
def test_imports_and_taking_them_back_are_seen(changes, tmp_path):
    file = tmp_path / "papers.json"
    file.write_text('[{"type": "article-journal", "title": "Imported", "id": "x"}]')
    page = tmp_path / "about.md"
    page.write_text("# About me\n\nI study brains.\n")

    call_command("import_publications", file, verbosity=0)
    assert changes()
    call_command("import_publications", file, verbosity=0)
    assert not changes()
    call_command("undo_import", ImportRun.objects.latest("pk").pk, verbosity=0)
    assert changes()
    call_command("import_site", page, dry_run=True, verbosity=0)
    assert not changes()
    call_command("import_site", page, verbosity=0)
    assert changes()
