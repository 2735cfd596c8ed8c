"""The lines of an entry that follow its authors: venue, acronym, year, award, and what is left.

Only what is certain leaves the text: a year at its end, an acronym in parentheses, an award.
Everything else stays in the venue's name or, behind the acronym, in the note, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, groupby, takewhile

from homepage.common.identifiers import find_arxiv, find_doi
from homepage.common.text import words

from .locator import IN_WORDS, LOCATOR_START, YEAR, take_locator
from .runs import EM, RED, STRONG, Line, plain_text

AWARD = re.compile(
    r"\b(oral|spotlight|award(?:ed|s)?|prize|best (?:student |short |long |demo |industry )*paper|"
    r"top[- ]?\d|top \d|highlight(?:ed)?|honou?rable mention|outstanding|distinguished|notable|"
    r"runner[- ]up|finalist|nominat(?:ed|ion|ee)|candidate|winner|cover (?:article|paper|feature)|"
    r"featured|editor['’]?s['’]? (?:choice|pick)|hot paper|accept(?:ance)? rate|"
    r"\d+(?:\.\d+)? ?% (?:of|accept)|ccf[- ]?[abc]|(?-i:SCI|EI|ESI|JCR)\b|q[1-4]\b|core a\*?|"
    r"最佳|口头|亮点|高被引)",
    re.I,
)
PREFIX = re.compile(
    r"(?P<status>to app?e?ar (?:in|at)|to app?e?ar|accepted (?:to|by|at|for publication in|in|for)|"
    r"accepted|in press(?: at| in)?|forthcoming (?:in|at)|forthcoming|submitted to|submitted|"
    r"under (?:review|revision|submission)(?: (?:at|in|for|by))?|in submission(?: to)?|"
    r"in revision(?: at)?|major revision(?: at| in)?|minor revision(?: at| in)?|"
    r"published (?:in|at)|appeared (?:in|at)|presented at|in preparation|work in progress|"
    r"working paper|in:|in|appears in)(?=[\s:,.]|$)[\s:]*",
    re.I,
)
STATUS = (
    (r"to app|in press|forthcoming", "to-appear"),
    (r"accepted", "accepted"),
    (r"submi|review|revision|prepar|progress|working", "submitted"),
)
PREPRINT = re.compile(
    r"(?:(?:arxiv(?:\.org)?(?: e-?prints?| preprints?)?|preprints?|corr)\b[\s,:.]*)+",
    re.I,
)
ARXIV_ID = re.compile(
    r"\b(?:arxiv|abs)\s*[:/]?\s*(?:abs/)?((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)(?:\s*\[[\w.-]+\])?",
    re.I,
)
ACRONYM = re.compile(
    rf"\s*[(（\[]\s*(?P<acronym>[^()（）\[\]]{{2,40}}?)(?:,?\s+(?P<year>{YEAR}))?\s*[)）\]]"
)


@dataclass
class VenueLine:
    """What the lines behind the authors say."""

    prefix: str = ""
    status: str = ""
    name: str = ""
    acronym: str = ""
    year: int | None = None
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    arxiv_id: str = ""
    is_preprint: bool = False
    awards: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(lines: Sequence[Line], labels: Sequence[Line] = ()) -> VenueLine:
    """Read the lines behind the authors: the first that can be a venue is it.

    `labels` stood before the title: a year, a status, or the venue on a badge.
    """
    found = VenueLine()
    for line in lines:
        _read_line(line, found)
    for label in labels:
        _read_label(label, found)
    return found


# Some set more than awards in red: whole titles.
LONGEST_AWARD = 80
# “(alphabetical order) Conference on Walls”: a remark on the authors before the venue
ON_AUTHORS = re.compile(
    r"[\s.,;]*[(\[][^()\[\]]*(?:alphabetical|equal(?:ly)? contribut|contribut\w* equal)"
    r"[^()\[\]]*[)\]]"
    r"[\s.,;:]*(?=\S)",
    re.I,
)
# A line of more words, and no year among them, says what a paper is about.
LONGEST_VENUE = 25


def _read_line(line, found):
    rest = _take_awards(line, found)
    text = plain_text(rest)
    if not re.search(r"\w", text):
        return
    if remark := ON_AUTHORS.match(text):
        found.notes.append(text[: remark.end()].strip(" .,;:"))
        text = text[remark.end() :]
    is_prose = len(text.split()) > LONGEST_VENUE and not re.search(rf"\b{YEAR}\b", text)
    is_known = found.name or found.year or found.is_preprint or found.prefix
    if is_known and not is_prose and IN_WORDS.match(text) and not (found.volume or found.pages):
        text = _outer(take_locator(text, found))
        found.notes += [text] if text else []
    elif is_prose or is_known or LEGEND.search(text):
        found.notes.append(_outer(text))
    else:
        _read_venue(rest, text, found)


# A line on the authors' marks is no venue.
LEGEND = re.compile(
    r"equal(?:ly)? contribut|contribut\w+ equal|denotes|corresponding author|co-?first|"
    r"listed alphabetically|alphabetical order|共同一作|通讯作者",
    re.I,
)


def _read_label(label, found):
    text = _outer(plain_text(label))
    years = re.findall(rf"\b{YEAR}\b", text)
    is_date = not re.search(r"[^\W\d_]", re.sub(MONTH, "", text))
    if is_date and years and found.year in {None, int(years[0])}:
        found.year = int(years[0])
        if left := re.sub(rf"\b{YEAR}[a-z]?\b|[()\s,]", "", text):
            found.notes.append(left)
    elif words(text) <= words(" ".join([found.prefix, found.name, found.acronym, str(found.year)])):
        return
    elif found.name or is_date:
        found.year = found.year or _year_inside(text)
        found.notes.append(text)
    else:
        _read_line(label, found)


MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|sept|oct|nov|dec)[a-z]*\b\.?", re.I
)


def _take_awards(line, found):
    """Move the awards of a line to `found`; return the other runs."""
    rest = []
    for is_red, together in groupby(line, lambda run: RED in run):
        runs = list(together)
        text = "".join(run.text for run in runs)
        if is_red and re.search(r"\w", text) and len(text) <= LONGEST_AWARD:
            found.awards += _bare(text)
        else:
            rest += runs
    text = "".join(run.text for run in rest)
    if AWARD.search(text) and not re.search(YEAR, text) and not any(EM in run for run in rest):
        whole = plain_text(rest)
        if len(whole.split()) <= 12 and not re.match(r"in\b|proc", whole, re.I):
            found.awards += _bare(whole)
            return []
    return _without_awards(rest, found)


def _without_awards(runs, found):
    """Take “(Oral, Top 2%)”, “[Spotlight]”, a bold “Oral” and a last “, Oral” out of the runs."""
    text = "".join(run.text for run in runs)
    spans = []
    for match in re.finditer(r"[(（\[]([^()（）\[\]]+)[)）\]]", text):
        if AWARD.search(match[1]):
            spans.append((match.span(), match[1]))
    position = 0
    for run in runs:
        end = position + len(run.text)
        inside = any(a < end and position < b for (a, b), _ in spans)
        if (
            STRONG in run
            and AWARD.search(run.text)
            and not inside
            and not re.search(YEAR, run.text)
        ):
            spans.append(((position, end), run.text))
        position = end
    if not spans:
        last = re.search(r"(?:[,;:–—-]|\.(?!\d))\s*([^,.;:()]*)[\s.]*$", text)
        if last and AWARD.search(last[1]) and not re.search(rf"{YEAR}|proceedings", last[1], re.I):
            spans.append((last.span(), last[1]))
    for _, award in sorted(spans):
        found.awards += _bare(award)
    return _cut_out(runs, [span for span, _ in spans])


def _cut_out(runs, spans):
    kept, position = [], 0
    for run in runs:
        letters = [
            letter
            for place, letter in enumerate(run.text, position)
            if not any(first <= place < last for first, last in spans)
        ]
        position += len(run.text)
        if letters:
            kept.append(type(run)("".join(letters), run.styles, run.href, run.image))
    return kept


def _bare(text):
    """Return an award without its parentheses and outer punctuation, as a list of one or none."""
    text = " ".join(text.split()).strip(" ,;:.–—-")
    while len(text) > 1 and text[0] + text[-1] in {"()", "[]", "（）", "【】"}:
        text = text[1:-1].strip(" ,;:.")
    return [text] if text else []


# What the style of psychologists says where there is no venue yet.
MANUSCRIPT = re.compile(
    r"(?:(?:unpublished|submitted) manuscript|manuscript (?:submitted for publication|"
    r"in preparation|under review))(?P<more>\W.*)?",
    re.I | re.S,
)


def _read_venue(runs, text, found):
    text = _take_doi(re.sub(r"^//\s+", "", text.lstrip(" .,;:")), found)
    if MANUSCRIPT.fullmatch(text):
        found.status = "submitted"
        found.notes.insert(0, _outer(text))
        return
    if text[:1] + text[-1:] in ("[]", "()"):
        text = text[1:-1]  # “[under review]”
    prefix = PREFIX.match(text)
    if prefix and (prefix["status"].lower() not in {"in"} or len(text) > prefix.end()):
        found.prefix = " ".join(prefix[0].split())
        found.status = next((s for p, s in STATUS if re.search(p, found.prefix, re.I)), "")
        text = text[prefix.end() :]
    text = _take_arxiv(text, found)
    emphasised = _outer(_first_emphasis(runs)).removeprefix(f"{found.prefix} ")
    name, rest = _venue_and_rest(text, emphasised)
    _take_year(name, found)
    if rest:
        rest = _take_year_of_rest(rest, found)
    behind = take_locator(rest, found)
    if behind != rest and found.year:  # “vol. 4, 2025, Art. 118208”
        behind = re.sub(rf"^[\s,.;(]*{found.year}\b\)?(?=\s*(?:[,.;]|$))", "", behind)
    rest = _outer(behind)
    if AWARD.search(rest) and len(rest.split()) <= 6:
        found.awards += _bare(rest)
    elif rest:
        found.notes.insert(0, rest)


DOI_TEXT = re.compile(
    r"[\s,;.(]*(?:doi\s*[:.]?\s*)?(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.I
)


def _take_doi(text, found):
    """Move a DOI that is typed out from a text to `found`."""
    match = DOI_TEXT.search(text)
    if match is None or not (doi := find_doi(match[0])):
        return text
    found.doi = doi
    return f"{text[: match.start()]} {text[match.end() :]}".strip()


def _first_emphasis(runs):
    """Return the first stretch in italics."""
    inside = dropwhile(lambda run: EM not in run, runs)
    return plain_text(takewhile(lambda run: EM in run, inside))


def _take_arxiv(text, found):
    match = ARXIV_ID.search(text)
    if match and (identifier := find_arxiv(match[1])):
        found.arxiv_id = identifier
        text = f"{text[: match.start()]} {text[match.end() :]}"
        found.is_preprint = not re.search(r"\w", PREPRINT.sub("", re.sub(YEAR, "", text)))
    whole = _outer(re.sub(rf"\b{YEAR}\b", "", text))
    if PREPRINT.fullmatch(whole + " ") or PREPRINT.fullmatch(whole):
        found.is_preprint = True
    if found.is_preprint:
        text = PREPRINT.sub("", text)
    return text.strip()


def _venue_and_rest(text, emphasised):
    """Part the venue from what follows: at the end of its italics, else behind its acronym."""
    if emphasised and len(emphasised) > 3 and text.startswith(emphasised):
        locator = LOCATOR_START.search(emphasised)
        end = locator.start() if locator and locator.start() > 3 else len(emphasised)
        return text[:end], text[end:]
    for match in ACRONYM.finditer(text):
        if _is_acronym(match["acronym"]):
            rest = text[match.end() :]
            year = re.match(rf"[\s,.]*{YEAR}(?![\d-])[\s.,]*", rest)
            cut = match.end() + (year.end() if year else 0)
            return text[:cut], text[cut:]
    if (locator := LOCATOR_START.search(text)) and locator.start() > 3:
        return text[: locator.start()], text[locator.start() :]
    return text, ""


def _is_acronym(text):
    letters = re.sub(r"[^A-Za-z]", "", text)
    return (
        len(text.split()) <= 4
        and sum(letter.isupper() for letter in letters) >= 2
        and not re.search(r"\b(pp|vol|no)\b", text, re.I)
    )


def _take_year(text, found):
    """Split “Name (ACR), 2022” and “ACR 2022” into name, acronym and year.

    “ACR'22” stays as it is typed; the year is learnt from it.
    """
    text = _outer(text)
    end = re.search(rf"[\s,.;(，；]\s*({YEAR})\s*\)?[\s.]*$", text)
    if re.fullmatch(YEAR, text):
        found.year, text = int(text), ""
    elif end and not _closes_acronym(text, end):
        found.year = int(end[1])
        text = text[: end.start()]
    text = _outer(text)
    acronym = re.search(ACRONYM.pattern + r"\s*$", text)
    if acronym and _is_acronym(acronym["acronym"]):
        found.acronym = acronym["acronym"].strip()
        found.year = found.year or (int(acronym["year"]) if acronym["year"] else None)
        text = _outer(text[: acronym.start()])
    if found.year is None:
        found.year = _year_inside(f"{text} {found.acronym}")
    if text or not found.acronym:
        found.name = text
    else:
        found.name, found.acronym = found.acronym, ""


def _closes_acronym(text, end):
    """Return whether a year at the end stands inside the parentheses of an acronym."""
    return end[0].rstrip(" .").endswith(")") and text[: end.start()].rfind("(") > text[
        : end.start()
    ].rfind(")")


def _year_inside(text):
    """Return the one year that a text names, “'22” included; None if it is none or several."""
    years = {int(year) for year in re.findall(rf"(?<![-–])\b{YEAR}\b(?![-–]\d)", text)}
    years |= {2000 + int(year) for year in re.findall(r"(?<=\w)[’'‘]([0-4]\d)\b", text)}
    return years.pop() if len(years) == 1 else None


def _take_year_of_rest(rest, found):
    """Take the year out of what follows the venue; it may repeat the one the venue has."""
    match = re.search(rf"(?:^|[\s,.;(])({YEAR})\)?[\s.,;]*$", rest) or re.match(
        rf"[\s,.(]*({YEAR})(?![\d–-])\)?", rest
    )
    if match is None:
        found.year = found.year or _year_inside(rest)
        return rest
    if found.year not in {None, int(match[1])}:
        return rest
    found.year = int(match[1])
    return rest[: match.start()] + rest[match.end() :]


def _outer(text):
    """Return the text without outer separators; parentheses stay where they are a pair."""
    text = " ".join(text.split()).strip(" ,;:.–—-|，；。")
    if text.startswith("(") and ")" not in text or text.count("(") > text.count(")"):
        text = text.removeprefix("(").strip(" ,;:.") if text.startswith("(") else text
    if text.endswith(")") and text.count(")") > text.count("("):
        text = text.removesuffix(")").strip(" ,;:.")
    return text
