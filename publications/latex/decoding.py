"""From LaTeX to Unicode."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html.entities import html5

from .symbols import (
    CAPITALS,
    COMBINING,
    DOTLESS,
    EMPHASIS,
    HIDING,
    LETTERS,
    LIGATURES,
    QUOTING,
    SIGNS,
    SWITCHES,
    TRANSPARENT,
    symbol,
)

# (kind, text): "text" as it stands, "char" for a character that was written as a command or an
# escape and therefore means itself, "math" and "code" whole, "start" and "end" of i, b, sub, sup.
Piece = tuple[str, str]

SPECIAL = re.compile(r"[\\{}$~`&]|--|''")
BRACED = r"\{((?:[^{}\\]|\\.|\{[^{}]{0,200}+\}){0,2000}+)\}"
TOKEN = re.compile(
    rf"""
      \$\$(?P<display>[^$]{{1,2000}})\$\$
    | \$(?P<math>(?:[^$\\]|\\.){{1,2000}}+)\$
    | \\\((?P<round>(?:(?!\\[()]).){{1,500}}+)\\\)
    | \\ensuremath\s*(?:{BRACED.replace("(", "(?P<ensured>", 1)}|(?P<bare>[^\s\x00-\x7f]))
    | \\\$(?P<escaped>(?![\s\d])(?:[^$\\]|\\[^$]){{1,200}}?)(?<!\s)\\\$(?!\d)
    | \\\{{(?P<guarded>[A-Z][A-Za-z0-9-]*)\\\}}
    | \\(?:url|path|nolinkurl)\s*{BRACED.replace("(", "(?P<url>", 1)}
    | \\href\s*{BRACED.replace("(", "(?P<href>", 1)}\s*(?=\{{)
    | (?:\\|\{{\\textbackslash\}}(?=[`'^"~])|\\textbackslash\ (?=[`'^"~]))
        (?P<accent>[`'^"~=.]|[Hcdbkruvt](?![A-Za-z]))\s*
        (?:{BRACED.replace("(", "(?P<group>", 1)}|(?P<letter>\\[A-Za-z]+|[^\s{{}}\\$]))
    | \\?&(?:amp;)?(?P<entity>[A-Za-z][A-Za-z0-9]{{1,9}}|(?:\\?\#|\{{\\\#\}})
        (?:(?P<decimal>[0-9]{{1,6}})|[xX](?P<hex>[0-9a-fA-F]{{1,5}})));
    | \\(?P<word>[A-Za-z]+)(?P<after>\*?\s*)
    | \\(?P<sign>.)
    | (?P<open>\{{) | (?P<close>\}}) | (?P<tie>~)
    | (?P<ligature>---|--|``|''|[!?]?`)
    """,
    re.X | re.S,
)
ESCAPED_ADDRESS = re.compile(r"\{?\\([_%&#$~])(?:\{\})?\}?")
# Of HTML; the others are named in its standard.
ENTITIES = {"nbsp": " "}
# What tells a formula whose dollars a program escaped from two prices.
FORMULA = re.compile(r"\\textbackslash|\\[_^{]|\\textasciicircum|=|\A\S{1,30}\Z")
UNESCAPED = re.compile(
    r"\\text(?P<name>backslash|asciicircum)(?:\{\}| )?|\\(?P<sign>[_{}^&%#])(?:\{\})?|[{}]"
)
DEEPEST_ACCENT = 3


@dataclass(frozen=True)
class Decoded:
    """What a LaTeX text says, and the commands in it that nobody knew."""

    pieces: tuple[Piece, ...]
    unknown: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the text alone; formulas keep their dollars."""
        if len(self.pieces) == 1 and self.pieces[0][0] == "text":
            return self.pieces[0][1]
        return "".join(_as_text(piece) for piece in self.pieces)


def _as_text(piece):
    kind, text = piece
    if kind in ("start", "end"):
        return ""
    return f"${text}$" if kind == "math" else text


def decode(source: str) -> Decoded:
    """Return what a LaTeX text says. Never raises; braces that match nothing stay."""
    if not SPECIAL.search(source):
        return Decoded((("text", source),))
    decoder = _Decoder(source)
    decoder.run()
    return Decoded(tuple(decoder.pieces), tuple(dict.fromkeys(decoder.unknown)))


def address(source: str) -> str:
    r"""Return an address as it was meant: without `\url{}` and escapes such as `\_` or `\%`.

    Nothing else is decoded: `~`, `%` and `--` mean themselves in an address.
    """
    source = source.strip()
    if match := re.fullmatch(rf"\\(?:url|path|nolinkurl)\s*{BRACED}", source, re.S):
        source = match[1].strip()
    while source.startswith("{") and source.endswith("}") and "{" not in source[1:]:
        source = source[1:-1].strip()
    return ESCAPED_ADDRESS.sub(r"\1", source) if "\\" in source else source


def _unescaped(match):
    name = match["name"]
    return {"backslash": "\\", "asciicircum": "^"}[name] if name else match["sign"] or ""


@dataclass
class _Group:
    """An open brace: the styles to end with it, and how it shows if its command is unknown.

    What stands in it from the piece at `hidden_from` on is dropped.
    """

    styles: list[str] = field(default_factory=list)
    shown: str = ""
    tail: str = ""
    hidden_from: int | None = None


class _Decoder:
    def __init__(self, source, depth=0):
        self.source = source
        self.depth = depth
        self.pieces: list[Piece] = []
        self.unknown: list[str] = []
        self.groups: list[_Group] = []
        # The group that the next brace opens, if it follows at once.
        self.next: _Group | None = None

    def run(self):
        position = 0
        for match in TOKEN.finditer(self.source):
            if match.start() > position:
                self.say(self.source[position : match.start()])
            position = match.end()
            getattr(self, f"_{match.lastgroup}")(match)
        if position < len(self.source):
            self.say(self.source[position:])
        while self.groups:
            self._end(self.groups.pop())

    def say(self, text, kind="text"):
        self.next = None
        if text:
            self.pieces.append((kind, text))

    def _math(self, match):
        formula = (match["math"] or "").strip()
        self.say(formula or "$$", "math" if formula else "text")

    def _display(self, match):
        self.say(match["display"].strip(), "math")

    def _round(self, match):
        self.say(match["round"].strip(), "math")

    def _ensured(self, match):
        self.say(match["ensured"].strip(), "math")

    def _bare(self, match):
        self.say(match["bare"])

    def _escaped(self, match):
        """Take “\\$\\textbackslash alpha\\_1\\$”, Zotero’s way to write a formula, for one."""
        source = match["escaped"]
        if FORMULA.search(source):
            self.say(UNESCAPED.sub(_unescaped, source).strip(), "math")
            return
        self.say("$", "char")
        inner = _Decoder(source, self.depth + 1)
        inner.run()
        self.unknown += inner.unknown
        self.pieces += inner.pieces
        self.say("$", "char")

    def _guarded(self, match):
        """Take ScienceDirect's guard of capitals, which prints, for the braces that are meant."""
        self.say(match["guarded"])

    def _url(self, match):
        self.say(address(match["url"]), "char")

    def _href(self, match):
        self.next = _Group(tail=f" ({address(match['href'])})")

    def _group(self, match):
        self._accented(match["accent"], self._inner(match["group"]))

    def _letter(self, match):
        letter = match["letter"]
        base = letter if letter[0] != "\\" else symbol(letter[1:])
        if base is None:
            self.say(match[0])
            self.unknown.append(letter)
        else:
            self._accented(match["accent"], base)

    def _inner(self, source):
        """Return an argument decoded: accents may stand on accents, as in Vietnamese."""
        if self.depth >= DEEPEST_ACCENT:
            return source
        inner = _Decoder(source, self.depth + 1)
        inner.run()
        self.unknown += inner.unknown
        return "".join(map(_as_text, inner.pieces))

    def _accented(self, accent, base):
        base = base.strip()
        if not base:
            self.say({"'": "´"}.get(accent, accent) if not accent.isalpha() else "", "char")
            return
        first = DOTLESS.get(base[0], base[0])
        rest = base[1:]
        while rest and unicodedata.combining(rest[0]):
            first, rest = first + rest[0], rest[1:]
        self.say(unicodedata.normalize("NFC", first + COMBINING[accent]) + rest)

    def _after(self, match):
        word = match["word"]
        follows_group = self.source.startswith("{", match.end())
        if word in EMPHASIS and follows_group:
            self.next = self._start([EMPHASIS[word]])
        elif word in HIDING:
            self.next = _Group(hidden_from=len(self.pieces))
        elif word in QUOTING and follows_group:
            self.say("“")
            self.next = _Group(tail="”")
        elif word in TRANSPARENT or word in EMPHASIS:
            self.next = _Group()
        elif word in SWITCHES:
            style = SWITCHES[word]
            if style and self.groups:
                self._start([style], self.groups[-1])
        elif (text := symbol(word)) is not None:
            self.say(text, "char")
            self.next = _Group()
        elif letter := self._letter_before(word, match.start()):
            self.say(symbol(letter) + match[0][1 + len(letter) :])
        else:
            self.unknown.append(f"\\{word}")
            self.say(match[0])
            self.next = _Group(shown="}")

    def _letter_before(self, word, start):
        """Return the command of a letter that runs into its word: “Wei\\ssbecker”."""
        letter = next((name for name in LETTERS if word.startswith(name)), "")
        is_inside = start > 0 and self.source[start - 1].isalpha()
        is_sure = is_inside or letter in CAPITALS and word[len(letter) :].islower()
        return letter if is_sure else ""

    def _start(self, styles, group=None):
        group = group or _Group()
        group.styles += styles
        self.pieces += [("start", style) for style in styles]
        return group

    def _sign(self, match):
        sign = match["sign"]
        self.say(SIGNS.get(sign, sign), "text" if sign in SIGNS else "char")

    def _entity(self, match):
        if not (match["decimal"] or match["hex"]):
            name = match["entity"]
            known = ENTITIES.get(name, html5.get(f"{name};", ""))
            self.say(known or "&", "char")
            self.say("" if known else f"{name};")
            return
        code = int(match["decimal"] or "0") or int(match["hex"] or "0", 16)
        known = 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000
        self.say(chr(code) if known else match[0], "char")

    def _open(self, match):
        group, self.next = self.next or _Group(), None
        if group.shown:
            self.say("{")
        self.groups.append(group)

    def _close(self, match):
        if self.groups:
            self._end(self.groups.pop())
        else:
            self.say("}")

    def _end(self, group):
        self.next = None
        for style in reversed(group.styles):
            self._end_style(style)
        if group.hidden_from is not None:
            del self.pieces[group.hidden_from :]
        self.say(group.shown or group.tail)
        if group.shown:
            # A second argument of the unknown command.
            self.next = _Group(shown="}")

    def _end_style(self, style):
        if style != "code":
            self.pieces.append(("end", style))
            return
        start = len(self.pieces) - 1 - self.pieces[::-1].index(("start", "code"))
        code = "".join(map(_as_text, self.pieces[start:]))
        self.pieces[start:] = [("code", code)] if code else []

    def _tie(self, match):
        self.say(" ")

    def _ligature(self, match):
        self.say(LIGATURES.get(match[0]) or match[0])
