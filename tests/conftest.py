import pytest
from django.core.cache import cache

from homepage.page_store import store


@pytest.fixture(autouse=True)
def no_kept_pages():
    """Begin each test without the pages of the one before."""
    store.clear()
    cache.clear()
