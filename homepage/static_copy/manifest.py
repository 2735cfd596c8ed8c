"""What an export wrote: a file in the copy itself, so that both change as one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

MANIFEST = ".homepage-export"
VERSION = 1


@dataclass
class Manifest:
    """The sizes of a copy's files, by their paths, and what the copy as a whole is of."""

    files: dict[str, int] = field(default_factory=dict)
    base_url: str = ""
    revision: str = ""

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """Return what a file says; an empty manifest if there is none, or none of ours."""
        try:
            head, *lines = path.read_text(encoding="utf-8").splitlines()
            said = json.loads(head)
            files = {name: int(size) for name, size in (line.split("\t")[:2] for line in lines)}
            if said["version"] != VERSION:
                return cls(files)
            return cls(files, said["base_url"], said["revision"])
        except (OSError, ValueError, KeyError, TypeError):
            return cls()

    def to_bytes(self) -> bytes:
        said = {"version": VERSION, "base_url": self.base_url, "revision": self.revision}
        lines = [f"{name}\t{size}" for name, size in sorted(self.files.items())]
        return "\n".join([json.dumps(said), *lines, ""]).encode()
