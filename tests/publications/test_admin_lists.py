"""The lists of the admin: actions, search, queries, and what is only to be read."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publications.models import Authorship, ImportRun, Publication, Venue
from tests.factories import make_author, make_publication

pytestmark = pytest.mark.django_db

LIST = "admin:publications_publication_changelist"


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("publish", "draft", "public"),
        ("make_draft", "public", "draft"),
        ("move_to_trash", "public", "trash"),
        ("restore", "trash", "draft"),
        ("restore", "public", "public"),
    ],
)
def test_actions_change_who_sees_the_papers(editor, action, before, after):
    paper = make_publication(visibility=before)
    url = reverse(LIST) + f"?visibility={before}"

    editor.post(url, {"action": action, "_selected_action": [paper.pk]})

    paper.refresh_from_db()
    assert paper.visibility == after
    assert paper.version == (0 if before == after else 1)


def test_no_action_deletes_a_paper(editor):
    paper = make_publication()

    page = editor.get(reverse(LIST)).content.decode()
    editor.post(
        reverse(LIST),
        {"action": "delete_selected", "_selected_action": [paper.pk], "post": "yes"},
    )

    assert "delete_selected" not in page
    assert Publication.objects.filter(pk=paper.pk, visibility="public").exists()


def test_the_list_leaves_out_the_trash_unless_asked(editor):
    make_publication(title="Public one")
    make_publication(title="Trashed one", visibility="trash")

    usual = editor.get(reverse(LIST)).content.decode()
    trash = editor.get(reverse(LIST) + "?visibility=trash").content.decode()

    assert "Public one" in usual
    assert "Trashed one" not in usual
    assert "Trashed one" in trash
    assert "Public one" not in trash


def test_the_list_shows_authors_venue_and_doubts(editor):
    make_publication(
        authors=["Ada Lovelace", "Alan Turing", "Grace Hopper", "Kurt Gödel"],
        venue="Neural Networks (NN)",
        doubts="The venue may be part of the title.",
    )

    row = BeautifulSoup(editor.get(reverse(LIST)).content, "html.parser").select_one(
        "#result_list tbody tr"
    )

    assert row.select_one(".field-short_authors").text == "Ada Lovelace, Alan Turing et al."
    assert row.select_one(".field-short_venue").text == "NN"
    assert row.select_one(".field-doubt_mark span")["title"].startswith("The venue may")


@pytest.mark.parametrize("words", ["GÖDEL", "godel", "incompleteness gödel"])
def test_the_search_does_not_mind_accents_and_case(editor, words):
    paper = make_publication(title="Incompleteness", authors=["Kurt Gödel"])
    paper.update_search_text()
    make_publication(title="Another").update_search_text()

    page = editor.get(reverse(LIST), {"q": words}).content.decode()

    assert "Incompleteness" in page
    assert "Another" not in page


def test_the_list_takes_the_same_queries_for_one_paper_and_for_fifty(
    editor, django_assert_num_queries
):
    make_publication(authors=["Ada Lovelace", "Alan Turing"], venue="Neural Networks")
    with CaptureQueriesContext(connection) as one:
        editor.get(reverse(LIST))
    for number in range(49):
        make_publication(
            authors=[f"Jane Doe{number}", "Alan Turing"], venue=f"Venue {number}", links=[]
        )
    with CaptureQueriesContext(connection) as fifty:
        editor.get(reverse(LIST))

    assert len(one) == len(fifty)


def test_autocomplete_finds_an_author_without_accents(editor):
    godel = make_author("Kurt Gödel")
    make_author("Ada Lovelace")

    response = editor.get(
        reverse("admin:autocomplete"),
        {
            "term": "godel",
            "app_label": "publications",
            "model_name": "authorship",
            "field_name": "author",
        },
    )

    assert [item["id"] for item in response.json()["results"]] == [str(godel.pk)]


def test_an_import_is_read_only_and_its_report_is_shown(editor):
    run = ImportRun.objects.create(source="about.md", report="9 papers\n  <b>1 doubt</b>")

    url = reverse("admin:publications_importrun_change", args=[run.pk])
    page = BeautifulSoup(editor.get(url).content, "html.parser")

    assert page.select_one("pre.report").text == "9 papers\n  <b>1 doubt</b>"
    assert editor.post(url, {"source": "x"}).status_code == 403


def test_a_venue_with_papers_is_not_deleted(editor):
    paper = make_publication(venue="Neural Networks")
    url = reverse("admin:publications_venue_delete", args=[paper.venue.pk])

    editor.post(url, {"post": "yes"})

    assert Authorship.objects.exists()
    assert Venue.objects.filter(pk=paper.venue.pk).exists()


def test_a_filter_says_in_a_word_that_papers_have_no_category(editor):
    make_publication(category="Journal Papers")
    make_publication(category=None)

    page = BeautifulSoup(editor.get(reverse(LIST)).content, "html.parser")

    assert [link.text.strip() for link in page.select('[href*="category__isnull"]')] == ["None (1)"]
    assert "nothing" not in page.select_one("#changelist-filter").text
