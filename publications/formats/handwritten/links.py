"""The links of an entry: which are buttons beside it, and what is left when they are taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from publications.names import is_person
from publications.records import Link

from .badges import badge_label, shows_badge
from .runs import EM, STRONG, Line, Run

BRACKETS = {"[": "]", "(": ")", "【": "】", "（": "）"}
# What stands before and behind a button and goes with it.
BEFORE = " [(（【{|/,;·•:–—-"
AFTER = " ])）】}|/,;·•"
BETWEEN = re.compile(r"[\s\[\](){}（）【】|/·•,;:.&–—-]*")
# A label of more words is running text, unless nothing but buttons stands before it.
LONGEST_LABEL = 3
# No entry has more pieces on a line; beyond that it is not worth the time.
MOST_PARTS = 400
BUTTON = "\0"

LABELS = (
    (r"(?:^|\.)arxiv\.org$", "arXiv"),
    (r"(?:^|\.)doi\.org$", "DOI"),
    (r"(?:^|\.)(?:github\.com|gitlab\.com|bitbucket\.org)$", "code"),
    (r"(?:^|\.)openreview\.net$", "OpenReview"),
    (r"(?:^|\.)(?:youtube\.com|youtu\.be|vimeo\.com|bilibili\.com)$", "video"),
    (r"(?:^|\.)huggingface\.co$", "Hugging Face"),
)
SUFFIXES = {"pdf": "PDF", **dict.fromkeys("png jpg jpeg gif webp svg avif".split(), "picture")}


@dataclass(frozen=True)
class Peeled:
    """A line without its buttons, the buttons in order, and labels that lead nowhere."""

    line: Line
    links: tuple[Link, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A link with all its runs, or one run of text; `href` is None for text."""

    href: str | None
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def length(self) -> int:
        return len(self.text.split())

    @property
    def is_picture(self) -> bool:
        return any(run.image is not None for run in self.runs)

    @property
    def badge(self) -> str:
        """Return what a badge without a text of its own says that never changes."""
        return next((badge_label(i) for i in self.images if "/badge/" in i), "")

    @property
    def counters(self) -> list[Link]:
        """Return badges that show what changes, such as stars: their picture says how many."""
        images = [image for image in self.images if image != self.href and "/badge/" not in image]
        return [Link(badge_label(image), image) for image in images]

    @property
    def images(self) -> list[str]:
        return [run.image for run in self.runs if run.image and shows_badge(run.image)]


