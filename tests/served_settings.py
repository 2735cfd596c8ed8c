"""The site's settings for a process that a test starts: no `.env`, no static files collected."""

from homepage import environment

environment.load = lambda path: None

from homepage.settings import *  # noqa: E402, F403
from homepage.settings import DATA_DIR, STORAGES  # noqa: E402

STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
