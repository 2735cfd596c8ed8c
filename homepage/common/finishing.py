"""The last step of rendering: sanitised HTML gets its headings, boxes, links and formulas.

Works on the sanitiser's output only, which is well formed: every `<` begins a tag and every
value stands in double quotes. What is added here is fixed or escaped.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from .addresses import is_remote
from .mathml import to_mathml
from .rendering import Formulas

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>')
ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
HEADING = re.compile(r"h[1-6]")


def finish(source: str, formulas: Formulas, *, base_level: int, prefix: str) -> str:
    """Return the HTML for the page; `source` comes from `sanitizer.sanitize`."""
    finisher = _Finisher(formulas, base_level, prefix)
    position = 0
    for match in TAG.finditer(source):
        finisher.text(source[position : match.start()])
        closes, name, attributes = match.groups()
        (finisher.end if closes else finisher.start)(name, attributes, match[0])
        position = match.end()
    finisher.text(source[position:])
    return finisher.result()


class _Finisher:
    def __init__(self, formulas: Formulas, base_level: int, prefix: str):
        self.formulas = formulas
        self.mark = re.compile(rf"{formulas.word}(\d+)e") if formulas.found else None
        self.base_level = base_level
        self.prefix = prefix
        self.out: list[str] = []
        self.outline: list[int] = []
        # Of what is open: where it began in `out`, and what its end tag will be.
        self.open: list[tuple[str, int, str]] = []
        self.slugs: Counter[str] = Counter()
        self.fragments: list[tuple[int, dict[str, str]]] = []

    def text(self, source: str) -> None:
        if source:
            self.out.append(self.mark.sub(self._formula, source) if self.mark else source)

    def start(self, name: str, attributes: str, tag: str) -> None:
        given = {key: self._as_tex(html.unescape(v)) for key, v in ATTRIBUTE.findall(attributes)}
        if name == "img":
            self.out.append(self._image(given))
        elif name in ("br", "hr"):
            self.out.append(tag)
        elif name == "a":
            self._start_link(given)
        elif HEADING.fullmatch(name):
            name = f"h{self._level(int(name[1]))}"
            self._opened("heading", f"<{name}>", f"</{name}>")
        elif name == "table" and not any(kind == "table" for kind, _, _ in self.open):
            self._opened(name, '<div class="table" tabindex="0"><table>', "</table></div>")
        elif name == "pre":
            self._opened(name, '<pre tabindex="0">', "</pre>")
        else:
            self._opened(name, _tag(name, given), f"</{name}>")

    def end(self, name: str, attributes: str, tag: str) -> None:
        kind, begin, closing = self.open.pop()
        if kind == "heading":
            slug = self._slug(self._shown(begin))
            self.out[begin] = f'{self.out[begin][:-1]} id="h-{self.prefix}{slug}">'
        elif kind == "th" and not self._shown(begin).strip():
            # An empty header names nothing; it is the corner of a table.
            self.out[begin] = self.out[begin].replace("<th", "<td", 1)
            closing = "</td>"
        elif kind == "a" and closing and not self._shown(begin).strip():
            self._label_link(begin)
        self.out.append(closing)

    def result(self) -> str:
        for position, given in self.fragments:
            slug = _slug_of(unquote(given["href"][1:]))
            if slug in self.slugs:
                given["href"] = f"#h-{self.prefix}{slug}"
            self.out[position] = _tag("a", given)
        return "".join(self.out)

    def _opened(self, kind, opening, closing):
        self.open.append((kind, len(self.out), closing))
        self.out.append(opening)

    def _start_link(self, given):
        href = given.get("href", "")
        if not href:
            self._opened("a", "", "")
            return
        if href.startswith("#") and "id" not in given and "class" not in given:
            self.fragments.append((len(self.out), given))
        if is_remote(href):
            given["rel"] = "noopener"
        self._opened("a", _tag("a", given), "</a>")

    def _label_link(self, begin):
        """Name a link that held only an icon by its address."""
        if "<img" not in "".join(self.out[begin:]):
            address = ATTRIBUTE.search(self.out[begin])
            self.out.append(re.sub(r"^(?:https?://|mailto:)", "", address[2]).rstrip("/"))

    def _image(self, given):
        """Return a local image; of a remote one, which is never loaded, a link to it."""
        source, alt = given.get("src", ""), given.get("alt", "")
        if not source or source.startswith("mailto:"):
            return html.escape(alt)
        if not is_remote(source):
            return _tag("img", given | {"alt": alt, "loading": "lazy", "decoding": "async"})
        label = html.escape(alt.strip() or _file_name(source))
        if any(kind == "a" and closing for kind, _, closing in self.open):
            return label
        link = {"href": source, "rel": "noopener"}
        return f"{_tag('a', link)}{label}</a>"

    def _level(self, level):
        """Return the level of a heading on the page: the highest at the base, none left out."""
        while self.outline and self.outline[-1] >= level:
            self.outline.pop()
        self.outline.append(level)
        return min(6, self.base_level + len(self.outline) - 1)

    def _slug(self, text):
        """Return a free id; of headings alike, the first is the one that links lead to."""
        base = _slug_of(text) or "section"
        while True:
            self.slugs[base] = number = self.slugs[base] + 1
            if number == 1:
                return base
            if (numbered := f"{base}-{number}") not in self.slugs:
                self.slugs[numbered] = 1
                return numbered

    def _shown(self, begin):
        return html.unescape(re.sub(r"<[^>]*>", "", "".join(self.out[begin + 1 :])))

    def _formula(self, match):
        tex, display = self.formulas.found[int(match[1])]
        formula = to_mathml(tex, display)
        if display:
            inner = formula or f"<code>{html.escape(tex)}</code>"
            return f'<div class="math" tabindex="0">{inner}</div>'
        return formula or f"<code>{html.escape(tex)}</code>"

    def _as_tex(self, value):
        """A broken tag may have swallowed a formula; a value holds no elements."""
        if not self.mark:
            return value
        return self.mark.sub(lambda match: self.formulas.found[int(match[1])][0], value)


def _tag(name: str, attributes: dict[str, str]) -> str:
    written = (f' {key}="{html.escape(value)}"' for key, value in attributes.items())
    return f"<{name}{''.join(written)}>"


def _slug_of(text: str) -> str:
    """Return the id that Jekyll's Markdown would give a heading, so that old links work."""
    kept: Sequence[str] = re.sub(r"[^\w\s-]", "", text.casefold()).replace("-", " ").split()
    return "-".join(kept)[:60].strip("-")


def _file_name(address: str) -> str:
    return unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2]) or "image"
