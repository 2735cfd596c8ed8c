"""What LaTeX commands stand for."""

from __future__ import annotations

import codecs
import unicodedata
from functools import lru_cache
from html.entities import name2codepoint

COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361",
}  # fmt: skip
DOTLESS = {"ı": "i", "ȷ": "j"}
LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "`": "‘", "!`": "¡", "?`": "¿"}
# What latexcodec does not know, and commands that stand for words.
SYMBOLS = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textbackslash": "\\", "backslash": "\\",
    "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}", "ng": "ŋ",
    "NG": "Ŋ", "dj": "đ", "DJ": "Đ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "j": "ȷ",
    "textasciigrave": "`", "textasciitilde": "~", "textasciicircum": "^", "dots": "…",
    "ldots": "…", "textellipsis": "…", "textquotedblleft": "“", "textquotedblright": "”",
    "textquoteleft": "‘", "textquoteright": "’", "textquotesingle": "'", "textquotedbl": '"',
    "quotedblbase": "„", "quotesinglbase": "‚", "texttrademark": "™", "texteuro": "€",
    "euro": "€", "textdegree": "°", "textmu": "µ", "textonehalf": "½", "textpm": "±",
    "texttimes": "×", "textbullet": "•", "textasteriskcentered": "*", "textregistered": "®",
    "textcopyright": "©", "textdagger": "†", "textdaggerdbl": "‡", "textsection": "§",
    "textparagraph": "¶", "textunderscore": "_", "slash": "/", "space": " ", "quad": " ",
    "qquad": " ", "newline": "\n", "par": "\n\n", "protect": "", "relax": "", "hyphen": "-",
    "spc": " ", "textdollar": "$", "cprime": "ʹ", "cdprime": "ʺ", "sim": "∼", "nbsp": " ",
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX",
}  # fmt: skip
# Names of HTML's entities, which some write as commands: {\\rsquo}.
HTML = {name: chr(code) for name, code in name2codepoint.items()}
# Commands of letters that often run into the word behind them, the longest first.
CAPITALS = ("AA", "AE", "OE")
LETTERS = (*CAPITALS, "aa", "ae", "oe", "ss", "o", "O", "l", "L")
# Signs behind a backslash that are no accents.
SIGNS = {
    " ": " ", "\n": " ", "\t": " ", ",": " ", ";": " ", ":": " ", ">": " ", "!": "", "-": "",
    "/": "", "@": "", "\\": "\n",
}  # fmt: skip
EMPHASIS = {
    "emph": "i", "textit": "i", "textsl": "i", "textbf": "b", "textsuperscript": "sup",
    "textsubscript": "sub", "texttt": "code", "mkbibemph": "i", "mkbibitalic": "i",
    "mkbibbold": "b", "mkbibsuperscript": "sup", "mkbibsubscript": "sub",
}  # fmt: skip
# Commands that put their argument between quotation marks.
QUOTING = frozenset({"enquote", "mkbibquote"})
# Commands whose argument is there to sort by or to make room, and not to read.
HIDING = frozenset("noopsort SortNoop vphantom phantom hphantom hspace vspace".split())
# Commands that only say how their argument is set.
TRANSPARENT = frozenset(
    "textrm textsf textsc textnormal textup textmd text mbox hbox mathrm underline uline uppercase "
    "lowercase MakeUppercase MakeLowercase NoCaseChange boldmath bibinfo".split()
)
SWITCHES = {
    "em": "i", "it": "i", "itshape": "i", "sl": "i", "slshape": "i", "bf": "b", "bfseries": "b",
    **dict.fromkeys("rm sf sc tt scshape upshape normalfont rmfamily small".split(), ""),
}  # fmt: skip


def register() -> None:
    """Let Python know the codec "ulatex", whose tables are too large for who never needs it."""
    import latexcodec  # noqa: F401


@lru_cache(maxsize=2000)
def symbol(name: str) -> str | None:
    """Return what a command without argument stands for; None where nobody knows it."""
    if name in SYMBOLS:
        return SYMBOLS[name]
    register()
    try:
        text = codecs.decode(f"\\{name}", "ulatex")
    except ValueError:
        return None
    return text if "\\" not in text else _sign_of_formulas(name)


def _sign_of_formulas(name):
    """Return a sign that stands outside of a formula all the same, as in “4.8 {\\mu}m”."""
    from latex2mathml.symbols_parser import convert_symbol

    code = convert_symbol(f"\\{name}")
    text = chr(int(code, 16)) if code else HTML.get(name)
    # A mark that combines is an accent over an argument.
    return text if text and unicodedata.category(text)[0] in "LSPN" else None
