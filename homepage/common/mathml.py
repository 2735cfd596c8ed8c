"""TeX to MathML, made on the server: no script, prints, reads aloud."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from xml.etree import ElementTree

from .characters import readable

logger = logging.getLogger(__name__)

LONGEST = 1000
DEEPEST = 60
# Alphabets under the names that AMS-TeX and MathSciNet have for them.
ALPHABETS = {
    "Cal": "mathcal",
    "germ": "mathfrak",
    "ssf": "mathsf",
    "scr": "mathscr",
    "bold": "mathbf",
}
ALPHABET = re.compile(rf"\\({'|'.join(ALPHABETS)})(?![A-Za-z])")
NAMESPACE = "http://www.w3.org/1998/Math/MathML"
# MathML Core without anything that links, styles, runs or embeds.
ELEMENTS = frozenset(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom menclose "
    "msub msup msubsup munder mover munderover mmultiscripts mprescripts none "
    "mtable mtr mtd mlabeledtr mfenced".split()
)
ATTRIBUTES = frozenset(
    "accent accentunder align close columnalign columnlines columnspacing depth displaystyle "
    "fence form height largeop linethickness lspace mathvariant maxsize minsize movablelimits "
    "notation open rowalign rowlines rowspacing rspace scriptlevel separator separators stretchy "
    "symmetric voffset width".split()
)


@lru_cache(maxsize=2048)
def to_mathml(tex: str, display: bool = False) -> str | None:
    """Return the MathML of a formula, or None where it cannot be made or is not safe.

    The library escapes nothing (`\\text{<script>}` comes out as it is), so its output counts as
    hostile: it is parsed as XML and made anew from elements and attributes that are known.
    """
    tex = readable(tex).strip()
    if not tex or len(tex) > LONGEST or _depth(tex) > DEEPEST:
        return None
    from latex2mathml.converter import convert  # large, and most sites have no formulas

    try:
        known = ALPHABET.sub(lambda match: f"\\{ALPHABETS[match[1]]}", tex)
        source = convert(known, display="block" if display else "inline")
    except Exception as error:  # noqa: BLE001 the library raises whatever its bugs raise
        logger.info("no MathML for %r: %s", tex[:80], type(error).__name__)
        return None
    try:
        formula = _rebuilt(ElementTree.fromstring(source))  # noqa: S314 no DTD can stand inside it
    except (ElementTree.ParseError, ValueError, RecursionError):
        return None
    formula.set("alttext", tex)
    if display:
        formula.set("display", "block")
    return ElementTree.tostring(formula, encoding="unicode")


def _depth(tex):
    """Return how deep braces nest: the library recurses with them."""
    depth = deepest = 0
    for char in tex:
        depth += (char == "{") - (char == "}")
        deepest = max(deepest, depth)
    return deepest


def _rebuilt(element):
    """Return a copy of known elements and attributes; raise ValueError at an unknown element."""
    name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    if name not in ELEMENTS:
        raise ValueError(name)
    attributes = {key: value for key, value in element.attrib.items() if key in ATTRIBUTES}
    copy = ElementTree.Element(name, attributes)
    copy.text, copy.tail = element.text, element.tail
    copy.extend([_rebuilt(child) for child in element])
    return copy
