"""Addresses of the old site that become redirects to where the content now stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve

from publications.models import Publication
from publications.planning import Plan

from .academicpages.data import OldAddress, Site
from .models import Section

HOME_PATH = "/"
# Paths that the site itself answers, with whatever stands behind them.
OWN_PATHS = ("/admin", "/media", "/static", "/publications")
LONGEST = 200  # Redirect.old_path
OWN = "it is an address of this site"


@dataclass(frozen=True)
class RedirectItem:
    """An old address: a new redirect, one that is there already, or why it is refused.

    Where it leads to is only known for certain once the `section` or the paper of the `record`
    is written. `is_moved` says that a file has a newer version.
    """

    path: str
    target: str
    line: int
    source: str = ""
    is_new: bool = False
    is_moved: bool = False
    refused: str = ""
    section: str = ""
    record: tuple[str, int] | None = None


def plan_redirects(
    site: Site, plans: Sequence[Plan], sections: Mapping[str, str]
) -> Iterator[RedirectItem]:
    """Yield what becomes of each old address of a site. Reads only.

    `sections` are the addresses of its sections by their keys.
    """
    known = dict(
        Redirect.objects.filter(site_id=settings.SITE_ID).values_list("old_path", "new_path")
    )
    targets = _Targets(plans, sections)
    for address in site.addresses:
        path, refused = normalized(address)
        target = targets.of(address)
        if path is None:
            continue
        if refused:
            yield RedirectItem(address.path, target, address.line, address.source, refused=refused)
        elif path == target:
            continue  # it stands where it stood
        elif path in known:
            is_moved = bool(address.file) and known[path] != target and _is_upload(known[path])
            shown = target if is_moved else known[path]
            yield RedirectItem(path, shown, address.line, address.source, is_moved=is_moved)
        else:
            known[path] = target
            yield RedirectItem(
                path,
                target,
                address.line,
                address.source,
                is_new=True,
                section=address.section,
                record=address.record,
            )


def moved_redirects(items: Sequence[RedirectItem]) -> list[int]:
    """Return the ids of the redirects that writing `items` changes."""
    paths = [item.path for item in items if item.is_moved]
    rows = Redirect.objects.filter(site_id=settings.SITE_ID, old_path__in=paths)
    return list(rows.values_list("pk", flat=True))


def write_redirects(
    items: Sequence[RedirectItem], papers: Mapping[tuple[str, int], int]
) -> list[Redirect]:
    """Write what was planned; return what was made. `papers` are rows' ids by their records."""
    slugs = dict(Publication.objects.values_list("pk", "slug"))
    sections = {row.imported.get("key"): row for row in Section.objects.all()}
    new = []
    for item in items:
        target = item.target
        if item.record is not None:
            row = papers.get(item.record)
            target = Publication(pk=row, slug=slugs[row]).get_absolute_url() if row else ""
        elif item.section:
            target = sections[item.section].get_absolute_url()
        if item.is_moved:
            known = Redirect.objects.filter(site_id=settings.SITE_ID, old_path=item.path)
            known.update(new_path=target)
        elif item.is_new and target and target != item.path:
            redirect = Redirect(site_id=settings.SITE_ID, old_path=item.path, new_path=target)
            new.append(redirect)
    return Redirect.objects.bulk_create(new, batch_size=200)


class _Targets:
    """Where old addresses lead, as far as it is known before anything is written."""

    def __init__(self, plans, sections):
        self.sections = sections
        self.items = {plan.format: plan.items for plan in plans}
        self.slugs = dict(Publication.objects.values_list("pk", "slug")) if plans else {}

    def of(self, address: OldAddress) -> str:
        if address.file:
            return default_storage.url(address.file)
        if address.record is not None:
            format, place = address.record
            row = self.items[format][place].publication_id
            slug = self.slugs.get(row, "…")
            return f"/publications/{slug}/"
        if address.section:
            return self.sections.get(address.section, HOME_PATH)
        return address.target


def _is_upload(path):
    return path.startswith(default_storage.url(""))


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
    # As a browser asks for it: encoded, unless it is already.
    path = quote(unquote(path), safe="/~!$&'()*+,;=:@%") if is_permalink or address.file else path
    refused = refusal(path)
    return (None, "") if is_permalink and refused == OWN else (path, refused)


def refusal(path: str) -> str:
    """Return why nothing can be led on from a path of this site, "" if it can."""
    if not re.fullmatch(r"/[\w.~%!$&'()*+,;=:@/-]*", path) or "//" in path or ".." in path:
        return "it is not the path of a page"
    if len(path) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if path == HOME_PATH:
        return "it is the home page"
    first = f"/{path.split('/')[1]}"
    return OWN if first in OWN_PATHS or _is_answered(path) else ""


def _is_answered(path):
    """Return whether one of the site's own pages stands at this path."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return match.url_name != "section"
