"""The site under gunicorn, as the README has it started."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.servers import closed_port

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "gunicorn", "--config", "python:homepage.server", "homepage.wsgi"]


def environment(data_dir, **values):
    """Return the environment of a site in that folder, with nothing of the developer's own."""
    names = ("SITE_URL", "DATABASE_URL", "DEBUG", "CACHE_URL", "UPLOAD_STORAGE", "UPLOAD_OPTIONS")
    kept = {key: value for key, value in os.environ.items() if key not in names}
    own = {"DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "tests.served_settings"}
    return {**kept, **own, "PYTHONWARNINGS": "", **values}


def get(port, path="/", headers=()):
    """Return the status and the headers of an answer on a connection of its own."""
    status, headers, _ = answer(port, path, headers)
    return status, headers


def answer(port, path="/", headers=()):
    """Return status, headers and body; `headers` are pairs, or names and values."""
    fields = [*getattr(headers, "items", lambda: headers)(), ("Connection", "close")]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.putrequest("GET", path, skip_host="Host" in dict(fields))
        for name, value in fields:
            connection.putheader(name, value)
        connection.endheaders()
        answered = connection.getresponse()
        return answered.status, answered.headers, answered.read()
    finally:
        connection.close()


@contextmanager
def serving(data_dir, *options, **values):
    """Start the site; give its port and the process, which may be ended meanwhile."""
    port = closed_port()
    command = [*COMMAND, "--bind", f"127.0.0.1:{port}", *options]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(data_dir, **values), stderr=subprocess.PIPE
    )
    try:
        wait_until(lambda: get(port, "/healthz"))
        yield port, process
    finally:
        process.terminate()
        process.wait(120)
        process.stderr.close()


def wait_until(is_so):
    deadline = time.monotonic() + 120
    while True:
        with suppress(OSError, http.client.HTTPException):
            if is_so():
                return
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def workers(process):
    return set(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(migrate, cwd=ROOT, env=environment(folder), check=True)
    return folder


@pytest.mark.slow
def test_a_reload_fails_no_request(data_dir):
    answers, done = [], threading.Event()

    def visit(port):
        while not done.is_set():
            try:
                answers.append(get(port)[0])
            except (OSError, http.client.HTTPException) as error:
                answers.append(repr(error))

    with serving(data_dir) as (port, process):
        before = workers(process)
        visitors = [threading.Thread(target=visit, args=[port]) for _ in range(3)]
        for visitor in visitors:
            visitor.start()
        wait_until(lambda: len(answers) > 10)
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: len(workers(process)) == 2 and not workers(process) & before)
        reloaded = len(answers)
        wait_until(lambda: len(answers) > reloaded + 10)
        done.set()
        for visitor in visitors:
            visitor.join()

    assert set(answers) == {200}


def test_36_odd_headers_change_nothing_and_large_ones_are_refused(data_dir):
    with serving(data_dir) as (port, _):
        own = ("Host", f"127.0.0.1:{port}")
        plain = answer(port, "/robots.txt")[2]
        for fields in (
            [("X-Forwarded-Proto", "https")],
            [("X-Forwarded-Host", "evil.example")],
            [("X-Forwarded-For", "1.2.3.4")] * 3,
            [("SCRIPT_NAME", "/evil")],
            [("X-Original-URL", "/admin/"), ("X-Rewrite-URL", "/admin/")],
            [("If-Modified-Since", "nonsense"), ("Range", "bytes=x")],
            [("Accept-Language", "en;q=" + "9" * 2000)],
        ):
            status, headers, body = answer(port, "/robots.txt", fields)
            assert (status, body) == (200, plain), fields
            assert "Strict-Transport-Security" not in headers, fields
        for fields in (
            [("Host", "evil.example")],
            [own, ("Host", "evil.example")],
            [("Host", "evil.example"), own],
            [("Cookie", "x" * 70_000)],
            [("Accept-Language", "en," * 33_000)],
        ):
            assert get(port, headers=fields)[0] in (400, 431), fields
