"""Volume, number and pages behind the name of a venue, in figures or in words."""

from __future__ import annotations

import re
from typing import Any

YEAR = r"(?:19|20)\d\d"
# “volume 103, number 3, pages 1-5”, and what stands for these words.
VOL = r"\b(?:volume|vol\.?)"
NO = r"\b(?:number|no\.?|nr\.?|num\.|issue|iss\.?)"
PP = r"(?:\b(?:pages?|pgs?\.?|pp?\.?)(?=\s|\d|[A-Za-z]\d))"
ISSUE = r"\d{1,4}(?:[-–/]\d{1,4})?"
# Numbers of pages; a year is none unless a range begins with it.
PAGE = r"[A-Za-z]{0,2}\d{1,8}"
FROM_TO = rf"(?!{YEAR}\b(?!\s*[-–])){PAGE}(?:\s*[-–—]{{1,2}}\s*{PAGE})?"
END = r"(?=\s*(?:$|[,.;\[(]))"
# Where volume and pages begin behind the name of a journal.
LOCATOR_START = re.compile(
    rf"[,.]?\s+(?:{VOL}\s*\d|\d{{1,4}}\s*(?:\(\d|[,:]\s*(?:pp?\.?\s*)?(?:\w?\d+\s*[-–—]|\d{{3,8}}(?=\s*(?:$|[(,.]))))|"
    rf"\d{{1,4}},?\s+{NO}\s*\d)|,\s*(?:{PP}|{NO})\s*[A-Za-z]?\d|,\s+{YEAR},\s+\d{{1,4}}[A-Z]{{0,2}},\s+\d",
    re.I,
)
# “57(17), 6955-6964”, “vol. 12, no. 3, pp. 45–67”, “39, e70071”
LOCATOR = re.compile(
    rf"[\s,.;:]*(?:(?P<vol>{VOL})\s*)?(?P<volume>\d{{1,4}}(?-i:[A-Z]{{0,2}}))"
    rf"(?:\s*\((?P<number>[\w./–-]{{1,12}})\)|,?\s*{NO}\s*(?P<no>{ISSUE}))?"
    rf"(?:\s*[,:;]\s*(?:{PP}\s*)?(?P<pages>{FROM_TO}))?{END}",
    re.I,
)
# “18, 4, 044008”
LISTED = re.compile(
    rf"[\s,.;:]*(?P<volume>\d{{1,4}}),\s*(?P<number>\d{{1,3}}),\s*"
    rf"(?P<pages>[A-Za-z]?\d{{3,8}}(?:\s*[-–—]{{1,2}}\s*\d{{3,8}})?){END}"
)
# “volume 119 of Proceedings of Machine Learning Research, pages 1–10”
IN_SERIES = re.compile(
    rf"[\s,.;:]*(?P<vol>{VOL})\s*(?P<volume>\d{{1,4}})\s+of\s+(?:the\s+)?"
    rf"(?P<series>[^,;\d]{{3,90}}),\s*{PP}\s*(?P<pages>{FROM_TO}){END}",
    re.I,
)
NUMBERED = re.compile(
    rf"[\s,.;:]*{NO}\s*(?P<no>{ISSUE})(?:\s*[,:;]\s*(?:{PP}\s*)?(?P<pages>{FROM_TO}))?{END}", re.I
)
PAGES = re.compile(
    rf"[\s,.;:]*(?:{PP}\s*(?P<pages>{FROM_TO})|"
    rf"(?P<range>(?!{YEAR}\b)\d{{1,5}}\s*[-–—]{{1,2}}\s*\d{{1,5}})){END}",
    re.I,
)
PAGES_INSIDE = re.compile(rf",\s*(?:pages?|pp\.?)\s*(?P<pages>{FROM_TO}){END}", re.I)
IN_WORDS = re.compile(rf"\W*(?:{VOL}|{NO}|{PP})\s*[A-Za-z]?\d", re.I)


def take_locator(rest: str, found: Any) -> str:
    """Move volume, number and pages from what follows a venue to `found`; return the rest."""
    for pattern in (IN_SERIES, LISTED, LOCATOR, NUMBERED, PAGES):
        match = pattern.match(rest)
        if match is None:
            continue
        parts = match.groupdict()
        volume = parts.get("volume") or ""
        pages = parts["pages"] or parts.get("range") or ""
        number = parts.get("number") or parts.get("no") or ""
        says_more = number or pages or parts.get("vol") or _is_journals(found, rest, match)
        if re.fullmatch(YEAR, volume) or (volume and not says_more):
            continue  # a number alone may be anything
        found.volume, found.number, found.pages = volume, number, pages
        rest = f"{parts.get('series') or ''}{rest[match.end() :]}"
        break
    return rest if found.pages else _take_pages(rest, found)


def _take_pages(rest, found):
    """Take pages that stand behind the year, “12(3), 2018, 1-5”, or with their word elsewhere."""
    year = re.match(rf"[\s,.;(]*{found.year}\b\)?", rest) if found.year else None
    if year and (match := PAGES.match(rest, year.end())):
        found.pages = match["pages"] or match["range"]
        return rest[match.end() :]
    if match := PAGES_INSIDE.search(rest):
        found.pages = match["pages"]
        return rest[: match.start()] + rest[match.end() :]
    return rest


# Whose number is a volume's, where nothing else stands behind the name.
JOURNAL = re.compile(
    r"\b(?:journals?|transactions|trans\.|letters|lett\.|annals|review|quarterly|bulletin|research|"
    r"physics|economics|policy|sciences?|biology|chemistry|ecology|medicine)\b",
    re.I,
)
MEETING = re.compile(r"proc(?:eedings|\.)|conference|workshop|symposium|lecture notes", re.I)


def _is_journals(found, rest, match):
    is_all = not re.search(r"\w", rest[match.end() :])
    return is_all and bool(JOURNAL.search(found.name)) and not MEETING.search(found.name)
