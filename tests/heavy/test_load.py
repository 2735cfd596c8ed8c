"""Editors and readers at once, on SQLite through gunicorn."""

import http.client
import os
import re
import subprocess
import sys
import threading
import time
from urllib.parse import urlencode

import pytest

from tests.homepage.test_server import ROOT, environment, serving

pytestmark = pytest.mark.heavy
SECONDS = int(os.environ.get("LOAD_SECONDS", 60))
EDITORS = READERS = 8

PREPARE = f"""
import django; django.setup()
from django.conf import settings
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from homepage.models import Section
from tests.factories import make_news, make_profile, make_section
make_profile()
make_section("News", shows="news")
for number in range({EDITORS}):
    user = get_user_model().objects.create_superuser(f"editor{{number}}")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    print(make_news(f"editor {{number}} writes 0").pk, session.session_key)
"""


class Editor(threading.Thread):
    """Saves a numbered line of news again and again; each must be on the page right after."""

    def __init__(self, port, number, pk, session):
        super().__init__()
        self.port, self.number, self.pk, self.session = port, number, pk, session
        self.saved, self.failures = 0, []

    def run(self):
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            self.save(self.saved + 1)

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers
        finally:
            connection.close()

    def save(self, count):
        path = f"/admin/profiles/newsitem/{self.pk}/change/"
        cookie = f"sessionid={self.session}"
        status, form, headers = self.ask("GET", path, Cookie=cookie)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        if status != 200 or not token:
            self.failures.append(("form", status))
            return
        csrf = re.search(r"csrftoken=\w+", headers["Set-Cookie"])[0]
        hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', form)
        line = f"editor {self.number} writes {count}"
        data = {**dict(hidden), "date": "2024-09-25", "body": line, "visibility": "public"}
        data["csrfmiddlewaretoken"] = token[1]
        status, text, _ = self.ask(
            "POST", path, urlencode(data), Cookie=f"{cookie}; {csrf}",
            **{"Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        if status != 302:
            self.failures.append(("save", status, re.findall(r"errornote.*?</", text, re.S)))
            return
        self.saved = count
        status, page, _ = self.ask("GET", "/")
        if status != 200 or not re.search(rf"\b{line}\b", page):
            self.failures.append(("stale", status, count))


class Reader(Editor):
    """Reads the page; what an editor saved never goes back."""

    def run(self):
        deadline = time.monotonic() + SECONDS
        latest = [0] * EDITORS
        while time.monotonic() < deadline:
            status, page, _ = self.ask("GET", "/")
            found = dict(re.findall(r"editor (\d) writes (\d+)", page))
            now = [int(found.get(str(number), -1)) for number in range(EDITORS)]
            if status != 200 or any(b < a for a, b in zip(latest, now, strict=True)):
                self.failures.append(("read", status, latest, now))
            latest, self.saved = now, self.saved + 1


def test_editors_and_readers_at_once(tmp_path):
    def run(*command):
        return subprocess.run(
            [sys.executable, *command],
            cwd=ROOT, env=environment(tmp_path), check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip

    run("manage.py", "migrate", "-v0")
    accounts = [line.split() for line in run("-c", PREPARE).splitlines()]
    with serving(tmp_path) as (port, _):
        editors = [Editor(port, number, *account) for number, account in enumerate(accounts)]
        readers = [Reader(port, number, 0, "") for number in range(READERS)]
        for thread in (*editors, *readers):
            thread.start()
        for thread in (*editors, *readers):
            thread.join()
        _, page, _ = readers[0].ask("GET", "/")

    sys.stdout.write(
        f"{sum(one.saved for one in editors)} saves and {sum(one.saved for one in readers)} pages "
        f"read in {SECONDS} s\n"
    )
    assert [failure for one in (*editors, *readers) for failure in one.failures] == []
    for editor in editors:
        assert editor.saved
        assert re.search(rf"editor {editor.number} writes {editor.saved}\b", page)
