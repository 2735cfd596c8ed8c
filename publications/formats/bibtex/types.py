"""What BibTeX and biblatex call the kinds of publications."""

from __future__ import annotations

import re
from collections.abc import Mapping

# The styles that come with BibTeX know these types, and warn of any other.
PLAIN = frozenset(
    "article book booklet conference inbook incollection inproceedings manual mastersthesis misc "
    "phdthesis proceedings techreport unpublished".split()
)
WRITTEN = {
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "article": "misc",
    "chapter": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
    "dataset": "misc",
    "software": "misc",
    "patent": "misc",
    "article-magazine": "article",
    "article-newspaper": "article",
    "webpage": "misc",
    "document": "misc",
}
KINDS = {
    "article": "article-journal",
    "suppperiodical": "article-journal",
    "inproceedings": "paper-conference",
    "incollection": "chapter",
    "inbook": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "inreference": "chapter",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "reference": "book",
    "mvreference": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "unpublished": "article",
    "preprint": "article",
    "online": "webpage",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "magazine": "article-magazine",
    "newspaper": "article-newspaper",
}
# Other names of the same types.
SYNONYMS = {
    "conference": "inproceedings",
    "electronic": "online",
    "www": "online",
    "web_page": "online",
    "report": "techreport",
    "technicalreport": "techreport",
    "journal": "article",
    "journalarticle": "article",
    "conferencepaper": "inproceedings",
    "conferencepresentation": "inproceedings",
    "workshop": "inproceedings",
    "workshoppaper": "inproceedings",
    "chapter": "incollection",
    "bookchapter": "incollection",
    "book_section": "incollection",
    "textbook": "book",
    "phd": "phdthesis",
    "dissertation": "phdthesis",
    "masterthesis": "mastersthesis",
    "workingpaper": "unpublished",
}
# In `entrysubtype`, biblatex's field for what is finer than the type, stands the type that is
# meant where the styles know it not, or the kind where the type alone says another.
SUBTYPES = {
    "article": "preprint",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "webpage": "online",
    "article-magazine": "magazine",
    "article-newspaper": "newspaper",
}
TYPE = re.compile(r"[a-z][a-z0-9_-]*")
MONTH_OR_YEAR = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?|(?:19|20)\d\d"
# A journal that only says "arXiv", as Google Scholar and DBLP have it.
ARXIV_VENUE = re.compile(
    r"\W*(?:arxiv(?:\.org)?|corr)\b(?:\s*e-?prints?|\s*preprints?)*\W*"
    r"(?:(?:arxiv|abs)\b\s*[:/]?\s*)?(?:[a-z-]*(?:\.[a-z-]+)?/?\d[\d.]{3,}\d(?:v\d+)?)?"
    rf"\s*(?:\[[\w.-]+\])?\W*(?:(?:{MONTH_OR_YEAR})\W*){{0,2}}",
    re.I,
)
# Types that hold anything, so that an arXiv id says what it is.
VAGUE = frozenset({"misc", "online"})


def type_of(entry_type: str, fields: Mapping[str, str]) -> str:
    """Return the type that is meant, under its usual name."""
    subtype = _subtype(fields)
    if subtype in KINDS or (entry_type == "misc" and TYPE.fullmatch(subtype)):
        return entry_type if subtype in WRITTEN and subtype not in KINDS else subtype
    entry_type = SYNONYMS.get(entry_type, entry_type)
    if entry_type == "thesis":
        return THESES.get(fields.get("type", "").strip().lower(), entry_type)
    # With a title of the book beside its own, it is what others call @incollection.
    is_chapter = entry_type == "inbook" and "booktitle" in fields
    return "incollection" if is_chapter else entry_type


THESES = {"phdthesis": "phdthesis", "mathesis": "mastersthesis", "mastersthesis": "mastersthesis"}


def kind_of(entry_type: str, fields: Mapping[str, str], *, on_arxiv: bool) -> str:
    """Return the CSL type of an entry of this type.

    `on_arxiv` says that it is of arXiv and of no other venue.
    """
    subtype = _subtype(fields)
    if subtype in WRITTEN and subtype not in KINDS:
        return subtype
    if on_arxiv and (entry_type in VAGUE or entry_type == "article"):
        return "article"
    return KINDS.get(entry_type, "document")


def says_kind(fields: Mapping[str, str], entry_type: str) -> bool:
    """Return whether the subtype says no more than the type, once that is known, or the kind."""
    subtype = _subtype(fields)
    return bool(subtype) and (subtype == entry_type or subtype in WRITTEN)


def _subtype(fields):
    return fields.get("entrysubtype", "").strip().lower()
