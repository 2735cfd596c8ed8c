"""News: the latest on the home page, all of it on a page of its own."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from homepage.public_addresses import public_addresses
from tests.factories import make_news, make_section

pytestmark = pytest.mark.django_db


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def make_many(number):
    for day in range(1, number + 1):
        make_news(f"Number {day}.", date=date(2024 - day // 12, 1 + day % 12, 5))


def shown(part):
    return [item.select_one(".prose").text.strip() for item in part.select(".news li")]


def test_the_latest_news_stands_on_the_home_page_and_older_news_is_folded(client):
    make_section("News", shows="news")
    make_many(9)

    page = soup(client.get("/"))

    assert len(shown(page)) == 9
    assert len(shown(page.select_one("details"))) == 3
    assert not page.find("a", href="/news/")


def test_a_long_list_of_news_ends_with_a_link_to_all_of_it(client):
    make_section("News", shows="news")
    make_many(25)

    page = soup(client.get("/"))

    assert len(shown(page)) == 20
    assert page.select_one("main a[href='/news/']").text == "All 25 news"


def test_all_news_has_a_page_by_year(client):
    make_section("What is *new*", shows="news")
    make_many(25)

    page = soup(client.get("/news/"))

    assert page.h1.text == "What is new"
    assert [heading.text for heading in page.select("main h2")] == ["2024", "2023", "2022"]
    assert len(shown(page)) == 25
    assert page.select_one("time")["datetime"] == "2024-12-05"


def test_news_of_one_year_needs_no_headings(client):
    make_news(date=date(2024, 5, 1))
    make_news(date=date(2024, 2, 1))

    assert soup(client.get("/news/")).select("main h2") == []


def test_a_draft_is_no_news(client):
    make_news("Secret", visibility="draft")

    assert client.get("/news/").status_code == 404
    assert "/news/" not in {address.path for address in public_addresses()}


def test_without_a_section_news_is_found_by_the_navigation(client):
    make_section("About me")
    make_news()

    assert soup(client.get("/")).select_one("nav a[href='/news/']").text == "News"
    make_section("News", shows="news")
    assert not soup(client.get("/")).select_one("nav a[href='/news/']")


def test_an_item_has_an_address_of_its_own(client):
    item = make_news()

    path, _, anchor = item.get_absolute_url().partition("#")

    assert soup(client.get(path)).find(id=anchor)


def test_many_news_cost_as_few_queries_as_one(client):
    client.get("/news/")
    counts = []
    for number in (1, 30):
        make_many(number)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/news/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_news_is_of_today_unless_its_writer_says_otherwise(admin_client):
    page = admin_client.get(reverse("admin:profiles_newsitem_add"))

    assert page.context["adminform"].form["date"].value() == timezone.localdate()
