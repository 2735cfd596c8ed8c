"""What is typed before an entry: its number, its year, or the venue on a badge."""

from __future__ import annotations

import re

from publications.names import is_person

from .flow import Flow
from .kinds import ACRONYMS
from .runs import CODE, EM, STRONG, Line
from .venue import YEAR

# “[J12]”, “(64)”, “3.”, “[12]:”, “C4:”
NUMBER = re.compile(
    r"\s*(?:\[[A-Z]{0,4}[.-]?\d{1,3}[a-z]?\]|\(\d{1,3}\)|\d{1,3}[.)])(?:[:.]?\s+|(?=[^\W\d]))"
)
IN_BRACKETS = re.compile(r"\s*[\[(【（]([^\[\]()【】（）\n]{2,60})[\])】）][\s.,:|–—-]*")
YEAR_LINE = re.compile(rf"\s*({YEAR})\s*\n\s*")
AMONG_NAMES = re.compile(r"[*†‡\s]*(?:[,;&(]|and\b)")
BEHIND = re.compile(r"[\s.,:|·–—-]*")
VENUE = re.compile(rf"[^\W\d_][\w&/’'+ .:-]*?[\s’'‘-]*(?:{YEAR}|[’'‘]\d\d)(?:\s[^\W\d_]\w*)?")
DATE = re.compile(rf"(?:[A-Z][a-z]{{2,8}}\.?,?\s+)?{YEAR}")


def behind_labels(flow: Flow, start: int = 0) -> tuple[int, tuple[Line, ...]]:
    """Return where an entry begins behind its number and badges, and what the badges say."""
    labels: list[Line] = []
    while (found := _label(flow, start)) is not None:
        (begin, end), start = found
        if not NUMBER.match(flow.text[begin:end] + " "):
            labels.append(flow.line(begin, end))
        if len(labels) > 2:
            break
    return start, tuple(labels)


def _label(flow, start):
    """Return ((begin, end) of a label, where the text goes on), or None."""
    text = flow.text
    if number := NUMBER.match(text, start):
        return number.span(), number.end()
    if year := YEAR_LINE.match(text, start):
        return year.span(1), year.end()
    bracketed = IN_BRACKETS.match(text, start)
    if bracketed and is_venue_label(bracketed[1]) and not _is_link(flow, bracketed.start(1)):
        return bracketed.span(1), bracketed.end()
    begin = BEHIND.match(text, start).end() if start else len(text) - len(text.lstrip())
    run = flow.run_at(begin)
    if run is None or run.href or not (CODE in run or STRONG in run or EM in run):
        return None
    end = begin + len(run.text)
    if AMONG_NAMES.match(text, end) and " " in run.text.strip() and is_person(run.text.strip()):
        return None  # the owner, set apart from the other authors
    following = BEHIND.match(text, end).end()
    is_label = CODE in run or is_venue_label(run.text.strip("[]() :|"))
    return ((begin, end), following) if is_label and following < len(text) else None


def is_venue_label(text: str) -> bool:
    """Return whether a text can be a badge: “CVPR 2023”, “ICML’22 Oral”, “2024”."""
    text = text.strip()
    if text in ACRONYMS or DATE.fullmatch(text):
        return True
    return len(text.split()) <= 6 and bool(VENUE.fullmatch(text)) and ":" not in text


def _is_link(flow, place):
    run = flow.run_at(place)
    return run is not None and run.href is not None
