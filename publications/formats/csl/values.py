"""The variables of one item: taken one by one, whatever type they have; the rest is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .document import RawItem

TYPES = {
    dict: "an object",
    list: "a list",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a text",
}


class Values:
    """What an item says; `problems` are sentences about what is of a wrong type."""

    def __init__(self, item: RawItem):
        self.data = {key: value for key, value in item.data.items() if not is_empty(value)}
        self.problems: list[str] = []
        for key, value in item.again:
            self.data[f"{key} (again)"] = value
            self.problems.append(f"“{key}” stands twice in this item; the first one counts")

    def text(self, *names: str) -> str:
        """Take the first of these variables that holds a text, a number, or a list of one."""
        for name in names:
            value = self.data.get(name)
            if isinstance(value, list) and len(value) == 1:
                value = value[0]
            if isinstance(value, (str, int, float)) and not isinstance(value, bool):
                del self.data[name]
                return str(value)
            if value is not None:
                self.refuse(name, "a text")
        return ""

    def texts(self, name: str) -> list[str]:
        """Take a variable that holds a text or a list of texts."""
        value = self.data.get(name, [])
        found = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str) for one in found):
            self.refuse(name, "a text")
            return []
        self.data.pop(name, None)
        return found

    def objects(self, name: str) -> Iterator[Mapping[str, Any]]:
        """Yield the objects of a list; other things in it are refused."""
        value = self.data.get(name, [])
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield one
            else:
                self.refuse(name, "a list of objects")

    def keep(self, name: str, value: Any) -> None:
        """Keep what has no column."""
        self.data[name] = value

    def refuse(self, name: str, wanted: str) -> None:
        """Say, once, that a variable is not of its type; it is kept."""
        found = TYPES.get(type(self.data.get(name)), "something else")
        say = f"“{name}” should be {wanted}, but it is {found}; it is only kept"
        if say not in self.problems:
            self.problems.append(say)


def is_empty(value: Any) -> bool:
    """Return whether a value says nothing."""
    return value is None or value == "" or value == [] or value == {}
