"""The start page of the admin and the head of its pages."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from homepage.common import attention
from homepage.common.attention import Group, Line
from homepage.models import LinkCheck
from publications.admin.merging import merge_url
from tests.factories import (
    make_author,
    make_backup,
    make_news,
    make_profile,
    make_publication,
    make_section,
)

pytestmark = pytest.mark.django_db

INDEX = "admin:index"


def make_complete(number=1, **values):
    """Make a paper that lacks nothing."""
    values = {"pdf": "papers/a.pdf", "abstract": "We show.", **values}
    return make_publication(**{"doi": f"10.1000/{number}", **values})


@pytest.fixture(autouse=True)
def all_files_are_there(monkeypatch):
    monkeypatch.setattr("homepage.attention.missing_uploads", lambda: [])


@pytest.fixture
def helper(client):
    """Return somebody who may log in and do nothing."""
    client.force_login(get_user_model().objects.create_user("helper", is_staff=True))
    return client


def start(client):
    return BeautifulSoup(client.get(reverse(INDEX)).content, "html.parser")


def lines_of(page):
    """Return the lines of the start page by group, each with where it leads."""
    return {
        section.h2.text: {
            line.contents[0].text: line.a["href"] if line.a else ""
            for line in section.select(".desk-lines li")
        }
        for section in page.select("section:has(.desk-lines)")
    }


def test_the_five_usual_actions_are_buttons(editor):
    about = make_section("About me", position=1)
    make_section("Publications", shows="publications", position=0)

    buttons = {a.text: a["href"] for a in start(editor).select(".desk-actions a")}

    add = reverse("admin:publications_publication_add")
    assert buttons == {
        "Paste BibTeX": f"{add}#paste-text",
        "Add a paper": add,
        "Write news": reverse("admin:profiles_newsitem_add"),
        "Edit the about text": reverse("admin:homepage_section_change", args=[about.pk]),
        "See the site": reverse("home"),
    }


def test_without_an_about_text_one_is_written(editor):
    buttons = {a.text: a["href"] for a in start(editor).select(".desk-actions a")}

    assert buttons["Edit the about text"] == reverse("admin:homepage_section_add")


def test_nothing_to_see_to_is_said(editor):
    make_profile()
    make_author("Ada Lovelace", is_owner=True)
    make_backup()
    make_complete()

    page = start(editor)

    assert lines_of(page) == {}
    assert "Nothing needs your attention." in page.text


def test_each_line_leads_to_what_it_counts(editor):
    make_profile()
    make_author("Ada Lovelace", is_owner=True)
    make_backup()
    make_publication(title="A first paper", visibility="draft")
    make_complete(1, title="A second paper", doubts="Perhaps not.")
    twins = [
        make_complete(2, title="Learning to unfold proteins", doi="").pk,
        make_complete(3, title="Learning to Unfold Proteins.").pk,
    ]
    make_complete(4, title="Promised", status="to-appear", year=date.today().year - 1)
    make_section("Unfinished", visibility="draft")
    make_news(visibility="draft")

    page = start(editor)

    papers = reverse("admin:publications_publication_changelist")
    assert lines_of(page) == {
        "Needs a look": {
            "1 draft of a section": reverse("admin:homepage_section_changelist")
            + "?visibility__exact=draft",
            "1 draft of news": reverse("admin:profiles_newsitem_changelist")
            + "?visibility__exact=draft",
            "1 draft of a paper": f"{papers}?visibility=draft",
            "1 paper read with doubt": f"{papers}?needs=look",
            "1 paper not yet published, of an earlier year": f"{papers}?needs=overdue",
            "Perhaps here twice: “Learning to Unfold Proteins.”": merge_url(*twins),
        },
        "Could be more complete": {"1 paper without DOI": f"{papers}?needs=doi"},
    }
    for group in lines_of(page).values():
        for url in group.values():
            assert editor.get(url).status_code == 200, url


def test_broken_links_of_the_last_check_are_counted(editor):
    for number, state in enumerate(["good", "broken", "broken", "unsure"]):
        LinkCheck.objects.create(url=f"https://a.example/{number}", state=state, checked=now())

    lines = lines_of(start(editor))["Needs a look"]

    assert lines["2 broken links"] == (
        reverse("admin:homepage_linkcheck_changelist") + "?state__exact=broken"
    )


def test_an_owner_nobody_knows_of_is_asked_for(editor):
    make_complete()

    lines = lines_of(start(editor))["Needs a look"]

    assert lines["No author is marked as you"] == reverse("admin:publications_author_changelist")
    assert lines["The page does not say yet who you are"] == reverse("admin:profiles_profile_add")


def test_who_may_do_nothing_is_shown_nothing(helper):
    make_publication(doubts="Perhaps not.")
    make_news(visibility="draft")

    page = start(helper)

    assert lines_of(page) == {}
    assert [a.text for a in page.select(".desk-actions a, #places a")] == ["See the site"]


def test_another_part_of_the_site_adds_its_line(editor, monkeypatch):
    monkeypatch.setattr(attention, "_sources", [])

    @attention.source
    def backup(request):
        yield Line("The last backup is 40 days old", group=Group.UPKEEP, help="Make one.")

    assert lines_of(start(editor)) == {"Upkeep": {"The last backup is 40 days old": ""}}


def test_the_start_page_takes_the_same_queries_for_one_paper_and_for_many(editor):
    def queries():
        with CaptureQueriesContext(connection) as found:
            editor.get(reverse(INDEX))
        return len(found)

    make_publication(title="Learning to unfold proteins", doubts="Perhaps not.")
    make_publication(title="Learning to unfold proteins")
    queries()  # what is cached per process
    one = queries()
    for _ in range(20):
        make_publication(title="Learning to unfold proteins", visibility="draft")

    assert queries() == one


def test_every_page_leads_to_the_places_one_goes_to(editor):
    page = BeautifulSoup(
        editor.get(reverse("admin:publications_author_changelist")).content, "html.parser"
    )

    places = page.select_one("#places")
    assert [a.text for a in places.select(":scope > ul > li > a")] == [
        "Publications", "Authors", "News", "Profile", "Sections",
    ]  # fmt: skip
    assert [a.text for a in places.select("details a")] == [
        "Categories", "Venues", "Topics", "Import runs", "Links to other sites",
        "Old addresses", "Users",
    ]  # fmt: skip
    assert [a.text for a in places.select("[aria-current]")] == ["Authors"]
