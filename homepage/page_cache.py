"""Whole pages, kept for as long as the content is as it was; outermost in the middleware.

A page is kept with the revision of the content that it shows, and the revision is read afresh for
each request. So nothing is deleted to keep pages fresh: one that shows something else is not
found. Kept is only what everybody gets alike, as `is_for_all` says.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cached_property
from threading import Lock
from urllib.parse import parse_qsl
from weakref import WeakValueDictionary

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse

from .common.build import build_id
from .page_store import CACHE_CONTROL, NOTE, Key, Page, known_tag, store, unchanged
from .revision import current_revision, last_known_revision, remember

logger = logging.getLogger(__name__)

# The query parameters that public pages know. Another one changes nothing on a page: the page may
# be found under an address that has some, but is never kept under such a one.
PARAMETERS = frozenset("author category first group kind page q topic venue year".split())
LONGEST_QUERY = 500
LARGEST_PAGE = 4 * 1024 * 1024
OTHERS = ("admin:index", "healthz")


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        if settings.DEBUG:
            raise MiddlewareNotUsed("Templates change while the site runs.")
        self.get_response = get_response
        self.session_cookie = f"{settings.SESSION_COOKIE_NAME}="
        self.seen = ""
        self.rendering: WeakValueDictionary[Key, Lock] = WeakValueDictionary()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request) if self._may_be_kept(request) else None
        label = self._label() if key else ("", "")
        if not label[0]:
            return self.get_response(request)
        return not_modified(request, label) or self._page(request, key, label)

    def _may_be_kept(self, request):
        meta = request.META
        return (
            request.method in ("GET", "HEAD")
            and not request.path.startswith(self.others)
            and len(meta.get("QUERY_STRING", "")) <= LONGEST_QUERY
            and self.session_cookie not in meta.get("HTTP_COOKIE", "")
            and "HTTP_AUTHORIZATION" not in meta
            and (request.is_secure() or not settings.SECURE_SSL_REDIRECT)
        )

    @cached_property
    def others(self):
        """Return the beginnings of addresses at which no page for everybody stands."""
        names = (*map(reverse, OTHERS), settings.STATIC_URL, settings.MEDIA_URL)
        return tuple(name for name in names if name and name != "/")

    def _label(self):
        """Return revision and build; if the database fails, those of the last good state."""
        try:
            revision = current_revision()
        except DatabaseError as error:
            logger.error("The revision cannot be read, pages that are kept go on: %s", error)
            return last_known_revision(), build_id()
        if revision != self.seen:
            self.seen = revision
            if not last_known_revision():
                remember(revision)
        return revision, build_id()

    def _page(self, request, key, label):
        page = store.get(key, label)
        if page is None:
            # Of many who ask for the same page at once, one has it rendered.
            with self.rendering.setdefault(key, Lock()):
                page = store.get(key, label) or self._render(request, key, label)
            if not isinstance(page, Page):
                return page
        encoding = page.encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding not in page.bodies:
            page.add(encoding)
            store.grown(key, page)
        if note := request.META.get(NOTE):
            note(key, encoding)
        return response_of(request, page, encoding)

    def _render(self, request, key, label):
        """Return the page, or an answer that is for this visitor alone."""
        response = self.get_response(request)
        if response.status_code >= 500:
            # A new version, perhaps, whose migrations have not been run.
            return store.get_of_any_build(key, label[0]) or response
        if not is_for_all(response):
            return response
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        headers.setdefault("Cache-Control", CACHE_CONTROL)
        headers["Vary"] = "Accept-Encoding"
        page = Page(label, headers, {"": response.content})
        if request.method == "GET" and is_known(request) and page.size <= LARGEST_PAGE:
            store.set(key, page)
        return page


def key_of(request: HttpRequest) -> Key | None:
    """Return what the page depends on, None if the site does not answer to that name."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    # With SITE_URL no page says by which name it was asked for.
    place = ("", "") if settings.SITE_URL else (request.scheme, host)
    return Key(*place, request.path, known_query(request))


def known_query(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    query = request.META.get("QUERY_STRING", "")
    if not query:
        return ()
    pairs = parse_qsl(query, keep_blank_values=True)
    known = (pair for pair in pairs if pair[0] in PARAMETERS)
    # Of a parameter that stands there twice the last one counts, so those stay in their order.
    return tuple(sorted(known, key=lambda pair: pair[0]))


def is_known(request: HttpRequest) -> bool:
    """Return whether every query parameter is one that pages know."""
    pairs = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    return all(name in PARAMETERS for name, _ in pairs)


def is_for_all(response: HttpResponse) -> bool:
    """Return whether everybody who asks gets this very answer, until the content changes."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Vary", "").lower() in ("", "accept-encoding")
        and not any(response.has_header(name) for name in ("Content-Encoding", "ETag"))
        and not {"private", "no-store"} & set(response.get("Cache-Control", "").split(", "))
    )


def not_modified(request: HttpRequest, label: tuple[str, str]) -> HttpResponse | None:
    """Return a 304 if the visitor has a page of this revision already, in whatever encoding."""
    tag = known_tag(request.META.get("HTTP_IF_NONE_MATCH", ""), label)
    return HttpResponseNotModified(headers=unchanged(tag)) if tag else None


def response_of(request: HttpRequest, page: Page, encoding: str) -> HttpResponse:
    body, headers = page.answer(encoding)
    response = HttpResponse(body if request.method == "GET" else b"")
    response.headers = headers
    return response
