"""The site's settings with a data folder of their own, and none of the developer's environment."""

import os
import tempfile
from pathlib import Path

for name in ("ALLOWED_HOSTS", "CACHE_URL", "DATABASE_URL", "DEBUG", "PROXY_COUNT", "SECRET_KEY"):
    os.environ.pop(name, None)
for name in ("SITE_LANGUAGE", "SITE_URL", "UPLOAD_OPTIONS", "UPLOAD_STORAGE"):
    os.environ.pop(name, None)
# Other servers are for the tests only when named for them. Each process has a database of its own
# on them, of PostgreSQL by its name, of Redis by its number.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
if url := os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = url
if url := os.environ.get("TEST_CACHE_URL"):
    os.environ["CACHE_URL"] = f"{url}?db={_worker}"

_data_dir = tempfile.TemporaryDirectory(prefix="homepage-tests-")  # removed when Python ends
os.environ["DATA_DIR"] = _data_dir.name

# A `.env` beside manage.py is the developer's, not the tests'.
from homepage import environment  # noqa: E402

environment.load = lambda path: None

from homepage.settings import *  # noqa: E402, F403
from homepage.settings import DATA_DIR, STORAGES  # noqa: E402

STATIC_ROOT = DATA_DIR / "static"
Path(STATIC_ROOT).mkdir(exist_ok=True)

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
