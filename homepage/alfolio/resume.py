"""The data of a CV page (`_data/cv.yml`, `assets/json/resume.json`) as Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from homepage.academicpages.jekyll import Jekyll
from homepage.academicpages.yaml_data import BrokenYAML, load, load_any
from publications.records import Problem

YAML, JSON = "_data/cv.yml", "assets/json/resume.json"
# Keys whose values say what an entry is, in the order in which it is read.
HEADS = (
    "title", "position", "degree", "studyType", "name", "label", "institution", "organization",
    "company", "area", "awarder", "publisher", "issuer", "language",
)  # fmt: skip
# Keys that say how something looks, or address it.
SILENT = frozenset("type icon image img photo color key id url website links".split())
DEEPEST = 6
SUFFIXES = (".yml", ".yaml", ".json")


def read_resume(site: Jekyll) -> str:
    """Return what the CV says; "" if there is none, or only the template's."""
    data, path = _data(site)
    if "Albert Einstein" in str(data)[:20_000]:
        site.leave_out(path, "an example of the template, left out")
        return ""
    return "\n".join(_sections(data)).strip()


def _data(site) -> tuple[Any, str]:
    if site.folder.has(YAML):
        text = site.folder.text(YAML) or ""
        try:
            # A list at the top is what the template has; a mapping is what others have.
            return load(f"cv:\n{_indented(text)}").values.get("cv"), YAML
        except BrokenYAML as error:
            message = f"is not valid YAML ({error}); it was left out"
            site.problems.append(Problem(max(1, error.line - 1), message, path=YAML))
            return None, YAML
    if site.folder.has(JSON):
        try:
            return json.loads(site.folder.text(JSON) or "null"), JSON
        except (ValueError, RecursionError):
            site.problems.append(Problem(0, "is not valid JSON; it was left out", path=JSON))
    return None, JSON


def _indented(text):
    """Return the lines a level down; the mark of a document's beginning is none of them."""
    text = re.sub(r"\A(\s*(?:#[^\n]*\n)*)---[ \t]*\n", r"\1\n", text.removeprefix("\ufeff"))
    return "\n".join(f"  {line}" if line.strip() else line for line in text.split("\n"))


def read_data(site: Jekyll, name: str) -> str:
    """Return what a file of `_data` says, as a list under its headings."""
    path = next(
        (f"_data/{name}{end}" for end in SUFFIXES if site.folder.has(f"_data/{name}{end}")), ""
    )
    try:
        data = load_any(site.folder.text(path) or "") if path else None
    except BrokenYAML as error:
        site.note(path, f"is not valid YAML ({error}); it was left out", error.line)
        return ""
    if isinstance(data, Mapping) and not all(map(_is_single, data.values())):
        parts = ((str(key).replace("_", " ").capitalize(), value) for key, value in data.items())
        return "\n\n".join(f"**{key}**\n\n{listed(value)}" for key, value in parts)
    return listed(data)


def listed(values: Any) -> str:
    """Return data as a list in Markdown."""
    return "\n".join(_items(values, 0))


def _sections(data) -> Iterator[str]:
    if isinstance(data, Mapping):
        data = data.get("cv", data)
        data = data.get("sections", data) if isinstance(data, Mapping) else data
        data = [{"title": str(key).title(), "contents": value} for key, value in data.items()]
    for section in data if isinstance(data, list) else ():
        if isinstance(section, Mapping):
            yield f"## {section.get('title', '')}\n".replace("##  \n", "")
            yield from _items(section.get("contents"), 0)
            yield ""


def _items(value, depth) -> Iterator[str]:
    """Yield a value as an item of a list, or as several."""
    indent = "  " * depth
    if depth > DEEPEST or value is None or isinstance(value, bool):
        return
    if isinstance(value, list):
        for one in value:
            yield from _items(one, depth)
    elif isinstance(value, Mapping):
        yield from _entry(value, depth)
    elif text := " ".join(str(value).split()):
        yield f"{indent}- {text}"


def _entry(entry, depth):
    said = {key: " ".join(str(one).split()) for key, one in entry.items() if _is_single(one)}
    said = {key: text for key, text in said.items() if text and key not in SILENT}
    heads = [said.pop(key) for key in HEADS if key in said]
    dates = [
        said.pop(key) for key in ("start_date", "startDate", "end_date", "endDate") if key in said
    ]
    years = [said.pop(key) for key in ("year", "date") if key in said]
    line = ", ".join(heads[:1] and [f"**{heads[0]}**", *heads[1:]])
    if "value" in said and len(heads) == 1:
        line = f"{line}: {said.pop('value')}"
    when = ", ".join(filter(None, ["–".join(dates), *years]))
    line = ", ".join(filter(None, [line, *said.values()]))
    text = f"{line} ({when})" if line and when else line or when
    if text:
        yield f"{'  ' * depth}- {text}"
    for key, one in entry.items():
        if not _is_single(one) and key not in SILENT:
            yield from _items(one, depth + 1 if text else depth)


def _is_single(value):
    return isinstance(value, str | int | float) and not isinstance(value, bool)
