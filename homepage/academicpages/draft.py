"""What was read of a site so far: its readers add to it, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from homepage.common.text import free_slug
from publications.records import CategoryRecord, Problem, PublicationRecord

from .addresses import quote_path
from .data import HOME, NewsData, OldAddress, ProfileData, SectionData, Site
from .jekyll import Jekyll, SourceFile, paths_of

T = TypeVar("T", PublicationRecord, Problem)


@dataclass
class Draft:
    """A site while it is read; `names` are those that its owner goes by."""

    source: Jekyll
    names: list[str] = field(default_factory=list)
    profile: ProfileData = field(default_factory=ProfileData)
    sections: list[SectionData] = field(default_factory=list)
    categories: list[CategoryRecord] = field(default_factory=list)
    records: dict[str, tuple[PublicationRecord, ...]] = field(default_factory=dict)
    news: list[NewsData] = field(default_factory=list)
    addresses: list[OldAddress] = field(default_factory=list)

    def note_addresses(
        self,
        file: SourceFile,
        *,
        section: str = "",
        record: tuple[str, int] | None = None,
        target: str = "/",
    ) -> None:
        """Note the addresses at which a file was found on the old site."""
        found = list(paths_of(file.header))
        if not any(key == "permalink" for key, _, _ in found):
            found.append(("permalink", file.permalink, 1))
        self.addresses += [
            OldAddress(path, line, key, file.path, section=section, record=record, target=target)
            for key, path, line in found
        ]

    def whole(self, kind: str) -> Site:
        """Return what was read, with what was left out and what was wrong."""
        source = self.source
        return Site(
            kind=kind,
            owner=self.profile.name,
            profile=self.profile,
            sections=tuple(self._sections()),
            categories=tuple(self.categories),
            records={
                format: tuple(map(self._at_its_place, records))
                for format, records in self.records.items()
            },
            news=tuple(self.news),
            addresses=(*self.addresses, *self._file_addresses()),
            files=source.files.stored,
            problems=tuple(map(self._at_its_place, (*source.folder.problems, *source.problems))),
            left_out=tuple(map(self._at_its_place, source.left_out)),
        )

    def _sections(self) -> Iterator[SectionData]:
        """Yield the sections, each under a key of its own.

        A page keeps its own, for old addresses lead to it by that; a list that stood on the
        same page takes another.
        """
        pages = {part.key for part in self.sections if part.place != HOME}
        taken: set[str] = set()
        for part in self.sections:
            others = taken | pages if part.place == HOME else taken
            key = free_slug(part.key, others)
            taken.add(key)
            yield part if key == part.key else replace(part, key=key)

    def _at_its_place(self, item: T) -> T:
        """Return a record or a problem with the file and line that it stands in."""
        path, line = self.source.origin(item.path, item.line)
        return (
            item if (path, line) == (item.path, item.line) else replace(item, path=path, line=line)
        )

    def _file_addresses(self) -> Iterator[OldAddress]:
        paths = {file.path: file for file in reversed(self.source.files.stored)}
        for file in paths.values():
            yield OldAddress(f"/{quote_path(file.path)}", 0, "file", file.path, file=file.name)
