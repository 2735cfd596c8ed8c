"""From a folder that `export_markdown` wrote to what it says.

Its data count as long as its pages are as they were written. Once a page was changed by hand,
the pages count: the folder is then read like any site that is made with Jekyll.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from homepage.academicpages.data import (
    NewsData,
    OldAddress,
    ProfileData,
    ProfileLinkData,
    SectionData,
    Site,
)
from homepage.academicpages.files import FileChanged, SiteFile
from homepage.common.files import check_pdf
from homepage.common.images import reencode
from homepage.importing_profile import FIELDS as PROFILE
from publications.records import AuthorName, CategoryRecord, Link, Problem, PublicationRecord
from publications.rows import COLUMNS, FILES

from .restoring import FORMAT, BrokenData, Data, Rows, is_upload
from .tables import TABLES

DATA = "_data/homepage"
INDEX = f"{DATA}/folder.json"
VERSION = 1
# Where a new page would lie that somebody added.
PAGES = ("_pages", "_publications", "_news")
# Visitors may have what lies in the first of these; the second is for drafts.
UPLOADS = ("media", "_media")
KIND = "written by export_markdown"


@dataclass(frozen=True)
class LeftFile(SiteFile):
    """An upload in a folder; stored as it is, if it is still what was written."""

    digest: str = ""

    def content(self) -> bytes:
        data = self.source.read_bytes()
        if digest(data) == self.digest:
            return data
        with self.source.open("rb") as file:
            try:
                return check_pdf(file) if self.name.endswith(".pdf") else reencode(file).content
            except ValueError as error:
                raise FileChanged(f"{self.path}: {error}") from error


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def text_digest(data: bytes) -> str:
    """Return the digest of a text, whatever the ends of its lines have become."""
    return digest(data.replace(b"\r\n", b"\n"))


def folder_of(source: Path) -> Path | None:
    """Return the folder that a page, or the folder itself, was written as part of."""
    folder = source if source.is_dir() else source.parent
    if not (folder / INDEX).is_file():
        return None
    return folder if folder == source or source.name in _index(folder)["texts"] else None


def changed_pages(folder: Path) -> list[str]:
    """Return the pages that are no longer as they were written, that went, or that came."""
    texts = _index(folder)["texts"]
    there = {
        path.relative_to(folder).as_posix()
        for name in PAGES
        for path in (folder / name).rglob("*")
        if path.is_file()
    }
    return sorted(
        path
        for path in texts.keys() | there
        if path not in texts or _digest_of(folder, path) != texts[path]
    )


def read_folder(folder: Path) -> Site:
    """Return what the data of a folder say. Raises BrokenData."""
    index = _index(folder)
    data = {table.name: _json(folder / DATA / f"{table.name}.json") for table in TABLES}
    rows = Rows(data)
    reader = _Reader(data)
    profile = next(iter(data["profile"]), {})
    files, missing = _files(folder, index["files"])
    return Site(
        kind=KIND,
        owner=profile.get("name", ""),
        profile=reader.profile(profile),
        sections=tuple(map(reader.section, data["sections"])),
        categories=tuple(map(reader.category, data["categories"])),
        records={FORMAT: tuple(map(reader.record, data["publications"]))},
        news=tuple(map(reader.news, data["news"])),
        addresses=tuple(map(reader.address, data["redirects"])),
        files=files,
        problems=(*rows.problems, *missing),
        data=data,
    )


def _index(folder) -> Mapping[str, Any]:
    index = _json(folder / INDEX)
    if not isinstance(index, dict) or index.get("version") != VERSION:
        raise BrokenData(f"{INDEX} was not written by this version of the site")
    if not all(isinstance(index.get(name), dict) for name in ("texts", "files")):
        raise BrokenData(f"{INDEX} is damaged")
    return index


def _json(path):
    if not path.is_file():
        raise BrokenData(f"{path.name} is missing")
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise BrokenData(f"{path.name} is no valid JSON: {error}") from error
    except OSError as error:
        raise BrokenData(f"{path.name} cannot be read: {error.strerror}") from error


def _digest_of(folder, path):
    found = _inside(folder, folder / path)
    try:
        return text_digest(found.read_bytes()) if found else ""
    except OSError:
        return ""


def _inside(folder, path) -> Path | None:
    """Return a file where it is one and lies in the folder, links followed."""
    try:
        found = path.resolve()
    except (OSError, RuntimeError, ValueError):  # a circle of links, a NUL in the name
        return None
    return found if found.is_relative_to(folder.resolve()) and found.is_file() else None


def _files(folder, digests):
    found, problems = [], []
    for name, known in digests.items():
        places = [folder / place / name for place in UPLOADS] if is_upload(name) else []
        source = next(filter(None, (_inside(folder, place) for place in places)), None)
        if source is None:
            problems.append(Problem(0, "the file is missing", path=name))
        else:
            found.append(LeftFile(name, source, name, digest=known))
    return tuple(found), problems


class _Reader:
    """Turns data, of which `Rows` has made rows, into what an import compares."""

    def __init__(self, data: Data):
        self.people = {row["slug"]: row for row in data["people"]}
        self.venues = {row["slug"]: row for row in data["venues"]}
        self.topics = {row["slug"]: row["name"] for row in data["topics"]}

    def profile(self, row) -> ProfileData:
        values = {name: row[name] for name in PROFILE if name in row}
        links = [
            ProfileLinkData(link.get("kind", "website"), link["url"], link.get("label", ""))
            for link in row.get("links", ())
        ]
        return ProfileData(**values, links=tuple(links))

    def section(self, row) -> SectionData:
        names = "title body shows group_by place visibility slug".split()
        return SectionData(
            key=key_of(row, row["slug"]),
            **{name: row[name] for name in names if name in row} | {"title": row.get("title", "")},
            categories=tuple(row.get("categories", ())),
            path=f"{DATA}/sections.json",
        )

    def category(self, row) -> CategoryRecord:
        names = "title intro default_kind position ordering".split()
        return CategoryRecord(row["slug"], **{name: row[name] for name in names if name in row})

    def news(self, row) -> NewsData:
        is_public = row.get("visibility", "public") == "public"
        return NewsData(
            key_of(row, row["uid"]), date.fromisoformat(row["date"]), row["body"], is_public
        )

    def address(self, row) -> OldAddress:
        source, target = f"{DATA}/redirects.json", row.get("new_path", "")
        return OldAddress(row["old_path"], 0, "permalink", source, target=target)

    def record(self, row) -> PublicationRecord:
        venue = self.venues.get(row.get("venue"), {})
        sources = [source for source in row.get("sources", ()) if source.get("text")]
        values = {name: row[name] for name in (*COLUMNS, *FILES) if name in row}
        return PublicationRecord(
            **{"kind": "article-journal", "status": "published", **values},
            category=row.get("category") or "",
            venue=venue.get("name", ""),
            venue_acronym=venue.get("acronym", ""),
            venue_url=venue.get("url", ""),
            authors=tuple(map(self._name, row.get("authorships", ()))),
            links=tuple(
                Link(link["label"], link.get("url", ""), link.get("file", ""))
                for link in row.get("links", ())
            ),
            topics=tuple(self.topics[slug] for slug in row.get("topics", ())),
            text=sources[-1]["text"] if sources else "",
            visibility=row.get("visibility", ""),
        )

    def _name(self, row) -> AuthorName:
        person = self.people[row["author"]]
        names = "given family particle suffix literal is_owner url orcid".split()
        return AuthorName(
            **{name: person[name] for name in names if name in person},
            aliases=tuple(person.get("aliases", "").splitlines()),
            printed=row.get("printed_name", ""),
            marks=row.get("marks", ""),
            equal=row.get("equal_contribution", False),
            corresponding=row.get("corresponding", False),
        )


def key_of(row: Mapping[str, Any], name: str) -> str:
    """Return the identity of a row in later imports; one that none brought has its own name."""
    return row.get("imported", {}).get("key") or f"here:{name}"
