"""Lists of names as BibTeX has them (https://ctan.org/pkg/tamethebeast): read and written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from homepage.common.characters import line
from publications.latex import decode, encode
from publications.names import (
    GROUP_WORDS,
    INITIALS,
    MARKS,
    SUFFIX,
    author_name,
    is_full_name,
    is_person,
    parse_name,
    written_list,
)
from publications.records import AuthorName

OTHERS = re.compile(r"others|et\.?\s*al\.?", re.I)
RAISED = re.compile(
    r"\{?\$\s*\^?\s*\{?(?P<math>[^$]{1,20}?)\}?\s*\$\}?"
    r"|\\textsuperscript\s*\{(?P<text>[^{}]{0,20})\}|(?<!\\)\^\{(?P<raised>[^{}]{0,10})\}"
)
MATH_MARKS = {"dagger": "†", "ddagger": "‡", "ast": "*", "star": "⋆", "S": "§", "P": "¶",
              "dag": "†", "ddag": "‡", "diamond": "◊", "sharp": "♯"}  # fmt: skip
MARK = f"[{re.escape(MARKS)}]+"
MARKS_AT_ENDS = re.compile(rf"(?:^|(?<=\s)){MARK}|{MARK}(?=$|[\s,])")
# The space behind a command, as in “Erd\H os” or “Bj\o rn”, ends the command and no word.
AT_DEPTH = re.compile(
    r"(?P<and>(?:\s+|^)\\?and(?=\s|$))|\\[A-Za-z]+(?:\s++(?!\\?and\s))?|\\.|[{}]"
    r"|(?P<comma>,)|(?P<space>[\s~]+)",
    re.I | re.S,
)
ANNOTATION = re.compile(r'\s*(\d{1,4})\s*=\s*(?:"([^"]*)"|([\w, ]+))\s*(?:;|$)')


@dataclass(frozen=True)
class Names:
    """A list as read; `by_commas` says that no "and" parts its names, so that it is a guess."""

    authors: tuple[AuthorName, ...] = ()
    and_others: bool = False
    by_commas: bool = False


def read_names(source: str, unknown: list[str]) -> Names:
    """Return the names of a list, split before anything is decoded."""
    written = [name for name in _unwrapped(source.strip()) if name.strip(" ,")]
    and_others = bool(written) and _are_others(written[-1].strip(" ,"))
    if and_others:
        written.pop()
    if len(written) == 1 and _is_list_by_commas(written[0]):
        names = written_list(_text(written[0], unknown))
        return Names(tuple(map(author_name, names.names)), names.and_others or and_others, True)
    authors = tuple(name for one in written if str(name := read_name(one, unknown)))
    return Names(authors, and_others)


def _are_others(source):
    """Return whether this is no name but “others”; a second pair of braces says that it is one."""
    return not source.startswith("{{") and OTHERS.fullmatch(_text(source, [])) is not None


def _is_list_by_commas(source):
    """Return whether commas part whole names; two of them also part a suffix from its name."""
    if EXTENDED.match(source.strip()):
        return False
    parts = list(_split(source, "comma"))
    if ";" in source or len(parts) > 3:
        return True
    return len(parts) == 3 and all(is_full_name(_text(part, [])) for part in parts)


def _unwrapped(source) -> list[str]:
    """Return the names of a list; one pair of braces round the whole of it is a slip."""
    names = list(_split(source, "and"))
    if len(names) == 1 and _is_group(source):
        inner = list(_split(source[1:-1].strip(), "and"))
        if len(inner) > 1 and _are_people(inner):
            return inner
    return names


def is_list_of_names(source: str) -> bool:
    """Return whether bibtex and biber read a value as names without a warning."""
    names = [list(_split(name.strip(), "comma")) for name in _split(source, "and")]
    return all(len(parts) <= 3 and all(part.strip() for part in parts) for parts in names)


def _are_people(names):
    texts = [_text(name, []) for name in names]
    return all(
        is_person(text) and len(text.split()) > 1 and not NO_PERSON.search(text) for text in texts
    )


NO_PERSON = re.compile(rf"{GROUP_WORDS.pattern}|\b(?:inc|ltd|llc|gmbh|corp|co)\b", re.I)


def _cuts(source, kind) -> Iterator[re.Match]:
    level = 0
    for match in AT_DEPTH.finditer(source):
        if match[0] in "{}":
            level += 1 if match[0] == "{" else -1
        elif match.lastgroup == kind and level <= 0:
            yield match


def _split(source, kind) -> Iterator[str]:
    position = 0
    for match in _cuts(source, kind):
        yield source[position : match.start()]
        position = match.end()
    yield source[position:]


def _is_group(source):
    """Return whether one pair of braces holds the whole text, and is no accent's."""
    if not (source.startswith("{") and source.endswith("}")) or source.startswith("{\\"):
        return False
    level = 0
    for match in re.finditer(r"\\.|[{}]", source, re.S):
        if match[0] in "{}":
            level += 1 if match[0] == "{" else -1
            if level == 0 and match.end() < len(source):
                return False
    return level == 0


