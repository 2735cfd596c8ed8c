"""Old addresses in a copy that no server redirects from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.redirects.models import Redirect

from .names import file_name, has_suffix


@dataclass(frozen=True)
class Redirection:
    """An old path, where it leads, and the file that stands for it."""

    path: str
    target: str
    name: str

    @property
    def is_copied(self) -> bool:
        """Return whether the path names a kind of file, so that a copy of the target is due."""
        return has_suffix(self.path)

    @property
    def is_document(self) -> bool:
        """Return whether a page that leads on could not stand there: it would not be one."""
        return self.is_copied and not self.path.endswith((".html", ".htm"))


def redirections(
    is_taken: Callable[[str], bool], is_folder: Callable[[str], bool]
) -> Iterator[Redirection | str]:
    """Yield what stands for each redirect, or a sentence on one that no file can stand for.

    A page wins over a redirect, as on the live site: `is_taken` says of a name whether there is
    such a file, `is_folder` whether there are files below it. Each is written when the next is
    asked for.
    """
    for row in Redirect.objects.filter(site_id=settings.SITE_ID).order_by("old_path").iterator():
        if not row.new_path:
            continue  # gone for good: nothing is there
        path = row.old_path
        if not has_suffix(path) and not path.endswith("/"):
            path += "/"
        try:
            name = file_name(path)
        except ValueError:
            yield f"The redirect from {row.old_path} is left out: no file can stand for it."
            continue
        if is_taken(name):
            continue
        if is_folder(name) or any(map(is_taken, _folders(name))):
            yield (
                f"The redirect from {row.old_path} is left out: a folder or file of the same name "
                "is there."
            )
            continue
        yield Redirection(row.old_path, row.new_path, name)


def _folders(name):
    """Yield the folders that a file lies in."""
    while name := name.rpartition("/")[0]:
        yield name
