"""Feeds, held to RFC 4287, and what may be in them."""

import importlib
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.models import NewsItem
from publications import feeds
from publications.models import Publication
from tests.factories import make_news, make_profile, make_publication

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
# RFC 3339, as section 3.3 of RFC 4287 asks for it.
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
# Element -> how often it stands in a feed and in an entry: section 4.1 of RFC 4287.
FEED = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "author": (1, 1), "link": (2, 2), "entry": (0, 50)}  # fmt: skip
ENTRY = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "published": (1, 1), "author": (0, 99), "category": (0, 99), "link": (1, 1), "content": (1, 1)}  # fmt: skip


def feed_of(client, path, status=200):
    """Return a feed that keeps the rules, parsed."""
    response = client.get(path)
    assert response.status_code == status, path
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    check(feed, FEED)
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        check(entry, ENTRY)
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    latest = max((entry.findtext(f"{ATOM}updated") for entry in entries), default="1970")
    assert feed.findtext(f"{ATOM}updated").startswith(latest)
    return feed


def check(element, rules):
    found = [child.tag.removeprefix(ATOM) for child in element]
    assert set(found) <= set(rules)
    for name, (least, most) in rules.items():
        assert least <= found.count(name) <= most, (name, found)
    for child in element:
        name = child.tag.removeprefix(ATOM)
        if name == "link":
            assert is_whole(child.get("href")), child.get("href")
        elif name in ("updated", "published"):
            assert INSTANT.fullmatch(child.text), child.text
        elif name == "id":
            assert is_whole(child.text) or re.fullmatch("urn:uuid:[0-9a-f-]{36}", child.text)
        elif name == "category":
            assert child.get("term")
        elif name == "author":
            assert child.findtext(f"{ATOM}name").strip()
        elif name == "content":
            assert child.get("type") == "html"
            body = BeautifulSoup(child.text, "html.parser")
            for tag in body.select("[href], [src]"):
                assert is_whole(tag.get("href") or tag.get("src")), tag
        elif name == "title":
            assert child.text.strip()
    links = {(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")}
    assert ("alternate", "text/html") in links


def is_whole(address):
    parts = urlsplit(address)
    return parts.scheme in ("http", "https", "mailto") and bool(parts.netloc or parts.path)


def titles(feed):
    return [title.text for title in feed.iterfind(f"{ATOM}entry/{ATOM}title")]


@pytest.fixture
def site():
    make_profile(name="Ada <Byron> & Co")
    paper = make_publication(
        "A *paper* on $x^2$ & <i>",
        authors=["Di He", ("Ada Byron", {"marks": "*", "printed_name": "A. Byron"})],
        topics=["Nets & more"],
        venue="NN",
        year=2024,
        abstract="We [see](/talks/#x)[^1] ![](/media/a.png).\n\n[^1]: A note.",
        links=[("code", "/files/code.zip"), ("mail", "mailto:a@example.org")],
    )
    make_news("A paper is [accepted](/x/).", date=datetime(2024, 9, 25, tzinfo=UTC).date())
    make_news("Hiddennews", visibility="draft")
    for values in ({"visibility": "draft"}, {"visibility": "trash"}, {"doubts": "?"}):
        make_publication("Hiddenpaper", topics=["Nets & more"], **values)
    return paper


PATHS = [
    "/feed.atom",
    "/news.atom",
    "/publications.atom",
    "/publications/topic/nets-more.atom",
    "/publications/year/2024.atom?q=",
    "/publications.atom?year=2020-2024&topic=nets-more",
    "/publications.atom?q=nothing",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_feed_keeps_the_rules_and_holds_nothing_hidden(client, site, path):
    feed = feed_of(client, path)

    assert "hidden" not in ElementTree.tostring(feed, encoding="unicode").lower()
    assert "Ada <Byron> & Co" in feed.findtext(f"{ATOM}title")


def test_news_and_papers_together_the_newest_first(client, site):
    assert titles(feed_of(client, "/feed.atom")) == [
        "A paper on x^2 & <i>".replace(" <i>", ""),
        "A paper is accepted.",
    ]


def test_an_entry_says_what_the_list_shows(client, site):
    entry = feed_of(client, "/publications.atom").find(f"{ATOM}entry")

    assert [n.text for n in entry.iterfind(f"{ATOM}author/{ATOM}name")] == ["Di He", "A. Byron"]
    assert [c.get("term") for c in entry.iterfind(f"{ATOM}category")] == ["Nets & more"]
    body = BeautifulSoup(entry.findtext(f"{ATOM}content"), "html.parser")
    assert "Di He, A. Byron" in body.text
    assert "NN, 2024" in body.text
    assert [tag["href"] for tag in body.select("a")] == [
        "http://testserver/talks/#x",
        "http://testserver/publications/a-paper-on-x-2/#fn-1",
        "http://testserver/publications/a-paper-on-x-2/#fnref-1",
        "http://testserver/files/code.zip",
        "mailto:a@example.org",
    ]
    assert body.img["src"] == "http://testserver/media/a.png"


def test_an_id_never_changes(client, site, settings):
    def ids(path):
        feed = feed_of(client, path)
        return [element.text for element in feed.iterfind(f"{ATOM}entry/{ATOM}id")]

    before = ids("/feed.atom")
    Publication.objects.filter(pk=site.pk).update(slug="another", title="Another", year=1999)
    NewsItem.objects.update(body="Another")
    settings.SITE_URL = "https://elsewhere.example.org/~ada"

    assert ids("/feed.atom") == before
    assert ids("/publications.atom") == before[:1]


@pytest.mark.parametrize(
    ("query", "address", "page"),
    [
        ("", "/publications.atom", "/publications/"),
        ("?topic=nets-more&utm=1", "/publications/topic/nets-more.atom", "/publications/topic/nets-more/"),
        ("?year=2024&q=a&page=3", "/publications.atom?q=a&year=2024", "/publications/?q=a&year=2024"),
    ],
)  # fmt: skip
def test_a_feed_knows_its_address_and_that_of_its_list(client, site, query, address, page):
    feed = feed_of(client, f"/publications.atom{query}")

    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"http://testserver{address}", "alternate": f"http://testserver{page}"}
    assert feed.findtext(f"{ATOM}id") == links["self"]


@pytest.mark.parametrize("path", ["/", "/publications/", "/publications/?q=paper", "/news/"])
def test_pages_name_their_feeds(client, site, path):
    site.update_search_text()
    soup = BeautifulSoup(client.get(path).content, "html.parser")

    feeds = [tag["href"] for tag in soup.select("link[type='application/atom+xml']")]
    own = {"/": [], "/news/": ["/news.atom"]}.get(path, [path.replace("s/", "s.atom")])
    assert feeds == [*own, "/feed.atom"]
    for feed in feeds:
        assert titles(feed_of(client, feed))


@pytest.mark.parametrize("path", ["/publications/topic/hidden.atom", "/publications.atom?kind=x"])
def test_a_list_that_is_none_has_no_feed(client, site, path):
    assert client.get(path).status_code == 404


def test_what_was_added_last_comes_first_and_an_import_in_its_order(client, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 3)
    for year in (2024, 2023, 2022):  # as an import writes them, the first of the page first
        make_publication(f"Imported {year}", year=year)
    Publication.objects.update(created=datetime(2024, 1, 1, tzinfo=UTC))
    for minutes, paper in enumerate(Publication.objects.order_by("id")):
        paper.created += timedelta(minutes=minutes)
        paper.save()
    make_publication("Added later", year=1990)

    assert titles(feed_of(client, "/publications.atom")) == [
        "Added later",
        "Imported 2024",
        "Imported 2023",
    ]


def test_an_empty_site_has_a_feed(client):
    feed = feed_of(client, "/feed.atom")

    assert titles(feed) == []
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_a_character_that_xml_has_not_is_left_out(client):
    paper = make_publication("A\x0bB")
    Publication.objects.filter(pk=paper.pk).update(title="A\x0bB\ufffe", abstract="x\x01y")

    assert titles(feed_of(client, "/publications.atom")) == ["A B"]


def test_a_feed_costs_the_same_queries_however_much_is_in_it(client, forget_pages):
    def fill(papers):
        for number in range(papers):
            make_publication(authors=[f"A {number}", "B"], topics=[f"T {number}"], source="x")
            make_news()

    def queries(path):
        forget_pages()
        with CaptureQueriesContext(connection) as done:
            client.get(path)
        return len(done)

    for path in ("/feed.atom", "/publications.atom"):
        fill(1)
        anew, kept = queries(path), queries(path)
        fill(9)
        assert (queries(path), queries(path)) == (anew, kept)
        assert kept <= 13


@pytest.mark.parametrize(
    ("migration", "app"),
    [("publications.migrations.0006_publication_uid", "publications"), ("profiles.migrations.0005_newsitem_uid", "profiles")],
)  # fmt: skip
def test_rows_that_are_there_get_ids_of_their_own(migration, app):
    model = apps.get_model(app, {"publications": "Publication", "profiles": "NewsItem"}[app])
    for _ in range(2):
        make_publication() if app == "publications" else make_news()
    before = set(model.objects.values_list("uid", flat=True))

    importlib.import_module(migration).name_rows(apps, None)

    after = set(model.objects.values_list("uid", flat=True))
    assert len(after) == 2
    assert after.isdisjoint(before)
