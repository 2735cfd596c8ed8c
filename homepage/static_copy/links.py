"""The links of a page: where on the site they lead, and how they read below another path."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

# Attributes as our templates and the sanitiser write them: always in double quotes.
ADDRESS = re.compile(r'\s(?:href|src|action|poster)="([^"]*)"')
ADDRESSES = re.compile(r'\s(?:image)?srcset="([^"]*)"')
IDENTIFIER = re.compile(r'\sid="([^"]+)"')
FROM_ROOT = re.compile(r'(\s(?:href|src|action|poster|data-[a-z-]+)=")(/(?!/)[^"]*)')
SEVERAL = re.compile(r'(\s(?:image)?srcset=")([^"]*)')


@dataclass(frozen=True)
class Place:
    """Where a copy will stand: `base_url` without a last slash, and the site's `prefix` here.

    The prefix is the path that the live site stands below, "" for none.
    """

    base_url: str
    prefix: str = ""

    @property
    def new_prefix(self) -> str:
        return urlsplit(self.base_url).path

    def own_path(self, link: str, page: str) -> str | None:
        """Return the path on this site that a link at the path `page` leads to.

        Without prefix, query and fragment; None if it leads elsewhere.
        """
        link = urldefrag(link).url.partition("?")[0]
        if link == self.base_url or link.startswith(f"{self.base_url}/"):
            return unquote(link.removeprefix(self.base_url)) or "/"
        try:
            whole = urljoin(f"https://site.invalid{self.prefix}{page}", link)
            parts = urlsplit(whole)
        except ValueError:
            return None
        if parts.netloc != "site.invalid" or not parts.path.startswith(f"{self.prefix}/"):
            return None
        return unquote(parts.path.removeprefix(self.prefix))

    def new_address(self, link: str, own: str | None) -> str:
        """Return where a link leads on the copy; `own` is its path on this site, if it has one."""
        if own is None:
            return link
        return f"{self.new_prefix}{quote(own)}{link[len(link.partition('#')[0]) :]}"

    def moved(self, page: str) -> str:
        """Return the source of a page with the links that begin with a slash below the new path."""
        if self.prefix == self.new_prefix:
            return page
        page = FROM_ROOT.sub(lambda match: match[1] + self._moved(match[2]), page)
        return SEVERAL.sub(lambda match: match[1] + self._all_moved(match[2]), page)

    def _moved(self, path):
        if not path.startswith(f"{self.prefix}/"):
            return path  # what stands beside the site, not on it
        return self.new_prefix + path.removeprefix(self.prefix)

    def _all_moved(self, addresses):
        parts = (part.strip() for part in addresses.split(","))
        return ", ".join(
            self._moved(part) if part.startswith("/") and part[:2] != "//" else part
            for part in parts
        )


def links(page: str) -> Iterator[str]:
    """Yield each address that a page links to or shows, as it stands there."""
    for match in ADDRESS.finditer(page):
        yield html.unescape(match[1])
    for match in ADDRESSES.finditer(page):
        for part in html.unescape(match[1]).split(","):
            yield from part.split()[:1]


def identifiers(page: str) -> set[str]:
    """Return what a fragment of the page's address can name."""
    return {html.unescape(match[1]) for match in IDENTIFIER.finditer(page)}
