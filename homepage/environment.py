"""Variables of the environment as the settings read them; a wrong one is named in a sentence.

Settings are read at every start, of a worker or of a command that a timer runs each minute, so
nothing large is loaded for a dozen variables.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from dotenv import load_dotenv

TRUE = frozenset("1 on t true y yes".split())
FALSE = frozenset(["", *"0 off f false n no".split()])


def load(path: Path) -> None:
    """Take variables from a `.env` file, if it is there; those that are set already stay."""
    if path.is_file():
        load_dotenv(path)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def words(name: str) -> list[str]:
    """Return a list that is written with commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def flag(name: str) -> bool:
    """Return a yes or a no; not set means no. Raises ImproperlyConfigured."""
    value = text(name).strip().lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} is {text(name)!r}; it must be true or false.")
    return value in TRUE


def number(name: str) -> int:
    """Return a whole number from 0 up; not set means 0. Raises ImproperlyConfigured."""
    value = text(name).strip() or "0"
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(
            f"{name} is {text(name)!r}; it must be a whole number, as 0 or 1."
        )
    return int(value)


def database(name: str, default: str) -> dict[str, Any]:
    """Return a database by its address. Raises ImproperlyConfigured, which repeats no password."""
    try:
        return dict(dj_database_url.parse(text(name) or default))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} is not the address of a database, such as postgres://user:password@host/name"
        ) from error
