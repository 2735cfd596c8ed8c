"""Addresses that people mistype and machines make up: one clear answer, and never an error.

They are numbers 33 and 34 of the bad inputs.
"""

from urllib.parse import quote, unquote_to_bytes, urlsplit

import pytest
from bs4 import BeautifulSoup

from publications.facets import ListState
from tests.factories import make_author, make_profile, make_publication

pytestmark = pytest.mark.django_db

LISTS = ["/publications/", "/publications/author/ada-lovelace/", "/publications.ris", "/publications.atom"]  # fmt: skip
BAD_QUERIES = [
    "page=-1",
    "page=abc",
    "page=99999999999",
    "page=1e3",
    "page=%D9%A1",
    "kind[]=x&kind=article-journal",
    "q=" + "x" * 8000,
    "q=" + "%E4%BD%A0" * 3000,
    "%",
    "%zz=%zz",
    "q=%",
    "q=%FF%FE%C0%AE",
    "q=%00",
    "q=%ED%A0%80",
    "q=%E2%80%AE%F0%9F%98%80",
    "q=<script>alert(1)</script>",
    "q=' OR '1'='1",
    "q=%25%25_",
    "year=%00",
    "author=%00",
    "group=%00&first=%00",
    "&&&=&;;;",
    "=",
    "page=1&page=2&page=3",
]
NOTHING = [
    "year=-",
    "year=99999999999999999999",
    "year=2024-02-30",
    "topic=%2e%2e%2f",
    "venue=%FF",
    "category=" + "x" * 5000,
    "kind=<b>",
    "year=soon",
]


@pytest.fixture
def site():
    make_profile(name="Ada")
    make_author("Me Myself", is_owner=True)
    return make_publication("A paper", slug="a-paper", year=2024)


@pytest.mark.parametrize("query", BAD_QUERIES, ids=range(len(BAD_QUERIES)))
def test_33_a_bad_query_is_answered_by_the_rule(client, site, query):
    for path in LISTS:
        response = client.get(f"{path}?{query}")
        assert response.status_code == 200, path
        assert b"<script>alert" not in response.getvalue()
        if path.endswith("/"):
            assert b'id="count"' in response.content


@pytest.mark.parametrize("query", NOTHING, ids=range(len(NOTHING)))
def test_33_a_query_that_names_nothing_is_an_empty_list_and_no_file(client, site, query):
    for path in LISTS:
        response = client.get(f"{path}?{query}")
        assert response.status_code == (200 if path.endswith("/") else 404), path
        if path.endswith("/"):
            assert "There is no publication like that." in response.content.decode()
            assert "<b>" not in response.content.decode()


def test_33_what_was_looked_for_is_said_again_cut_and_escaped(client, site):
    text = '"><img src=x onerror=alert(1)>' + "x" * 200

    page = client.get(f"/publications/?q={quote(text)}").content.decode()

    assert "<img" not in page
    assert text[:30] in BeautifulSoup(page, "html.parser").select_one("#q")["value"]
    assert "x" * 71 not in page
    assert len(ListState.read({"q": text}).q) == 100


BAD_PATHS = [
    "//",
    "//evil.example.com/",
    "//evil.example.com/..",
    "///publications/",
    "/publications//a-paper/",
    "/publications/a-paper//",
    "/..%2f..%2fetc/passwd",
    "/publications/..%2f..%2f/",
    "/../../manage.py",
    "/%c0%ae%c0%ae/",
    "/publications/%c0%ae/",
    "/publications/%ff%fe.ris",
    "/publications/a-paper%20/",
    "/publications/a-paper/%20",
    "/publications/ a-paper/",
    "/publications/A-Paper/",
    "/PUBLICATIONS/",
    "/publications/old-slug/",
    "/publications/author/Ada-Lovelace/",
    "/publications/year/%D9%A2%D9%A0%D9%A2%D9%A4/",
    "/publications/year/2024/page/99999999999999999999999/",
    "/publications/page/-1/",
    "/publications/%00/",
    "/%00",
    "/%0d%0aLocation:%20https://evil.example.com/",
    "/\\evil.example.com/",
    "/%5Cevil.example.com/",
    "/@evil.example.com/",
    "/" + "x" * 4000,
    "/publications/" + "x" * 4000 + "/",
    "/publications/author/" + "x" * 4000 + "/",
    "/publications/a-paper/paper.pdf/",
    "/publications.ris/",
    "/publications.atom/",
    "/publications/year/2024.pdf",
]


@pytest.mark.parametrize("path", BAD_PATHS, ids=range(len(BAD_PATHS)))
def test_34_a_bad_path_is_not_found_or_led_once_to_a_page_of_this_site(client, site, path):
    # As a server hands it over: bytes, each as a character.
    response = client.get("/", PATH_INFO=unquote_to_bytes(path).decode("latin-1"))

    if response.status_code in (301, 302):
        target = response["Location"]
        assert not urlsplit(target).netloc, target
        assert not target.startswith(("//", "/\\")), target
        assert client.get(target).status_code in (200, 404)
    else:
        assert response.status_code == 404


@pytest.mark.parametrize("path", ["/publications", "/publications/a-paper", "/publications/year/2024"])  # fmt: skip
def test_34_a_missing_last_slash_is_led_to_the_page(client, site, path):
    response = client.get(f"{path}?q=a")

    assert response.status_code == 301
    assert response["Location"] == f"{path}/?q=a"


@pytest.mark.parametrize("path", ["/publications/", "/publications/?q=a", "/publications.ris", "/feed.atom"])  # fmt: skip
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_lists_are_only_read(client, site, path, method):
    assert getattr(client, method)(path).status_code == 405
