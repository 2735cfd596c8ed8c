"""Addresses of the old site that become redirects to where the content now stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.urls import Resolver404, resolve

from .academicpages.data import OldAddress, Page

HOME = "/"
# Paths that the site itself answers, with whatever stands behind them.
OWN_PATHS = ("/admin", "/media", "/static", "/publications")
LONGEST = 200  # Redirect.old_path


@dataclass(frozen=True)
class RedirectItem:
    """An old address: a new redirect, one that is there already, or why it is refused."""

    path: str
    target: str
    line: int
    is_new: bool = False
    refused: str = ""


def plan_redirects(page: Page) -> Iterator[RedirectItem]:
    """Yield what becomes of each old address of a page. Reads only."""
    target = HOME
    known = dict(
        Redirect.objects.filter(site_id=settings.SITE_ID).values_list("old_path", "new_path")
    )
    for address in page.addresses:
        path, refused = normalized(address)
        if path is None:
            continue
        if refused:
            yield RedirectItem(address.path, target, address.line, refused=refused)
        elif path in known:
            yield RedirectItem(path, known[path], address.line)
        else:
            known[path] = target
            yield RedirectItem(path, target, address.line, is_new=True)


def normalized(address: OldAddress) -> tuple[str | None, str]:
    """Return the path of an old address and why it is refused, "" if it is not.

    The path is None where there is nothing to say: a permalink that the site answers itself.
    """
    path = address.path
    is_permalink = address.key == "permalink"
    if is_permalink and path in {"", "/", "/index.html"}:
        return None, ""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", path):
        return path, "it is an address of another site"
    path = path if path.startswith("/") else f"/{path}"
    if not re.fullmatch(r"/[\w.~%!$&'()*+,;=:@/-]*", path) or "//" in path or ".." in path:
        return path, "it is not the path of a page"
    if len(path) > LONGEST:
        return path, f"it is longer than {LONGEST} characters"
    if path == HOME:
        return path, "it is the home page"
    first = f"/{path.split('/')[1]}"
    if first in OWN_PATHS or _is_answered(path):
        if is_permalink:
            return None, ""
        return path, "it is an address of this site"
    return path, ""


def _is_answered(path):
    """Return whether one of the site's own pages stands at this path."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return match.url_name != "section"
