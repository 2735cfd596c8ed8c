"""A real browser on a real server. Without Chromium these tests are skipped, but not in CI.

`BROWSER_SLOWNESS=5 pytest -m browser` looks for tests that do not wait: pages that compute five
times slower, and answers that come up to half a second late.
"""

import os
import random
import shutil
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import Client

from tests.browser.steps import PASSWORD

SLOWNESS = int(os.environ.get("BROWSER_SLOWNESS", "1"))
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_finish(session):
    """Keep the database in a file: in memory a server lost half its parallel requests."""
    if any(item.get_closest_marker("browser") for item in session.items):
        name = str(settings.DATA_DIR / "browser-tests.sqlite3")
        connections["default"].settings_dict["TEST"]["NAME"] = name


def missing(what):
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser():
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        missing("playwright is missing: pip install -e '.[browser]'")

    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, where Django then refuses queries.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        try:
            chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        except Error as error:
            missing(f"Chromium is missing: playwright install chromium ({error})")
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", autouse=SLOWNESS > 1)
def late_answers():
    answer = WSGIHandler.__call__

    def answer_late(*args):
        time.sleep(random.uniform(0, SLOWNESS / 10))
        return answer(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIHandler, "__call__", answer_late)
        yield


@pytest.fixture
def visit(browser, live_server):
    """Return a function that opens an address of the site in a window of its own.

    At the end no page may have reported an error or asked another host for anything.
    """
    contexts, problems = [], []

    def open_page(path="/", *, width=1280, cookies=(), **options):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 800}, **options
        )
        contexts.append(context)
        context.add_cookies(cookies)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWNESS})
        page.on("console", lambda m: m.type == "error" and problems.append(m.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: note_foreign(request.url))
        page.goto(path)
        return page

    def note_foreign(url):
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.netloc != urlsplit(live_server.url).netloc:
            problems.append(f"another host: {url}")

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def violations():
    """Return a function that lists what axe finds wrong with a page, or by some rules only."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        missing("axe is missing: pip install -e '.[browser]'")
    axe = Axe()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def find(page, *rules):
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": tags}
        found = axe.run(page, options={"runOnly": only}).response
        return [
            (violation["id"], [node["html"][:200] for node in violation["nodes"]])
            for violation in found["violations"]
        ]

    return find


@pytest.fixture
def log_in(visit, live_server):
    """Return a function that opens a page of the admin as the owner."""
    owner = get_user_model().objects.create_superuser("owner", password=PASSWORD)

    def open_page(path="/admin/", **options):
        client = Client()
        client.force_login(owner)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        kept = {"name": cookie.key, "value": cookie.value, "url": live_server.url}
        return visit(path, cookies=[kept], **options)

    return open_page
