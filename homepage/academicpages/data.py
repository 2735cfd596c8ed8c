"""What a page of the old site says, as plain data: the reader's result, the importer's input."""

from __future__ import annotations

from dataclasses import dataclass

from publications.records import CategoryRecord, Problem, PublicationRecord


@dataclass(frozen=True)
class SectionData:
    """One block of the page: free text, or a list of publications under its headings."""

    key: str
    title: str
    body: str = ""
    line: int = 1
    shows: str = "text"
    group_by: str = "category"
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class OldAddress:
    """An address at which the old site had this page, and the line that says so."""

    path: str
    line: int
    key: str


@dataclass(frozen=True)
class Page:
    """A whole page, read."""

    owner: str = ""
    permalink: str = "/"
    sections: tuple[SectionData, ...] = ()
    categories: tuple[CategoryRecord, ...] = ()
    records: tuple[PublicationRecord, ...] = ()
    addresses: tuple[OldAddress, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()
