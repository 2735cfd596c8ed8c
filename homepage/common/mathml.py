"""TeX to MathML, made on the server: no script, prints, is read aloud.

latex2mathml does not escape `\\text{…}` and writes `href` and `style` where the TeX asks for
them, so its output is untrusted: it is parsed and rebuilt from an allow-list.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache

from latex2mathml.converter import convert

MAX_LENGTH = 1000
NAMESPACE = "http://www.w3.org/1998/Math/MathML"

# MathML Core (https://www.w3.org/TR/mathml-core/), without what links, embeds or runs.
ELEMENTS = frozenset(
    "math mrow mi mn mo ms mspace mtext mfrac msqrt mroot mstyle merror mpadded mphantom msub "
    "msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd menclose "
    "mfenced none".split()
)
ATTRIBUTES = frozenset(
    "accent accentunder align columnalign columnlines columnspacing columnspan depth display "
    "displaystyle fence form height largeop linethickness lspace mathsize mathvariant maxsize "
    "minsize movablelimits notation rowalign rowlines rowspacing rowspan rspace scriptlevel "
    "separator stretchy symmetric voffset width open close separators".split()
)


@lru_cache(maxsize=1024)
def to_mathml(tex: str, *, display: bool = False) -> str | None:
    """Return `tex` as a MathML element with the TeX as its alternative; None if it has none."""
    if not tex.strip() or len(tex) > MAX_LENGTH:
        return None
    try:
        root = ET.fromstring(convert(tex, display="block" if display else "inline"))  # noqa: S314
        clean = _rebuilt(root)
    except Exception:  # noqa: BLE001
        # The converter raises whatever its parser stumbles over (IndexError, KeyError,
        # RecursionError, classes of its own): no formula may take a page down.
        return None
    if clean is None:
        return None
    clean.set("alttext", tex)
    clean.set("xmlns", NAMESPACE)
    return ET.tostring(clean, encoding="unicode")


def _rebuilt(element):
    """Return a copy made of allowed elements and attributes; None if anything else is in it."""
    name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    if name not in ELEMENTS:
        return None
    copy = ET.Element(name, {k: v for k, v in element.attrib.items() if k in ATTRIBUTES})
    copy.text, copy.tail = element.text, element.tail
    for child in element:
        new = _rebuilt(child)
        if new is None:
            return None
        copy.append(new)
    return copy
