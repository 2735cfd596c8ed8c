"""What the management commands share."""

from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor


def require_database() -> None:
    """Raise CommandError with a sentence unless the database is there and up to date."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        raise CommandError(
            f"The database cannot be opened ({error}): check DATA_DIR and DATABASE_URL."
        ) from error
    if pending:
        raise CommandError(
            "The database is not set up, or older than this version: run manage.py migrate first."
        )
