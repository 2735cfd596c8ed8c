"""Kept pages: never stale, never somebody else's, and what they cost."""

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from homepage import page_cache, page_store, views
from homepage.encodings import COMPRESSORS, accepted
from homepage.page_cache import PageCacheMiddleware
from homepage.page_store import Key, Page, PageStore, store
from profiles.models import Profile
from publications.models import Publication
from tests.factories import make_profile, make_publication, make_section

pytestmark = pytest.mark.django_db

BROWSER = {"accept-encoding": "gzip, deflate, br, zstd"}


@pytest.fixture
def paper():
    make_profile(summary="I study brains.")
    make_section("Publications", shows="publications")
    return make_publication("A paper on *brains*")


@pytest.fixture
def addresses(paper):
    """Everything that everybody gets alike."""
    return [
        "/",
        "/publications/",
        paper.get_absolute_url(),
        "/publications.json",
        "/publications.ris",
        f"/publications/{paper.slug}.ris",
        "/sitemap.xml",
        "/robots.txt",
        "/favicon.svg",
    ]


@pytest.fixture
def middleware(rf):
    """Return a function that asks for a path through the cache, and counts what is rendered."""

    def ask(path="/", response=None, method="get", **headers):
        def view(request):
            ask.rendered += 1
            return response() if response else HttpResponse(b"a page " * 200)

        return PageCacheMiddleware(view)(getattr(rf, method)(path, headers=headers))

    ask.rendered = 0
    return ask


def test_a_kept_page_costs_no_query_but_that_of_the_revision(
    client, addresses, django_assert_num_queries
):
    for path in addresses:
        first = client.get(path)
        with django_assert_num_queries(1):
            second = client.get(path)

        assert first.status_code == 200, path
        assert (second.content, second.headers) == (first.content, first.headers), path


def test_a_change_shows_at_once(client, paper):
    assert "A paper on" in client.get("/").content.decode()

    Publication.objects.update(title="Another title")  # sends no signal

    for path in ("/", "/publications/", paper.get_absolute_url()):
        assert "Another title" in client.get(path).content.decode()


def test_every_public_page_has_a_strong_validator_and_answers_304(client, addresses):
    for path in addresses:
        page = client.get(path, headers=BROWSER)
        tag = page.headers["ETag"]
        again = client.get(path, headers={**BROWSER, "if-none-match": tag})

        assert tag.startswith('"'), path
        assert page.headers["Cache-Control"] == "public, no-cache", path
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag), path
        assert again.headers["Vary"] == page.headers["Vary"] == "Accept-Encoding", path


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ('W/{}', 304),
        ('"other", {}', 304),
        ('"other"', 200),
        ("*", 200),
        ("{} ", 304),
        ('"', 200),
    ],
)  # fmt: skip
def test_what_counts_as_known(client, paper, known, status):
    tag = client.get("/").headers["ETag"]

    assert client.get("/", headers={"if-none-match": known.format(tag)}).status_code == status


def test_after_a_change_the_old_validator_gets_the_new_page(client, paper):
    tag = client.get("/").headers["ETag"]
    Profile.objects.update(headline="Professor")

    response = client.get("/", headers={"if-none-match": tag})

    assert response.status_code == 200
    assert "Professor" in response.content.decode()
    assert response.headers["ETag"] != tag


def test_a_304_needs_no_page(client, paper, django_assert_num_queries):
    tag = client.get("/").headers["ETag"]
    store.clear()
    cache.clear()

    with django_assert_num_queries(1):
        assert client.get("/", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("header", "encodings"),
    [
        ("gzip, deflate, br, zstd", ("br", "gzip")),
        ("GZIP", ("gzip",)),
        ("br;q=0, gzip;q=0.5", ("gzip",)),
        ("*", ("br", "gzip")),
        ("*;q=0", ()),
        ("gzip;q=0, *", ("br",)),
        ("gzip;q=1.0;x, br;q=nonsense", ()),
        ("identity", ()),
        ("", ()),
    ],
)
def test_encodings_are_negotiated(header, encodings):
    assert accepted(header) == encodings


def test_each_encoding_has_its_own_body_and_validator(client, paper):
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    smallest = client.get("/", headers=BROWSER)

    assert not plain.has_header("Content-Encoding")
    assert gzip.decompress(packed.content) == plain.content
    assert brotli.decompress(smallest.content) == plain.content
    assert len(smallest.content) < len(packed.content) < len(plain.content)
    assert len({page.headers["ETag"] for page in (plain, packed, smallest)}) == 3
    for page in (plain, packed, smallest):
        assert page.headers["Content-Length"] == str(len(page.content))


