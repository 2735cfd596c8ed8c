"""What an old site says, as plain data: the readers' result, the importer's input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from publications.records import CategoryRecord, Problem, PublicationRecord

from .files import SiteFile

HOME, PAGE, APART = "home", "page", "apart"
PAGE_ALONE = "Markdown page"


@dataclass(frozen=True)
class SectionData:
    """One block of the site: free text, or a list of publications under its headings.

    `place` is Section.Place; `slug` is the address wished for where it has a page of its own.
    """

    key: str
    title: str
    body: str = ""
    line: int = 1
    shows: str = "text"
    group_by: str = "category"
    categories: tuple[str, ...] = ()
    place: str = HOME
    slug: str = ""
    path: str = ""
    visibility: str = "public"


@dataclass(frozen=True)
class OldAddress:
    """An address at which the old site had something, and the line that says so.

    It leads to the section of the key `section`, to the paper of the `record` (format and place
    in its list), to the stored `file`, or else to a `target` of this site.
    """

    path: str
    line: int
    key: str
    source: str = ""
    section: str = ""
    record: tuple[str, int] | None = None
    file: str = ""
    target: str = "/"


@dataclass(frozen=True)
class Page:
    """A whole page, read."""

    owner: str = ""
    title: str = ""
    permalink: str = "/"
    sections: tuple[SectionData, ...] = ()
    categories: tuple[CategoryRecord, ...] = ()
    records: tuple[PublicationRecord, ...] = ()
    addresses: tuple[OldAddress, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class ProfileLinkData:
    """Where else the person is found: a kind of profiles.Network, and an id or address there."""

    kind: str
    value: str
    label: str = ""
    line: int = 0


@dataclass(frozen=True)
class ProfileData:
    """Who the person is; `photo` and `cv` are names of stored files."""

    name: str = ""
    native_name: str = ""
    pronouns: str = ""
    headline: str = ""
    affiliation: str = ""
    affiliation_url: str = ""
    location: str = ""
    email: str = ""
    photo: str = ""
    cv: str = ""
    links: tuple[ProfileLinkData, ...] = ()


@dataclass(frozen=True)
class NewsData:
    """A dated line of news; `key` is its identity in a later import."""

    key: str
    date: date
    body: str
    is_public: bool = True


@dataclass(frozen=True)
class Site:
    """A whole site, read: what `homepage.importing` writes.

    `records` are the publications by the format that they were read from.
    """

    kind: str = PAGE_ALONE
    owner: str = ""
    profile: ProfileData = ProfileData()
    sections: tuple[SectionData, ...] = ()
    categories: tuple[CategoryRecord, ...] = ()
    records: Mapping[str, tuple[PublicationRecord, ...]] = field(default_factory=dict)
    news: tuple[NewsData, ...] = ()
    addresses: tuple[OldAddress, ...] = ()
    files: tuple[SiteFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()
    # All rows of a folder that this site wrote (`homepage.leaving`), by the names of its tables.
    data: Mapping[str, Sequence[dict[str, Any]]] | None = None

    @classmethod
    def of_page(cls, page: Page) -> Site:
        """Return a site of one page."""
        return cls(
            owner=page.owner,
            profile=ProfileData(name=page.owner),
            sections=page.sections,
            categories=page.categories,
            records={"markdown": page.records},
            addresses=page.addresses,
            problems=page.problems,
            left_out=page.left_out,
        )

    @property
    def is_page(self) -> bool:
        return self.kind == PAGE_ALONE

    @property
    def is_empty(self) -> bool:
        return not (self.sections or self.news or any(self.records.values()))
