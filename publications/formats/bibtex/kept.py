"""Fields that were kept, on their way out: under their names where no program minds them there.

Any other stands under `kept-` and its name: it is read back as it was, and nobody acts on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from homepage.common.characters import readable

from .links import LABELS
from .names import is_list_of_names
from .text import encode_plain, is_balanced
from .values import written_name

# Names of fields that both bibtex and biber read.
NAME = re.compile(r"[a-z][a-z0-9_.:+-]*")
# Kept under this name is what is no field.
NO_FIELD = "entrytype"
# What biblatex acts on, which makes no sense, or does harm, away from the rest of the source.
ACTING = frozenset("crossref xref xdata related entryset options ids execute set".split())
# Only as we write them they are what the programs expect.
STRICT = frozenset("year month day date author number issue volume pages isbn issn".split())
YEAR = re.compile(r"-?\d{1,4}", re.ASCII)
DATES = frozenset("urldate eventdate origdate".split())
DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
DATE = re.compile(rf"(?:{DAY})?(?:/(?:{DAY})?)?", re.ASCII)
NAMES = frozenset(
    "editor editora editorb editorc translator annotator commentator introduction foreword "
    "afterword bookauthor holder namea nameb namec shortauthor shorteditor sortname".split()
)


# Fields that a column may be made of.
COLUMNS = frozenset(
    "title subtitle booktitle maintitle author journal journaltitle eventtitle conference venue "
    "howpublished abbr shortjournal year month day date pubstate volume number issue pages eid "
    "articleno article-number publisher school institution organization abstract language langid "
    "award award_name note doi eprint eprinttype archiveprefix arxiv isbn issn selected links url "
    "keywords keyword entrysubtype citation_key author+an author+an:marks author+an:printed "
    "type".split()
) | frozenset(LABELS)


def kept_fields(extra: Mapping[str, Any], entry_type: str, *, has_authors: bool) -> dict[str, str]:
    """Return the kept fields that can be written, under the names they can have."""
    fields = {}
    for name, kept in extra.items():
        value = _value(kept)
        if value and name and name != NO_FIELD:
            fields[name if _is_harmless(name, value) else written_name(name)] = value
    if "editor" in fields and has_two_editors(entry_type, has_authors) and EDITOR not in fields:
        fields[EDITOR] = fields.pop("editor")
    return fields


EDITOR = "editora"


def has_two_editors(entry_type: str, has_authors: bool) -> bool:
    """Return whether the styles of BibTeX allow no editor beside the authors.

    biblatex prints its second editor all the same, and those styles pass over it.
    """
    return has_authors and entry_type in ("book", "inbook")


# biber takes such a line in a value for the sign of a brace that is missing.
LIKE_FIELD = re.compile(r"\n[ \t]*(?=@|[A-Za-z][\w:.+/-]*\s*=)")


def _value(kept) -> str:
    if isinstance(kept, bool) or not isinstance(kept, (str, int)):
        return ""
    value = LIKE_FIELD.sub(" ", readable(str(kept)))
    return value if is_balanced(value) else encode_plain(value, latex=False)


def _is_harmless(name, value):
    if name == "year" and YEAR.fullmatch(value.strip()):
        return True
    if name in ACTING or name in STRICT or not NAME.fullmatch(name):
        return False
    if name in DATES:
        return bool(DATE.fullmatch(value.strip()))
    return name not in NAMES or is_list_of_names(value)
