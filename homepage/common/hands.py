"""Who does what no user of the site does."""

from __future__ import annotations

import getpass


def with_a_command(user: object = None) -> str:
    """Return the end of “Made by the import of refs.bib”; nothing if a `user` did it."""
    if user is not None:
        return ""
    try:
        return f", with a command by {getpass.getuser()}"
    except (OSError, KeyError, ImportError):  # an account without a name
        return ", with a command"
