"""Names of CSL-JSON, as objects in parts or whole, and our own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from homepage.common.characters import line
from publications.names import author_name, parse_name, written_list
from publications.records import AuthorName

from .values import Values, is_empty

OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.?\s*al\.?)", re.I)
# What a name may say beside its parts without telling us anything to keep.
KNOWN = frozenset(
    "family given suffix literal name non-dropping-particle dropping-particle sequence "
    "comma-suffix static-ordering parse-names".split()
)


def read_names(values: Values) -> tuple[tuple[AuthorName, ...], bool]:
    """Return the authors of an item and whether the list ends with "et al."."""
    written = values.data.get("author")
    if isinstance(written, str):
        del values.data["author"]
        found = written_list(written)
        return tuple(map(author_name, found.names)), found.and_others
    names, is_kept = [], False
    for one in _names(values):
        names.append(parse_name(one) if isinstance(one, str) else _name(one))
        is_kept |= isinstance(one, Mapping) and any(key not in KNOWN for key in one)
    if not is_kept and not any("“author”" in say for say in values.problems):
        values.data.pop("author", None)
    others = [name for name in names if OTHERS.fullmatch(str(name))]
    return tuple(name for name in names if str(name) and name not in others), bool(others)


def write_names(record) -> list[dict[str, Any]]:
    """Return the authors of a record as CSL has them."""
    names = [_written(name) for name in record.authors]
    return [*names, {"literal": "others"}] if record.and_others else names


def _names(values):
    found = values.data.get("author", [])
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, (str, dict)):
            yield one
        else:
            values.refuse("author", "a list of names")


def _name(data) -> AuthorName:
    particles = [_text(data.get(f"{which}-particle")) for which in ("dropping", "non-dropping")]
    family = _text(data.get("family"))
    whole = _text(data.get("literal")) or _text(data.get("name"))
    if not family:
        return AuthorName(literal=whole or _text(data.get("given")))
    return AuthorName(
        given=_text(data.get("given")),
        family=family,
        particle=" ".join(filter(None, particles)),
        suffix=_text(data.get("suffix")),
    )


def _text(value):
    return line(value) if isinstance(value, str) else "" if is_empty(value) else line(str(value))


def _written(name):
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    return {key: part for key, part in parts.items() if part}
