"""A preprint by its arXiv id: the Atom API (https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode
from xml.etree import ElementTree

from homepage.common.http import Client
from homepage.common.identifiers import arxiv_date, find_arxiv, find_doi
from publications.formats.fitting import fitted
from publications.formats.rich_text import from_plain
from publications.names import parse_name
from publications.records import Loaded, PublicationRecord

from . import NotFetched, Unavailable, ask, text_of

BASE = "https://export.arxiv.org/api/query"
PAUSE = 3.0  # seconds, asked for in arXiv's terms of use
ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
# Kept as they are, for they have no column.
EXTRA = ("comment", "journal_ref")


class Service:
    """Asks arXiv. Raises NotFetched where there is nothing to be had."""

    def __init__(self, client: Client, base: str = BASE, pause: float = PAUSE):
        self.client = client
        self.base = base
        self.pause = pause

    def text(self, arxiv_id: str) -> str:
        """Return the Atom feed of one id as arXiv sends it."""
        query = urlencode({"id_list": arxiv_id, "max_results": 1}, safe="/")
        url = f"{self.base}?{query}"
        answer = ask(self.client, url, accept="application/atom+xml", pause=self.pause)
        text = text_of(answer, "arXiv")
        # An error is an entry of its own, under whatever status.
        load(text, arxiv_id)
        if answer.status != 200:
            raise NotFetched(f"arXiv answers HTTP {answer.status}.")
        return text


def load(text: str, arxiv_id: str) -> Loaded:
    """Return the one record in a feed; raises NotFetched if it does not hold this id."""
    for entry in _entries(text):
        title = _text(entry, f"{ATOM}title")
        found = find_arxiv(_text(entry, f"{ATOM}id"))
        if title == "Error" and found is None:
            reason = _text(entry, f"{ATOM}summary").rstrip(".")
            raise NotFetched(f"arXiv says: {reason or 'error'}.")
        if found == arxiv_id and title:
            record, problems = fitted(_record(entry, arxiv_id))
            return Loaded((record,), tuple(problems))
    raise NotFetched("arXiv knows no such id: check its digits.")


def _entries(text):
    if text.strip().lower().startswith("rate exceeded"):
        raise Unavailable("arXiv has been asked too often: try again in a few minutes.")
    # A feed declares no document type; without one there are no entities to blow up.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise NotFetched("arXiv sent something that is no feed.")
    try:
        feed = ElementTree.fromstring(text)  # noqa: S314 no DTD can stand inside it
    except (ElementTree.ParseError, ValueError) as error:
        raise NotFetched("arXiv sent something that is no feed.") from error
    return feed.iter(f"{ATOM}entry")


def _record(entry, arxiv_id) -> PublicationRecord:
    year, month, day = _date(_text(entry, f"{ATOM}published"), arxiv_id)
    extra = {name: _text(entry, ARXIV + name) for name in EXTRA}
    category = entry.find(f"{ARXIV}primary_category")
    extra["primary_category"] = category.get("term", "") if category is not None else ""
    return PublicationRecord(
        title=from_plain(_text(entry, f"{ATOM}title")),
        kind="article",
        authors=tuple(parse_name(name) for name in _names(entry)),
        year=year,
        month=month,
        day=day,
        abstract=_abstract(entry.findtext(f"{ATOM}summary") or ""),
        doi=find_doi(_text(entry, f"{ARXIV}doi")) or "",
        arxiv_id=arxiv_id,
        text=ElementTree.tostring(entry, encoding="unicode"),
        extra={name: value for name, value in extra.items() if value},
    )


def _text(element, name) -> str:
    """Return the text of a child in one line: arXiv wraps long ones."""
    return " ".join((element.findtext(name) or "").split())


def _names(entry) -> Iterator[str]:
    for author in entry.iter(f"{ATOM}author"):
        # A collaboration stands as “ATLAS Collaboration”, some with a colon that parts it off.
        if name := _text(author, f"{ATOM}name").strip(" :"):
            yield name


def _abstract(summary: str) -> str:
    """Return the paragraphs of a summary: a new one is indented, the others are wrapped."""
    paragraphs = re.split(r"\n\s*\n|\n(?= {2,}\S)", summary.strip("\n"))
    return "\n\n".join(filter(None, map(from_plain, paragraphs)))


def _date(published, arxiv_id):
    """Return year, month and day of the first version; what the id says where nothing else."""
    match = re.match(r"([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T", published)
    return tuple(map(int, match.groups())) if match else (*arxiv_date(arxiv_id), None)
