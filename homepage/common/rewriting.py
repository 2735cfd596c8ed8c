"""Finishes sanitised HTML for the page: headings, ids, links, images, tables, the red award.

Its input is what nh3 wrote (well-formed, allowed tags only); its output holds tags and
attributes named here, every value escaped anew.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from .text import slug

VOID = {"br", "hr", "img"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
KEPT = {
    "abbr": ("title",),
    "details": ("open",),
    "li": ("value",),
    "ol": ("start", "reversed", "type"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
}
NUMERIC = {"value", "start", "colspan", "rowspan", "width", "height"}
RED = re.compile(r"\b(?:red|crimson|darkred|firebrick)\b|#(?:[c-f][0-9a-f]0{4}|[c-f]00)\b", re.I)
ALIGN = re.compile(r"\b(left|center|right)\b")
ID = re.compile(r"[\w.:-]{1,100}")
LANGUAGE_CLASS = re.compile(r"language-[A-Za-z0-9+#-]{1,30}")
HEADING_PREFIX = "h-"


def rewrite(source: str, *, base_level: int, prefix: str) -> str:
    """Return sanitised HTML as the page shows it; ids begin with `prefix`."""
    survey = _Survey()
    survey.feed(source)
    survey.close()
    shift = base_level - min(survey.levels, default=base_level)
    writer = _Writer(survey.ids, shift, prefix)
    writer.feed(source)
    writer.close()
    return "".join(writer.out)


class _Survey(HTMLParser):
    """Which headings and ids there are, before any is written."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.levels: set[int] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag, attrs):
        if tag in HEADINGS:
            self.levels.add(int(tag[1]))
        self.ids.update(value for name, value in attrs if name == "id" and value)


class _Writer(HTMLParser):
    def __init__(self, ids, shift, prefix):
        super().__init__(convert_charrefs=True)
        self.ids = ids
        self.shift = shift
        self.prefix = prefix
        self.out: list[str] = []
        self.closing: list[tuple[str, str]] = []  # (tag read, what closes it)
        self.heading: tuple[int, int] | None = None  # where an id may still be put in
        self.heading_ids: set[str] = set()

    def handle_data(self, data):
        self.out.append(html.escape(data, quote=False))

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.out.append(self._image(values))
        elif tag in VOID:
            self.out.append(f"<{tag}>")
        elif tag in HEADINGS:
            self._open_heading(tag, values)
        else:
            opening, closing = self._element(tag, values)
            self.out.append(opening)
            self.closing.append((tag, closing))

    def handle_endtag(self, tag):
        if tag in VOID or not any(name == tag for name, _ in self.closing):
            return
        while self.closing:
            name, closing = self.closing.pop()
            if name in HEADINGS:
                self._close_heading()
            self.out.append(closing)
            if name == tag:
                return

    def close(self):
        super().close()
        while self.closing:
            self.out.append(self.closing.pop()[1])

    def _element(self, tag, values):
        """Return what opens and what closes an element."""
        if tag in {"font", "span"}:
            if RED.search(values.get("color", "") + values.get("style", "")):
                return '<em class="award">', "</em>"
            if not values.keys() & {"lang", "dir", "id"}:
                return "", ""
            return f"<span{self._attributes('span', values)}>", "</span>"
        if tag == "center":
            return "<div>", "</div>"
        if tag == "table":
            opening = f'<div class="table" tabindex="0"><table{self._attributes(tag, values)}>'
            return opening, "</table></div>"
        return f"<{tag}{self._attributes(tag, values)}>", f"</{tag}>"

    def _attributes(self, tag, values):
        names = {n: values[n] for n in KEPT.get(tag, ()) if n in values}
        names = {n: v for n, v in names.items() if n not in NUMERIC or re.fullmatch(r"-?\d+", v)}
        if (identifier := values.get("id", "")) and ID.fullmatch(identifier):
            names["id"] = self.prefix + identifier
        for name in ("lang", "dir"):
            if re.fullmatch(r"[A-Za-z0-9-]{2,35}", values.get(name, "")):
                names[name] = values[name]
        if tag == "code" and LANGUAGE_CLASS.fullmatch(values.get("class", "")):
            names["class"] = values["class"]
        if tag in {"td", "th"}:
            side = ALIGN.search(values.get("align", "") + values.get("style", ""))
            if side and side[1] != "left":
                names["class"] = side[1]
        if tag == "a":
            names |= self._link(values)
        return "".join(f' {name}="{html.escape(value)}"' for name, value in names.items())

    def _link(self, values):
        href = values.get("href", "")
        if href.startswith("#") and href[1:] in self.ids:
            return {"href": f"#{self.prefix}{href[1:]}"}
        if not is_safe_link(href):
            return {}
        kept = {"href": href}
        if values.get("title"):
            kept["title"] = values["title"]
        if urlsplit(href).netloc:
            kept["rel"] = "noopener"
        return kept

    def _image(self, values):
        """Return a picture of this site; one of another site is never loaded, but linked."""
        source, alt = values.get("src", ""), values.get("alt", "")
        if is_safe_link(source) and not urlsplit(source).scheme:
            sizes = "".join(
                f' {n}="{values[n]}"'
                for n in ("width", "height")
                if re.fullmatch(r"\d{1,4}", values.get(n, ""))
            )
            return (
                f'<img src="{html.escape(source)}" alt="{html.escape(alt)}"{sizes} '
                'loading="lazy" decoding="async">'
            )
        label = html.escape(alt or _file_name(source), quote=False)
        inside_link = any(name == "a" for name, _ in self.closing)
        if inside_link or not is_safe_link(source):
            return label
        return f'<a href="{html.escape(source)}" rel="noopener">{label}</a>'

    def _open_heading(self, tag, values):
        level = min(max(int(tag[1]) + self.shift, 1), 6)
        self.out.append("")
        self.heading = (len(self.out) - 1, level)
        self.closing.append((tag, f"</h{level}>"))

    def _close_heading(self):
        if self.heading is None:
            return
        place, level = self.heading
        text = re.sub(r"<[^>]*>|\ue000\d+\ue001", "", "".join(self.out[place + 1 :]))
        base = HEADING_PREFIX + (slug(html.unescape(text), "") or "heading")
        identifier, number = base, 1
        while identifier in self.heading_ids:
            number += 1
            identifier = f"{base}-{number}"
        self.heading_ids.add(identifier)
        self.out[place] = f'<h{level} id="{self.prefix}{identifier}">'
        self.heading = None


def is_safe_link(address: str) -> bool:
    """Return whether a link may be followed: http(s), mailto or a place on this site."""
    if not address or re.search(r"[\x00-\x20\x7f\\]", address) or address.startswith("//"):
        return False
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in {"", "http", "https", "mailto"}
            and "@" not in parts.netloc
            and bool(parts.netloc or parts.scheme in {"", "mailto"})
        )
    except ValueError:
        return False


def _file_name(source):
    return source.rstrip("/").rpartition("/")[2] or "image"
