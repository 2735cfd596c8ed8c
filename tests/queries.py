"""What a database was asked."""

# PostgreSQL reads long lists through a cursor, which is declared first.
READS = ("SELECT", "DECLARE")


def changes(queries):
    """Return those among captured queries that do more than read."""
    return [query["sql"] for query in queries if not query["sql"].startswith(READS)]
