"""How far a long job is, for whoever waits for it; nobody need listen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar

# A job in hand: call it with the number of steps that are done since.
Advance = Callable[[int], object]
# Begins a job of so many steps under a name.
Listener = Callable[[str, int], AbstractContextManager[Advance]]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def job(name: str, steps: int) -> AbstractContextManager[Advance]:
    """Begin a job: `with job("Reading", 10) as advance: advance(1)`."""
    listener = _listener.get()
    return listener(name, steps) if listener else nullcontext(_nobody_listens)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Tell a listener of the jobs that are done meanwhile."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def _nobody_listens(steps: int) -> None:
    """Do nothing."""
