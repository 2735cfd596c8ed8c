"""Jobs tell whoever waits how far they are."""

import sys
from contextlib import contextmanager

import pytest

from homepage.common import commands
from homepage.common.commands import progress_shown
from homepage.common.progress import job, told_to


def test_a_listener_is_told_of_jobs_and_their_steps_and_only_meanwhile():
    heard = []

    @contextmanager
    def listener(name, steps):
        heard.append((name, steps))
        yield heard.append

    with told_to(listener), job("Reading", 3) as advance:
        advance(1)
        advance(2)
    with job("Saving", 5) as advance:
        advance(5)

    assert heard == [("Reading", 3), 1, 2]


@pytest.mark.parametrize(
    ("verbosity", "is_terminal", "shown"), [(1, True, True), (1, False, False), (0, True, False)]
)
def test_a_bar_is_shown_on_a_terminal(verbosity, is_terminal, shown, monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    monkeypatch.setattr(commands, "PATIENCE", 0)

    with progress_shown(verbosity), job("Reading", 4) as advance:
        for _ in range(4):
            advance(1)

    assert ("Reading" in capsys.readouterr().err) == shown
