"""Stands before the framework: answers again what it answered, as long as it would answer the same.

Making a request of what a server hands over, and leading it through every handler, takes several
times as long as finding a page that is kept. So the page cache notes which page it found for a
question. The same question is answered with that page from then on: while the page is kept and
shows the revision that the database has at that moment. All else goes the whole way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from .common.build import build_id
from .page_store import NOTE, Key, known_tag, store, unchanged
from .revision import current_revision

# All that decides which page is found, and whether one may be.
ASKED = (
    "REQUEST_METHOD SCRIPT_NAME PATH_INFO QUERY_STRING HTTP_HOST SERVER_NAME SERVER_PORT "
    "HTTP_ACCEPT_ENCODING HTTP_X_FORWARDED_HOST HTTP_X_FORWARDED_PORT HTTP_X_FORWARDED_PROTO "
    "wsgi.url_scheme"
).split()
MOST_QUESTIONS = 5_000

Question = tuple[Any, ...]
Environ = dict[str, Any]


class Front:
    """A WSGI application around another one."""

    def __init__(self, application: Callable[..., Iterable[bytes]]):
        self.application = application
        self.pages: dict[Question, tuple[Key, str]] = {}
        self.session_cookie = f"{settings.SESSION_COOKIE_NAME}="

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or self._is_of_one(environ):
            return self.application(environ, start_response)
        question = tuple(map(environ.get, ASKED))
        found = self.pages.get(question)
        answer = found and self._answer(environ, *found)
        if answer:
            status, headers, body = answer
            start_response(status, headers)
            return [body]
        environ[NOTE] = lambda key, encoding: self._note(question, key, encoding)
        return self.application(environ, start_response)

    def _is_of_one(self, environ):
        """Return whether the answer may be for this visitor alone."""
        return self.session_cookie in environ.get("HTTP_COOKIE", "") or (
            "HTTP_AUTHORIZATION" in environ
        )

    def _note(self, question, key, encoding):
        if len(self.pages) >= MOST_QUESTIONS:
            self.pages.clear()
        self.pages[question] = key, encoding

    def _answer(self, environ, key, encoding):
        """Return status, headers and body; None if the framework is to say what to do."""
        try:
            connections[DEFAULT_DB_ALIAS].close_if_unusable_or_obsolete()
            label = current_revision(), build_id()
        except DatabaseError:
            return None
        if tag := known_tag(environ.get("HTTP_IF_NONE_MATCH", ""), label):
            return "304 Not Modified", list(unchanged(tag).items()), b""
        page = store.get_own(key, label)
        if page is None or encoding not in page.bodies:
            return None
        body, headers = page.answer(encoding)
        return "200 OK", list(headers.items()), body
