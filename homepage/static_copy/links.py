"""The links of a page: where on the site they lead, and how they read at another place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from urllib.parse import quote, unquote, urljoin, urlsplit

# Attributes as our templates and the sanitiser write them: always in double quotes.
ADDRESS = tuple(f"{space}{name}" for name in "href src action poster".split() for space in " \n")
ADDRESSES = tuple(f"{space}{name}" for name in "srcset imagesrcset".split() for space in " \n")
# Leads from the root of this site on, by no detour.
SIMPLE = re.compile(r"(?:/[\w%~-][\w%.~-]*)+/?|/")
FROM_ROOT = re.compile(r'(\s(?:href|src|action|poster)=")(/(?!/)[^"]*)')


@dataclass(frozen=True)
class Place:
    """Where a copy will stand: `base_url`, without a last slash.

    `old_prefix` is the path that the live site stands below, "" for none.
    """

    base_url: str
    old_prefix: str = ""

    @cached_property
    def prefix(self) -> str:
        """Return the path that the copy stands below, "" for none."""
        return urlsplit(self.base_url).path

    def own_path(self, link: str, page: str) -> str | None:
        """Return the path on this site that a link on the page at the path `page` leads to.

        Without prefix, query and fragment; None if it leads elsewhere.
        """
        link = link.partition("#")[0].partition("?")[0]
        if link == self.base_url or link.startswith(f"{self.base_url}/"):
            return unquote(link.removeprefix(self.base_url)) or "/"
        path = link
        if not SIMPLE.fullmatch(link):
            try:
                parts = urlsplit(urljoin(f"https://site.invalid{self.prefix}{page}", link))
            except ValueError:
                return None
            if parts.netloc != "site.invalid":
                return None
            path = parts.path
        for prefix in (self.prefix, self.old_prefix):
            if path.startswith(f"{prefix}/"):
                return unquote(path.removeprefix(prefix))
        return None

    def moved(self, page: str) -> str:
        """Return the source of a page with the links that its owner typed led to the new place.

        Those begin with a slash, and with the old prefix if there was one.
        """
        if self.prefix == self.old_prefix:
            return page
        return FROM_ROOT.sub(lambda match: match[1] + self._moved(match[2]), page)

    def new_address(self, link: str, own: str | None) -> str:
        """Return where a link leads on the copy; `own` is its path on this site, if it has one."""
        if own is None:
            return link
        return f"{self.prefix}{quote(own)}{link[len(link.partition('#')[0]) :]}"

    def _moved(self, path):
        is_old = path.startswith(f"{self.old_prefix}/")
        if path.startswith(f"{self.prefix}/") and (self.prefix or not is_old):
            return path
        return self.prefix + path.removeprefix(self.old_prefix) if is_old else path


def links(page: str) -> Iterator[str]:
    """Yield each address that a page links to or shows, as it stands there."""
    # Parted like this, which is far faster than by a pattern, a name ends where a value begins.
    parts = page.split('="')
    for name, value in pairwise(parts):
        if name.endswith(ADDRESS):
            yield html.unescape(value.partition('"')[0])
        elif name.endswith(ADDRESSES):
            for part in html.unescape(value.partition('"')[0]).split(","):
                yield from part.split()[:1]
