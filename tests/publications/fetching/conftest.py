from pathlib import Path

import pytest

from homepage.common.http import Client

DATA = Path(__file__).parents[2] / "data" / "fetching"


@pytest.fixture
def data():
    """Return the recorded answer of that name."""
    return lambda name: (DATA / name).read_text(encoding="utf-8")


@pytest.fixture
def client(server):
    return Client(
        schemes=("http",),
        allowed=[server.address],
        pause=0,
        time_limit=5,
        sleep=lambda seconds: None,
    )
