"""The admin as a whole, and sections."""

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from homepage.models import LinkCheck, Section
from tests.factories import (
    make_author,
    make_category,
    make_news,
    make_profile,
    make_publication,
    make_section,
    make_venue,
)

pytestmark = pytest.mark.django_db

LIST = "admin:homepage_section_changelist"


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def test_the_index_lists_what_an_owner_edits_in_the_owners_order(editor):
    page = page_of(editor.get(reverse("admin:index")))

    modules = {
        module.select_one("caption").text.strip(): [
            row.select_one("th").text.strip() for row in module.select("tr[class^=model]")
        ]
        for module in page.select("#content-main .module")
    }
    assert modules == {
        "Publications": [
            "Publications",
            "Authors",
            "Categories",
            "Venues",
            "Topics",
            "Import runs",
        ],
        "Profile": ["Profile", "News items"],
        "Site": ["Sections", "Links to other sites", "Old addresses"],
        "Accounts": ["Users"],
    }


def test_an_old_address_is_added_in_plain_words(editor):
    page = editor.get(reverse("admin:redirects_redirect_add")).content.decode()

    assert "Add old address" in page


def test_sections_are_ordered_by_their_numbers(editor):
    first, second = make_section("First", position=1), make_section("Second", position=2)

    editor.post(
        reverse(LIST),
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "2",
            "form-0-id": first.pk,
            "form-0-position": "2",
            "form-1-id": second.pk,
            "form-1-position": "1",
            "_save": "Save",
        },
    )

    assert [section.title for section in Section.objects.all()] == ["Second", "First"]


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [("publish", "draft", "public"), ("make_draft", "public", "draft")],
)
def test_actions_change_who_sees_sections(editor, action, before, after):
    section = make_section(visibility=before)

    response = editor.post(
        reverse(LIST), {"action": action, "_selected_action": [section.pk]}, follow=True
    )

    section.refresh_from_db()
    assert section.visibility == after
    assert "1 section was" in response.content.decode()


def test_the_text_has_the_editor_and_its_help(editor):
    page = page_of(editor.get(reverse("admin:homepage_section_add")))

    editor_ = page.select_one("textarea#id_body.markdownx-editor")
    assert editor_["data-markdownx-urls-path"] == reverse("markdown-preview")
    assert "Markdown." in page.select_one("#id_body_helptext").text


@pytest.mark.parametrize(
    ("values", "path"), [({"place": "home"}, "/#about-me"), ({"place": "page"}, "/about-me/")]
)
def test_view_on_site_leads_to_the_section(editor, settings, values, path):
    settings.SITE_URL = "https://jane.example.org"
    section = make_section("About me", **values)

    page = page_of(editor.get(reverse("admin:homepage_section_change", args=[section.pk])))

    assert page.find("a", string="View on site")["href"] == f"https://jane.example.org{path}"


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model.__name__)
def test_every_list_takes_the_same_queries_for_one_row_and_for_many(editor, model):
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    make_rows(1)
    editor.get(url)  # what is cached per process, such as content types
    with CaptureQueriesContext(connection) as one:
        editor.get(url)
    make_rows(8)
    with CaptureQueriesContext(connection) as many:
        editor.get(url)

    assert len(many) == len(one)


def make_rows(count):
    from django.contrib.redirects.models import Redirect

    from publications.models import ImportRun, Topic

    make_profile()
    for _ in range(count):
        number = Section.objects.count()
        make_section(f"Section {number}")
        make_news()
        make_category(f"Category {number}")
        make_venue(f"Venue {number}")
        make_author(f"Author Number{number}")
        make_publication(authors=[f"Jane Doe{number}"], venue=f"Journal {number}")
        Topic.objects.create(name=f"Topic {number}")
        ImportRun.objects.create(source="about.md")
        Redirect.objects.create(site_id=1, old_path=f"/{number}/", new_path="/")
        get_user_model().objects.create_user(f"user{number}")
        LinkCheck.objects.create(url=f"https://a.example/{number}", checked=timezone.now())


def test_a_locked_database_is_answered_with_503(client, monkeypatch):
    from django.db import OperationalError
    from django.test import Client

    from homepage import views

    def locked(self, request, *args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(views.HomeView, "get", locked)

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0


def test_every_page_leads_back_to_the_desk(editor, owner):
    section = make_section()
    chosen = {"action": "delete_selected", "_selected_action": [section.pk]}
    pages = [
        editor.get(reverse("admin:password_change")),
        editor.get(reverse("admin:auth_user_password_change", args=[owner.pk])),
        editor.get(reverse("admin:homepage_section_delete", args=[section.pk])),
        editor.get(reverse("admin:homepage_section_history", args=[section.pk])),
        editor.post(reverse(LIST), chosen),
    ]

    links = [page_of(page).select_one(".breadcrumbs a") for page in pages]

    assert [(link.text, link["href"]) for link in links] == [("Desk", reverse("admin:index"))] * 5
