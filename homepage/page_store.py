"""Where finished pages are kept: in the memory of each process, and in the cache that all share."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from django.core.cache import cache
from django.http.response import ResponseHeaders

from .encodings import COMPRESSORS, accepted, compress, is_compressible

# Of each process; two of them fit into 512 MB with everything else.
MOST_BYTES = 16 * 1024 * 1024
# A browser keeps the page and asks each time whether it is still the one.
CACHE_CONTROL = "public, no-cache"
# Under this name a question comes with what is to be told which page answers it: `front.py`.
NOTE = "homepage.note"


class Key(NamedTuple):
    """What a page depends on besides content and build; `query` is sorted, known names only."""

    scheme: str
    host: str
    path: str
    query: tuple[tuple[str, str], ...] = ()

    @property
    def shared(self) -> str:
        """Return the page's name in the cache that all processes share."""
        return f"page:{hashlib.sha256(repr(self).encode()).hexdigest()}"


class Page:
    """An answer that everybody gets, with its body in each encoding that was asked for.

    `label` is the revision and the build that it shows.
    """

    def __init__(self, label: tuple[str, str], headers: dict[str, str], bodies: dict[str, bytes]):
        self.label = label
        self.headers = headers
        self.bodies = bodies
        self.is_compressible = is_compressible(headers.get("Content-Type", ""), bodies[""])
        self.answers: dict[str, tuple[bytes, ResponseHeaders]] = {}

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values()))

    def encoding(self, header: str) -> str:
        """Return the best encoding that an Accept-Encoding header allows, "" for none."""
        return next(iter(accepted(header)), "") if self.is_compressible else ""

    def add(self, encoding: str) -> None:
        """Make the body in another encoding."""
        self.bodies = {**self.bodies, encoding: compress(self.bodies[""], encoding)}

    def answer(self, encoding: str) -> tuple[bytes, ResponseHeaders]:
        """Return body and headers, the very same ones each time: they are not to be changed."""
        if encoding not in self.answers:
            body = self.bodies[encoding]
            headers = {
                **self.headers,
                "Content-Length": str(len(body)),
                "ETag": etag(self.label, encoding),
            }
            if encoding:
                headers["Content-Encoding"] = encoding
            self.answers[encoding] = body, ResponseHeaders(headers)
        return self.answers[encoding]


def etag(label: tuple[str, str], encoding: str) -> str:
    return f'"{"-".join(filter(None, [*label, encoding]))}"'


def known_tag(header: str, label: tuple[str, str]) -> str | None:
    """Return which tag of an If-None-Match header is of a page of this label, in any encoding.

    It was a page then, so it is one now: it need not be looked for.
    """
    if not header:
        return None
    ours = {etag(label, encoding) for encoding in ("", *COMPRESSORS)}
    found = ours.intersection(tag.strip().removeprefix("W/") for tag in header.split(","))
    return found.pop() if found else None


def unchanged(tag: str) -> dict[str, str]:
    """Return the headers of the answer that a visitor has the page already."""
    return {"ETag": tag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding"}


class PageStore:
    """The pages of one process; of too many, those go that were not asked for longest."""

    def __init__(self, most_bytes: int = MOST_BYTES):
        self.most_bytes = most_bytes
        self.pages: OrderedDict[Key, tuple[Page, int]] = OrderedDict()
        self.size = 0
        self.lock = Lock()

    def get(self, key: Key, label: tuple[str, str]) -> Page | None:
        """Return the page if one is kept that shows this revision in this build."""
        return self.get_own(key, label) or self._get_shared(key, label)

    def get_own(self, key: Key, label: tuple[str, str]) -> Page | None:
        """Return the page likewise, if this process has it in its memory."""
        entry = self.pages.get(key)
        if entry is None or entry[0].label != label:
            return None
        with self.lock:
            if key in self.pages:
                self.pages.move_to_end(key)
        return entry[0]

    def get_of_any_build(self, key: Key, revision: str) -> Page | None:
        """Return the page as an earlier version of the site showed this revision."""
        found = None if key.query else cache.get(key.shared)
        return Page(*found) if found and found[0][0] == revision else None

    def set(self, key: Key, page: Page) -> None:
        self._set_own(key, page)
        # Anybody can ask for any number of searches; they are not worth a place on the disk.
        if not key.query:
            cache.set(key.shared, (page.label, page.headers, page.bodies), timeout=None)

    def grown(self, key: Key, page: Page) -> None:
        """Take note that a page, if it is kept, has another encoding now."""
        if self.pages.get(key, (None,))[0] is page:
            self.set(key, page)

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.size = 0

    def _get_shared(self, key, label):
        found = None if key.query else cache.get(key.shared)
        if found is None or found[0] != label:
            return None
        page = Page(*found)
        self._set_own(key, page)
        return page

    def _set_own(self, key, page):
        with self.lock:
            _, former = self.pages.pop(key, (None, 0))
            self.pages[key] = (page, page.size)
            self.size += page.size - former
            while self.size > self.most_bytes:
                _, (_, size) = self.pages.popitem(last=False)
                self.size -= size


store = PageStore()
