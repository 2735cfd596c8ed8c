"""What the site shows of a paper, as one short digest of all that it is made of.

A paper reads the same on every page, in every feed and file as long as its digest is the same. So
what was rendered of it may be shown again under that digest: nobody has to be told of a change,
and none can be missed, by whatever way the rows were written.

The rows are read as the database has them, without models: the same few queries for one paper or
for ten thousand.
"""

from __future__ import annotations

import functools
import hashlib
import marshal
import secrets
from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from django.db import connection, models
from django.db.models.functions import Cast

from .models import Author, Authorship, Category, Publication, PublicationLink, Source, Topic, Venue

OnTopic = Publication.topics.through

# Columns that nothing is made of which is shown of a paper, and why.
LEFT_OUT: dict[type[models.Model], dict[str, str]] = {
    Publication: {
        "search_text": "Only searches read it.",
        "version": "Only the form that edits the paper does.",
    },
    Author: {"aliases": "Only imports and the form read other ways to write a name."},
    Category: {
        "intro": "It stands above the papers, not among them.",
        "default_kind": "It says where papers stand.",
        "position": "It says where papers stand.",
        "ordering": "It says where papers stand.",
        "imported": "Only imports read it.",
    },
    Source: {"line": "Only reports name it.", "record": "Only imports read it."},
}
# Relations likewise.
NOT_FOLLOWED = {
    Publication: {"different_from": "Only the search for papers that are there twice reads it."},
    Source: {"run": "Its key alone says which source is the latest."},
}

# Where more rows are wanted than this, all are read: naming them takes longer.
MOST_NAMED = 500
DIGEST_SIZE = 16


class Fingerprint(NamedTuple):
    """Of one paper; `has_marks` where a name has a mark or a role, which a legend may explain."""

    digest: str
    has_marks: bool


def columns(model: type[models.Model], path: str = "") -> tuple[str, ...]:
    """Return the columns of a model that count, as a query names them that follows `path`."""
    left_out = LEFT_OUT.get(model, {})
    fields = (field for field in model._meta.concrete_fields if field.name not in left_out)
    return tuple(f"{path}{field.attname}" for field in fields)


# What is read, by the column that it is looked up by.
READ = {
    Publication: (
        "id",
        (*columns(Publication), *columns(Venue, "venue__"), *columns(Category, "category__")),
    ),
    Authorship: ("publication_id", columns(Authorship)),
    PublicationLink: ("publication_id", columns(PublicationLink)),
    Source: ("publication_id", columns(Source)),
    OnTopic: ("publication_id", (*columns(OnTopic), *columns(Topic, "topic__"))),
    Author: ("id", columns(Author)),
}
PARTS = (PublicationLink, Source, OnTopic)


def _places(model, *names):
    return [READ[model][1].index(name) for name in names]


KEYS = {model: _places(model, key)[0] for model, (key, _) in READ.items()}
IMAGE, WIDTH, HEIGHT = _places(Publication, "image", "image_width", "image_height")
AUTHOR, MARKS, EQUAL, CORRESPONDING = _places(
    Authorship, "author_id", "marks", "equal_contribution", "corresponding"
)


def fingerprints(keys: Collection[int]) -> dict[int, Fingerprint]:
    """Return the fingerprints of those papers with these keys that are there, public or not."""
    wanted = set(keys)
    papers = {row[KEYS[Publication]]: row for row in _rows(Publication, wanted)}
    names = _rows(Authorship, wanted)
    people = {row[KEYS[Author]]: row for row in _rows(Author, {row[AUTHOR] for row in names})}
    signed = _by_paper(Authorship, names)
    parts = [_by_paper(model, _rows(model, wanted)) for model in PARTS]
    found = {}
    for key in wanted & papers.keys():
        paper, rows = papers[key], signed.get(key, ())
        authors = [people.get(row[AUTHOR]) for row in rows]
        digest = _digest(paper, [paper, rows, authors, *(part.get(key) for part in parts)])
        marked = [row for row in rows if row[MARKS] or row[EQUAL] or row[CORRESPONDING]]
        found[key] = Fingerprint(digest, bool(marked))
    return found


def _by_paper(model, rows) -> dict[int, list[tuple]]:
    found, place = defaultdict(list), KEYS[model]
    for row in rows:
        found[row[place]].append(row)
    return found


def _digest(paper, seen):
    if paper[IMAGE] and not (paper[WIDTH] and paper[HEIGHT]):
        # Whether it is shown, and how large, is read from the file: it may be another any time.
        return secrets.token_hex(DIGEST_SIZE)
    # The second version of the format: later ones write what is equal in more than one way.
    return hashlib.blake2b(marshal.dumps(seen, 2), digest_size=DIGEST_SIZE).hexdigest()


def _rows(model, wanted) -> list[tuple]:
    """Return the rows that are looked up by one of the keys wanted, in a fixed order.

    Of many keys these are all rows there are.
    """
    if not wanted:
        return []
    sql, named, order = _query(model)
    values = list(wanted) if len(wanted) <= MOST_NAMED else []
    if values:
        sql += named.format(", ".join(["%s"] * len(values)))
    with connection.cursor() as cursor:
        cursor.execute(sql + order, values)
        return cursor.fetchall()


@functools.cache
def _query(model) -> tuple[str, str, str]:
    """Return a query in parts: what is read, a choice by key, the order.

    Writing it takes longer than asking, so it is kept.
    """
    key, names = READ[model]
    rows = model._base_manager.order_by().values_list(*(_plain(model, name) for name in names))
    quote = connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(model._meta.get_field(key).column)
    sql, _ = rows.query.sql_with_params()
    order = f" ORDER BY {table}.{quote(model._meta.pk.column)}"
    return sql, f" WHERE {table}.{column} IN ({{}})", order


def _plain(model, name) -> str | Cast:
    """Return how to ask for a column so that it comes as text or number, without a conversion."""
    *path, last = name.split("__")
    for step in path:
        model = model._meta.get_field(step).related_model
    field = model._meta.get_field(last)
    if isinstance(field, models.BooleanField):
        return Cast(name, models.IntegerField())
    converted = isinstance(field, (models.DateTimeField, models.JSONField, models.UUIDField))
    return Cast(name, models.TextField()) if converted else name
