"""Asks the site's own views what they answer, without a server in between.

Paths are those of the site, without the prefix that it may stand below.
"""

from __future__ import annotations

import io
import mimetypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote, urlsplit

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import resolve

from homepage.context_processors import shared
from publications.exporting import public_text
from publications.models import Publication
from publications.rows import to_record
from publications.views import PublicationFileView, PublicationView

from .assets import read_static, static_name

PAGE = "text/html"
BATCH = 400
OF_ONE_PAPER = (PublicationView, PublicationFileView)
# Addresses that a copy holds because pages refer to them.
FILES = ("media", "paper")


@dataclass(frozen=True)
class Answer:
    """What a visitor gets."""

    content: bytes
    media_type: str = ""

    @property
    def is_page(self) -> bool:
        return self.media_type == PAGE


class Visitor:
    """An anonymous visitor, who is told only once what is the same on every page.

    Papers are looked up some hundred at a time: visiting all of them takes a constant number of
    queries for each batch.
    """

    def __init__(self, base_url: str, prefix: str = ""):
        self.base_url = base_url
        parts = urlsplit(base_url)
        self.environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": prefix,
            "SERVER_NAME": parts.hostname,
            "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
            "HTTP_HOST": parts.netloc,
            "wsgi.url_scheme": parts.scheme,
            "wsgi.input": io.BytesIO(),
        }
        self.shared = shared()
        self.papers: dict[str, Publication] = {}

    def visit(self, paths: Iterable[str]) -> Iterator[tuple[str, Answer]]:
        """Yield each path with the answer there. Raises Http404."""
        paths = iter(paths)
        while batch := list(islice(paths, BATCH)):
            requests = [self._request(path) for path in batch]
            self._look_up(request.resolver_match for request in requests)
            for path, request in zip(batch, requests, strict=True):
                yield path, self._answer(request)

    def get_file(self, path: str) -> Answer | None:
        """Return a file of the site: a static one or an upload that is public."""
        return self._get(path, FILES)

    def get_public(self, path: str) -> Answer | None:
        """Return whatever is public at a path."""
        return self._get(path, None)

    def not_found(self) -> Answer:
        """Return the page for addresses that are not there."""
        request = WSGIRequest({**self.environ, "PATH_INFO": "/404.html"})
        request.shared = self.shared
        return Answer(render_to_string("404.html", {}, request).encode(), PAGE)

    def moved(self, target: str) -> Answer:
        """Return a page that leads on to an address."""
        return Answer(render_to_string("homepage/moved.html", {"target": target}).encode(), PAGE)

    def _get(self, path, names):
        try:
            if (name := static_name(path)) is not None:
                return Answer(read_static(name), mimetypes.guess_type(name)[0] or "")
            request = self._request(path)
            if names is None or request.resolver_match.url_name in names:
                return self._answer(request)
        except (Http404, OSError):
            pass
        return None

    def _request(self, path) -> HttpRequest:
        # As in WSGI: the bytes of the path, each as a character.
        info = unquote(path).encode().decode("latin-1")
        request = WSGIRequest({**self.environ, "PATH_INFO": info})
        request.shared, request.user = self.shared, AnonymousUser()
        request.resolver_match = resolve(request.path_info)
        return request

    def _look_up(self, matches):
        slugs = {match.kwargs["slug"] for match in matches if _view(match) in OF_ONE_PAPER}
        papers = (
            Publication.objects.public()
            .for_page()
            .prefetch_related("topics")
            .filter(slug__in=slugs)
        )
        self.papers = {paper.slug: paper for paper in papers} if slugs else {}

    def _answer(self, request) -> Answer:
        match = request.resolver_match
        paper = self.papers.get(match.kwargs.get("slug"))
        if paper is not None and _view(match) is PublicationView:
            return self._paper(request, paper)
        if paper is not None and _view(match) is PublicationFileView:
            return self._file(paper, match.kwargs["format"])
        return _answer(match.func(request, *match.args, **match.kwargs))

    def _paper(self, request, paper) -> Answer:
        view = PublicationView()
        view.setup(request, slug=paper.slug)
        view.object = paper
        return _answer(view.render_to_response(view.get_context_data(object=paper)))

    def _file(self, paper, format) -> Answer:
        text = public_text([to_record(paper, format.name)], format, base=f"{self.base_url}/")
        return Answer(text.encode(), format.media_type)


def _view(match):
    return getattr(match.func, "view_class", None)


def _answer(response: HttpResponseBase) -> Answer:
    if response.status_code != 200:
        raise Http404
    if hasattr(response, "render"):
        response.render()
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    if not response.streaming:
        return Answer(response.content, media_type)
    content = b"".join(response.streaming_content)
    response.close()
    return Answer(content, media_type)
