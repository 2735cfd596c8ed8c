"""Editors who save over HTTP, as a browser does; and how sites for them are made."""

import http.client
import re
import subprocess
import sys
from types import SimpleNamespace
from urllib.parse import urlencode

from tests.forms import form_values
from tests.homepage.test_server import ROOT, environment

# Makes accounts that are logged in: `sessions(2)` prints two keys, one a line.
ACCOUNTS = """
import django; django.setup()
from django.conf import settings
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from tests.factories import *

def sessions(number):
    for each in range(number):
        user = get_user_model().objects.create_superuser(f"editor{each}")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        print(session.session_key)
"""


def python(data_dir, *args, before=(), **values):
    """Run Python with the settings of the site in that folder; return what it prints."""
    done = subprocess.run(
        [*before, sys.executable, *map(str, args)],
        cwd=ROOT, env=environment(data_dir, **values), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


class Editor:
    """Somebody who is logged in, at a server that may go away at any moment."""

    def __init__(self, port, session=""):
        self.port, self.session = port, session

    def ask(self, method, path, body=None, **headers):
        """Return status, text and headers; raises OSError and HTTPException."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers
        finally:
            connection.close()

    def save(self, path, changes):
        """Send the form at a path with some values changed; return status and text."""
        cookie = f"sessionid={self.session}"
        status, form, headers = self.ask("GET", path, Cookie=cookie)
        if status != 200:
            return status, form
        csrf = re.search(r"csrftoken=\w+", headers["Set-Cookie"])[0]
        data = form_values(SimpleNamespace(content=form)) | changes
        status, text, _ = self.ask(
            "POST", path, urlencode(data, doseq=True), Cookie=f"{cookie}; {csrf}",
            **{"Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        return status, text
