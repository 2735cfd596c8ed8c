"""What a failing database or disk means, for the page that visitors and editors get."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Fault:
    """A failure that is none of the code; `wait` says in how many seconds to try again."""

    title: Promise
    text: Promise
    wait: int = 60


BUSY = Fault(
    _("One moment, please"),
    _("The site is busy saving something. Reload the page in a few seconds."),
    wait=5,
)
FULL = Fault(_("The disk is full"), _("The site has no room left to save anything."))
READ_ONLY = Fault(
    _("Nothing can be saved"), _("The site can be read, but it cannot write to its disk.")
)
AWAY = Fault(_("One moment, please"), _("The site cannot reach its database."), wait=30)
UNREACHABLE = Fault(_("One moment, please"), _("The site cannot reach its uploads."), wait=30)
OUTDATED = Fault(_("One moment, please"), _("The site is being updated."), wait=30)

# What SQLite (sqlite.org/rescode.html) and PostgreSQL (its error codes) say, in this order.
MESSAGES = (
    ("locked", BUSY),
    ("deadlock detected", BUSY),
    ("lock timeout", BUSY),
    ("disk is full", FULL),
    ("no space left", FULL),
    ("disk i/o error", READ_ONLY),
    ("readonly database", READ_ONLY),
    ("read-only transaction", READ_ONLY),
    ("unable to open database", AWAY),
    ("connection", AWAY),
    ("the database system is", AWAY),
    ("no such table", OUTDATED),
    ("no such column", OUTDATED),
    ("has no column named", OUTDATED),
    ("does not exist", OUTDATED),
)
ERRORS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EIO: UNREACHABLE,
}
# SQLite cannot even open a database whose disk has no room for its index of changes, and calls
# that an I/O error.
LEAST_ROOM = 64 * 1024


def explain(error: BaseException | None) -> Fault | None:
    """Return what is the matter, None if it is something else: a mistake in the code."""
    return next(filter(None, map(_fault, _causes(error))), None)


def _fault(error):
    if isinstance(error, DatabaseError):
        text = str(error).lower()
        found = next((fault for words, fault in MESSAGES if words in text), None)
        return FULL if found is READ_ONLY and _is_full() else found
    return ERRORS.get(error.errno) if isinstance(error, OSError) else None


def _is_full():
    try:
        return shutil.disk_usage(settings.DATA_DIR).free < LEAST_ROOM
    except OSError:
        return False


def _causes(error) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
