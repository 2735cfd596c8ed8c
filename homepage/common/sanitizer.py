"""What HTML may stand on a page: a short list of tags, attributes and values."""

from __future__ import annotations

import re

import nh3

from .addresses import safe_address

TAGS = frozenset(
    "a abbr b blockquote br caption cite code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i "
    "img ins kbd li mark ol p pre q s section small span strong sub summary sup table tbody td "
    "tfoot th thead tr u ul".split()
)
ATTRIBUTES = {
    "a": {"aria-label", "class", "href", "id", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "details": {"open"},
    "img": {"alt", "height", "src", "title", "width"},
    "li": {"id", "value"},
    "ol": {"reversed", "start", "type"},
    "section": {"class"},
    "span": {"class"},
    "sup": {"class"},
    "td": {"class", "colspan", "rowspan"},
    "th": {"class", "colspan", "rowspan"},
}
CLASSES = re.compile(
    r"language-[a-z0-9+\-]{1,30}|award|align-(?:left|right|center)"
    r"|footnotes|footnote-ref|footnote-backref|hl-[cfkns]"
)
IDS = re.compile(r"fn(?:ref)?-[a-z0-9-]{1,80}")


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in ("href", "src"):
        return safe_address(value) or None
    if name == "class":
        return value if CLASSES.fullmatch(value) else None
    if name == "id":
        return value if IDS.fullmatch(value) else None
    return value


_cleaner = nh3.Cleaner(
    tags=set(TAGS),
    attributes=ATTRIBUTES,
    attribute_filter=_attribute,
    clean_content_tags={"script", "style", "template", "iframe", "title"},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def sanitize(source: str) -> str:
    """Return well-formed HTML with nothing in it but what is listed here."""
    return _cleaner.clean(source)
