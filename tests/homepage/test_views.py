from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import permission_denied

from homepage.models import Section
from homepage.views import bad_request, initials
from profiles.models import Profile
from publications.models import Publication
from tests.factories import (
    make_category,
    make_news,
    make_profile,
    make_publication,
    make_section,
)

pytestmark = pytest.mark.django_db


def soup_of(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def home(client):
    return soup_of(client, "/")


def outline(soup):
    """Return headings and titles of papers in the order of the page."""
    found = soup.main.select("h1, h2, h3, h4, .title")
    return [" ".join(element.get_text().split()) for element in found]


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


def test_the_favicon_shows_the_initials_safely(client):
    make_profile(name="<a & >b")

    response = client.get("/favicon.svg")

    assert response["Content-Type"] == "image/svg+xml"
    assert ElementTree.fromstring(response.content).find("{*}text").text == "<>"


def test_the_old_favicon_address_leads_to_the_new_one(client):
    assert client.get("/favicon.ico")["Location"] == "/favicon.svg"


# Sections of the home page


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


# Sections with a page of their own


def test_a_section_can_have_a_page_of_its_own_in_the_navigation(client):
    make_profile(name="Ada")
    section = make_section("Academic Service", place="page", body="# Journals\n\nReviewer.")

    soup = soup_of(client, section.get_absolute_url())

    assert soup.title.text == "Academic Service · Ada"
    assert [(h.name, h.text) for h in soup.select("h1, h2")] == [
        ("h1", "Academic Service"),
        ("h2", "Journals"),
    ]
    [current] = soup.select("nav [aria-current=page]")
    assert current.text == "Academic Service"
    assert [a.text for a in home(client).select("nav a")] == ["Academic Service"]


def test_a_page_of_papers_shows_all_of_them_in_levels_below_its_heading(client):
    section = make_section("Talks", place="page", shows="publications", group_by="year")
    for _ in range(101):
        make_publication(authors=())

    soup = soup_of(client, section.get_absolute_url())

    assert len(soup.select(".title")) == 101
    assert not soup.select(".more")
    assert [h.text for h in soup.select("h2")] == ["2022"]


def test_sections_of_the_home_page_and_drafts_have_no_page(client, admin_client):
    on_home = make_section("About", slug="about")
    draft = make_section("Draft", place="page", visibility="draft")

    for slug in (on_home.slug, draft.slug, "nothing"):
        assert client.get(f"/{slug}/").status_code == 404
        assert admin_client.get(f"/{slug}/").status_code == 404


# Head


def test_the_description_is_the_owners_else_the_first_words_of_the_page(client):
    make_section("About", body="I study [spikes](https://example.org/) & *more*. " + "word " * 80)
    soup = home(client)
    described = soup.select_one('meta[name="description"]')["content"]
    assert described.startswith("I study spikes & more. word")
    assert described.endswith(" word…")
    assert len(described) <= 200

    make_profile(summary="I study brains.")
    soup = home(client)
    assert soup.select_one('meta[name="description"]')["content"] == "I study brains."
    assert soup.select_one('meta[property="og:description"]')["content"] == "I study brains."


@pytest.mark.parametrize(
    ("site_url", "address"),
    [
        ("", "http://testserver/publications/"),
        ("https://jane.example.org", "https://jane.example.org/publications/"),
        ("https://u.example.edu/~jane", "https://u.example.edu/~jane/publications/"),
    ],
)
def test_the_canonical_address_is_that_of_the_site(client, settings, site_url, address):
    settings.SITE_URL = site_url

    soup = soup_of(client, "/publications/?utm_source=x")

    assert soup.select_one('link[rel="canonical"]')["href"] == address
    assert soup.select_one('meta[property="og:url"]')["content"] == address


def test_the_page_is_in_the_language_of_the_site(client, settings):
    settings.LANGUAGE_CODE = "ar"

    html = home(client).html

    assert (html["lang"], html["dir"]) == ("ar", "rtl")


# robots.txt and sitemap.xml


def test_robots_may_read_everything_and_are_told_of_the_sitemap(client, settings):
    settings.SITE_URL = "https://jane.example.org"

    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\nDisallow:\n\nSitemap: https://jane.example.org/sitemap.xml\n"
    )


def sitemap(client):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {url.findtext("{*}loc"): url.findtext("{*}lastmod") for url in root}


def test_the_sitemap_lists_exactly_the_public_pages(client, settings):
    settings.SITE_URL = "https://jane.example.org"
    make_profile()
    make_section("On home")
    make_section("Service", place="page")
    make_section("Hidden", place="page", visibility="draft")
    make_publication("A paper")
    make_publication("A draft", visibility="draft")
    make_publication("Trash", visibility="trash")
    make_publication("Doubted", doubts="No title.", source="?")

    assert set(sitemap(client)) == {
        "https://jane.example.org/",
        "https://jane.example.org/service/",
        "https://jane.example.org/publications/",
        "https://jane.example.org/publications/a-paper/",
        "https://jane.example.org/publications/kind/article-journal/",
        "https://jane.example.org/publications/year/2022/",
    }


def test_the_sitemap_of_an_empty_site_is_its_home_page(client):
    assert sitemap(client) == {"http://testserver/": None}


def test_the_sitemap_says_when_each_page_last_changed(client):
    make_profile()
    make_section("Service", place="page")
    make_publication("A paper")
    make_publication("A draft", visibility="draft")
    Profile.objects.update(modified=datetime(2024, 1, 3, tzinfo=UTC))
    Section.objects.update(modified=datetime(2024, 1, 2, tzinfo=UTC))
    Publication.objects.update(modified=datetime(2024, 1, 1, tzinfo=UTC))
    Publication.objects.filter(visibility="draft").update(modified=datetime(2025, 1, 1, tzinfo=UTC))

    assert sitemap(client) == {
        "http://testserver/": "2024-01-03",
        "http://testserver/service/": "2024-01-02",
        "http://testserver/publications/": "2024-01-01",
        "http://testserver/publications/a-paper/": "2024-01-01",
        "http://testserver/publications/kind/article-journal/": "2024-01-01",
        "http://testserver/publications/year/2022/": "2024-01-01",
    }


# Errors


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