def read_name(source: str, unknown: list[str]) -> AuthorName:
    """Return one name: in parts, or whole where braces hold it together."""
    name, not_known = _name_of(source)
    unknown += not_known
    return name


@lru_cache(maxsize=20_000)
def _name_of(source: str) -> tuple[AuthorName, tuple[str, ...]]:
    """Return a name and the commands in it that nobody knows; people sign paper after paper."""
    unknown: list[str] = []
    return _name_in(source, unknown), tuple(unknown)


def _name_in(source, unknown):
    # The Astrophysics Data System parts double names: “Berger, J. -P.”.
    source, raised = _without_raised(APART.sub("-", source.strip()))
    source = _without_emphasis(source.strip())
    inner = source[1:-1].strip() if _is_group(source) else source
    if name := _extended(inner, unknown):
        return _without_marks(name, raised)
    if _is_group(source) and not _is_turned_person(inner):
        name = AuthorName(literal=_text(inner, unknown))
    else:
        source = inner
        parts = [part.strip() for part in _split(source.strip(" ,"), "comma")]
        name = _in_reading_order(parts[0], unknown) if len(parts) == 1 else _turned(parts, unknown)
    return _without_marks(name, raised)


APART = re.compile(r"(?<=\.)[\s~]-(?=[A-Z{\\])")
# “\textbf{Doe, J.}”, “{\bf Doe, J.}”: how people show which of the authors they are.
EMPHASIS = re.compile(r"\\(?:textbf|textit|textsc|emph|underline|uline)\s*(?=\{)")
SWITCH = re.compile(r"\{\\(?:bf|bfseries|it|itshape|em)\b\s*")


def _without_emphasis(source):
    """Return a name without the command round the whole of it, whose braces make no group."""
    if (command := EMPHASIS.match(source)) and _is_group(source[command.end() :]):
        return _without_emphasis(source[command.end() + 1 : -1].strip())
    if (switch := SWITCH.match(source)) and _is_group(f"{{{source[switch.end() :]}"):
        return source[switch.end() : -1].strip()
    return source


def _is_turned_person(source):
    """Return whether braces hold “Family, Given”, as if they were part of the list."""
    parts = [_text(part, []).strip() for part in _split(source, "comma")]
    if source.startswith("{") or len(parts) != 2 or not _are_people([f"{parts[1]} {parts[0]}"]):
        return False
    return len(parts[0].split()) == 1 or INITIALS.fullmatch(parts[1]) is not None


def _extended(source, unknown):
    """Return a name of biblatex's long form: “family=Beethoven, given=Ludwig, prefix=van”."""
    if not EXTENDED.match(source):
        return None
    parts = {}
    for part in _split(source, "comma"):
        label, _, value = part.strip().strip('"').partition("=")
        name = LABELS.get(label.strip().lower())
        if name:
            parts[name] = _text(value, unknown)
    return AuthorName(**parts) if "family" in parts else None


LABELS = {"family": "family", "given": "given", "prefix": "particle", "suffix": "suffix"}
EXTENDED = re.compile(r'"?(?:family|given|prefix|suffix|id)\s*=', re.I)


def _in_reading_order(source, unknown):
    words = _words(source)
    texts = [_text(word, unknown) for word in words]
    if not any(" " in text for text in texts):
        return _with_capitals(parse_name(" ".join(texts)))
    # A group in braces is one word, and its family name if it stands last.
    start = next(
        (index for index, word in enumerate(words[:-1]) if index and _is_particle(word)),
        len(words) - 1,
    )
    end = start
    while end < len(words) - 1 and _is_particle(words[end]):
        end += 1
    if len(words) == 1:
        return AuthorName(literal=texts[0])
    return AuthorName(
        given=" ".join(texts[:start]),
        particle=" ".join(texts[start:end]),
        family=" ".join(texts[end:]),
    )


