"""What holds for every public page, whatever it shows."""

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.core.cache import caches

from tests.factories import (
    make_author,
    make_category,
    make_news,
    make_profile,
    make_publication,
    make_section,
)

pytestmark = pytest.mark.django_db

HIDDEN = ("hiddendraft", "hiddentrash")


@pytest.fixture
def site():
    """A site with something of everything, public and not; returns its public pages."""
    make_profile(
        summary="I study brains.",
        email="jane@example.org",
        photo="photos/p.jpg",
        links=[("github", "https://github.com/pkuxmq")],
    )
    owner = make_author("Mingqing Xiao", is_owner=True)
    category = make_category("Journal Papers", intro="Read by *peers*.")
    make_section("About me", body="# Deep\n\n#### Deeper\n\n![](https://evil.example/x.png)")
    make_section("Publications", shows="publications", position=1)
    make_section("Selected", shows="selected", position=2)
    make_section("News", shows="news", position=3)
    own = make_section("Service", place="page", body="## Journals\n\nReviewer", position=4)
    talks = make_section("Talks", place="page", shows="publications", position=5)
    paper = make_publication(
        "A *paper* on $x^2$",
        authors=[owner, ("Di He", {"marks": "*", "equal_contribution": True})],
        links=[("code", "https://github.com/x/y")],
        category=category,
        abstract="# Abstract\n\nText.",
        selected=True,
        venue="Neural Networks",
        award="Best Paper",
        doi="10.1007/x",
    )
    doubted = make_publication(
        "Doubted", doubts="?", source="# Huge\n\n- **Some** [text](https://example.org/)"
    )
    make_news("A paper is accepted.")
    for visibility in ("draft", "trash"):
        make_publication(
            f"Hidden{visibility}", visibility=visibility, selected=True, category=category
        )
    make_section("Hiddendraft", visibility="draft", body="Hiddendraft")
    make_section("Hiddendraft page", visibility="draft", place="page", body="Hiddendraft")
    make_news("Hiddendraft", visibility="draft")
    return [
        "/",
        "/publications/",
        paper.get_absolute_url(),
        doubted.get_absolute_url(),
        own.get_absolute_url(),
        talks.get_absolute_url(),
    ]


@pytest.fixture
def pages(client, site):
    """Every public page as a visitor gets it, and the page of what is not there."""
    answers = {path: client.get(path) for path in [*site, "/nothing/here/"]}
    assert [answer.status_code for answer in answers.values()] == [200] * len(site) + [404]
    return answers


@pytest.fixture
def soups(pages):
    return {path: BeautifulSoup(page.content, "html.parser") for path, page in pages.items()}


def test_nothing_hidden_is_on_any_public_page(client, pages):
    texts = {path: page.content.decode() for path, page in pages.items()}
    for path in ("/sitemap.xml", "/robots.txt", "/favicon.svg"):
        texts[path] = client.get(path).content.decode()

    found = [
        (path, word) for path, text in texts.items() for word in HIDDEN if word in text.lower()
    ]
    assert found == []


def test_every_page_has_one_main_heading_and_a_title_of_its_own(soups):
    for path, soup in soups.items():
        assert len(soup.select("h1")) == 1, path
        assert soup.title.text.strip(), path
        assert len(soup.select("main")) == 1, path
    titles = [soup.title.text for path, soup in soups.items()]
    assert len(titles) == len(set(titles))


def test_headings_never_skip_a_level(soups):
    for path, soup in soups.items():
        levels = [int(h.name[1]) for h in soup.find_all(re.compile("^h[1-6]$"))]
        # The name beside the text may come before or after the heading of a page.
        steps = [b - a for a, b in zip(levels, levels[1:], strict=False)]
        assert all(step <= 1 for step in steps), (path, levels)


def test_ids_are_unique_on_every_page(soups):
    for path, soup in soups.items():
        ids = [element["id"] for element in soup.select("[id]")]
        assert sorted(set(ids)) == sorted(ids), path


def test_links_on_the_site_lead_somewhere(client, soups):
    addresses = {
        urlsplit(a["href"])._replace(fragment="").geturl()
        for soup in soups.values()
        for a in soup.select("a[href^='/']")
    }

    broken = [address for address in addresses if client.get(address).status_code != 200]
    assert broken == []


