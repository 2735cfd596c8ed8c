"""Publications as YAML holds them: in headers, and as lists in files such as `_data/papers.yml`.

People nest what the templates keep flat: lists of authors, links by name, an address with its
label. All of it becomes the flat values of a header, so that one reader reads both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from . import yaml_data
from .front_matter import FrontMatter
from .jekyll import SourceFile

AUTHORS = ("authors", "author")
LINKS = ("links", "link", "buttons", "urls", "resources", "materials")
NAMES = ("name", "label", "title", "text", "type")
ADDRESSES = ("url", "link", "href", "address")
# Keys of a paper beside its title, one of which at least makes of an entry a publication.
KEYS = frozenset(
    "authors author venue journal booktitle conference citation year date doi arxiv paperurl pdf "
    "link url abstract container-title".split()
)
ALIASES = {"container-title": "journal", "page": "pages", "issue": "number", "vol": "volume"}
GENERIC = re.compile(r"(?:publications?|papers?|pubs|list|items|entries|all|main|references)", re.I)
DEEPEST, MOST = 4, 20_000


def flat(item: SourceFile) -> SourceFile:
    """Return a publication with the flat values that the templates have."""
    values: dict[str, Any] = {}
    for name, value in item.header.values.items():
        key = ALIASES.get(name, name)
        if key.lower() in AUTHORS and isinstance(value, list):
            values[key] = _names(value)
        elif key.lower() in LINKS and isinstance(value, list | Mapping):
            values.update(_links(key, value))
        else:
            values[key] = _absolute(value)
    return replace(item, header=replace(item.header, values=values))


@dataclass(frozen=True)
class Listed:
    """A publication of a data file, with the heading that it stands under."""

    item: SourceFile
    heading: str


def read_data_file(source: str, path: str) -> list[Listed]:
    """Return the publications that a data file lists. Raises yaml_data.BrokenYAML."""
    found = islice(_entries(yaml_data.load_any(source), "", set()), MOST)
    position, listed = 0, []
    for number, (heading, values) in enumerate(found, 1):
        place = source.find(values["title"].split("\n")[0][:40], position)
        position = place if place >= 0 else position
        lines = {key: source.count("\n", 0, position) + 1 for key in values}
        text = _source(values)
        header = FrontMatter(values, lines, text.count("\n") + 1)
        item = SourceFile(f"{path}#{number}", text, header)
        listed.append(Listed(item, heading))
    return listed


def _entries(data: Any, heading: str, seen: set[int], depth: int = 1) -> Iterator[tuple]:
    """Yield (heading, values) of what a data file holds: lists, under headings or not."""
    if id(data) in seen or depth > DEEPEST or not isinstance(data, Mapping | list):
        return
    seen.add(id(data))
    if isinstance(data, Mapping):
        named = next((data[key] for key in ("title", "name", "year") if key in data), "")
        for key, value in data.items():
            own = "" if GENERIC.fullmatch(str(key)) else _heading(str(key))
            own = str(named) if isinstance(named, str | int) and named else own
            yield from _entries(value, own or heading, seen, depth + 1)
        return
    for entry in data:
        if _is_publication(entry):
            yield heading, {str(key): value for key, value in entry.items()}
        else:
            yield from _entries(entry, heading, seen, depth + 1)


def _is_publication(entry):
    return (
        isinstance(entry, Mapping)
        and isinstance(entry.get("title"), str)
        and bool(KEYS & {str(key).lower() for key in entry})
    )


def _heading(key):
    words = re.sub(r"[_-]+", " ", key).strip()
    return "Conferences" if words.lower() == "confs" else words[:1].upper() + words[1:]


def _source(values):
    return "\n".join(f"{key}: {value}" for key, value in values.items() if value is not None)


def _names(value):
    """Return a list of names as one line; names turned round are parted by semicolons."""
    names = [name for one in value if (name := _name(one))]
    return ("; " if any("," in name for name in names) else ", ").join(names)


def _name(one):
    if not isinstance(one, Mapping):
        return " ".join(str(one).split()) if one is not None else ""
    parts = (one.get("given") or one.get("first"), one.get("family") or one.get("last"))
    whole = one.get("name") or one.get("literal") or " ".join(str(part) for part in parts if part)
    address = next((one[key] for key in ADDRESSES if isinstance(one.get(key), str)), "")
    return f"[{whole}]({address})" if whole and re.match(r"https?://\S+$", address) else str(whole)


def _links(key, value):
    """Return links by their labels; what is said beside an address is a citation."""
    if isinstance(value, Mapping) and isinstance(value.get("url"), str):
        said = next((value[name] for name in ("display", *NAMES) if value.get(name)), "")
        return {key: _absolute(value["url"]), **({"citation": str(said)} if said else {})}
    if isinstance(value, Mapping):
        return {str(label): _absolute(address) for label, address in value.items() if address}
    found = {}
    for number, one in enumerate(value):
        if isinstance(one, Mapping):
            label = next((one[name] for name in NAMES if isinstance(one.get(name), str)), "")
            address = next((one[name] for name in ADDRESSES if isinstance(one.get(name), str)), "")
            pairs = [(label, address)] if address else one.items()
        else:
            pairs = [(f"link{number or ''}", one)]
        found.update({str(label) or key: _absolute(address) for label, address in pairs if address})
    return found


def _absolute(value):
    """Return an address without a scheme with the one that it is for."""
    is_bare = isinstance(value, str) and re.match(r"//[\w-]+\.[\w.-]+/\S*$", value)
    return f"https:{value}" if is_bare else value
