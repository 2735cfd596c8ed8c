"""A publication by its DOI: content negotiation at doi.org, CSL-JSON from whoever registered it.

https://citation.crosscite.org/docs.html. Crossref and DataCite answer, and some smaller agencies
do; others redirect to a web page. What is not CSL in an answer is made CSL or left out here, so
that `formats.csl` reads it like any other file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from homepage.common.http import Client
from publications.formats.csl import reader as csl
from publications.records import Loaded

from . import NotFetched, ask, text_of

BASE = "https://doi.org/"
ACCEPT = "application/vnd.citationstyles.csl+json"
# Both agencies say "json" in one of these types; a web page says that there is no metadata.
TYPES = frozenset({ACCEPT, "application/json", "application/citeproc+json"})
# What Crossref says about its own record and about other works.
NOT_OF_THE_WORK = frozenset(
    "alternative-id archive assertion clinical-trial-number content-domain content-created "
    "content-updated copyright created deposited funder id indexed is-referenced-by-count "
    "journal-issue license link member prefix published published-online published-print "
    "reference reference-count references-count relation resource score "
    "short-container-title source subject subtitle update-policy update-to updated-by".split()
)
# Tags that CSL has stay; the rest of JATS and MathML goes, and the words in it stay.
OTHER_TAG = re.compile(r"</?(?!(?:i|b|sub|sup)>)[a-zA-Z][\w:.-]*(?:\s[^<>]*)?/?>")
ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})\S+")


class Service:
    """Asks doi.org. Raises NotFetched where there is nothing to be had."""

    def __init__(self, client: Client, base: str = BASE):
        self.client = client
        self.base = base

    def text(self, doi: str) -> str:
        """Return the CSL-JSON of a DOI as its agency sends it."""
        url = self.base + quote(doi, safe="/:;()-._")
        answer = ask(self.client, url, accept=ACCEPT)
        if answer.status in (404, 410):
            raise NotFetched("There is no such DOI: check it letter by letter.")
        if answer.status in (204, 406) or (
            answer.status == 200 and answer.content_type not in TYPES
        ):
            raise NotFetched(
                "Whoever registered this DOI gives no metadata: take the BibTeX entry from the "
                "page of the paper."
            )
        if answer.status != 200:
            raise NotFetched(f"doi.org answers HTTP {answer.status}.")
        text = text_of(answer, "doi.org")
        _item(text)
        return text


def load(text: str, doi: str) -> Loaded:
    """Return the one record in the CSL-JSON of a DOI; raises NotFetched if there is none."""
    item = json.dumps(_as_csl(_item(text), doi), ensure_ascii=False, indent=2)
    loaded = csl.load(item)
    if len(loaded.records) != 1:
        raise NotFetched("doi.org sent metadata that cannot be read.")
    # There is no file, so that nobody could look up a line.
    return replace(loaded, records=(replace(loaded.records[0], line=0),))


def _item(text: str) -> Mapping[str, Any]:
    """Return the object in a text; raises NotFetched if it is none or has no title."""
    try:
        item = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotFetched("doi.org sent metadata that cannot be read.") from error
    if not isinstance(item, dict):
        raise NotFetched("doi.org sent metadata that cannot be read.")
    if not _first(item.get("title")):
        raise NotFetched("doi.org knows this DOI but no title: add the paper by hand.")
    return item


def _as_csl(item: Mapping[str, Any], doi: str) -> dict[str, Any]:
    """Return an item as CSL has it, without what the agency says of other things."""
    fields = {name: value for name, value in item.items() if name not in NOT_OF_THE_WORK}
    fields |= {"title": _title(item), "DOI": doi}
    for name in ("container-title", "container-title-short", "publisher", "event", "event-title"):
        if name in fields:
            fields[name] = _first(fields[name])
    if not ACRONYM.fullmatch(fields.get("container-title-short", "")):
        # “Int J Comput Vis” is no name that a list would print beside the whole one.
        fields.pop("container-title-short", None)
    if isinstance(fields.get("ISBN"), list):
        # Crossref writes an ISBN as the end of an address.
        fields["ISBN"] = [str(isbn).rpartition("/")[2] for isbn in fields["ISBN"]]
    if not _has_year(fields.get("issued")) and "published" in item:
        fields["issued"] = item["published"]
    return fields


def _first(value: Any) -> str:
    """Return a text in one line; of a list its first, for Crossref lists what is one in CSL."""
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = value.get("name", "")
    return " ".join(OTHER_TAG.sub("", value).split()) if isinstance(value, str) else ""


def _title(item):
    title, subtitle = _first(item["title"]), _first(item.get("subtitle"))
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title} {subtitle}" if title[-1] in ":?!—" else f"{title}: {subtitle}"


def _has_year(date):
    parts = date.get("date-parts") if isinstance(date, dict) else None
    return bool(parts and isinstance(parts, list) and parts[0] and parts[0][0])
