"""The content revision: a random token that is another one after every change of content.

Cached pages, validators and exports carry the token they were made under, so that they can never
pass for newer than they are. It is replaced by the transaction that writes the change, hence
seen together with it or, after a crash or a rollback, not at all.

The connection itself watches for statements that write. Signals of models would miss `update()`
and the bulk methods, and `save()` outside of a transaction would send them after its commit.
"""

from __future__ import annotations

import functools
import re
import secrets
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

CONTENT_APPS = ("homepage", "profiles", "publications", "redirects")
TABLE = "homepage_contentrevision"
READ = f"SELECT token FROM {TABLE} WHERE id = 1"  # noqa: S608 the name is ours
REPLACE = (
    f"INSERT INTO {TABLE} (id, token) VALUES (1, %s) "  # noqa: S608 the name is ours
    "ON CONFLICT (id) DO UPDATE SET token = excluded.token"
)
LAST = "revision"
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|MERGE|WITH)\b", re.I)


def current_revision(using: str = DEFAULT_DB_ALIAS) -> str:
    """Return the token of what is in the database now; "" if there is none yet.

    Read it before the content that is to be labelled with it: content that changes in between
    is then newer than its label, which does no harm.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(READ)
        row = cursor.fetchone()
    if connection.in_atomic_block and (replaced := _replaced(connection)):
        replaced.is_read = True
    return row[0] if row else ""


def replace_revision(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Make the token another one: what is shown has changed.

    Within a transaction one replacement is enough until somebody reads the token.
    """
    connection = connections[using]
    if not _is_set_up(connection):
        return
    if not connection.in_atomic_block:
        remember(_write(connection))
    elif (replaced := _replaced(connection)) is None or replaced.is_read:
        transaction.on_commit(Replaced(_write(connection)), using)


def remember(token: str) -> None:
    """Note the token where it is found when the database cannot be read."""
    cache.set(LAST, token, timeout=None)


def last_known_revision() -> str:
    """Return the token that was the last one before the database failed; "" if none is known."""
    return cache.get(LAST, "")


def watch(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Watch the statements of a connection (a handler of `connection_created`)."""
    if replace_with_changes not in connection.execute_wrappers:
        connection.execute_wrappers.append(replace_with_changes)


def replace_with_changes(execute, sql, params, many, context):
    """Run a statement; if it changes content, replace the token in the same transaction."""
    connection = context["connection"]
    if not changes_content(sql):
        return execute(sql, params, many, context)
    if connection.in_atomic_block:
        # First the token: transactions wait for each other here, where none holds a row yet that
        # the other may want.
        replace_revision(connection.alias)
        return execute(sql, params, many, context)
    if connection.vendor == "sqlite" and "RETURNING" in sql:
        # Until its rows are fetched the statement is running, and so is its own transaction: what
        # is written now is part of it. One around both could not be committed yet.
        result = execute(sql, params, many, context)
        replace_revision(connection.alias)
        return result
    with transaction.atomic(connection.alias):
        replace_revision(connection.alias)
        return execute(sql, params, many, context)


def changes_content(sql: Any) -> bool:
    """Return whether a statement writes to a table whose rows visitors may see."""
    text = sql if isinstance(sql, str) else str(sql)
    return bool(WRITES.match(text) and content_tables().search(text))


@functools.cache
def content_tables() -> re.Pattern[str]:
    """Return a pattern that finds the tables of all models but those that say they do not count.

    A model that no page shows says so with `affects_pages = False`.
    """
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if is_content(model)
    ]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, tables))})\b")


def is_content(model: type[models.Model]) -> bool:
    return model._meta.app_label in CONTENT_APPS and getattr(model, "affects_pages", True)


class Replaced:
    """Waits among what a transaction does on its commit: rolled back, it is forgotten."""

    def __init__(self, token: str):
        self.token = token
        self.is_read = False

    def __call__(self) -> None:
        remember(self.token)


def _replaced(connection):
    """Return the note that this transaction has replaced the token, the last if several."""
    waiting = (entry[1] for entry in reversed(connection.run_on_commit))
    return next((callback for callback in waiting if isinstance(callback, Replaced)), None)


def _write(connection):
    token = secrets.token_hex(16)
    with connection.cursor() as cursor:
        cursor.execute(REPLACE, [token])
    return token


_set_up: set[str] = set()


def _is_set_up(connection):
    """Return whether the token has its table: the first migrations write rows without it."""
    if connection.alias not in _set_up and TABLE in connection.introspection.table_names():
        _set_up.add(connection.alias)
    return connection.alias in _set_up
