"""What all tests share: an owner, properties that come out alike on every run, no pages left over.

To look for new counterexamples: `pytest --hypothesis-profile=explore`.
"""

import os

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache, caches
from django.core.cache.backends.dummy import DummyCache
from hypothesis import settings

from homepage import page_store
from homepage.page_store import store
from tests.servers import serving

settings.register_profile(
    "repeatable", derandomize=True, database=None, deadline=None, max_examples=60
)
settings.register_profile("quick", settings.get_profile("repeatable"), max_examples=10)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("repeatable")


def pytest_collection_modifyitems(config, items):
    """On another database, run only what touches one."""
    if not os.environ.get("TEST_DATABASE_URL"):
        return
    chosen = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def _touches_database(item):
    fixtures = {"db", "transactional_db", "client", "admin_client"}
    return item.get_closest_marker("django_db") or fixtures & set(item.fixturenames)


@pytest.fixture(autouse=True)
def no_kept_pages():
    """Begin each test without the pages of the one before, and without pieces of them."""
    store.clear()
    cache.clear()
    caches["pieces"].clear()


@pytest.fixture
def owner(db):
    """Return the account of who may do everything."""
    return get_user_model().objects.create_superuser("owner")


@pytest.fixture
def editor(client, owner):
    """Return a client in which the owner is logged in."""
    client.force_login(owner)
    return client


@pytest.fixture
def server():
    """Return a server of this machine that answers as it is told to."""
    with serving() as server:
        yield server


@pytest.fixture
def forget_pages(monkeypatch):
    """Return what forgets the pages that are kept, but not the pieces that they are made of.

    On Redis both are in one database, which is emptied as a whole: pages are kept in memory only.
    """
    monkeypatch.setattr(page_store, "cache", DummyCache("", {}))
    return store.clear
