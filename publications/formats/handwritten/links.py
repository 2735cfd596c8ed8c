"""The links of an entry: which are buttons beside it, and what is left when they are taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from publications.records import Link

from .blocks import EM, STRONG, Line, Run, plain_text

# What a taken-out button leaves behind: its brackets, and what parts one from the next.
REST_OF_BUTTONS = re.compile(r"[\s\[\](){}|/·•,;:.&–—-]*")
OPENING = re.compile(r"[\[(（【]\s*$")
CLOSING = re.compile(r"^\s*[\])）】]")

LABELS = (
    (r"arxiv\.org", "arXiv"),
    (r"(?:^|\.)doi\.org", "DOI"),
    (r"github\.com|gitlab\.com|bitbucket\.org", "code"),
    (r"openreview\.net", "OpenReview"),
    (r"youtube\.com|youtu\.be|vimeo\.com|bilibili\.com", "video"),
    (r"huggingface\.co", "Hugging Face"),
)


@dataclass(frozen=True)
class Peeled:
    """A line without its buttons, and the buttons in order."""

    line: Line
    links: tuple[Link, ...]
    dropped: tuple[str, ...] = ()


def label_for(url: str) -> str:
    """Return a label for a link that was typed without one, from its address."""
    parts = urlsplit(url)
    for pattern, label in LABELS:
        if re.search(pattern, parts.netloc, re.I):
            return label
    return "PDF" if parts.path.lower().endswith(".pdf") else "link"


def peel(line: Line, *, first: bool = False) -> Peeled:
    """Take the buttons out of a line: `[[pdf]](u)`, `[PDF](u)`, `[[a](u)]`, `[a](u) | [b](v)`.

    A link inside running text (an author's home page, a venue's name) stays as text, and so
    does what begins the `first` line of an entry: it is the title.
    """
    parts = _linked_parts(line)
    kept: list[Run] = []
    links: list[Link] = []
    dropped: list[str] = []
    for index, (href, runs) in enumerate(parts):
        is_title = first and index == 0 and not _is_bracketed(plain_text(runs))
        if href is None or is_title or not _is_button(parts, index):
            kept += runs
            continue
        label = _label(runs)
        if not href.strip("# "):
            # A button without an address: its label stays readable, a broken link is no use.
            dropped.append(label)
        else:
            links.append(Link(label or label_for(href), href))
        kept.append(Run("\0"))
    return Peeled(_mend(kept), tuple(links), tuple(filter(None, dropped)))


def _linked_parts(line):
    """Return the line as (href, runs): a link's runs together, the rest run by run."""
    parts = []
    for run in line:
        href = run.href if run.href is not None else (run.image and run.image) or None
        if run.image is not None and run.href is None:
            parts.append((run.image, (run,)))
        elif parts and href is not None and parts[-1][0] == href and parts[-1][1][-1].href == href:
            parts[-1] = (href, (*parts[-1][1], run))
        else:
            parts.append((run.href, (run,)))
    return parts


def _label(runs):
    text = plain_text(runs)
    while True:
        bare = text.strip().strip(":|")
        if len(bare) > 1 and (bare[0], bare[-1]) in {("[", "]"), ("(", ")"), ("【", "】")}:
            text = bare[1:-1]
        else:
            return bare.strip("[] ")


def _is_bracketed(text):
    return text.strip()[:1] in {"[", "(", "【"} and text.strip()[-1:] in {"]", ")", "】"}


def _is_button(parts, index):
    href, runs = parts[index]
    text = plain_text(runs).strip()
    if any(run.image is not None for run in runs) or not text:
        return True
    if _is_bracketed(text):
        return True
    before = "".join(run.text for _, part in parts[:index] for run in part[-1:])[-3:]
    after = plain_text(parts[index + 1][1])[:1] if index + 1 < len(parts) else ""
    if OPENING.search(before) or (
        re.search(r"[\[(][^\])]*$", _text(parts[:index])) and after in ",]|/)"
    ):
        return True
    if any(EM in run or STRONG in run for run in runs) and len(text.split()) > 2:
        return False
    if not _text(parts[:index]).strip() or _only_buttons(parts[:index]):
        return len(text.split()) <= 4 and _only_buttons(parts[index + 1 :])
    return len(text.split()) <= 3 and _only_buttons(parts[index + 1 :])


def _only_buttons(parts):
    """Return whether nothing but short links and their separators stands here."""
    return all(
        len(plain_text(runs).split()) <= 4
        if href is not None
        else REST_OF_BUTTONS.fullmatch("".join(run.text for run in runs))
        for href, runs in parts
    )


def _text(parts):
    return "".join(run.text for _, runs in parts for run in runs)


def _mend(runs: Sequence[Run]) -> Line:
    """Remove the brackets and separators that stood round and between buttons."""
    text = "".join(run.text for run in runs)
    if "\0" not in text:
        return tuple(runs)
    drop = set()
    for match in re.finditer(r"(?:\s*[\[(（【{|/,;·•:–—-]*\s*\0\s*[\])）】}|/,;·•]*\s*)+\.?", text):
        drop.update(range(*match.span()))
    mended, position = [], 0
    for run in runs:
        letters = range(position, position + len(run.text))
        position += len(run.text)
        left = "".join(
            letter if place not in drop else " " if place - 1 not in drop else ""
            for letter, place in zip(run.text, letters, strict=True)
        )
        if left:
            mended.append(Run(left, run.styles, run.href, run.image))
    while mended and not mended[-1].text.strip():
        mended.pop()
    while mended and not mended[0].text.strip():
        mended.pop(0)
    return tuple(mended)
