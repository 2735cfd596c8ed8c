"""Log lines: one JSON object each for programs, a readable line on a terminal; never a secret."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime

HIDDEN = "***"
# What gives access: passwords in addresses, values named like secrets, cookies, one's own key.
SECRETS = (
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s/@]+(?=@)", re.I), rf"\1{HIDDEN}"),
    (
        re.compile(
            r"((?:passw(?:or)?d|secret(?:_?key)?|token|authorization|(?:__Host-)?sessionid|"
            r"(?:__Host-)?csrftoken|csrfmiddlewaretoken)[\"']?\s*[=:]\s*[\"']?)"
            r"(?:(?:basic|bearer)\s+)?[^\s\"'&;,}]+",
            re.I,
        ),
        rf"\1{HIDDEN}",
    ),
)


def without_secrets(text: str) -> str:
    for pattern, replacement in SECRETS:
        text = pattern.sub(replacement, text)
    return text


class JSONFormatter(logging.Formatter):
    """One object a line: time, level, logger, message; of a request its method, path, status."""

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": when.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        request = getattr(record, "request", None)
        # Without the query: searches are the visitors' own business.
        for name, value in (
            ("method", getattr(request, "method", None)),
            ("path", getattr(request, "path", None)),
            ("status", getattr(record, "status_code", None)),
        ):
            if value is not None:
                line[name] = value
        if record.exc_info:
            line["traceback"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


class LineFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


def formatter(**options: str) -> logging.Formatter:
    """Return the formatter for whoever reads standard error: a person or a program."""
    if sys.stderr.isatty():
        return LineFormatter("{asctime} {levelname} {name}: {message}", style="{")
    return JSONFormatter()
