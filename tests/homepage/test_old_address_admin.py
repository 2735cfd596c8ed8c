"""Old addresses in the admin: typed with care, kept with their history, never a dead end."""

import pytest
from django.contrib.redirects.models import Redirect
from django.urls import reverse

from homepage.common import history
from tests.forms import form_values

pytestmark = pytest.mark.django_db

ADD = reverse("admin:redirects_redirect_add")


def add(editor, old, new="/"):
    response = editor.post(ADD, form_values(editor.get(ADD)) | {"old_path": old, "new_path": new})
    return response.context["errors"] if response.context else []


@pytest.mark.parametrize(("old", "new"), [("/cv.html", "/"), ("/index.php?page=cv", "/cv/")])
def test_an_old_address_leads_on(editor, client, old, new):
    assert add(editor, old, new) == []

    response = client.get(old)
    assert (response.status_code, response.url) == (301, new)


def test_a_page_may_be_gone(editor, client):
    add(editor, "/old/", "")

    assert client.get("/old/").status_code == 410


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("cv.html", "/", "Begin with a /"),
        ("https://example.org/cv", "/", "Begin with a /"),
        ("/", "/cv/", "it is the home page"),
        ("/publications/", "/", "it is an address of this site"),
        ("/a b", "/", "it is not the path of a page"),
        ("/a/", "/a/", "the old address itself"),
        ("/a/", "javascript:alert(1)", "Enter an address"),
        ("/a/", "//evil.example", "Enter an address"),
        ("/known/", "/", "already exists"),
    ],
)
def test_a_bad_one_is_refused_in_a_sentence(editor, old, new, says):
    Redirect.objects.create(site_id=1, old_path="/known/", new_path="/")

    (errors,) = add(editor, old, new)

    assert says in str(errors)
    assert Redirect.objects.count() == 1


def test_earlier_states_come_back(editor):
    add(editor, "/cv.html", "/cv/")
    row = Redirect.objects.get()
    form = reverse("admin:redirects_redirect_change", args=[row.pk])
    editor.post(form, form_values(editor.get(form)) | {"new_path": "/about/"})

    *_, first = history.states_of(row)
    editor.post(reverse("admin:redirects_redirect_state", args=[row.pk, first.pk]))

    row.refresh_from_db()
    assert row.new_path == "/cv/"


def test_a_deleted_one_comes_back(editor):
    add(editor, "/cv.html", "/cv/")
    row = Redirect.objects.get()

    editor.post(reverse("admin:redirects_redirect_delete", args=[row.pk]), {"post": "yes"})
    page = editor.get(reverse("admin:redirects_redirect_deleted"))

    assert not Redirect.objects.exists()
    assert "/cv.html" in page.content.decode()
