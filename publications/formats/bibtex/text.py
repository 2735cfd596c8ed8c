"""The values of fields: from LaTeX to our titles and texts, and back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from homepage.common.characters import line, readable
from homepage.common.inline import MARKS, pieces
from publications.latex import Decoded, decode, encode, encoded_characters

from ..rich_text import FORMULA, from_csl
from .tags import with_known_tags, with_plain_tags

COMMANDS = {
    "em": "emph", "i": "textit", "strong": "textbf", "b": "textbf", "sub": "textsubscript",
    "sup": "textsuperscript", "code": "texttt", "u": "underline",
}  # fmt: skip
# Stand for what must not be read as Markdown; private use, in no text on purpose.
OPEN, CLOSE = "\U0010fff0", "\U0010fff1"
HELD = re.compile(f"{OPEN}(\\d+){CLOSE}")
DOLLAR = "\U0010fff2"
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LONGEST_TITLE = 20_000
# Shorter words are small even where all others have capitals.
SMALL = 3
KNOWN_TAG = re.compile(r"</?(?:i|b|em|strong|sub|sup|code|u|br)\s*/?>", re.I)
MARK_UP = re.compile(r"</?(?:jats:)?(italic|bold|p|sec|title)(?: [^<>]{0,100})?>", re.I)
TAGS = {"italic": "i", "bold": "b"}
# How a field or an entry begins, so that a text with such a line seems to lack a brace.
LIKE_FIELD = re.compile(r"^(?:@|[A-Za-z][\w:.+/-]*(?=\s*=))", re.M)
LIKE_TAG = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])")


def read_text(source: str, unknown: list[str]) -> str:
    """Return a value as one line of plain text; formulas keep their dollars."""
    decoded = decode(source)
    unknown += decoded.unknown
    return line(decoded.text)


def read_title(source: str, unknown: list[str]) -> str:
    """Return a value as a line of inline Markdown; what is too long for any is left as text."""
    decoded = decode(with_known_tags(source))
    unknown += decoded.unknown
    if len(source) > LONGEST_TITLE:
        return line(decoded.text)
    if len(decoded.pieces) == 1 and not MARKS.search(decoded.text):
        return line(decoded.text)
    held: list[str] = []
    markdown = from_csl("".join(_csl(piece, held) for piece in decoded.pieces))
    markdown = HELD.sub(lambda match: _held(match, held), markdown)
    if DOLLAR not in markdown:
        return markdown
    plain = markdown.replace(DOLLAR, "$")
    wanted = [(kind, text.replace(DOLLAR, "$")) for kind, text in pieces(markdown)]
    # One that begins a formula, or that a backslash before it would escape.
    return plain if list(pieces(plain)) == wanted else markdown.replace(DOLLAR, "\\$")


def _csl(piece, held):
    kind, text = piece
    if kind in ("start", "end"):
        return f"</{text}>" if kind == "end" else f"<{text}>"
    if kind in ("math", "code"):
        held.append(f"${text}$" if kind == "math" else f"`{text}`")
        return f"{OPEN}{len(held) - 1}{CLOSE}"
    if kind == "char":
        text = text.replace("&", "&amp;").replace("<", "&lt;")
    return text.replace("$", DOLLAR)


def _held(match, held):
    number = int(match[1])
    return held[number] if number < len(held) else ""


def _formulas(decoded: Decoded):
    return sum(kind == "math" for kind, _ in decoded.pieces)


def read_abstract(source: str, unknown: list[str]) -> str:
    """Return a value as Markdown: its lines without their indentation, its paragraphs apart."""
    decoded = decode(MARK_UP.sub(_mark_up, with_plain_tags(readable(source))))
    unknown += decoded.unknown
    text = "".join(_markdown(piece) for piece in decoded.pieces)
    text = LIKE_TAG.sub(lambda match: match[0] if _is_tag(text, match) else "\\<", text)
    if DOLLAR in text:
        plain = text.replace(DOLLAR, "$")
        is_formula = len(FORMULA.findall(plain)) > _formulas(decoded)
        text = text.replace(DOLLAR, "\\$") if is_formula else plain
    lines = "\n".join(" ".join(one.split()) for one in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")


def _mark_up(match):
    name = match[1].lower()
    slash = "/" if match[0].startswith("</") else ""
    return f"<{slash}{TAGS[name]}>" if name in TAGS else "\n\n"


def _markdown(piece):
    kind, text = piece
    if kind in ("start", "end"):
        mark = {"i": "*", "b": "**"}.get(text)
        return mark or (f"</{text}>" if kind == "end" else f"<{text}>")
    if kind == "math":
        return f"${text}$"
    return f"`{text}`" if kind == "code" else text.replace("$", DOLLAR)


def _is_tag(text, match):
    return KNOWN_TAG.match(text, match.start()) is not None


def write_text(text: str, *, latex: bool) -> str:
    """Return a line of plain text as a value."""
    return text and _with_formulas(text, lambda part: encode(part, ascii_only=latex))


def encode_plain(text: str, *, latex: bool) -> str:
    """Return text as a value, with dollars as dollars."""
    return encode(text, ascii_only=latex)


def write_abstract(text: str, *, latex: bool) -> str:
    """Return Markdown as a value; its marks stay, for LaTeX has none for lists and links."""
    source = write_text(text, latex=latex).replace(r"\textless{}", "<")
    return LIKE_FIELD.sub(r"{\g<0>}", source)


def _with_formulas(text, write):
    parts, position = [], 0
    for match in FORMULA.finditer(text):
        if is_balanced(match[0]) and not match[0].endswith("\\$"):
            parts += [write(text[position : match.start()]), match[0]]
            position = match.end()
    return "".join([*parts, write(text[position:])])


# A paper is written twice: as a file, and to be pasted.
@lru_cache(maxsize=64)
def write_title(title: str, *, latex: bool) -> str:
    """Return a line of Markdown as a value, with braces where a style must leave capitals alone."""
    shown = list(pieces(title)) if MARKS.search(title) else [("text", line(title))]
    words = WORD.findall(" ".join(text for kind, text in shown if kind == "text"))
    in_title_case = is_title_case(words)
    written, level, is_first = [], 0, True
    for kind, text in shown:
        if kind in ("start", "end"):
            level += 1 if kind == "start" else -1
            written.append(f"\\{COMMANDS[text]}{{" if kind == "start" else "}")
        elif kind == "math" and is_balanced(text):
            formula = f"${text}$"
            written.append(f"{{{formula}}}" if level == 0 and text.lower() != text else formula)
        elif kind == "code":
            written.append(f"\\texttt{{{encode(text, ascii_only=latex)}}}")
        else:
            protects = level == 0
            source = f"${text}$" if kind == "math" else text
            written.append(_protected(source, in_title_case, is_first, latex, protects))
            is_first = is_first and not WORD.search(source)
    return "".join(written)


def _protected(text, in_title_case, is_first, latex, protects):
    parts = encoded_characters(text, ascii_only=latex)
    for match in WORD.finditer(text) if protects else ():
        if _needs_braces(match[0], in_title_case, is_first):
            parts[match.start()] = "{" + parts[match.start()]
            parts[match.end() - 1] += "}"
        is_first = False
    return "".join(parts)


def is_title_case(words: Sequence[str]) -> bool:
    """Return whether the long words of a title have capitals, so that they say nothing."""
    long = [word for word in words[1:] if len(word) > SMALL and word[0] != word[0].swapcase()]
    return len(long) > 1 and sum(word[0].isupper() for word in long) * 2 > len(long)


def _needs_braces(word, in_title_case, is_first):
    if any(char.isupper() for char in word[1:]):
        return True
    if is_first or not word[0].isupper():
        return False
    return not in_title_case or (len(word) == 1 and word not in ("A", "I"))


def is_balanced(text: str) -> bool:
    """Return whether BibTeX finds the end of a value: it counts braces, escaped or not."""
    level = 0
    for char in re.findall(r"[{}]", text):
        level += 1 if char == "{" else -1
        if level < 0:
            return False
    return level == 0
