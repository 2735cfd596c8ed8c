"""Pages for what goes wrong."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import permission_denied

from homepage.views import bad_request
from tests.factories import (
    make_profile,
)

from .soups import soup_of

pytestmark = pytest.mark.django_db


def test_an_unknown_address_answers_with_a_page_of_the_site(client):
    make_profile(name="Ada")

    soup = soup_of(client, "/no/such/page", status=404)

    assert soup.h1.text == "Page not found"
    assert "Ada" in soup.header.text
    assert soup.select_one('meta[name="robots"]')["content"] == "noindex"


def test_an_unknown_host_is_told_to_set_the_address_of_the_site(client, settings):
    settings.SITE_URL = ""
    response = client.get("/", headers={"host": "evil.example.com"})
    assert response.status_code == 400
    assert "set SITE_URL" in response.content.decode()

    settings.SITE_URL = "https://jane.example.org"
    response = client.get("/", headers={"host": "evil.example.com"})
    assert response.status_code == 400
    assert "set SITE_URL" not in response.content.decode()


def test_another_bad_request_says_nothing_of_hosts():
    response = bad_request(RequestFactory().get("/"), BadRequest("x"))

    assert response.status_code == 400
    assert "SITE_URL" not in response.content.decode()


def failing(monkeypatch, error):
    def fail(view, **kwargs):
        raise error

    monkeypatch.setattr("homepage.views.HomeView.get_context_data", fail)
    return Client(raise_request_exception=False).get("/")


def test_an_error_is_answered_without_the_database(monkeypatch, django_assert_num_queries, caplog):
    with django_assert_num_queries(1):  # of the page cache, before anything fails
        response = failing(monkeypatch, ValueError("secret"))

    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()
    assert "secret" not in response.content.decode()


def test_an_error_is_answered_without_collected_static_files(monkeypatch, settings, caplog):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }

    response = failing(monkeypatch, ValueError("x"))

    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()


def test_a_locked_database_asks_to_come_again(monkeypatch, caplog):
    response = failing(monkeypatch, OperationalError("database is locked"))

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "busy" in response.content.decode()


def test_a_form_without_its_token_gets_a_friendly_answer():
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("admin:login"), {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


def test_a_refusal_is_a_page_of_the_site():
    request = RequestFactory().get("/")

    response = permission_denied(request, PermissionDenied())

    assert response.status_code == 403
    assert "Not for everyone" in response.content.decode()
