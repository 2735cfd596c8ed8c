"""What all tests share: properties that come out alike on every run, and no pages kept between.

To look for new counterexamples: `pytest --hypothesis-profile=explore`.
"""

import pytest
from django.core.cache import cache
from hypothesis import settings

from homepage.page_store import store

settings.register_profile(
    "repeatable", derandomize=True, database=None, deadline=None, max_examples=60
)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def no_kept_pages():
    """Begin each test without the pages of the one before."""
    store.clear()
    cache.clear()
