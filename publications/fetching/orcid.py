"""A person's works by ORCID iD: the public API, version 3.0 (https://info.orcid.org/documentation).

Summaries name no authors, so they only say which DOIs and arXiv ids to fetch. One group is one
work: a preprint and its publication stand together in it where their owner joined them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from homepage.common.http import Client
from homepage.common.identifiers import find_arxiv, find_doi

from . import NotFetched, ask, text_of

BASE = "https://pub.orcid.org/v3.0/"
# A list comes in one piece, 3 to 5 kB for each source of each work.
TIME_LIMIT = 60.0
SIZE_LIMIT = 20_000_000


@dataclass(frozen=True)
class Work:
    """One work as a list names it; at least one of the identifiers is there, or none is known."""

    title: str = ""
    doi: str = ""
    arxiv_id: str = ""

    def __str__(self) -> str:
        return f"DOI {self.doi}" if self.doi else f"arXiv {self.arxiv_id}"


class Service:
    """Asks ORCID. Raises NotFetched where there is nothing to be had."""

    def __init__(self, client: Client, base: str = BASE, time_limit: float = TIME_LIMIT):
        self.client = client
        self.base = base
        self.time_limit = time_limit

    def text(self, orcid: str) -> str:
        """Return the list of works of an iD as ORCID sends it."""
        answer = ask(
            self.client,
            f"{self.base}{orcid}/works",
            accept="application/json",
            time_limit=self.time_limit,
            size_limit=SIZE_LIMIT,
        )
        if answer.status == 404:
            raise NotFetched("ORCID knows no such iD: check its digits.")
        if answer.status == 409:
            raise NotFetched("This ORCID record is locked or was given up by its owner.")
        if answer.status != 200:
            raise NotFetched(f"ORCID answers HTTP {answer.status}.")
        text = text_of(answer, "ORCID")
        _groups(text)
        return text


def load(text: str) -> tuple[Work, ...]:
    """Return the public works of a list, each identifier once; raises NotFetched if it is none."""
    works: dict[str, Work] = {}
    for number, group in enumerate(_groups(text)):
        work = _work(group)
        key = work.doi.lower() or work.arxiv_id or f"none {number}"
        works.setdefault(key, work)
    return tuple(works.values())


def _groups(text: str) -> list[Mapping[str, Any]]:
    try:
        groups = json.loads(text)["group"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotFetched("ORCID sent something that is no list of works.") from error
    if not isinstance(groups, list) or not all(isinstance(group, dict) for group in groups):
        raise NotFetched("ORCID sent something that is no list of works.")
    return groups


def _work(group) -> Work:
    summaries = [item for item in _list(group, "work-summary") if isinstance(item, dict)]
    titles = [_value(_object(_object(item, "title"), "title")) for item in summaries]
    holders = [group, *summaries]
    values = [value for holder in holders for value in _identifiers(holder)]
    dois = [doi for scheme, value in values if scheme == "doi" and (doi := find_doi(value))]
    # arXiv's own DOIs say the same as its ids.
    preprints = [
        arxiv_id
        for scheme, value in values
        if scheme in ("arxiv", "doi") and (arxiv_id := find_arxiv(value))
    ]
    return Work(
        title=next(filter(None, titles), ""),
        doi=next(iter(dois), ""),
        arxiv_id=next(iter(preprints), ""),
    )


def _identifiers(holder) -> Iterator[tuple[str, str]]:
    """Yield kind and value of the identifiers that name the work itself, not what it is part of."""
    for item in _list(_object(holder, "external-ids"), "external-id"):
        if isinstance(item, dict) and item.get("external-id-relationship") in ("self", None):
            value = _value(_object(item, "external-id-normalized"))
            value = value or str(item.get("external-id-value") or "")
            yield str(item.get("external-id-type", "")).lower(), value


def _value(holder) -> str:
    value = holder.get("value")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _object(holder, name) -> Mapping[str, Any]:
    value = holder.get(name)
    return value if isinstance(value, dict) else {}


def _list(holder, name) -> list:
    value = holder.get(name)
    return value if isinstance(value, list) else []
