"""What the management commands share."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from .faults import FULL, explain
from .progress import told_to

# Seconds that nobody minds waiting without a bar.
PATIENCE = 1


def require_database() -> None:
    """Raise CommandError with a sentence unless the database is there and up to date."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        pending = not _has_every_file(connection) and _plan(connection)
    except OperationalError as error:
        why = "the disk is full" if explain(error) is FULL else error
        raise CommandError(
            f"The database cannot be opened ({why}): check DATA_DIR and DATABASE_URL."
        ) from error
    if pending:
        raise CommandError(
            "The database is not set up, or older than this version: run manage.py migrate first."
        )


def _has_every_file(connection) -> bool:
    """Return whether each file of a migration was applied, loading none: it takes a while."""
    applied = MigrationRecorder(connection).applied_migrations()
    return bool(applied) and all(
        (app.label, name) in applied for app in apps.get_app_configs() for name in _names(app)
    )


def _names(app) -> Iterator[str]:
    files = (Path(app.path) / "migrations").glob("*.py")
    return (file.stem for file in files if file.stem != "__init__")


def _plan(connection):
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


@contextmanager
def progress_shown(verbosity: int):
    """Show a bar on a terminal for every job that takes more than a second."""
    if not verbosity or not sys.stderr.isatty():
        yield
        return
    with told_to(_bar):
        yield


@contextmanager
def _bar(name, steps):
    from tqdm import tqdm

    with tqdm(desc=name, total=steps, leave=False, delay=PATIENCE) as bar:
        yield bar.update
