"""Where a title stands in running text: in a link, in quotes, in bold, or up to the full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .flow import BREAK, Flow
from .runs import EM, STRONG, UNDERLINE
from .venue import YEAR

QUOTES = {
    '"': '"',
    "“": "”",
    "”": "”",
    "„": "“",
    "«": "»",
    "「": "」",
    "『": "』",
    "《": "》",
    "‘": "’",
    "``": "''",
}
SKIPPED = re.compile(r"[\s.,:;|·–—-]*")
MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
# “(2024).”, “2019.”, “(in press)”, “(2016, February).” between the authors and the title
DATE = re.compile(
    rf"[\s.,:;]*(?:[(（\[]\s*(?:(?:\d{{1,2}}\s)?(?:{MONTH}(?:\s\d{{1,2}})?,?\s)?"
    rf"{YEAR}[a-z]?(?:\s*[,/–-]\s*[\w ]+)?|"
    rf"in press|in prep(?:aration)?|"
    rf"forthcoming|accepted|submitted|to appear|under re\w+|n\.d\.)[^()（）\[\]]{{0,20}}[)）\]]"
    rf"|{YEAR}[a-z]?(?:,\s*[A-Z][a-z]{{2,8}}(?:\s\d[\d–-]*)?)?(?=\s*[.,:]\s)|{YEAR}(?=\s*\n))[.,:;]*",
    re.I,
)
# Some part the title from what it stands in by two slashes (GOST 7.0.5).
SENTENCE = re.compile(r"[.?!](?=[\"”'’)]*(?:\s|$))|。|\s(?=//\s)")
NO_END = re.compile(
    r"(?:^|[\s(])(?:vs|e\.g|i\.e|cf|no|vol|pp|st|dr|mr|mrs|fig|eq|al|ca|resp|inc|ltd|jr|sr|ph\.?d|m\.?sc|b\.?sc|[^\W\d_])$",
    re.I,
)
VENUE_WORDS = (
    r"in(?:\s+(?:proc|the|press|[A-Z*]))|proc(?:eedings|\.)|journal|j\.\s|ieee|acm|"
    r"trans(?:actions|\.)|annals|arxiv|biorxiv|medrxiv|advances in|international|"
    r"annual|conference|workshop|symposium|"
    r"phys(?:ical|\.)\s|nature|science\b|lecture notes|ph\.?d|submitted|accepted|to appear|"
    r"under re|preprint|technical report|working paper"
)
VENUE_START = re.compile(
    rf"\s*(?:{VENUE_WORDS}|[A-Z][A-Za-z]*[A-Z]\w*[\s’'-]*(?:{YEAR}|\d\d\b))", re.I
)
# “A Title (under review)”, “A Title [ICML 2023]”
BRACKET = re.compile(
    rf"\s*[(\[](?=(?:under|submitted|to be|to appear|in prep|in press|accepted|forthcoming|r&r|"
    rf"revis|conference|workshop|poster|oral|preprint|draft|[\w’'&/ -]{{2,40}}{YEAR}[)\]]|"
    rf"[A-Z]{{3,}}[\s’'\d]*[)\]]))",
    re.I,
)
LONGEST = 600


@dataclass(frozen=True)
class Span:
    """A title from `start` to `end`; what follows it begins at `next`."""

    start: int
    end: int
    next: int
    certainty: float


def date_at(flow: Flow, place: int) -> int:
    """Return where a date that stands at a place ends; the place itself if none does."""
    match = DATE.match(flow.text, place)
    return match.end() if match else place


def title_at(flow: Flow, place: int) -> Span | None:
    """Return the title that begins at a place, where mark-up, a line or a sentence ends it."""
    return next(titles_at(flow, place), None)


def titles_at(flow: Flow, place: int) -> Iterator[Span]:
    """Yield what may be the title that begins at a place, the most certain first."""
    start = SKIPPED.match(flow.text, place).end()
    if start >= len(flow.text):
        return
    if quoted := _quoted(flow.text, start):
        yield quoted
    if marked := _marked(flow, start):
        yield marked
    yield from _plain(flow, start)


def _quoted(text, start):
    for opening, closing in QUOTES.items():
        if text.startswith(opening, start):
            begin = start + len(opening)
            end = text.find(closing, begin, begin + LONGEST)
            if opening == "“" and end < 0:
                end = text.find('"', begin, begin + LONGEST)
            if end > 0 and len(text[begin:end].split()) > 1:
                return Span(begin, end, end + len(closing), 1.0)
    return None


def _marked(flow, start):
    """Return the link or the emphasis that begins here, if it is long enough for a title."""
    run = flow.run_at(start)
    for style in ("link", STRONG, EM, UNDERLINE):
        if run is None or not (run.href is not None if style == "link" else style in run):
            continue
        end = _end_of(flow, start, style, run.href)
        text = flow.text[start:end].strip()
        if len(text.split()) < 2 and not (style == "link" and len(text) > 5):
            continue
        behind = flow.run_at(end + len(flow.text[end:]) - len(flow.text[end:].lstrip()))
        is_button = behind is not None and behind.href is not None and style != "link"
        if text[0] in "[(" or not is_button and _goes_on(flow.text, start, end):
            continue
        return Span(start, end, end, 1.0)
    return None


def _end_of(flow, start, style, href):
    """Return where a stretch of one style ends; math and superscripts in it belong to it."""
    end = start
    for first, last, run in flow.spans():
        if last <= start or run.text == BREAK and last < len(flow.text):
            continue
        is_same = run.href == href if style == "link" else style in run
        if first > end and end > start and not is_same:
            break
        if is_same:
            end = last
        elif first >= end and run.text.strip():
            break
    return end


def _goes_on(text, start, end):
    """Return whether words run on behind an emphasis: it marks a part of the title, not all."""
    if text[start:end].rstrip().endswith((".", "?", "!", ":", ",")):
        return False
    return bool(re.match(r"\s?[:a-z]|\s+:", text[end:]) and not BEHIND_TITLE.match(text, end))


# What may follow a title without any sign.
BEHIND_TITLE = re.compile(
    r"\s*(?:with|by|joint(?:ly)?|co-?authored|and\s+published|under review)\b", re.I
)


def _plain(flow, start):
    text = flow.text
    line = text.find(BREAK, start)
    line = len(text) if line < 0 else line
    style = _style_behind_point(flow, start, line)
    ends = _sentence_ends(text, start, line)
    comma = _comma_before_venue(text, start, line)
    bracket = BRACKET.search(text, start, line)
    if style is not None and (not ends or style <= ends[0]):
        yield Span(start, style, style, 0.9)
    if ends and ends[0] < line - 1:
        yield Span(start, ends[0], ends[0], 0.85)
    if bracket and (not ends or bracket.start() < ends[0]):
        yield Span(start, bracket.start(), bracket.start(), 0.85)
    if line < len(text):
        yield Span(start, line, line, 0.9 if not ends or ends[0] >= line - 1 else 0.6)
    if comma is not None:
        yield Span(start, comma, comma, 0.7)
    if line == len(text):
        yield Span(start, line, line, 0.6)


def _style_behind_point(flow, start, limit):
    """Return where, behind a point or comma, a link or emphasis begins: the venue or a button."""
    for first, _, run in flow.spans():
        if first <= start or first >= limit:
            continue
        is_marked = run.href is not None or EM in run or STRONG in run
        before = flow.text[max(start, first - 20) : first]
        if is_marked and re.search(r"[.,?!;:\"”]\s*[\[(]*$|\s[\[(\\]+$", before):
            return first
    return None


def _sentence_ends(text, start, limit):
    """Return where sentences end; a question goes on if a subtitle follows it."""
    ends = []
    for match in SENTENCE.finditer(text, start, min(limit, start + LONGEST)):
        if match[0] == "." and NO_END.search(text[start : match.start()]):
            continue
        if match[0] in "?!" and _is_subtitle(text[match.end() : limit]):
            continue
        ends.append(match.end())
    return ends


def _is_subtitle(text):
    """Return whether what follows a question is the rest of a title, not yet the venue."""
    head, stop, rest = text.partition(". ")
    return bool(stop and rest) and not re.search(rf"\d|{VENUE_WORDS}", head, re.I)


def _comma_before_venue(text, start, limit):
    for match in re.finditer(r",\s", text[start:limit]):
        if VENUE_START.match(text, start + match.end()):
            return start + match.start()
    return None
