"""Answers kept for a day, so that a long list which was interrupted goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

LONGEST = 24 * 3600  # seconds


class Kept:
    """Texts in a folder, each in a file of its own; whoever may read the folder may read them."""

    def __init__(self, folder: Path, longest: float = LONGEST):
        self.folder = folder
        self.longest = longest
        self.used: set[Path] = set()

    def text(self, key: str, fetch: Callable[[], str]) -> str:
        """Return the text kept under a key, else what `fetch` returns, which is then kept."""
        path = self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.json"
        self.used.add(path)
        text = self._read(path, key)
        if text is None:
            text = fetch()
            self._write(path, {"key": key, "text": text})
        return text

    def forget(self) -> None:
        """Remove what was used here and what has grown old: the work it was kept for is done."""
        old = [path for path in self.folder.glob("*") if not self._is_fresh(path)]
        for path in {*self.used, *old}:
            path.unlink(missing_ok=True)
        self.used = set()

    def _read(self, path, key):
        try:
            if not self._is_fresh(path):
                return None
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        if not isinstance(data, dict) or data.get("key") != key:
            return None
        return data["text"] if isinstance(data.get("text"), str) else None

    def _is_fresh(self, path):
        try:
            return 0 <= time.time() - path.stat().st_mtime < self.longest
        except FileNotFoundError:
            return False

    def _write(self, path, data):
        """Write a file whole or not at all."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(data, file)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
