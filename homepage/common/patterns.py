"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re
from typing import Any

METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class Later:
    """A pattern for what few texts have: a millisecond or two to compile, and asked for seldom.

    Use it as `re.compile` returns it. Every command and every process of a server begins sooner.
    """

    def __init__(self, pattern: str, flags: int = 0):
        self.source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self.source)
        vars(self).update({method: getattr(compiled, method) for method in METHODS})
        return getattr(compiled, name)
