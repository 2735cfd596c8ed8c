"""What machines find in the HTML of a page: its tags, and nothing that a script would add."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Page:
    """The tags of a page, in order; text as it is shown."""

    tags: list[tuple[str, str]] = field(default_factory=list)
    canonical: str = ""
    headings: list[str] = field(default_factory=list)
    has_coins: bool = False

    def all(self, name: str) -> list[str]:
        """Return the contents of all tags of that name (or property), in order."""
        return [content for key, content in self.tags if key == name]

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")


def read_page(html: str) -> Page:
    """Return what stands in a page; never raises."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.page = Page()
        self.is_heading = False

    def handle_starttag(self, tag, attributes):
        values = {name: value or "" for name, value in attributes}
        if tag == "meta" and "content" in values:
            name = values.get("name") or values.get("property", "")
            self.page.tags.append((name, values["content"]))
        elif tag == "link" and values.get("rel") == "canonical":
            self.page.canonical = values.get("href", "")
        elif tag == "h1":
            self.is_heading = True
            self.page.headings.append("")
        if "Z3988" in values.get("class", "").split():
            self.page.has_coins = True

    def handle_endtag(self, tag):
        if tag == "h1":
            self.is_heading = False

    def handle_data(self, data):
        if self.is_heading:
            self.page.headings[-1] += data
