"""From identifiers to records, one work at a time, asking as few services as will do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from homepage.common.markdown import plain
from homepage.common.text import fold
from publications.records import Problem, PublicationRecord

from . import Identifier, NotFetched, Unavailable, arxiv, doi, orcid
from .kept import Kept
from .orcid import Work

DOI, ARXIV = "doi", "arxiv"


@dataclass(frozen=True)
class Fetched:
    """One work as a service gives it; `format` names the service, as reconcile keeps sources."""

    format: str
    record: PublicationRecord
    problems: tuple[Problem, ...] = ()


class Fetcher:
    """Asks the services, each by its own rules, and keeps what they say until all is saved."""

    def __init__(self, doi: doi.Service, arxiv: arxiv.Service, orcid: orcid.Service, kept: Kept):
        self.doi = doi
        self.arxiv = arxiv
        self.orcid = orcid
        self.kept = kept

    def works(self, identifier: Identifier) -> tuple[Work, ...]:
        """Return the works that an identifier stands for; an ORCID iD has many.

        Those without a DOI or arXiv id are among them. Raises NotFetched.
        """
        value = identifier.value
        if identifier.scheme == "doi":
            return (Work(doi=value),)
        if identifier.scheme == "arxiv":
            return (Work(arxiv_id=value),)
        return orcid.load(self.kept.text(str(identifier), lambda: self.orcid.text(value)))

    def fetch(self, work: Work) -> Fetched:
        """Return a work, as published if it is; raises NotFetched.

        A preprint whose record names the DOI under which it appeared becomes that paper.
        """
        if work.doi:
            preprint = PublicationRecord("", arxiv_id=work.arxiv_id)
            try:
                return _with_preprint(self._by_doi(work.doi), preprint)
            except Unavailable:
                raise
            except NotFetched as error:
                if not work.arxiv_id:
                    raise
                return _unpublished(self._by_arxiv(work.arxiv_id), work.doi, error)
        fetched = self._by_arxiv(work.arxiv_id)
        if not fetched.record.doi:
            return fetched
        try:
            return _with_preprint(self._by_doi(fetched.record.doi), fetched.record)
        except Unavailable:
            raise
        except NotFetched as error:
            return _unpublished(fetched, fetched.record.doi, error)

    def _by_doi(self, value) -> Fetched:
        text = self.kept.text(f"DOI {value.lower()}", lambda: self.doi.text(value))
        loaded = doi.load(text, value)
        return Fetched(DOI, loaded.records[0], loaded.problems)

    def _by_arxiv(self, value) -> Fetched:
        text = self.kept.text(f"arXiv {value}", lambda: self.arxiv.text(value))
        loaded = arxiv.load(text, value)
        return Fetched(ARXIV, loaded.records[0], loaded.problems)


def joined(fetched: Iterable[Fetched]) -> list[Fetched]:
    """Return each work once: a DOI, an arXiv id, and a preprint with what appeared of it.

    A preprint is found by its id, its DOI, or its title. Of two papers with one title and two
    DOIs both stay, as a conference and its journal version do.
    """
    fetched = list(fetched)
    found: list[Fetched] = []
    known: dict[tuple[str, str], int] = {}
    for work in [work for work in fetched if work.format == DOI]:
        if ("doi", work.record.doi.lower()) not in known:
            for key in (*_identifiers(work.record), _title(work.record)):
                known.setdefault(key, len(found))
            found.append(work)
    for work in [work for work in fetched if work.format == ARXIV]:
        identifiers = list(_identifiers(work.record))
        place = next((known[key] for key in identifiers if key in known), None)
        if place is None:
            place = known.get(_title(work.record))
            if place is not None and found[place].record.arxiv_id:
                place = None  # that paper has another preprint
        if place is None:
            place = len(found)
            found.append(work)
        else:
            found[place] = _with_preprint(found[place], work.record)
        known.update(dict.fromkeys(identifiers, place))
    return found


def _identifiers(record) -> Iterator[tuple[str, str]]:
    if record.doi:
        yield ("doi", record.doi.lower())
    if record.arxiv_id:
        yield ("arxiv", record.arxiv_id)


def _title(record) -> tuple[str, str]:
    return ("title", fold(plain(record.title)))


def _with_preprint(published: Fetched, preprint: PublicationRecord) -> Fetched:
    """Return a work with what only its preprint says."""
    record = published.record
    return replace(
        published,
        record=replace(
            record,
            arxiv_id=record.arxiv_id or preprint.arxiv_id,
            abstract=record.abstract or preprint.abstract,
        ),
    )


def _unpublished(preprint: Fetched, doi: str, error: NotFetched) -> Fetched:
    """Return a preprint with the reason why it does not come as published."""
    say = f"its published version, DOI {doi}, is not to be had: {error}"
    return replace(preprint, problems=(*preprint.problems, Problem(0, say)))
