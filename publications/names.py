"""Names of people: from one written name to its parts, and from a written list to its names.

A name in parts always reads like the name it was made from (`str(parse_name(text)) == text`,
white space collapsed); where the parts are in doubt the name stays whole. Particles follow
BibTeX: lower-case words before the family name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from homepage.common.patterns import Later
from homepage.common.text import fold

from .records import AuthorName

SUFFIX = re.compile(r"(?:Jr|Sr)\.?|II|III|IV|VI{0,3}", re.I)
PARTICLES = frozenset(
    "af al ap av bar ben bin d' da dal dalla das de degli dei del della den der des di dit do "
    "dos du e el i la las le les los ter ten tot und van vande vanden vander vom von y z zu "
    "zum zur".split()
)
GROUP_WORDS = re.compile(
    r"\b(collaboration|consortium|committee|group|team|initiative|network|project|foundation|"
    r"institute|university|society|association|organi[sz]ation|working|the)\b",
    re.I,
)
CJK = Later(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽА-Я"
# “J.”, “J. R.”, “J.-B.”, “JR”: what stands behind the comma of “Doe, J. R.”
INITIALS = Later(
    rf"(?:(?:[{UPPER}][‐-])?[{UPPER}]\.(?:[\s‐-]{{0,2}}(?:[{UPPER}][‐-])?[{UPPER}]\.)*(?:[‐-][{UPPER}])?"
    rf"|[{UPPER}](?:[\s‐-]?[{UPPER}]){{0,2}})(?![\w’'])"
)

# Marks that people set beside a name; superscripts count too, whatever they hold.
MARKS = "*∗⁎＊†‡§¶‖#♯✉🖂📧^☨✝°⋆★☆♣♠♦♥◊¹²³⁴⁵⁶⁷⁸⁹⁰\ufe0f"
SEPARATOR = re.compile(
    r"\s*(?:[,;、，；\u201a](?:\s*(?:and|&|und|et(?!\.?\s?al\b)|y)\s)?|\s(?:and|&|und)\s|&(?=\s)|\band\s(?=\w)"
    r"|(?<=\.)\set(?=\s[^\W\d_a-z][\w'’-]*,\s))\s*"
)
CJK_AND = Later(r"(?<=[\u3400-\u9fff]{2})\s*[和与及]\s*(?=[\u3400-\u9fff]{2})|\s[和与及]\s")
OTHERS = re.compile(
    r"[\s,;，；]*(?:\(?\bet\.? al\b\.?\)?|\b(?:and|&)\s+others\b\.?|等人?)(?=[\s.,;)*]*$)", re.I
)


def parse_name(text: str) -> AuthorName:
    """Return the parts of a name in reading order, or the whole where it has none."""
    text = " ".join(text.split())
    words = text.split(" ")
    if len(words) < 2 or CJK.search(text) or GROUP_WORDS.search(text) or "(" in text:
        return AuthorName(literal=text)
    suffix = words.pop() if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else ""
    start = _particle_start(words)
    end = start
    while end < len(words) - 1 and words[end].lower() in PARTICLES:
        end += 1
    return AuthorName(
        given=" ".join(words[:start]),
        particle=" ".join(words[start:end]),
        family=" ".join(words[end:]),
        suffix=suffix,
    )


def _particle_start(words):
    """Return where the given names end: before the first lower-case particle, if any."""
    for index, word in enumerate(words[1:-1], 1):
        if word in PARTICLES or (word[:1].islower() and word.lower() in PARTICLES):
            # “J. Van den Bergh”: a capital one before it belongs to it.
            is_first = index > 1 and words[index - 1] in {"Van", "Von", "De"}
            return index - 1 if is_first else index
    # “Benjamin Van Durme”: a capital particle counts right before the last word only.
    if len(words) > 2 and words[-2].lower() in {"van", "von", "de", "del", "di", "la", "le"}:
        return len(words) - 2
    return len(words) - 1


def reversed_name(text: str) -> AuthorName:
    """Return the parts of “Family, Given” or “von Family, Jr., Given”."""
    parts = [" ".join(part.split()) for part in text.split(",")]
    family, given = parts[0], parts[-1]
    suffix = parts[1] if len(parts) > 2 else ""
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and words[count][:1].islower():
        count += 1
    return AuthorName(
        given=given,
        particle=" ".join(words[:count]),
        family=" ".join(words[count:]),
        suffix=suffix,
    )


@dataclass(frozen=True)
class Char:
    """One character of a written author list and how it stands there."""

    text: str
    strong: bool = False
    raised: bool = False
    href: str = ""


@dataclass(frozen=True)
class WrittenName:
    """A name of a written list: without marks, with how its owner emphasised it."""

    text: str
    marks: str = ""
    emphasised: bool = False
    url: str = ""


@dataclass(frozen=True)
class NameList:
    """The names of a list; `conjunction` is the word before the last one, as typed."""

    names: tuple[WrittenName, ...]
    and_others: bool = False
    conjunction: str = ""


def split_names(chars: Iterable[Char]) -> NameList:
    """Cut a written list at `,` `;` `and` `&` `、` `，` `；` `和` into its names, in order."""
    chars = _joined(chars)
    # What is raised is a mark, and a comma in it parts no names.
    text = "".join("\ufffc" if char.raised else char.text for char in chars)
    others = OTHERS.search(text)
    if others:
        chars, text = chars[: others.start()], text[: others.start()]
    spans = _separators(text)
    pieces = _cut(chars, text, spans)
    names = [name for piece in pieces if (name := _written(piece)) is not None]
    between = [text[first:last].strip(" ,;、，；\u201a") for first, last in spans]
    return NameList(
        tuple(_turned(_with_suffixes(names))),
        bool(others),
        next(filter(None, reversed(between)), ""),
    )


def written_list(text: str) -> NameList:
    """Return the names of a list typed as plain text."""
    return split_names(Char(char) for char in text)


def author_name(written: WrittenName) -> AuthorName:
    """Return a written name in parts, with its marks; “Family, Given” is turned round."""
    name = (reversed_name if "," in written.text else parse_name)(written.text)
    printed = written.text if str(name) != written.text else ""
    return replace(name, marks=written.marks, url=written.url, printed=printed)


def is_person(text: str) -> bool:
    """Return whether `text` could be somebody's name: capitals, initials, particles, no digits."""
    text = re.sub(r"\s*[(（][^()（）]{1,20}[)）]$", "", text)
    if not text or len(text) > 60 or re.search(r"[\d:?!/\[\]{}<>@=+_$\"“”|]", text):
        return False
    if CJK.search(text):
        return len(text) <= 12
    words = text.replace(",", " ").split()
    return 0 < len(words) <= 6 and all(map(_is_name_word, words))


