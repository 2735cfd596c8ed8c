"""One entry of a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """An entry as it is written: names of fields in lower case, values as they stand.

    `again` holds the fields that stand in it a second time, `written_key` a key that is none.
    """

    type: str
    key: str
    fields: dict[str, str]
    line: int
    text: str
    again: tuple[tuple[str, str], ...] = ()
    written_key: str = ""
