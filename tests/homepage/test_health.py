"""What a program that watches the site is told."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from homepage import health

pytestmark = pytest.mark.django_db


def failing(response):
    return [name for name, state in response.json()["checks"].items() if state != "ok"]


def test_a_site_that_can_work_is_healthy(client, django_assert_max_num_queries):
    health.expected_migrations.cache_clear()
    with django_assert_max_num_queries(3):
        response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "checks": {"database": "ok", "disk": "ok", "migrations": "ok"},
    }
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.has_header("ETag")


def test_it_is_asked_without_https(settings):
    settings.SECURE_SSL_REDIRECT = True

    assert Client().get("/healthz").status_code == 200
    assert Client().get("/").status_code == 301


def test_a_migration_that_was_not_run_is_told(client, monkeypatch):
    expected = health.expected_migrations() | {("homepage", "9999_tomorrow")}
    monkeypatch.setattr(health, "expected_migrations", lambda: expected)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert failing(response) == ["migrations"]


def test_a_database_that_does_not_answer_is_told_without_details(client, monkeypatch):
    def fail():
        raise DatabaseError("no route to jane:secret@db.example")

    monkeypatch.setattr(connection, "cursor", fail)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert failing(response) == ["database", "migrations"]
    assert "secret" not in response.text


def test_a_full_disk_is_told(client, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE", 10**18)

    assert failing(client.get("/healthz")) == ["disk"]


def test_a_data_folder_that_is_gone_is_told(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "gone"

    assert failing(client.get("/healthz")) == ["disk"]
