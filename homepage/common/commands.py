"""What the management commands share."""

import sys
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from tqdm import tqdm

from .faults import FULL, explain
from .progress import told_to

# Seconds that nobody minds waiting without a bar.
PATIENCE = 1


def require_database() -> None:
    """Raise CommandError with a sentence unless the database is there and up to date."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        why = "the disk is full" if explain(error) is FULL else error
        raise CommandError(
            f"The database cannot be opened ({why}): check DATA_DIR and DATABASE_URL."
        ) from error
    if pending:
        raise CommandError(
            "The database is not set up, or older than this version: run manage.py migrate first."
        )


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
    with tqdm(desc=name, total=steps, leave=False, delay=PATIENCE) as bar:
        yield bar.update
