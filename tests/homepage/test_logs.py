"""Log lines that programs can read, and that give nothing away."""

import json
import logging
import sys

import pytest

from homepage.logs import JSONFormatter, LineFormatter, without_secrets


def record(message, *args, **extra):
    return logging.makeLogRecord(
        {"name": "homepage", "levelname": "ERROR", "msg": message, "args": args, **extra}
    )


@pytest.mark.parametrize(
    "text",
    [
        "connecting to postgres://jane:hidden@db.example/home",
        "redis://:hidden@cache.example:6379/0 refused",
        'password authentication failed: password="hidden"',
        "SECRET_KEY='hidden'",
        "Cookie: sessionid=hidden; theme=dark",
        "__Host-csrftoken=hidden",
        "Authorization: Bearer hidden",
        "Authorization: Basic hidden",
        "{'password': 'hidden', 'username': 'jane'}",
        "POST body csrfmiddlewaretoken=hidden&next=/",
    ],
)
def test_secrets_are_blotted_out(text):
    assert "hidden" not in without_secrets(text)
    assert "hidden" not in JSONFormatter().format(record("%s", text))
    assert "hidden" not in LineFormatter("{message}", style="{").format(record(text))


@pytest.mark.parametrize(
    "text", ["Not Found: /publications/tokens/", "https://jane.example.org:8000/a", "user: jane"]
)
def test_everything_else_is_left(text):
    assert without_secrets(text) == text


def test_a_line_is_one_object(rf):
    request = rf.get("/publications/?q=my+disease")

    line = JSONFormatter().format(
        record("two\nlines by %s", "Jane", request=request, status_code=500)
    )

    assert "\n" not in line
    found = json.loads(line)
    assert found.pop("time").endswith("+00:00")
    assert found == {
        "level": "error",
        "logger": "homepage",
        "message": "two\nlines by Jane",
        "method": "GET",
        "path": "/publications/",
        "status": 500,
    }


def test_a_traceback_is_part_of_its_line():
    try:
        raise ValueError("password=hidden")
    except ValueError:
        line = JSONFormatter().format(record("failed", exc_info=sys.exc_info()))

    found = json.loads(line)
    assert found["traceback"].endswith("ValueError: password=***")
