"""Sections with a page of their own, and the head that all pages have."""

import pytest

from tests.factories import (
    make_profile,
    make_publication,
    make_section,
)

from .soups import home, soup_of

pytestmark = pytest.mark.django_db


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
