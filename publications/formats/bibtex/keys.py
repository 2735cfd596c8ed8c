"""Citation keys that bibtex and biber take, and the owner's own where it is another."""

from __future__ import annotations

import re

from .entry import Entry
from .values import Values

# Our own field for a key that cannot stand before the fields.
CITATION_KEY = "citation_key"
READ = re.compile(r"[^\s{}(),\"#%=~\\]{1,200}")
# Of ASCII, what both programs take.
WRITTEN = re.compile(r"[A-Za-z0-9!$*+./:;<>?\[\]^_`|-]+")


def read_key(entry: Entry, values: Values) -> tuple[str, str]:
    """Return the citation key of an entry, and what stands there instead of one."""
    written = values.fields.get(CITATION_KEY, "")
    if READ.fullmatch(written):
        values.take(CITATION_KEY, column="citation_key")
        return written, ""
    key = entry.key if READ.fullmatch(entry.key) else ""
    return key, entry.written_key or (entry.key if entry.key != key else "")
