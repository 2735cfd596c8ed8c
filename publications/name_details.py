"""What a line of authors cannot say about its names: which person, and in which role.

The form keeps it beside the line, as JSON made by a script in the browser. It is used for a name
only where its text is the one in the line: the line is the truth.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from homepage.common.text import fold

from .formats.fitting import LONGEST_NAME
from .records import AuthorName

NEW = "new"


@dataclass(frozen=True)
class NameDetails:
    """`person` is the key of an author; `parts` say how a name nobody has yet is to be parted."""

    text: str
    person: int | None = None
    is_new: bool = False
    equal: bool = False
    corresponding: bool = False
    parts: AuthorName | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "person": NEW if self.is_new else self.person,
            "equal": self.equal,
            "corresponding": self.corresponding,
            **({"parts": parts_as_json(self.parts)} if self.parts else {}),
        }

    def parts_of(self, text: str) -> AuthorName | None:
        """Return the name in its parts, if they still make up `text`."""
        if self.parts is None or fold(str(self.parts)) != fold(text):
            return None
        return self.parts


def parts_as_json(name: AuthorName) -> dict[str, str]:
    values = asdict(name)
    return {part: values[part] for part in LONGEST_NAME if values[part]}


def from_json(data: Any) -> list[NameDetails]:
    """Return what can be understood of the data: nothing in it is trusted."""
    items = data if isinstance(data, list) else []
    return [
        NameDetails(
            text=item["text"],
            person=item["person"] if type(item.get("person")) is int else None,
            is_new=item.get("person") == NEW,
            equal=item.get("equal") is True,
            corresponding=item.get("corresponding") is True,
            parts=_parts(item.get("parts")),
        )
        for item in items
        if isinstance(item, Mapping) and isinstance(item.get("text"), str)
    ]


def _parts(data):
    if not isinstance(data, Mapping):
        return None
    values = {part: data.get(part, "") for part in LONGEST_NAME}
    fit = all(
        isinstance(value, str) and len(value) <= LONGEST_NAME[part]
        for part, value in values.items()
    )
    name = AuthorName(**values) if fit else None
    return name if name and (name.family or name.literal) else None


def aligned(details: Sequence[NameDetails], texts: Sequence[str]) -> list[NameDetails | None]:
    """Return the details of each name, None where there are none; each is used once."""
    waiting: dict[str, deque[NameDetails]] = defaultdict(deque)
    for one in details:
        waiting[one.text].append(one)
    return [waiting[text].popleft() if waiting[text] else None for text in texts]
