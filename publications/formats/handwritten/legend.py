"""What the marks beside names mean, where the page says so: “* equal contribution”."""

from __future__ import annotations

import re
from dataclasses import replace

from homepage.common.patterns import Later
from publications.names import MARKS
from publications.records import AuthorName, PublicationRecord

EQUAL, CORRESPONDING = "equal", "corresponding"
ROLES = (
    (EQUAL, r"equal|co-?first|joint first|共同一作|共同第一|同等贡献"),
    (CORRESPONDING, r"correspond|通讯作者|通讯"),
)
# “* Equal contribution”, “† denotes the corresponding author”, “equal contribution (*)”
WORDS = rf"[^.;()\[\]\n{re.escape(MARKS)}]{{0,40}}?"
MARK = rf"[{re.escape(MARKS)}]{{1,2}}"
REMARK = Later(
    r"\s*[(（\[][^()（）\[\]]*(?:equal(?:ly)? contribut|contribut\w* equal|co-?first|correspond|"
    r"共同一作|通讯作者)[^()（）\[\]]*[)）\]]",
    re.I,
)

# What such a line speaks of, how it begins, and what no such line holds.
SUBJECT = (
    r"equal|co-?first|joint|shared|correspond|contribut|denot|indicat|alphabetic|student|supervis|"
    r"advis|mentor|intern\b|lead|alumn|postdoc|author|共同|同等|通讯|学生"
)
COLOUR = (
    r"(?:bold(?:face)?|italics?|underlin\w+|highlight\w*|colou?r\w*|red|blue|green|orange|purple|"
    r"yellow|grey|gray)"
)
LEGEND = Later(
    rf"[(（\[]?\s*(?:{MARK}.*(?:{SUBJECT}).*|"
    rf"(?:(?:names|authors|papers|entries)\s+in\s+)?{COLOUR}\b[^.:=]{{0,40}}?"
    rf"(?::|=|\bdenot\w+|\bindicat\w+|\bmarks?\b|\bmeans?\b).*|"
    rf"(?:{SUBJECT})[^.;:]{{0,40}}[(（:]?\s*{MARK}\s*[)）]?\.?|"
    r"(?:equal(?:ly)? contribut\w+|(?:co-?)?corresponding authors?|co-?first authors?)\.?|"
    r"(?:all )?authors\b.{0,40}\balphabetic.{0,40})",
    re.I | re.S,
)
DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LONGEST = 30


def is_legend(text: str) -> bool:
    """Return whether a text explains the marks or colours of a list and is nothing else."""
    if len(text.split()) > LONGEST or DATED.search(text):
        return False
    return LEGEND.fullmatch(text.strip()) is not None


def roles(text: str) -> dict[str, set[str]]:
    """Return the roles that a text gives to marks: `{"*": {"equal"}}`."""
    found: dict[str, set[str]] = {}
    for role, pattern in ROLES:
        for match in re.finditer(rf"({MARK}){WORDS}(?:{pattern})", text, re.I):
            found.setdefault(match[1], set()).add(role)
        for match in re.finditer(
            rf"(?:{pattern})[^.;\n*†‡]{{0,30}}[(（]\s*({MARK})\s*[)）]", text, re.I
        ):
            found.setdefault(match[1], set()).add(role)
    return found


def explained(author: AuthorName, meaning: dict[str, set[str]]) -> AuthorName:
    """Return the name with the roles that the legend gives to its marks."""
    given = set()
    for mark, names in meaning.items():
        if mark in author.marks:
            given |= names
    return replace(author, equal=EQUAL in given, corresponding=CORRESPONDING in given)


def explained_record(record: PublicationRecord, meaning: dict[str, set[str]]) -> PublicationRecord:
    """Return the record with the roles that the page's legend, or its own remark, gives."""
    meaning = {**meaning, **roles(record.text)}
    return replace(record, authors=tuple(explained(name, meaning) for name in record.authors))
