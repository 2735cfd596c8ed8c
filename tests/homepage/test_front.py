"""What stands before the framework answers as the framework would, or leaves it to it."""

import io

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from homepage import front as module
from homepage.front import Front
from homepage.page_store import store
from profiles.models import Profile
from tests.factories import make_profile, make_publication, make_section

pytestmark = pytest.mark.django_db


class Site:
    """The whole site as a server sees it; `asked` counts what goes the whole way."""

    def __init__(self):
        self.handler = WSGIHandler()
        self.front = Front(self._whole_way)
        self.asked = 0

    def _whole_way(self, environ, start_response):
        self.asked += 1
        return self.handler(environ, start_response)

    def get(self, path="/", query="", application=None, **more):
        environ = {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost",
            "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(), **more,
        }  # fmt: skip
        said = []
        answer = (application or self.front)(environ, lambda *head: said.extend(head))
        body = b"".join(answer)
        getattr(answer, "close", bool)()
        return said[0], sorted(said[1]), body


@pytest.fixture
def site(monkeypatch):
    # The transaction that a test runs in must outlive its requests.
    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", lambda self: None)
    make_profile()
    make_section("Publications", shows="publications")
    make_publication("A paper")
    return Site()


def test_a_question_that_was_answered_goes_no_more_the_whole_way(site):
    first = site.get()
    assert site.asked == 1
    again = site.get()
    assert site.asked == 1
    assert again == first
    assert again == site.get(application=site.handler)
    assert b"A paper" in again[2]


@pytest.mark.parametrize("encoding", ["gzip", "br", "gzip, deflate, br", "identity", ""])
def test_each_encoding_is_answered_as_the_framework_does(site, encoding):
    asked = {"HTTP_ACCEPT_ENCODING": encoding}
    first = site.get(**asked)
    assert [site.get(**asked), site.get(application=site.handler, **asked)] == [first, first]
    assert site.asked == 1


def test_a_change_is_seen_at_once(site):
    site.get(), site.get()
    Profile.objects.update(name="Somebody Else")

    assert b"Somebody Else" in site.get()[2]
    assert site.asked == 2
    assert b"Somebody Else" in site.get()[2]
    assert site.asked == 2


def test_who_has_the_page_is_told_so_until_it_changes(site):
    tag = dict(site.get()[1])["ETag"]
    asked = {"HTTP_IF_NONE_MATCH": f'"other", W/{tag}'}

    answer = site.get(**asked)
    assert answer == site.get(application=site.handler, **asked)
    assert (answer[0], answer[2], site.asked) == ("304 Not Modified", b"", 1)

    Profile.objects.update(name="Somebody Else")
    assert site.get(**asked)[0] == "200 OK"


@pytest.mark.parametrize(
    "other",
    [
        {"HTTP_COOKIE": "a=b; sessionid=x"},
        {"HTTP_AUTHORIZATION": "Basic eDp5"},
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"HTTP_HOST": "evil.example"},
        {"SCRIPT_NAME": "/~jane"},
        {"QUERY_STRING": "page=1"},
        {"wsgi.url_scheme": "https"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_HOST": "localhost"},
    ],
    ids=lambda other: next(iter(other)) + next(iter(other.values()))[:4],
)
def test_whatever_else_may_count_goes_the_whole_way(site, other):
    site.get(), site.get()
    site.get(**other)
    assert site.asked == 2


def test_what_is_no_kept_page_is_asked_each_time(site):
    for path, status in (("/nothing/", "404"), ("/healthz", "200"), ("/admin/login/", "200")):
        assert [site.get(path)[0][:3], site.get(path)[0][:3]] == [status] * 2
    assert site.asked == 6


def test_a_page_that_is_no_longer_kept_is_asked_for(site):
    site.get()
    store.clear()
    assert b"A paper" in site.get()[2]
    assert site.asked == 2


def test_while_the_database_fails_the_framework_says_what_to_do(site, monkeypatch):
    site.get()

    def fail():
        raise DatabaseError("gone")

    monkeypatch.setattr(module, "current_revision", fail)
    assert b"A paper" in site.get()[2]
    assert site.asked == 2


def test_another_build_makes_its_own_pages(site, monkeypatch):
    site.get()
    monkeypatch.setattr(module, "build_id", lambda: "another")
    site.get()
    assert site.asked == 2


def test_questions_do_not_pile_up(site, monkeypatch):
    monkeypatch.setattr(module, "MOST_QUESTIONS", 3)
    for number in range(10):
        site.get("/publications/", query=f"q={number}")
    assert len(site.front.pages) <= 3


def test_the_server_is_given_the_front():
    from homepage.wsgi import application

    assert isinstance(application, Front)
