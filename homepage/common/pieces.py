"""Pieces of pages: rendered once, and shown again as long as what they are made of is the same.

A piece is kept under the name of what it shows and how, with the digest of all that it is made of;
one of another digest is none. So no page is ever out of date, nothing has to be deleted, and what
is kept does not grow with the number of changes. In the cache `pieces`, which all processes share.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.conf import settings
from django.core.cache import caches
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .build import build_id

SIZE = 16
SAFE = "safe"
MONTH = 30 * 24 * 60 * 60


class Pieces:
    """Pieces of one kind, which differ only in the row that each shows, by its key.

    `kind` says all else that they depend on but their digests; language, build and the path of
    the site come by themselves.
    """

    def __init__(self, *kind: object):
        about = (*kind, get_language(), get_script_prefix())
        self.name = hashlib.blake2b(repr(about).encode(), digest_size=SIZE).hexdigest()

    def get(self, digests: Mapping[int, str]) -> dict[int, str]:
        """Return those that are kept of rows that still have these digests.

        What templates had made when it was put is safe again.
        """
        if settings.DEBUG or not digests:
            return {}  # templates change while the site runs
        keys = {self._name(key): key for key in digests}
        build, found = build_id(), {}
        for name, kept in caches["pieces"].get_many(keys).items():
            label, _, text = kept.partition("\n")
            key = keys[name]
            if label == f"{build} {digests[key]} {SAFE}":
                found[key] = mark_safe(text)  # noqa: S308 a template made it
            elif label == f"{build} {digests[key]}":
                found[key] = text
        return found

    def put(self, digests: Mapping[int, str], texts: Mapping[int, str]) -> None:
        """Keep texts of rows that had these digests before and after they were made."""
        if settings.DEBUG or not texts:
            return
        build, kept = build_id(), {}
        for key, text in texts.items():
            mark = f" {SAFE}" if isinstance(text, SafeString) else ""
            kept[self._name(key)] = f"{build} {digests[key]}{mark}\n{text}"
        caches["pieces"].set_many(kept, MONTH)

    def _name(self, key):
        return f"{self.name}:{key}"