def test_no_page_sets_a_cookie_or_varies_by_one(pages):
    for path, page in pages.items():
        assert not page.cookies, path
        assert "cookie" not in page.headers.get("Vary", "").lower(), path


def test_no_page_holds_a_script_or_a_style_or_asks_another_host(soups):
    for path, soup in soups.items():
        data = soup.select("script[type='application/ld+json']")
        scripts = [script for script in soup.select("script") if script not in data]
        assert all(script.has_attr("src") and script.has_attr("defer") for script in scripts), path
        assert not soup.select("style, iframe, [style], [onclick]"), path
        resources = [e["src"] for e in soup.select("[src]")]
        resources += [e["href"] for e in soup.select("link[rel=stylesheet], link[rel=icon]")]
        assert [r for r in resources if not r.startswith(("/static/", "/media/", "/fav"))] == []


def test_the_script_of_a_page_is_small(soups):
    scripts = {tag["src"] for soup in soups.values() for tag in soup.select("script[src]")}
    sizes = [Path(finders.find(src.removeprefix("/static/"))).stat().st_size for src in scripts]

    assert 0 < sum(sizes) <= 5000


def test_the_style_sheet_loads_nothing():
    css = Path(finders.find("homepage/site.css")).read_text()

    assert "url(" not in css
    assert "@import" not in css


def test_every_page_tells_browsers_what_they_need(soups):
    for path, soup in soups.items():
        assert soup.html["lang"] == "en", path
        assert soup.select_one('meta[name="viewport"]'), path
        assert soup.select_one('meta[name="color-scheme"]')["content"] == "light dark", path
        assert soup.a["href"] == "#main", path
        assert soup.select_one("main#main"), path


def test_the_author_of_a_draft_sees_at_public_addresses_what_everyone_sees(
    client, admin_client, site
):
    for path in site:
        assert admin_client.get(path).content == client.get(path).content, path


def fill(papers):
    category = make_category("Journal Papers")
    for number in range(papers):
        make_publication(
            authors=[f"Author {number}", "Ada Lovelace"],
            links=[("code", f"https://example.org/{number}")],
            category=category if number % 2 else None,
            topics=[f"Topic {number}"],
            venue=f"Venue {number}",
            selected=True,
            doubts="?" if number % 5 == 4 else "",
            source=f"Source {number}",
        )


@pytest.mark.parametrize("path", ["/", "/publications/", "/talks/", "/publications/paper/"])
def test_a_page_costs_the_same_queries_for_one_paper_and_for_thirty(
    client, path, forget_pages, django_assert_max_num_queries
):
    make_profile(links=[("github", "https://github.com/pkuxmq")])
    make_section("Publications", shows="publications", position=1)
    make_section("Selected", shows="selected", group_by="year", position=2)
    make_section("News", shows="news", position=3)
    make_section("Talks", place="page", shows="publications", position=4)
    make_publication("Paper", links=[("code", "https://example.org/")], source="x")
    fill(1)

    def queries():
        forget_pages()
        with django_assert_max_num_queries(35) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    few = queries(), queries()
    fill(29)
    caches["pieces"].clear()
    # The second time, what was rendered of the papers is found.
    assert (queries(), queries()) == few
    assert few[1] <= 15


def test_the_home_page_fits_into_the_first_round_trip(client):
    """HTML and CSS of a page with nine papers, packed, in ten network packets."""
    make_profile(
        headline="Ph.D. student",
        affiliation="Peking University",
        affiliation_url="https://www.pku.edu.cn/",
        email="jane@example.org",
        links=[("github", "https://github.com/x"), ("orcid", "https://orcid.org/0")],
    )
    make_section("About me", body="I study brains, and machines that learn like them. " * 20)
    make_section("Publications", shows="publications", position=1)
    for number in range(9):
        make_publication(
            f"Training Deep Spiking Networks with {number} Time Steps on {number * 7919} Chips",
            authors=[f"Given{number}{letter} Family{letter}{number}" for letter in "abcdef"],
            links=[
                (label, f"https://example.org/{label}/{number * 104729}")
                for label in ("link", "arxiv", "code")
            ],
            venue=f"International Conference Number {number} (ICN{number})",
            award="Spotlight, Top 3%",
        )

    html = client.get("/").content
    css = Path(finders.find("homepage/site.css")).read_bytes()

    packed = sum(len(gzip.compress(part, compresslevel=6)) for part in (html, css))
    assert packed <= 8_000
