"""Large jobs and Python's search for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# So many new objects before it is searched, and so many searches of the young before the old.
RARELY = (100_000, 20, 20)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Search for garbage rarely while much is made of which nearly all is used.

    At Python's own pace a fifth of an import of ten thousand papers is a search in vain.
    """
    usual = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
