"""DOI, arXiv id, ISBN and ISSN, which stand in several fields depending on who wrote the file."""

from __future__ import annotations

import re

from homepage.common import identifiers
from publications.latex import address

from ..addresses import split_doi
from .links import as_address
from .types import ARXIV_VENUE
from .values import Values

ARXIV = frozenset({"arxiv", "arxiv e-prints", "arxiv preprint"})
VENUES = (
    "journal", "journaltitle", "booktitle", "maintitle", "eventtitle", "conference", "venue",
    "howpublished",
)  # fmt: skip


def read_arxiv(values: Values) -> str:
    """Take the arXiv id of biblatex's `eprint` and al-folio's `arxiv`."""
    found = ""
    archive = next((text for name in ARCHIVES if (text := values.text_of(name))), "")
    eprint = address(values.fields.get("eprint", ""))
    if eprint and archive.strip().lower() in (*ARXIV, ""):
        found = identifiers.find_arxiv(eprint) or ""
        if found:
            _take_id(values, "eprint", eprint)
            for name in ARCHIVES:
                if values.text_of(name).strip().lower() in ARXIV:
                    values.take(name, column="arxiv_id")
    written = address(values.fields.get("arxiv", ""))
    other = identifiers.find_arxiv(written) or ""
    if other and found in ("", other):
        _take_id(values, "arxiv", written)
    return found or other


ARCHIVES = ("eprinttype", "archiveprefix")


def _take_id(values, name, written):
    """Take a field that says no more than the id; a version is kept."""
    if re.search(r"v\d+$|\[", written):
        values.use(name, "arxiv_id")
    else:
        values.take(name, column="arxiv_id")


def read_arxiv_venue(values: Values) -> tuple[bool, str]:
    """Set aside venues that only say that this is on arXiv: they are kept, but name no venue.

    Return whether there were any, and the arXiv id in them.
    """
    found = [
        name
        for name in VENUES
        if (text := values.text_of(name)) and len(text) < 200 and ARXIV_VENUE.fullmatch(text)
    ]
    texts = [values.text_of(name) for name in found]
    # In DBLP's lists the id is the volume of "CoRR".
    if found and values.text_of("volume").startswith("abs/"):
        texts.append(values.text_of("volume"))
        found.append("volume")
    for name in found:
        values.set_aside(name)
    return bool(found), identifiers.find_arxiv(" ".join(texts)) or ""


def read_doi(values: Values) -> tuple[str, str]:
    """Take the DOI and the arXiv id that a DOI may name; another address there is a link."""
    written = address(values.fields.get("doi", ""))
    doi, arxiv_id = split_doi(written)
    if doi or arxiv_id:
        values.take("doi", column="doi")
    elif written and not as_address(written):
        values.say(f"“{written[:60]}” is no DOI, so it is only kept; one looks like 10.1000/182")
    if not doi:
        doi = identifiers.find_doi(address(values.fields.get("url", ""))) or ""
    return doi, arxiv_id


def read_number(values: Values, name: str) -> str:
    """Take the first ISBN or ISSN that is one; if there are others beside it, all are kept.

    Programs put the one into the field of the other; there it is found too.
    """
    (other,) = NUMBERS.keys() - {name}
    if name not in values.fields and (found := _valid(values.text_of(other), NUMBERS[name])):
        values.take(other, column=name)
        return found
    written = values.text_of(name)
    if not written:
        return ""
    whole = _valid(written, NUMBERS[name])
    found = [whole] if whole else [_valid(part, NUMBERS[name]) for part in SEPARATOR.split(written)]
    valid = list(filter(None, found))
    if not valid and other not in values.fields and _valid(written, NUMBERS[other]):
        return ""
    if whole or not valid:
        values.take(name, column=name)
    return valid[0] if valid else written


NUMBERS = {"isbn": identifiers.normalize_isbn, "issn": identifiers.normalize_issn}
SEPARATOR = re.compile(r"[,;\s]+")


def _valid(text, normalize):
    try:
        return normalize(re.sub(r"\([^()]*\)", "", text))
    except ValueError:
        return ""
