"""What the address of a work says about it: an identifier, or a link worth its own button."""

from __future__ import annotations

import re
from urllib.parse import unquote

from homepage.common.identifiers import ARXIV_DOI, find_arxiv, find_doi
from publications.records import Link

from .handwritten.links import label_for

DOI_ADDRESS = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.I)


def split_doi(text: str) -> tuple[str, str]:
    """Return (DOI, arXiv id) of what stands in a DOI field; arXiv's DOIs name the arXiv id."""
    if ARXIV_DOI.search(text):
        return "", find_arxiv(text) or ""
    return find_doi(text) or "", ""


def links_of(addresses: list[str], doi: str) -> list[Link]:
    """Return addresses as links, labelled by where they lead; the DOI's own is none."""
    unique = dict.fromkeys(address.strip() for address in addresses)
    return [Link(label_for(url), url) for url in unique if url and not is_doi_address(url, doi)]


def is_doi_address(url: str, doi: str) -> bool:
    """Return whether an address only spells out the DOI of the work."""
    match = DOI_ADDRESS.match(url)
    return bool(doi and match) and unquote(url[match.end() :]).lower() == doi.lower()


def arxiv_of(addresses: list[str]) -> str:
    """Return the arXiv id that one of the addresses leads to."""
    return next((found for url in addresses if "://" in url and (found := find_arxiv(url))), "")
