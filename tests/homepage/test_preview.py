"""Drafts on the real page, for those who may see them and for nobody else."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.urls import reverse

from homepage.models import Section
from homepage.revision import current_revision
from publications.models import Publication
from tests.factories import make_news, make_publication, make_section
from tests.forms import form_values

pytestmark = pytest.mark.django_db


def preview_of(row):
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_preview", args=[row.pk])


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("visibility", ["draft", "trash", "public"])
def test_a_paper_is_seen_on_its_own_page(editor, visibility):
    paper = make_publication("A title", visibility=visibility)

    response = editor.get(preview_of(paper))

    assert soup(response).h1.text == "A title"
    assert "Preview." in response.content.decode()
    assert set(response.headers["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert response.headers["X-Robots-Tag"] == "noindex"
    paper.refresh_from_db()
    assert paper.visibility == visibility


def test_a_section_is_seen_in_its_place_on_the_home_page(editor):
    make_section("First", position=1)
    section = make_section("Second", position=2, visibility="draft")

    page = soup(editor.get(preview_of(section)))

    assert [heading.text for heading in page.select("main h2")] == ["First", "Second"]


def test_a_section_with_a_page_of_its_own_is_in_the_navigation_of_its_preview(editor):
    section = make_section("Teaching", place="page", visibility="draft", body="A course")

    page = soup(editor.get(preview_of(section)))

    assert page.h1.text == "Teaching"
    assert page.select_one("nav [aria-current]").text == "Teaching"


def test_news_is_seen_in_the_list(editor):
    make_section("News", shows="news")
    item = make_news("We moved.", visibility="draft")

    assert "We moved." in editor.get(preview_of(item)).content.decode()


def test_a_preview_leaves_no_trace(editor, client):
    section = make_section("Second", visibility="draft")
    before, modified = current_revision(), section.modified

    editor.get(preview_of(section))

    section.refresh_from_db()
    assert (section.visibility, section.modified) == ("draft", modified)
    assert current_revision() == before
    assert b"Second" not in client.get("/").content


@pytest.mark.parametrize("make", [make_publication, make_section, make_news])
def test_a_preview_is_for_those_who_may_see_the_row(client, make):
    row = make(visibility="draft")

    assert client.get(preview_of(row)).status_code == 302
    client.force_login(get_user_model().objects.create_user("helper", is_staff=True))
    assert client.get(preview_of(row)).status_code == 403


def test_a_preview_is_only_looked_at(editor):
    assert editor.post(preview_of(make_section())).status_code == 405
    assert editor.get(preview_of(Section(pk=99999))).status_code == 404


def test_one_button_saves_and_shows_the_preview(editor):
    add = reverse("admin:publications_publication_add")
    opened = editor.get(add)
    button = soup(opened).select_one("input[name=_preview]")
    values = {"title": "New paper", "visibility": "draft", "_preview": button["value"]}

    response = editor.post(add, form_values(opened) | values)

    paper = Publication.objects.get()
    assert response.headers["Location"] == preview_of(paper)
    assert soup(editor.get(preview_of(paper))).h1.text == "New paper"