def test_a_body_is_compressed_once(client, paper, monkeypatch):
    client.get("/", headers=BROWSER)
    monkeypatch.setitem(COMPRESSORS, "br", None)

    assert client.get("/", headers=BROWSER).status_code == 200


def test_head_gets_the_headers_of_the_page(client, paper):
    cold = client.head("/", headers=BROWSER)
    page = client.get("/", headers=BROWSER)
    warm = client.head("/", headers=BROWSER)

    assert cold.headers == warm.headers == page.headers
    assert (cold.content, warm.content) == (b"", b"")


ALONE = {
    "an error": lambda: HttpResponse("x", status=404),
    "a redirect": lambda: HttpResponse(status=302, headers={"Location": "/"}),
    "a stream": lambda: StreamingHttpResponse([b"x"]),
    "of a session": lambda: HttpResponse("x", headers={"Vary": "Cookie"}),
    "in some language": lambda: HttpResponse("x", headers={"Vary": "Accept-Language"}),
    "private": lambda: HttpResponse("x", headers={"Cache-Control": "private, max-age=3"}),
    "not to be stored": lambda: HttpResponse("x", headers={"Cache-Control": "no-store"}),
    "with a validator of its own": lambda: HttpResponse("x", headers={"ETag": '"x"'}),
}


def with_cookie():
    response = HttpResponse("x")
    response.set_cookie("csrftoken", "x")
    return response


@pytest.mark.parametrize("kind", [*ALONE, "with a cookie"])
def test_what_is_for_one_visitor_is_not_kept(middleware, kind):
    make = ALONE.get(kind, with_cookie)

    first = middleware(response=make)
    middleware(response=make)

    assert middleware.rendered == 2
    assert first.headers == make().headers
    assert not store.pages


@pytest.mark.parametrize(
    "asked",
    [
        {"cookie": "sessionid=abc"},
        {"authorization": "Basic x"},
        {"path": "/admin/"},
        {"path": "/media/x.pdf"},
        {"path": "/static/x.css"},
        {"path": f"/?q={'x' * 600}"},
        {"method": "post"},
        {"method": "put"},
    ],
    ids=str,
)
def test_who_may_get_something_else_is_not_served_from_the_cache(middleware, asked):
    for _ in range(2):
        middleware(**asked)

    assert middleware.rendered == 2
    assert not store.pages


def test_the_login_page_is_never_kept(client):
    tokens = {client.get("/admin/login/").cookies["csrftoken"].value for _ in range(2)}

    assert len(tokens) == 2 or not store.pages
    assert not store.pages


def test_other_hosts_and_schemes_get_their_own_answer(client, settings, paper):
    assert client.get("/", headers={"host": "localhost"}).status_code == 200

    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/", headers={"host": "localhost"}).status_code == 301


def test_without_an_address_of_its_own_a_site_names_the_one_it_was_asked_by(client, paper):
    pages = [client.get("/", headers={"host": f"localhost:{port}"}) for port in (8000, 8001)]

    assert b"localhost:8000" in pages[0].content
    assert b"localhost:8000" not in pages[1].content


def test_with_an_address_the_port_asked_for_makes_no_further_pages(client, settings, paper):
    settings.SITE_URL = "http://localhost"
    for port in (8000, 8001):
        assert b":800" not in client.get("/", headers={"host": f"localhost:{port}"}).content

    assert len(store.pages) == 1


def test_query_parameters_that_pages_know_tell_them_apart(middleware):
    for path in ("/?page=1", "/?page=2", "/?page=1&q=x", "/?q=x&page=1", "/?q="):
        middleware(path)

    assert {key.query for key in store.pages} == {
        (("page", "1"),),
        (("page", "2"),),
        (("page", "1"), ("q", "x")),
        (("q", ""),),
    }


def test_a_parameter_given_twice_finds_what_its_last_value_shows(middleware):
    middleware("/publications/?kind=book&kind=article")
    middleware("/publications/?kind=article&kind=book")

    assert middleware.rendered == 2


def test_an_unknown_parameter_finds_the_page_but_never_makes_one(middleware):
    middleware("/?utm_source=x")
    assert not store.pages

    middleware("/")
    found = middleware("/?utm_source=x&fbclid=y")

    assert middleware.rendered == 2
    assert found.status_code == 200


def test_searches_take_no_place_on_the_disk(middleware):
    middleware("/?q=brains")

    assert cache.get(next(iter(store.pages)).shared) is None


def test_a_page_rendered_by_one_process_serves_all(client, paper, django_assert_num_queries):
    first = client.get("/", headers=BROWSER)
    store.clear()  # as in another process

    with django_assert_num_queries(1):
        second = client.get("/", headers=BROWSER)

    assert second.content == first.content


