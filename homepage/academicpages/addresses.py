"""The addresses in a text: where a link of the old site leads now."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import quote, unquote, urljoin, urlsplit

from homepage.common.addresses import safe_address
from publications.records import Problem

from .files import TEXTS, Files, SiteFile
from .markup import CODE_SPAN, outside_fences

LONGEST_TAG = 4000
ANGLED, BARE = r"<[^<>\n]{1,2000}>", r"(?:[^\s()<>]|\([^\s()<>]{0,200}\)){1,2000}"
TARGET = re.compile(
    rf"(?P<code>{CODE_SPAN})"
    # `[label](target "title")`; with white space inside only where kramdown takes it for one.
    rf"|(?<=\]\()(?P<inline>\s{{0,9}}(?:{ANGLED}|{BARE})(?=\s{{0,9}}(?:\)|[\"'(])))"
    r"|(?<=\]\()(?P<spaced>/?[\w.%-][^()<>\"'\n]{1,300}\.\w{1,5})(?=\))"
    r"|(?P<attribute>(?<=[\s\"'/])(?:href|src|data-src)\s{0,9}=\s{0,9})"
    r"(?P<quoted>\"[^\"\n]{1,2000}\"|'[^'\n]{1,2000}'|[^\s\"'<>]{1,2000})"
    r"|(?P<definition>^ {0,3}\[[^\]\n]{1,200}\]:[ \t]{0,9})"
    rf"(?P<defined>{ANGLED}|\S{{1,2000}})",
    re.M | re.I,
)


def rewritten(text: str, new: Callable[[str, int], str]) -> str:
    """Return a text with the targets of its links and pictures replaced, outside of code.

    `new` is given a target and its line, counted from 1; lines stay as they are.
    """
    parts, position, line = [], 0, 1
    for start, end in outside_fences(text):
        for match in TARGET.finditer(text, start, end):
            kind = next(k for k in ("code", "inline", "spaced", "quoted", "defined") if match[k])
            if kind == "code" or (kind == "quoted" and not _is_in_tag(text, match.start())):
                continue
            first, last = match.span(kind)
            line += text.count("\n", position, first)
            parts += [text[position:first], _replaced(match[kind], kind, line, new)]
            position = last
            line += match[kind].count("\n")
    return "".join([*parts, text[position:]])


def _is_in_tag(text, position):
    begin = max(0, position - LONGEST_TAG)
    return text.rfind("<", begin, position) > text.rfind(">", begin, position)


def _replaced(source, kind, line, new):
    target = source.strip()
    around = target[0] + target[-1] if len(target) > 1 else ""
    target = target[1:-1] if around in ("<>", '""', "''") else target
    found = new(target.strip(), line)
    if found == target.strip():
        return source
    if around in ('""', "''"):
        return f"{around[0]}{found}{around[1]}"
    return f'"{found}"' if kind == "quoted" else found


# A web address whose author forgot the scheme; no browser finds it so.
WWW = re.compile(r"www\.[\w-]+\.\w", re.I)


@dataclass
class Addresses:
    """Where the addresses of an old site lead now.

    A stored file's is its new one, that of a page which came along (`pages`, by `key_of`) stays;
    the rest is made whole with `base`, the address of the old site. `own` are the hosts of the
    old site, `prefix` the path that it lay under there.
    """

    base: str = ""
    own: Sequence[str] = ()
    prefix: str = ""
    media_url: str = "/media/"
    files: Files | None = None
    pages: Collection[str] = ()
    note: Callable[[Problem], None] = lambda problem: None
    noted: set[str] = field(default_factory=set)

    def new(
        self, address: str, line: int, *, at: str = "/", path: str = "", kind: str = TEXTS
    ) -> str:
        """Return where an address leads that stands in a line of a page `at` the old site.

        `path` names the page's file in problems. A file of the site is stored in the folder
        `kind`.
        """
        local = self.local(address, at)
        if local is None:
            return f"https://{address}" if WWW.match(address) else address
        if key_of(local.path) in self.pages:
            # A page that came along: where it is no longer, a redirect leads on.
            return f"{local.path}{local.fragment}"
        if (file := self.file(local.file, kind)) is not None:
            return f"{self.media_url}{file.name}{local.fragment}"
        if self.base:
            whole = urljoin(f"{self.base.rstrip('/')}/", quote_path(local.path).lstrip("/"))
            self._note(local, line, path, f"leads to the old site, {whole}")
            return f"{whole}{local.query}{local.fragment}"
        if self.files is not None:
            self._note(local, line, path, "leads nowhere here")
        return address

    def file(self, path: str, kind: str = TEXTS) -> SiteFile | None:
        """Return the file at a path of the site as it is stored; None if there is none."""
        return self.files.store(path, kind) if self.files and suffix_of(path) else None

    def local(self, address: str, at: str = "/") -> Local | None:
        """Return the place on the old site that an address leads to; None for any other."""
        address = address.strip()
        if not address or address[0] in "#?{" or not safe_address(address):
            return None
        if WWW.match(address):
            return None
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            if parts.scheme not in ("http", "https") or host_of(parts.netloc) not in self.own:
                return None
            path = parts.path or "/"
        else:
            path = urljoin(at or "/", parts.path)
        if self.prefix and (path + "/").startswith(self.prefix + "/"):
            path = path[len(self.prefix) :] or "/"
        query = f"?{parts.query}" if parts.query else ""
        return Local(path, query, f"#{parts.fragment}" if parts.fragment else "")

    def _note(self, local, line, path, where):
        if local.path in self.noted:
            return
        self.noted.add(local.path)
        why = self.files.why.get(local.file.lstrip("/")) if self.files else ""
        if why:
            message = f"{local.path} was not taken ({why}); the link {where}"
        else:
            message = f"{local.path} is no page or file that came along; the link {where}"
        if self.files is not None:
            self.note(Problem(line, message, path=path))


@dataclass(frozen=True)
class Local:
    """A place on the old site: a path from its root, and what follows it."""

    path: str
    query: str = ""
    fragment: str = ""

    @property
    def file(self) -> str:
        """Return the path of the file in the folder that is served there, if it is a file."""
        path = normpath(unquote(self.path))
        return "" if path.startswith("..") else path


def key_of(path: str) -> str:
    """Return what the addresses of one page have in common: `/cv`, `/cv/`, `/cv.html`."""
    path = unquote(path).lower().removesuffix("index.html")
    return "/" + path.removesuffix(".html").removesuffix(".md").strip("/")


def host_of(netloc: str) -> str:
    """Return a host for comparing."""
    return netloc.lower().rpartition("@")[2].removeprefix("www.").removesuffix(":443")


def quote_path(path: str) -> str:
    """Return a path as a browser sends it; what is encoded stays as it is."""
    return quote(path, safe="/%:;,()~!*'&=+$@-._")


def suffix_of(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
