"""Atom feeds (RFC 4287): entries with ids that never change, links that lead back here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from .characters import FORBIDDEN
from .pages import page

MEDIA_TYPE = "application/atom+xml"
# What the site was before anything was written on it.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# The renderer sets every value in double quotes.
ADDRESS = re.compile(r' (?:href|src)="(?!https?://)([^"]*)')


@dataclass(frozen=True)
class Entry:
    """One entry; `content` is HTML, the rest plain text. Another slug or host keeps the `uid`."""

    uid: UUID
    title: str
    address: str
    published: datetime
    updated: datetime
    content: str
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """A feed and the page that it follows; their addresses are whole."""

    address: str
    page: str
    title: str
    entries: Sequence[Entry] = ()

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=NEVER)

    def response(self, request: HttpRequest) -> HttpResponse:
        text = FORBIDDEN.sub("", page("feed.xml").render({"feed": self}, request))
        return HttpResponse(text, content_type=f"{MEDIA_TYPE}; charset=utf-8")


def with_whole_addresses(html: str, address: str) -> str:
    """Return HTML that a reader may show anywhere; it stands on the page at `address`."""

    def whole(match):
        start = match.start(1) - match.start()
        return match[0][:start] + urljoin(address, match[1])

    return ADDRESS.sub(whole, html)