def test_a_page_of_another_build_is_not_found(client, paper, settings):
    client.get("/publications/")
    store.clear()

    settings.LANGUAGE_CODE = "de"

    assert 'lang="de"' in client.get("/publications/").content.decode()


def test_of_many_who_ask_at_once_one_has_the_page_rendered(rf):
    started, go_on = threading.Event(), threading.Event()
    rendered = []

    def view(request):
        rendered.append(request)
        started.set()
        assert go_on.wait(60)
        return HttpResponse(b"x")

    middleware = PageCacheMiddleware(view)
    middleware._label = lambda: ("token", "build")
    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(middleware, rf.get("/")) for _ in range(4)]
        assert started.wait(60)
        go_on.set()

    assert [answer.result().content for answer in answers] == [b"x"] * 4
    assert len(rendered) == 1


def fail(*args, **kwargs):
    raise DatabaseError("no such table: pages")


def test_when_the_database_fails_kept_pages_go_on(client, paper, monkeypatch, caplog):
    first = client.get("/")

    monkeypatch.setattr(page_cache, "current_revision", fail)

    assert client.get("/").content == first.content
    assert "no such table" in caplog.text
    store.clear()  # as after a restart
    assert Client().get("/").content == first.content


@pytest.mark.django_db(transaction=True)
def test_when_the_database_fails_no_older_state_comes_back(client, paper, monkeypatch):
    client.get("/")
    Publication.objects.update(visibility="draft")  # and nobody looks before it fails

    monkeypatch.setattr(page_cache, "current_revision", fail)
    monkeypatch.setattr(views.HomeView, "get", fail)

    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 503
    assert "A paper on" not in response.text


def test_when_a_new_version_fails_pages_of_the_one_before_go_on(client, paper, monkeypatch):
    first = client.get("/")
    store.clear()
    monkeypatch.setattr(page_cache, "build_id", lambda: "new version")
    monkeypatch.setattr(views.HomeView, "get", fail)

    failing = Client(raise_request_exception=False)
    second = failing.get("/")
    third = failing.get("/publications/nothing-kept/")

    assert (second.status_code, second.content) == (200, first.content)
    assert third.status_code == 404
    Publication.objects.update(visibility="draft")
    assert failing.get("/").status_code == 503


def test_the_memory_is_bounded():
    pages = PageStore(most_bytes=1000)
    for number in range(10):
        page = Page(("token", "build"), {}, {"": b"x" * 300})
        pages.set(Key("", "", f"/{number}/", (("q", ""),)), page)

    assert [key.path for key in pages.pages] == ["/7/", "/8/", "/9/"]
    assert pages.size == 900
    pages.get(Key("", "", "/7/", (("q", ""),)), ("token", "build"))
    pages.set(Key("", "", "/0/", (("q", ""),)), page)
    assert [key.path for key in pages.pages] == ["/9/", "/7/", "/0/"]


def test_a_page_grown_by_an_encoding_is_counted_whole():
    pages = PageStore()
    key, page = Key("", "", "/"), Page(("t", "b"), {"Content-Type": "text/html"}, {"": b"x" * 900})
    pages.set(key, page)
    page.add("gzip")
    pages.grown(key, page)

    assert pages.size == page.size > 900


def test_pages_too_large_to_keep_are_served_all_the_same(client, paper, monkeypatch):
    monkeypatch.setattr(page_cache, "LARGEST_PAGE", 10)

    response = client.get("/", headers=BROWSER)

    assert response.headers["ETag"]
    assert not store.pages


def test_while_templates_change_nothing_is_kept(settings):
    settings.DEBUG = True
    handler = Client().handler
    handler.load_middleware()

    assert handler._middleware_chain.__class__.__name__ != "PageCacheMiddleware"


def test_an_answer_that_is_not_for_all_may_follow_one_that_was(client, paper, monkeypatch):
    client.get("/")
    Publication.objects.update(title="Other")
    monkeypatch.setattr(views.HomeView, "get", lambda *args, **kwargs: HttpResponse(status=410))

    assert client.get("/").status_code == 410


def test_the_name_in_the_shared_cache_tells_pages_apart():
    keys = [
        Key("http", "a", "/"),
        Key("https", "a", "/"),
        Key("http", "b", "/"),
        Key("http", "a", "/b"),
        Key("http", "a", "/", (("q", "x"),)),
    ]

    assert len({key.shared for key in keys}) == len(keys)
    assert page_store.Key(*keys[0]).shared == keys[0].shared
