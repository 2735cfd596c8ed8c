"""The links of an entry: al-folio's buttons, and links as they are labelled on the site."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from homepage.common.addresses import safe_address
from publications.latex import address, decode, encode
from publications.records import Link

from ..addresses import is_doi_address
from ..fitting import LONGEST_ADDRESS
from ..handwritten.links import label_for

# Fields and labels, in the order of the buttons.
LABELS = {
    "html": "HTML",
    "pdf": "PDF",
    "supp": "supplement",
    "code": "code",
    "website": "website",
    "project": "project page",
    "demo": "demo",
    "video": "video",
    "poster": "poster",
    "slides": "slides",
    "blog": "blog",
}
BEGINS_ADDRESS = re.compile(r"https?://|mailto:|/(?!/)", re.I)
# Our own field, for what the others cannot carry: "label <address>, label <address>".
LABELLED = re.compile(r"(?P<label>[^<>]*?)\s*<(?P<url>[^<>\s]+)>(?:,\s*|$)")
ONLY_URL = re.compile(r"\s*\\url\s*\{([^{}]*)\}\s*|\s*(https?://\S+)\s*")


def as_address(source: str) -> str:
    """Return the address that a value is; "" for a file name or a text."""
    if not source:
        return ""
    found = address(source)
    url = safe_address(found) if BEGINS_ADDRESS.match(found) else ""
    return url if url and not re.search(r"\s", found) and len(url) <= LONGEST_ADDRESS else ""


def read_links(fields: Mapping[str, str], doi: str) -> tuple[list[Link], list[str]]:
    """Return the links of an entry, and the fields that they stand for."""
    labelled = _labelled(fields.get("links", ""))
    links, taken = list(labelled), ["links"] if labelled else []
    for name in ("url", *LABELS, "howpublished", "doi"):
        source = fields.get(name)
        if not source:
            continue
        if name == "howpublished" and not ONLY_URL.fullmatch(source):
            continue
        if url := as_address(source):
            taken.append(name)
            if not labelled and not is_doi_address(url, doi):
                links.append(Link(LABELS.get(name) or label_for(url), url))
    return _unique(links) if not labelled else links, taken


def _unique(links):
    """Return each address once, under the label that says most."""
    found: dict[str, Link] = {}
    for link in links:
        if link.url not in found or found[link.url].label == label_for(link.url):
            found[link.url] = link
    return list(found.values())


def _labelled(source) -> list[Link]:
    links, position = [], 0
    while position < len(source) and (match := LABELLED.match(source, position)):
        url = safe_address(match["url"])
        if not url:
            return []
        links.append(Link(" ".join(decode(match["label"]).text.split()), url))
        position = match.end()
    return links if position == len(source) else []


def write_links(links: Sequence[Link], doi: str, *, latex: bool) -> dict[str, str]:
    """Return the fields that carry these links, in everybody's fields as far as they go."""
    fields: dict[str, str] = {}
    names = {label: name for name, label in LABELS.items()}
    for link in links:
        name = names.get(link.label)
        if name is None and label_for(link.url) == link.label:
            name = "url"
        if name and name not in fields and as_address(link.url) == link.url:
            fields[name] = link.url
    if read_links(fields, doi)[0] == list(links):
        return fields
    written = ", ".join(f"{encode(link.label, ascii_only=latex)} <{link.url}>" for link in links)
    return {**fields, "links": written} if _labelled(written) == list(links) else fields