def _with_capitals(name):
    """Leave to the family name the particles with a capital, as BibTeX does: “Van Durme”."""
    words = name.particle.split()
    count = next((at for at, word in enumerate(words) if word[:1].isupper()), len(words))
    if count == len(words):
        return name
    family = " ".join([*words[count:], name.family])
    return replace(name, particle=" ".join(words[:count]), family=family)


def _turned(parts, unknown):
    """Return “von Family, Jr., Given” in its parts."""
    family, *middle, given = parts
    suffix = " ".join(middle)
    if suffix and SUFFIX.fullmatch(given) and not SUFFIX.fullmatch(suffix):
        suffix, given = given, suffix
    words = _words(family)
    count = 0
    while count < len(words) - 1 and _is_particle(words[count]):
        count += 1
    texts = [_text(word, unknown) for word in words]
    name = AuthorName(
        given=_text(given, unknown),
        particle=" ".join(texts[:count]),
        family=" ".join(texts[count:]),
        suffix=_text(suffix, unknown),
    )
    return name if name.family and name.given else AuthorName(literal=str(name))


def _words(source):
    return [word for word in _split(source.replace("\\ ", " "), "space") if word]


def _is_particle(word):
    """Return whether a word is small; what braces hold together is not, but for accents."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    return decode(word).text.lstrip("'’")[:1].islower()


def _text(source, unknown):
    decoded = decode(source)
    unknown += decoded.unknown
    return line(decoded.text)


def _without_raised(source):
    found = []

    def take(match):
        text = next(filter(None, match.groups()), "")
        text = re.sub(r"\\([A-Za-z]+)", lambda m: MATH_MARKS.get(m[1], m[0]), text)
        text = text.replace(" ", "").strip("{}")
        if "\\" in text or len(text) > 10:
            return match[0]
        found.append(text)
        return ""

    return RAISED.sub(take, source) if "$" in source or "^" in source or "\\" in source else (
        source
    ), found  # fmt: skip


def _without_marks(name, raised):
    marks = list(raised)
    parts = {}
    for part in ("given", "particle", "family", "suffix", "literal"):
        text = getattr(name, part)
        if text and MARKS_AT_ENDS.search(text):
            stripped = line(MARKS_AT_ENDS.sub("", text))
            if stripped:
                marks += MARKS_AT_ENDS.findall(text)
                parts[part] = stripped
    return replace(name, marks="".join(marks), **parts) if marks else name


def write_names(authors: Sequence[AuthorName], and_others: bool, *, latex: bool) -> str:
    """Return a list of names as a value."""
    names = [_written(name, latex) for name in authors]
    if len(names) == 1 and not authors[0].family and _unwrapped(names[0]) != [names[0]]:
        names = [f"{{{names[0]}}}"]
    return " and ".join([*names, "others"] if and_others else names)


# The same few people write paper after paper.
@lru_cache(maxsize=1024)
def _written(name, latex):
    if not name.family:
        source = encode(name.literal, ascii_only=latex)
        is_whole = read_name(f"{{{source}}}", []).family or _are_others(source)
        return f"{{{{{source}}}}}" if is_whole else f"{{{source}}}"
    family = name.family
    words = family.split(" ")
    is_whole = _is_particle(words[0]) and (len(words) > 1 or bool(name.particle))
    family = _part(family, latex, is_whole)
    particle = _part(name.particle, latex)
    last = " ".join(filter(None, [particle, family]))
    parts = [last, _part(name.suffix, latex), _part(name.given, latex)]
    return ", ".join(part for part in parts if part)


def _part(text, latex, is_whole=False):
    source = encode(text, ascii_only=latex)
    return f"{{{source}}}" if is_whole or PARTS_NAMES.search(text) else source


PARTS_NAMES = re.compile(r",|;|(?:^|\s)and(?:\s|$)", re.I)


ROLES = {
    "equal": {"equal": True},
    "corresponding": {"corresponding": True},
    "equal, corresponding": {"equal": True, "corresponding": True},
}


def read_annotations(source: str) -> dict[int, str] | None:
    """Return what biblatex's annotations say of each name; None if they are of another form."""
    found, position = {}, 0
    while match := ANNOTATION.match(source, position):
        found[int(match[1])] = match[2] if match[2] is not None else match[3].strip()
        position = match.end()
        if position == len(source):
            return found
    return None


def write_annotations(texts: Sequence[str], *, quoted: bool) -> str:
    """Return annotations of names: `1=equal; 2=equal`."""
    quote = '"' if quoted else ""
    return "; ".join(
        f"{number}={quote}{text}{quote}" for number, text in enumerate(texts, 1) if text
    )
