"""Writes the whole public site as files.

Every address that answers without a query becomes a file, with the style sheets, pictures and
documents that pages refer to, and what stands in for redirects. A broken link that the site
itself made stops the export; one that the owner typed is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.urls import get_script_prefix

from homepage.freshness import site_changed
from homepage.public_addresses import public_addresses
from homepage.revision import current_revision

from .assets import addresses_in
from .links import Place, links
from .manifest import MANIFEST, Entry, Manifest
from .names import INDEX, file_name
from .redirects import Redirection, redirections
from .target import Draft, Target
from .typed import typed_in
from .visitor import Answer, Visitor

NOT_FOUND = "404.html"
# How many broken links a refusal names.
NAMED = 5

Progress = Callable[[list[str]], Iterable[str]]


class NothingToExport(ValueError):
    """The site has no content yet."""


class BrokenLinks(ValueError):
    """The site refers to what is not there, and nobody typed it: a mistake of ours."""


@dataclass(frozen=True)
class Order:
    """What is asked for: where the copy goes, where it will stand, and what comes with it."""

    folder: Path
    base_url: str
    domain: str = ""  # for hosts that want to read it in a file named CNAME
    dry_run: bool = False


@dataclass
class Outcome:
    """What an export did, in files, and what the owner should know."""

    written: int = 0
    kept: int = 0
    removed: int = 0
    warnings: list[str] = field(default_factory=list)

    @property
    def changes_anything(self) -> bool:
        return bool(self.written or self.removed)


class Wanted(NamedTuple):
    """A link as it is written, and the page that it is first found on."""

    link: str
    page: str


def export(order: Order, progress: Progress = iter) -> Outcome:
    """Write the copy and return what was done; the folder changes as a whole, or not at all.

    Raises NothingToExport, RefusedTarget, BrokenLinks and OSError.
    """
    if site_changed() is None:
        raise NothingToExport("There is nothing on the site yet that could be exported.")
    target = Target(order.folder)
    former = target.check()
    with standing_at(order.base_url), target.replacement(order.dry_run) as draft:
        copy = Copy(order, draft, current_revision())
        copy.write(progress)
    copy.outcome.removed = len(former.files.keys() - copy.files.keys())
    return copy.outcome


@contextmanager
def standing_at(base_url: str) -> Iterator[None]:
    """Let the site's whole addresses begin with another one than its own."""
    own = settings.SITE_URL
    settings.SITE_URL = base_url
    try:
        yield
    finally:
        settings.SITE_URL = own


class Copy:
    """One copy of the site on its way into files."""

    def __init__(self, order: Order, draft: Draft, revision: str):
        self.order = order
        self.draft = draft
        self.revision = revision
        self.files: dict[str, Entry] = {}
        self.outcome = Outcome()
        self.prefix = get_script_prefix().rstrip("/")
        self.place = Place(order.base_url, self.prefix)
        self.visitor = Visitor(order.base_url, self.prefix)
        # Paths of this site that pages refer to.
        self.wanted: dict[str, Wanted] = {}

    def write(self, progress: Progress) -> None:
        """Write all files; raises BrokenLinks."""
        paths = [address.path.removeprefix(self.prefix) for address in public_addresses()]
        for path, answer in self.visitor.visit(progress(paths)):
            self._write_answer(path, answer)
        self._write_answer(f"/{NOT_FOUND}", self.visitor.not_found())
        missing = self._write_wanted()
        for item in redirections(set(self.files)):
            if isinstance(item, str):
                self.outcome.warnings.append(item)
            else:
                missing.pop(item.path, None)
                self._write_redirection(item)
        self._report(missing)
        self._write_file(".nojekyll", b"")  # GitHub leaves out files whose name begins with _
        if self.order.domain:
            self._write_file("CNAME", f"{self.order.domain}\n".encode())
        manifest = Manifest(self.files, self.order.base_url, self.revision)
        self.draft.write(MANIFEST, manifest.to_bytes())

    def _write_answer(self, path, answer):
        if answer.is_page:
            self._note_links(path, links(answer.content.decode()))
        elif path.endswith(".css"):
            self._note_links(path, addresses_in(answer.content.decode()))
        self._write_file(file_name(path), self._moved(answer))

    def _moved(self, answer: Answer) -> bytes:
        """Return the content as it stands at its new place."""
        if not answer.is_page:
            return answer.content
        return self.place.moved(answer.content.decode()).encode()

    def _note_links(self, path, found):
        for link in found:
            own = self.place.own_path(link, path)
            if own is not None and own not in self.wanted:
                self.wanted[own] = Wanted(link, path)

    def _write_file(self, name, content):
        if self.draft.write(name, content):
            self.outcome.written += 1
        else:
            self.outcome.kept += 1
        self.files[name] = Entry(len(content))

    def _write_wanted(self) -> dict[str, Wanted]:
        """Write the files that pages refer to; return what is not there."""
        missing = {}
        seen = 0
        while seen < len(self.wanted):  # a style sheet may want more
            for path in list(self.wanted)[seen:]:
                seen += 1
                if self._is_written(path):
                    continue
                answer = self.visitor.get_file(path)
                if answer is None:
                    missing[path] = self.wanted[path]
                else:
                    self._write_answer(path, answer)
        return missing

    def _is_written(self, path):
        try:
            name = file_name(path)
        except ValueError:
            return False
        # A server leads from a folder without its last slash to the page in it.
        return name in self.files or f"{name}/{INDEX}" in self.files

    def _write_redirection(self, item: Redirection):
        own = self.place.own_path(item.target, item.path)
        if own is None and item.is_document:
            self._leave_out(item, "its target is elsewhere")
        elif own is None or not item.is_copied:
            if own is not None and not self._is_public(own):
                self._leave_out(item, "there is nothing at its target")
            else:
                page = self.visitor.moved(self.place.new_address(item.target, own))
                self._write_file(item.name, page.content)
        elif answer := self.visitor.get_public(own):
            self._write_file(item.name, self._moved(answer))
        else:
            self._leave_out(item, "there is nothing at its target")

    def _is_public(self, path):
        return self._is_written(path) or self.visitor.get_file(path) is not None

    def _leave_out(self, item, why):
        self.outcome.warnings.append(
            f"The redirect from {item.path} to {item.target} is left out: {why}."
        )

    def _report(self, missing):
        """Name the links that lead nowhere; raise BrokenLinks if a template made one."""
        ours = []
        for wanted in missing.values():
            row = typed_in(wanted.link)
            if row is None:
                ours.append(f"{wanted.link} on {wanted.page}")
            else:
                self.outcome.warnings.append(
                    f"Broken link: {wanted.link} on {wanted.page}, typed in {row}."
                )
        if ours:
            raise BrokenLinks(
                f"The site links to what is not there: {'; '.join(ours[:NAMED])}. Nothing was "
                "exported. Is an uploaded file missing, or were the static files not collected "
                "(manage.py collectstatic)?"
            )
