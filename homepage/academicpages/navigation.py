"""The navigation of an academicpages site: which pages visitors were led to, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .jekyll import Jekyll

PATH = "_data/navigation.yml"


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation."""

    title: str
    url: str
    line: int = 1


def read_navigation(site: Jekyll) -> list[Entry]:
    """Return the entries of `_data/navigation.yml`, those under others behind them."""
    data = site.yaml(PATH)
    listed = data.get("main")
    if not isinstance(listed, list):
        listed = next((value for value in data.values.values() if isinstance(value, list)), [])
    return list(_entries(listed, data.line("main")))


def _entries(listed, line, depth=1) -> Iterator[Entry]:
    for item in listed if isinstance(listed, list) and depth < 5 else ():
        if not isinstance(item, dict):
            continue
        title, url = item.get("title"), item.get("url")
        if isinstance(title, str | int) and isinstance(url, str):
            yield Entry(" ".join(str(title).split()), url.strip(), line)
        for key in ("children", "sublinks", "sub"):
            yield from _entries(item.get(key), line, depth + 1)
