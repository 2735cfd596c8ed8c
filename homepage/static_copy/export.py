"""Writes the whole public site as files.

Every address that answers without a query becomes a file, with the style sheets, pictures and
documents that pages refer to, and what stands in for redirects. A broken link that the site
itself made stops the export; one that the owner typed is reported.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.urls import get_script_prefix

from homepage.common.build import build_id
from homepage.freshness import site_changed
from homepage.revision import current_revision
from publications.models import Publication

from .batches import Batch, PaperWork
from .copying import Copy, Overtaken
from .glance import glance, total_of
from .inputs import shown_of_papers
from .links import Place
from .manifest import MANIFEST, Head, lines, read_head
from .sharing import Crew, apart
from .standing import standing_at
from .state import State, forget
from .target import Target
from .visitor import Visitor

# Of more files than this the look at them is worth a process.
MANY_FILES = 500
# More papers than this are shared out to several processes.
MANY_PAPERS = 100
# How often an export is begun again because the site has changed meanwhile.
ATTEMPTS = 3


class NothingToExport(ValueError):
    """The site has no content yet."""


class KeptChanging(RuntimeError):
    """There was no moment long enough to export the site as it was."""


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

    It shows the site as it was at one moment: if somebody saves something meanwhile, it is begun
    again, of which most is done by then. Raises NothingToExport, RefusedTarget, BrokenLinks,
    NotCollected, KeptChanging and OSError.
    """
    if site_changed() is None:
        raise NothingToExport("There is nothing on the site yet that could be exported.")
    build_id()  # of the code that runs, should it be replaced meanwhile
    try:
        for _ in range(ATTEMPTS):
            revision = current_revision()
            try:
                return _export(order, revision, tick)
            except (_Changed, Overtaken):
                continue
            except sqlite3.OperationalError:  # locked, or on a full disk
                raise
            except sqlite3.DatabaseError:  # damaged further in than one sees at once
                forget(workshop_of(order.folder))
            except Exception:
                # Rows that go while they are looked for are missed in many ways.
                if current_revision() == revision:
                    raise
    except sqlite3.Error as error:
        raise OSError(errno.EIO, str(error), str(workshop_of(order.folder))) from error
    raise KeptChanging("The site was changed again and again while it was exported.")


class _Changed(Exception):
    """Somebody saved something while the site was exported."""


def _export(order, revision, tick) -> Outcome:
    label = f"{revision}-{build_id()}"
    place = Place(order.base_url, get_script_prefix().rstrip("/"))
    with _workshop(order) as (workshop, is_kept):
        target = Target(order.folder, workshop if is_kept else None)
        target.check_place()
        head = Head(order.base_url, label)
        with _looking(order, target, workshop) as look:
            if order.if_changed and read_head(target.path / MANIFEST) == head:
                return Outcome(kept=target.check(bool(look())).count, is_current=True)
            with standing_at(order.base_url), crew_of(place, workshop, order.jobs) as crew:
                copy = Copy(crew.work.visitor, place, workshop, crew, tick)
                seal = look()
                target.check(bool(seal))
                with target.replacement(order.dry_run) as draft:
                    copy.begin(draft)
                    copy.write(_more(order), seal)
                    outcome = _sealed(copy, head)
                    if current_revision() != revision:
                        raise _Changed
    return outcome


@contextmanager
def crew_of(place: Place, workshop: Path, jobs: int = 0) -> Iterator[Crew[Batch, int]]:
    """Give processes that write papers: one for each processor where that is worth their start.

    The first reads what papers are made of. They make themselves ready while it is found out what
    is to be written; after a whole export that is little.
    """
    visitor = Visitor(place.base_url)
    _ = visitor.not_found  # the processes begin with what it takes to show a page
    work = PaperWork(visitor, place, workshop)
    is_large = Publication.objects.public().count() > MANY_PAPERS
    jobs = jobs or ((os.cpu_count() or 1) if is_large else 1)
    with State(workshop) as state:
        is_again = bool(state.sealed())
    with Crew(work, jobs, shown_of_papers, work.practise) as crew:
        if jobs > 1:
            crew.call(1 if is_again else jobs)
        yield crew


@contextmanager
def _looking(order, target, workshop) -> Iterator[Callable[[], str]]:
    """Look whether the folders are as the last export left them, while the block runs.

    It gives a function that returns the seal of the state if they are.
    """
    with State(workshop) as state:
        seal, fresh, is_large = state.sealed(), state.fresh(), state.count_files() > MANY_FILES

    def seen():
        return glance(target.path, target.spare, fresh) if seal and target.spare else None

    with apart(seen, (order.jobs or os.cpu_count()) if is_large else 1) as wait:

        def look():
            found = wait()
            if found is None or str(found.total) != seal:
                return ""
            target.is_alike = found.is_alike
            return seal

        yield look


def _sealed(copy, head) -> Outcome:
    """End a copy by its manifest, and say of the state that it is that of it."""
    with State(copy.workshop) as state:
        stamp, _ = copy.draft.write_pieces(MANIFEST, lines(head, state.files()))
        count = state.count_files()
        total = total_of(state.stamps()) + total_of([(MANIFEST, *stamp)])
    with copy.index.joined(copy.workshop):
        removed = copy.index.count_removed()
        copy.index.seal(str(total))
    return Outcome(copy.written, count - copy.written, removed, warnings=copy.warnings)


def _more(order) -> Iterator[tuple[str, bytes]]:
    """Yield the files that hosts want beside those of the site."""
    yield ".nojekyll", b""  # GitHub leaves out names that begin with _
    if order.domain:
        yield "CNAME", f"{order.domain}\n".encode()


def workshop_of(folder: Path) -> Path:
    """Return the folder for what one export of a folder leaves to the next."""
    name = hashlib.sha256(os.fsencode(os.path.abspath(folder))).hexdigest()[:16]
    return Path(settings.DATA_DIR) / "exports" / name


@contextmanager
def _workshop(order: Order) -> Iterator[tuple[Path, bool]]:
    """Give a folder to work in, and say whether it is kept for the next export."""
    kept = workshop_of(order.folder)
    if not order.dry_run:
        with suppress(OSError):
            kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not order.dry_run and os.access(kept, os.W_OK | os.X_OK):
        yield kept, True
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder), False