def is_full_name(text: str) -> bool:
    """Return whether a text could be a whole name in reading order: no initials alone."""
    if CJK.search(text):
        return is_person(text) and len(text) > 1
    words = text.split()
    whole = [word for word in words if len(word.strip(".")) > 1]
    return is_person(text) and "," not in text and len(whole) > 1


def _is_name_word(word):
    if word.lower() in PARTICLES or SUFFIX.fullmatch(word):
        return True
    if word.lower().strip(".") in NO_NAMES:
        return False
    start = word.lstrip("'’`ʻ-")[:1]
    return start.isupper() or (start.isalpha() and not start.islower())


NO_NAMES = frozenset(
    "the of on in for with to at by from using via towards toward proceedings proc conference "
    "workshop symposium journal transactions university institute preprint arxiv submitted "
    "accepted review paper letters annals international advances best award oral spotlight "
    "poster draft press thesis dissertation lecture notes advisor supervisor instructor learning "
    "machine vision language computer intelligence data science research networks systems "
    "engineering models analysis processing prof dr".split()
)


def same_person(a: str, b: str) -> bool:
    """Return whether two written names may be one person's: equal, or initials of the other."""
    first, second = fold(a).split(), fold(b).split()
    if first == second:
        return bool(first)
    if min(len(first), len(second)) < 2 or first[-1] != second[-1]:
        return False
    short, long = sorted((first[:-1], second[:-1]), key=lambda names: len(" ".join(names)))
    return all(
        full.startswith(start) and len(start) == 1 or full == start
        for start, full in zip(short, long, strict=False)
    )


