"""Writes the whole public site as files.

Every address that answers without a query becomes a file, with the style sheets, pictures and
documents that pages refer to, and what stands in for redirects. A broken link that the site
itself made stops the export; one that the owner typed is reported.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from django.urls import get_script_prefix

from homepage.common.build import build_id
from homepage.freshness import site_changed
from homepage.public_addresses import public_addresses
from homepage.revision import current_revision

from .copying import Copy
from .links import Place
from .manifest import MANIFEST, Manifest
from .standing import standing_at
from .target import Target

# More addresses than this are shared out to several processes.
MANY = 500


class NothingToExport(ValueError):
    """The site has no content yet."""


@dataclass(frozen=True)
class Order:
    """What is asked for: where the copy goes, where it will stand, and what comes with it.

    With `if_changed` nothing is done where the folder holds the content as it is now. `jobs` is
    the number of processes that share the work, 0 for as many as it is worth.
    """

    folder: Path
    base_url: str
    domain: str = ""  # for hosts that want to read it in a file named CNAME
    dry_run: bool = False
    if_changed: bool = False
    jobs: int = 0


@dataclass
class Outcome:
    """What an export did, in files, and what the owner should know."""

    written: int = 0
    kept: int = 0
    removed: int = 0
    is_current: bool = False
    warnings: list[str] = field(default_factory=list)


def export(order: Order, tick: Callable[[], object] = lambda: None) -> Outcome:
    """Write the copy and return what was done; the folder changes as a whole, or not at all.

    Raises NothingToExport, RefusedTarget, BrokenLinks and OSError.
    """
    if site_changed() is None:
        raise NothingToExport("There is nothing on the site yet that could be exported.")
    target = Target(order.folder)
    former = target.check()
    # Read before the content: what changes meanwhile is found by the next export.
    revision = f"{current_revision()}-{build_id()}"
    if order.if_changed and (former.revision, former.base_url) == (revision, order.base_url):
        return Outcome(kept=len(former.files), is_current=True)
    place = Place(order.base_url, get_script_prefix().rstrip("/"))
    with standing_at(order.base_url), target.replacement(order.dry_run) as draft:
        addresses = list(public_addresses())
        with closing(Copy(draft, place, order.jobs or _jobs(addresses), tick)) as copy:
            copy.write(addresses)
        copy.clerk.write_file(".nojekyll", b"")  # GitHub leaves out names that begin with _
        if order.domain:
            copy.clerk.write_file("CNAME", f"{order.domain}\n".encode())
        files = copy.done.files
        draft.write(MANIFEST, Manifest(files, order.base_url, revision).to_bytes())
    written = copy.done.written
    removed = len(former.files.keys() - files.keys())
    return Outcome(written, len(files) - written, removed, warnings=copy.warnings)


def _jobs(addresses):
    """Return how many processes are worth their start: one for each processor, or this alone."""
    return (os.cpu_count() or 1) if len(addresses) > MANY else 1
