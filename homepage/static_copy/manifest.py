"""What an export wrote, and from what: a file in the copy itself, so that both change as one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

MANIFEST = ".homepage-export"
VERSION = 1


class Entry(NamedTuple):
    """One file: how many bytes, and a hash of all that its content is made from."""

    size: int
    inputs: str = ""


@dataclass
class Manifest:
    """The files of a copy, by their paths, and what the copy as a whole is of."""

    files: dict[str, Entry] = field(default_factory=dict)
    base_url: str = ""
    revision: str = ""

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """Return what a file says; an empty manifest if there is none, or none of ours."""
        try:
            head, *lines = path.read_text(encoding="utf-8").splitlines()
            said = json.loads(head)
            entries = (line.split("\t") for line in lines)
            files = {name: Entry(int(size), inputs) for name, size, inputs in entries}
            if said["version"] != VERSION:
                return cls({name: Entry(size) for name, (size, _) in files.items()})
            return cls(files, said["base_url"], said["revision"])
        except (OSError, ValueError, KeyError, TypeError):
            return cls()

    def to_bytes(self) -> bytes:
        said = {"version": VERSION, "base_url": self.base_url, "revision": self.revision}
        lines = [f"{name}\t{size}\t{inputs}" for name, (size, inputs) in sorted(self.files.items())]
        return "\n".join([json.dumps(said), *lines, ""]).encode()
