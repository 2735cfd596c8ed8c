"""The home page: who it is of, and its sections."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from homepage.views import initials
from tests.factories import (
    make_category,
    make_news,
    make_profile,
    make_publication,
    make_section,
)

from .soups import home, outline

pytestmark = pytest.mark.django_db


# Who


def test_the_name_is_the_heading_of_the_home_page_and_the_person_stands_beside_it(client):
    make_profile(
        name="Mingqing Xiao",
        native_name="肖明庆",
        headline="Ph.D. student",
        affiliation="Peking University",
        affiliation_url="https://www.pku.edu.cn/",
        location="Beijing, China",
        email="jane@example.org",
        cv="cv/cv.pdf",
        links=[("github", "https://github.com/pkuxmq"), ("other", "https://a.example/", "Blog")],
    )

    side = home(client).header

    assert side.h1.text == "Mingqing Xiao"
    assert side.select_one(".native")["lang"] == "zh"
    assert "Ph.D. student" in side.text
    assert "Beijing, China" in side.text
    assert [(a.text, a["href"]) for a in side.select(".who a, .contact a")] == [
        ("Peking University", "https://www.pku.edu.cn/"),
        ("Email", "mailto:jane@example.org"),
        ("CV", "/media/cv/cv.pdf"),
        ("GitHub", "https://github.com/pkuxmq"),
        ("Blog", "https://a.example/"),
    ]
    assert all("me" in a["rel"] for a in side.select(".contact a[rel]"))


@pytest.mark.parametrize(
    ("name", "language"),
    [("肖明庆", "zh"), ("山田はなこ", "ja"), ("김철수", "ko"), ("Иван", None)],
)
def test_the_script_of_a_name_tells_its_language(client, name, language):
    make_profile(native_name=name)

    assert home(client).select_one(".native").get("lang") == language


def test_a_photo_that_was_lost_does_not_break_the_page(client):
    make_profile(photo="photos/lost.jpg")

    page = home(client)

    assert page.img is None
    assert page.h1.text == "Mingqing Xiao"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Mingqing Xiao", "MX"), ("Ludwig van Beethoven", "LB"), ("肖明庆", "肖"), ("", "")],
)
def test_initials_of_a_name(name, expected):
    assert initials(name) == expected


# Sections


def test_sections_stand_in_the_owners_order_under_headings_as_typed(client):
    make_section("Publications", position=2)
    make_section("ABOUT ME", position=1, body="I *am*.")

    assert outline(home(client)) == ["ABOUT ME", "Publications"]


def test_a_section_without_heading_continues_the_one_before(client):
    make_section("About", position=1)
    make_section("", position=2, body="More words.")

    soup = home(client)

    assert outline(soup) == ["About"]
    assert "More words." in soup.main.text


def test_headings_in_a_text_stand_below_the_heading_of_its_section(client):
    make_section("About", body="# Big\n\n## Small")

    assert [(h.name, h.text) for h in home(client).main.select("h1, h2, h3, h4")] == [
        ("h2", "About"),
        ("h3", "Big"),
        ("h4", "Small"),
    ]


def test_two_texts_with_the_same_heading_have_different_ids(client):
    make_section("A", body="## Same")
    make_section("B", body="## Same")

    ids = [element["id"] for element in home(client).select("[id]")]

    assert len(ids) == len(set(ids))


def test_papers_stand_under_the_owners_categories_in_page_order(client):
    journals = make_category("Journal Papers", position=1, ordering="manual", intro="*Peer*-read.")
    preprints = make_category("Preprints", position=2)
    make_section("Publications", shows="publications")
    make_publication("Second", category=journals, position=2, year=2024)
    make_publication("First", category=journals, position=1, year=2020)
    make_publication("Older", category=preprints, year=2019)
    make_publication("Newer", category=preprints, year=2021)

    soup = home(client)

    expected = ["Publications", "Journal Papers", "First", "Second", "Preprints", "Newer", "Older"]
    assert outline(soup) == expected
    assert soup.select_one("h3 + .prose em").text == "Peer"
    assert [len(numbers.select(":scope > li")) for numbers in soup.select("ol.papers")] == [2, 2]


def test_a_paper_without_category_is_filed_under_the_first_of_its_kind(client):
    preprints = make_category("Working papers", position=1, default_kind="article")
    make_category("More of them", position=2, default_kind="article")
    make_section("Publications", shows="publications")
    make_publication("Filed", category=preprints, kind="article", year=2020)
    make_publication("Loose", kind="article", year=2024)
    make_publication("A thesis", kind="thesis")

    assert outline(home(client)) == [
        "Publications",
        "Working papers",
        "Loose",
        "Filed",
        "Thesis",
        "A thesis",
    ]


def test_a_section_of_one_category_does_not_repeat_its_heading(client):
    make_section("Talks", shows="publications", categories=[make_category("talks")])
    make_publication("A talk", category="talks")

    assert outline(home(client)) == ["Talks", "A talk"]


def test_a_section_without_categories_shows_what_no_other_section_shows(client):
    talks, papers = make_category("Talks"), make_category("Papers")
    make_section("My talks", shows="publications", categories=[talks], place="page", position=1)
    make_section("Draft", shows="publications", categories=[papers], visibility="draft")
    make_section("The rest", shows="publications", group_by="none", position=2)
    make_publication("A talk", category=talks)
    make_publication("A paper", category=papers)

    assert outline(home(client)) == ["The rest", "A paper"]


def test_papers_can_be_grouped_by_year_or_not_at_all(client):
    make_section("By year", shows="publications", group_by="year", position=1)
    make_section("Ungrouped", shows="publications", group_by="none", position=2)
    make_publication("New", year=2024)
    make_publication("Old", year=None)

    assert outline(home(client)) == [
        "By year",
        "2024",
        "New",
        "Undated",
        "Old",
        "Ungrouped",
        "New",
        "Old",
    ]


def test_selected_papers_have_a_section_of_their_own(client):
    make_section("Selected", shows="selected", group_by="none")
    make_publication("Yes", selected=True)
    make_publication("No")

    assert outline(home(client)) == ["Selected", "Yes"]


def test_the_home_page_holds_a_hundred_papers_and_links_to_the_rest(client):
    make_section("First", shows="selected", group_by="none", position=1)
    make_section("Rest", shows="publications", group_by="none", position=2)
    for _ in range(3):
        make_publication(selected=True, authors=())
    for _ in range(98):
        make_publication(authors=())

    soup = home(client)

    assert len(soup.select(".title")) == 100
    [link] = soup.select(".more a")
    assert (link.text, link["href"]) == ("All 101 publications", "/publications/")


def test_a_site_with_papers_and_no_section_shows_the_papers(client):
    make_publication("A paper", kind="article")

    assert outline(home(client)) == ["Publications", "Preprint", "A paper"]


def test_news_are_newest_first_and_older_ones_folded(client):
    make_section("News", shows="news")
    for day in range(1, 11):
        make_news(f"News {day}", date=datetime(2024, 9, day, tzinfo=UTC).date())

    soup = home(client)

    assert soup.time["datetime"] == "2024-09-10"
    assert [text.text.strip() for text in soup.select(".news .prose")][0] == "News 10"
    assert len(soup.select("details li")) == 4


def test_a_new_site_says_what_to_do(client):
    soup = home(client)

    assert soup.h1.text == "Home page"
    assert "manage.py import_site" in soup.main.text
    assert soup.main.a["href"] == reverse("admin:index")


def test_a_profile_alone_makes_no_instructions_public(client):
    make_profile()

    soup = home(client)

    assert "Nothing is published here yet." in soup.main.text
    assert not soup.main.select("a")
