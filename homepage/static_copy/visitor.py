"""Asks the site's own views what they answer, without a server in between.

Paths are those of the site, without the prefix that it stands below.
"""

from __future__ import annotations

import io
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import resolve
from django.utils.functional import SimpleLazyObject

from homepage.common.pages import page
from homepage.context_processors import shared
from publications.files import hidden_files

from .assets import read_static, static_name
from .frames import Frames

PAGE = "text/html"
# Addresses that a copy holds because pages refer to them.
FILES = ("media", "paper")


@dataclass(frozen=True)
class Answer:
    """What a visitor gets."""

    content: bytes
    media_type: str = ""
    # Of a page that shares its frame with others: what is its own.
    own: str | None = None

    @property
    def is_page(self) -> bool:
        return self.media_type == PAGE


class Visitor:
    """An anonymous visitor of the site at `base_url`, who is told only once what all pages say."""

    def __init__(self, base_url: str):
        self.base_url = base_url
        parts = urlsplit(base_url)
        environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": parts.path,
            "SERVER_NAME": parts.hostname,
            "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
            "HTTP_HOST": parts.netloc,
            "wsgi.url_scheme": parts.scheme,
            "wsgi.input": io.BytesIO(),
        }
        self.shared = shared()
        self.hidden_files = SimpleLazyObject(hidden_files)
        self.frames = Frames(self._is_destination)
        self.asking = WSGIRequest(environ)
        self.asking.shared, self.asking.user = self.shared, AnonymousUser()
        self.asking.hidden_files = self.hidden_files

    def request(self, path: str, is_there: bool = True) -> HttpRequest:
        """Return a request for a path; `is_there` says that a view answers it. Raises Http404."""
        # As in WSGI: the bytes of the path, each as a character.
        info = unquote(path).encode().decode("latin-1")
        request = WSGIRequest.__new__(WSGIRequest)  # to make one in full takes far longer
        vars(request).update(vars(self.asking))
        request.META = request.environ = {**self.asking.META, "PATH_INFO": info}
        request.path_info = unquote(path)
        request.path = self.asking.META["SCRIPT_NAME"] + request.path_info
        if is_there:
            request.resolver_match = resolve(request.path_info)
        return request

    def get(
        self, path: str, prepare: Callable[[dict[str, Any]], object] = lambda context: None
    ) -> Answer:
        """Return the answer at a path; `prepare` may change what is shown. Raises Http404."""
        request = self.request(path)
        match = request.resolver_match
        response = match.func(request, *match.args, **match.kwargs)
        if isinstance(response, TemplateResponse):
            prepare(response.context_data)
        return answer(response)

    def framed(self, response: TemplateResponse, variant: object = None) -> Answer:
        """Return what a visitor gets of a page that shares its frame with others of a variant."""
        frame, slots = self.frames.render(response, variant)
        return Answer(frame.filled(slots).encode(), PAGE, frame.common + "".join(slots))

    def _is_destination(self, path):
        return any(entry.address == path for entry in self.shared["navigation"])

    def get_file(self, path: str) -> Answer | None:
        """Return a file of the site: a static one or an upload that is public."""
        return self._get(path, FILES)

    def get_public(self, path: str) -> Answer | None:
        """Return whatever is public at a path."""
        return self._get(path, None)

    @cached_property
    def not_found(self) -> Answer:
        """Return the page for addresses that are not there."""
        request = self.request("/404.html", is_there=False)
        return Answer(page("404.html").render({}, request).encode(), PAGE)

    def moved(self, target: str) -> Answer:
        """Return a page that leads on to an address."""
        return Answer(render_to_string("homepage/moved.html", {"target": target}).encode(), PAGE)

    def _get(self, path, names):
        try:
            if (name := static_name(path)) is not None:
                return Answer(read_static(name), mimetypes.guess_type(name)[0] or "")
            if names is None or resolve(path).url_name in names:
                return self.get(path)
        except (Http404, OSError):
            pass
        return None


def answer(response: HttpResponseBase) -> Answer:
    """Return what a visitor gets of a response. Raises Http404 if it is no answer."""
    if response.status_code != 200:
        raise Http404
    if hasattr(response, "render"):
        response.render()
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    if not response.streaming:
        return Answer(response.content, media_type)
    content = b"".join(response.streaming_content)
    close(response)
    return Answer(content, media_type)


def close(response: HttpResponseBase) -> None:
    """Close the file of a response, but not the database's connection: no request has ended."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)