def _joined(chars):
    """Collapse white space, keeping each character's style."""
    result = []
    for char in chars:
        if char.text.isspace():
            char = char if char.text == " " else replace(char, text=" ")
            if not result or result[-1].text == " ":
                continue
        result.append(char)
    return result


def _separators(text):
    """Return the spans at which a list is cut: at semicolons alone where names are reversed."""
    cuts = next((apart for apart in APART if _parts_turned_names(apart, text)), SEPARATOR)
    spans = [match.span() for match in cuts.finditer(text)]
    return sorted(spans + [match.span() for match in CJK_AND.finditer(text)])


# “Doe, Jane; Roe, John” and “Doe, Jane and Roe, John”: what parts names that hold a comma.
APART = (
    re.compile(r"\s*[;；](?:\s*(?:and|&)\s)?\s*"),
    re.compile(r"\s+and\s+"),
)


def _parts_turned_names(apart, text):
    """Return whether most pieces of a list are one name each, the family name first."""
    pieces = apart.split(text)
    turned = [p for p in pieces if p.count(",") == 1 and _is_family(p.partition(",")[0])]
    return len(pieces) > 1 and len(turned) * 2 > len(pieces)


def _turned(names):
    """Join what a comma parted within a name that is turned round: “Doe, J.”"""
    joined: list[WrittenName] = []
    for name in names:
        last = joined[-1] if joined else None
        if last and INITIALS.fullmatch(name.text) and _is_family(last.text):
            joined[-1] = WrittenName(
                f"{last.text}, {name.text}",
                last.marks + name.marks,
                last.emphasised or name.emphasised,
                last.url or name.url,
            )
        else:
            joined.append(name)
    return joined


def _is_family(text):
    words = [word for word in text.split() if word.lower() not in PARTICLES]
    return "," not in text and len(words) in {1, 2} and not any(map(INITIALS.fullmatch, words))


def _cut(chars, text, spans):
    start = 0
    for first, last in [*spans, (len(text), len(text))]:
        if first >= start:
            yield chars[start:first]
            start = max(start, last)


def _written(chars):
    """Return one name without its marks; None if only separators and white space are left."""
    marks = "".join(c.text for c in chars if _is_mark(c) and c.text not in " \ufe0f^").strip(",")
    # A backslash before a mark escaped it once too often.
    letters = [c for c in chars if not _is_mark(c) and c.text != "\\"]
    text = "".join(c.text for c in letters).strip(" .:;,、，；")
    if text and re.search(r"(?:^|[\s.])\w$|\b(?:Jr|Sr)$", text) and letters[-1].text in ". ":
        text = _with_full_stop(text, letters)
    if not re.search(r"\w", text):
        return WrittenName("", marks) if marks else None
    named = [c for c in letters if c.text.isalnum()]
    emphasised = sum(c.strong for c in named) * 2 > len(named)
    url = next((c.href for c in named if c.href), "")
    return WrittenName(text, marks, emphasised, url)


def _with_full_stop(text, letters):
    """Give “Zhang, D.” and “Jr.” the full stop back that ends a list elsewhere."""
    whole = "".join(c.text for c in letters).rstrip(" ,;、，；")
    return text + "." if whole.endswith(text + ".") else text


def _is_mark(char):
    return char.raised or char.text in MARKS


def _with_suffixes(names):
    """Join what a comma parted from its name: “Jr.”, and marks that stand alone."""
    joined = []
    for name in names:
        if joined and SUFFIX.fullmatch(name.text):
            last = joined[-1]
            joined[-1] = replace(
                last, text=f"{last.text} {name.text}", marks=last.marks + name.marks
            )
        elif joined and not name.text:
            joined[-1] = replace(joined[-1], marks=joined[-1].marks + name.marks)
        elif name.text:
            joined.append(name)
    return joined
