"""The files of a site that programs ask for: icons, robots.txt, sitemap.xml."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from homepage.models import Section
from profiles.models import Profile
from publications.models import Publication
from tests.factories import (
    make_profile,
    make_publication,
    make_section,
)

pytestmark = pytest.mark.django_db


def test_the_favicon_shows_the_initials_safely(client):
    make_profile(name="<a & >b")

    response = client.get("/favicon.svg")

    assert response["Content-Type"] == "image/svg+xml"
    assert ElementTree.fromstring(response.content).find("{*}text").text == "<>"


def test_the_old_favicon_address_leads_to_the_new_one(client):
    assert client.get("/favicon.ico")["Location"] == "/favicon.svg"


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