# Writers of every format ask again.
@lru_cache(maxsize=1024)
def label_for(url: str) -> str:
    """Return a label for a link that was typed without one, from its address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "link"
    for pattern, label in LABELS:
        if re.search(pattern, parts.hostname or "", re.I):
            return label
    if shows_badge(url):
        return badge_label(url)
    suffix = parts.path.lower().rpartition(".")[2]
    return SUFFIXES.get(suffix, "link")


def peel(line: Line, *, first: bool = False) -> Peeled:
    """Take the buttons out of a line: `[[pdf]](u)`, `[PDF](u)`, `[[a](u)]`, `[a](u) | [b](v)`.

    A link inside running text (an author's home page, a venue's name) stays as text, and so
    does what begins the `first` line of an entry: it is the title.
    """
    parts = _parts(line)
    if len(parts) > MOST_PARTS:
        return Peeled(line)
    kept: list[Run] = []
    links: list[Link] = []
    dropped: list[str] = []
    for index, part in enumerate(parts):
        is_title = first and index == 0 and not _is_bracketed(part.text)
        if part.href is None or is_title or not _is_button(parts, index):
            kept += part.runs
            continue
        label = _bare(part.text)
        if leads_somewhere(part.href):
            lead, kept = _lead(kept, label)
            label = f"{lead}{label}" or part.badge or label_for(part.href)
            links += [Link(label, part.href), *part.counters]
        elif label:
            dropped.append(label)
        kept.append(Run(BUTTON))
    return Peeled(_mended(kept), tuple(links), tuple(dropped))


# An address or number that is its own label, and the word that says what it leads to.
ADDRESS = re.compile(r"\W*(?:https?://|www\.|doi:|10\.\d{4,9}/|\d{4}\.\d{4,5}\b)", re.I)
LEAD = re.compile(r"(?:^|(?<=[\s.,;|(]))(?P<word>[^\W\d_]{2,12}):\s*$|\b(?P<doi>DOI)\s+$")


def _lead(kept, label):
    """Return the word before a bare address, “DOI: 10.1000/x”, and the runs without it."""
    text = "".join(run.text for run in kept)
    match = LEAD.search(text) if ADDRESS.match(label) else None
    if match is None:
        return "", kept
    gone = [match.start() <= place for place in range(len(text))]
    left, position = [], 0
    for run in kept:
        end = position + len(run.text)
        stays = "".join(
            c for c, is_gone in zip(run.text, gone[position:end], strict=True) if not is_gone
        )
        position = end
        left += [run.saying(stays)] if stays or not run.text else []
    return f"{match['word'] or match['doi']}: ", left


def are_buttons(lines: Sequence[Line]) -> bool:
    """Return whether lines hold nothing but buttons: in brackets, or several in a row."""
    peeled = [peel(line) for line in lines]
    links = [link for item in peeled for link in item.links]
    if not links or any(re.search(r"\w", "".join(r.text for r in item.line)) for item in peeled):
        return False
    text = "".join(run.text for line in lines for run in line).strip()
    is_short = all(len(link.label.split()) <= LONGEST_LABEL for link in links)
    return is_short and (
        text[:1] in BRACKETS or len(links) > 1 or bool(LABEL_WORDS.fullmatch(text))
    )


def leads_somewhere(href: str) -> bool:
    """Return whether a link has an address: `#` and nothing are placeholders."""
    return bool(href.strip("# "))


def links_in_text(line: Line) -> list[Link]:
    """Return the links of running text, labelled with their words."""
    return [
        Link(_bare(part.text) or label_for(part.href), part.href)
        for part in _parts(line)
        if part.href and leads_somewhere(part.href)
    ]


def _parts(line) -> list[Part]:
    parts: list[Part] = []
    for run in line:
        href = run.href if run.href is not None else run.image or None
        if parts and run.href is not None and parts[-1].href == run.href:
            parts[-1] = replace(parts[-1], runs=(*parts[-1].runs, run))
        else:
            parts.append(Part(href, (run,)))
    return parts


def _is_button(parts: Sequence[Part], index: int) -> bool:
    part, before, after = parts[index], parts[:index], parts[index + 1 :]
    if part.is_picture or not part.text.strip() or _is_bracketed(part.text):
        return True
    if _is_enclosed(before, after):
        return True
    if _is_name_in_list(part.text, "".join(p.text for p in before)):
        return False
    is_emphasised = any(EM in run or STRONG in run for run in part.runs)
    if is_emphasised and part.length > 2:
        return False
    longest = LONGEST_LABEL + 1 if _only_buttons(before) else LONGEST_LABEL
    return part.length <= longest and _only_buttons(after)


# Labels of two words that look like a name: “Project Page”, “Source Code”.
LABEL_WORDS = re.compile(
    r"\b(?:project|page|code|paper|slides?|poster|video|web|site|website|demo|data|dataset|arxiv|pdf|"
    r"bibtex|bib|talk|link|supplement\w*|appendix|blog|press|github|model|full|text|version|publisher|"
    r"abstract|doi|html|preprint|online|media|news|article|tutorial|software|repo\w*|cite|award|"
    r"report|summary|open|access|materials?|replication|notebook|homepage|recording|thread|tweet)\b",
    re.I,
)


def _is_name_in_list(text, before):
    """Return whether a link is one of several names rather than a button: it leads to a person."""
    if len(text.split()) < 2 or LABEL_WORDS.search(text) or not is_person(text.strip(" .,*")):
        return False
    return not before.strip() or bool(re.search(r"(?:[,;、，；&*]|\band|\bby|\bwith)\s*$", before))


def _is_enclosed(before, after):
    """Return whether a link stands in brackets, alone or in a row: `[a](u)` in `[a, b]`."""
    text = "".join(part.text for part in before)
    opening = max(text.rfind(bracket) for bracket in BRACKETS)
    if opening < 0 or BRACKETS[text[opening]] in text[opening:]:
        return False
    is_alone = not text[opening + 1 :].strip()
    follows = "".join(part.text for part in after[:1])[:1]
    return is_alone or follows in set(",|/;") | set(BRACKETS.values())


def _only_buttons(parts):
    """Return whether nothing but short links and their separators stands here."""
    return all(
        part.length <= LONGEST_LABEL + 1 if part.href is not None else BETWEEN.fullmatch(part.text)
        for part in parts
    )


def _is_bracketed(text):
    text = text.strip()
    return len(text) > 1 and BRACKETS.get(text[0]) == text[-1]


def _bare(text):
    """Return a label without the brackets round it."""
    text = " ".join(text.split()).strip(":|")
    while _is_bracketed(text):
        text = text[1:-1].strip()
    return text.strip("[] ")


def _mended(runs: Sequence[Run]) -> Line:
    """Return what is left of a line: without the brackets and separators round its buttons."""
    text = "".join(run.text for run in runs)
    if BUTTON not in text:
        return tuple(runs)
    gone = [False] * len(text)
    for place, letter in enumerate(text):
        if letter == BUTTON:
            _mark(gone, text, place, -1, BEFORE)
            _mark(gone, text, place, +1, AFTER + BUTTON)
    last = text.rstrip()
    if last.endswith(".") and len(last) > 1 and gone[len(last) - 2]:
        gone[len(last) - 1] = True  # the full stop behind the last button
    return _without(runs, gone)


def _mark(gone, text, place, step, letters):
    """Mark a button and, going one way from it, what belongs to it."""
    gone[place] = True
    place += step
    while 0 <= place < len(text) and text[place] in letters and not gone[place]:
        gone[place] = True
        place += step


def _without(runs, gone):
    """Return the runs without the letters that are gone; a space parts what stood round them."""
    kept, position = [], 0
    for run in runs:
        letters = range(position, position + len(run.text))
        position += len(run.text)
        text = "".join(
            " " if gone[place] and not gone[place - 1] else "" if gone[place] else letter
            for letter, place in zip(run.text, letters, strict=True)
        )
        if text:
            kept.append(run.saying(text))
    while kept and not kept[-1].text.strip():
        kept.pop()
    while kept and not kept[0].text.strip():
        kept.pop(0)
    return tuple(kept)
