"""Lists of publications in `_data/`, which pages, includes and layouts of many sites show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from homepage.common.markdown import plain
from homepage.common.text import fold
from publications.formats.handwritten import PUBLICATIONS
from publications.formats.handwritten.headings import names_others

from . import yaml_data
from .entries import Listed, read_data_file
from .jekyll import Jekyll, SourceFile

FOLDER = "_data"
SUFFIXES = (".yml", ".yaml", ".json")
NAMES = re.compile(r"pub|paper|article|preprint|bibliograph|references|conference|journal", re.I)
SHOWN = re.compile(r"\bsite\.data(?:\.(\w[\w-]*)|\[\s*[\"']([\w-]+)[\"']\s*\])")
PLACES = ("_pages", "_includes", "_layouts", "")
TEXTS = (".md", ".markdown", ".html", ".htm", ".liquid")


def read_data_lists(source: Jekyll) -> list[Listed]:
    """Return the publications in the data files of a site; where none is shown, say so."""
    found: list[Listed] = []
    paths = [path for path in source.folder.names(FOLDER, SUFFIXES) if NAMES.search(_stem(path))]
    shown = _shown(source) if paths else {}
    for path in paths:
        text = source.folder.text(path)
        try:
            listed = read_data_file(text, path) if text else []
        except yaml_data.BrokenYAML as error:
            source.note(path, f"is not valid YAML ({error}); it was left out", error.line)
            continue
        if listed and (why := _why_not(shown.get(_stem(path), []))):
            source.leave_out(path, f"left out: {why}")
            continue
        for one in listed:
            source.places[one.item.path] = [(1, path, 1)]
        found += listed
    return found


def data_names(source: Jekyll, listed: list[Listed]) -> Iterator[str]:
    """Yield what Liquid calls the files that publications are listed in."""
    for path in {one.item.path.partition("#")[0] for one in listed}:
        yield f"data.{_stem(path)}"


def without_known(listed: list[Listed], items: list[SourceFile]) -> list[Listed]:
    """Return what is listed in data files without the papers that have a page of their own."""
    known = {fold(plain(item.title)) for item in items}
    return [one for one in listed if fold(plain(one.item.title)) not in known]


def _shown(source):
    """Return the files in the site that go through each data file, by its name."""
    found: dict[str, list[str]] = {}
    for place in PLACES:
        for path in source.folder.names(place, TEXTS, deep=bool(place)):
            text = source.folder.text(path) or ""
            for name in {a or b for a, b in SHOWN.findall(text)}:
                found.setdefault(name, []).append(path)
    return found


def _why_not(paths):
    """Return why a list is none of publications: nothing shows it, or only other pages do."""
    if not paths:
        return "no page shows it"
    stems = [_stem(path) for path in paths]
    others = [stem for stem in stems if names_others(stem) and not PUBLICATIONS.search(stem)]
    return "only a page of something else shows it" if len(others) == len(stems) else ""


def _stem(path):
    return PurePosixPath(path).stem
