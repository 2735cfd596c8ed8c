"""What an import does to the rows, written down so that it can be undone.

`state` is what a person can edit of a row, as JSON; equal digests of it say that nobody has
edited the row in between.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from .models import Authorship, Category, Publication, Topic
from .records import PublicationRecord

# Fields of a publication that are edited; `version` and times change with every save.
FIELDS = (
    "title slug kind status authors_prefix and_others conjunction venue_prefix year month day "
    "volume number pages publisher abstract language award note doi arxiv_id isbn issn "
    "citation_key doubts selected position visibility category_id venue_id"
).split()
CATEGORY_FIELDS = ("title", "intro", "default_kind", "position", "ordering")
SOURCE_FIELDS = ("run_id", "text", "line", "extra", "record")
AUTHORSHIP_FIELDS = (
    "author_id", "printed_name", "marks", "equal_contribution", "corresponding"
)  # fmt: skip

State = Mapping[str, Any]


@dataclass
class Changes:
    """What applying one plan did.

    `made` maps the name of a model to the rows that were made and their digests. `publications`
    and `categories` map rows that were there before to the former values of what changed, and
    the digests before and after. `sources` maps publications to what `format` had said about
    them before, None for nothing: the columns of the source that changed, and of its `record`,
    as `said`, what differs in it. Keys are texts, as they are in JSON.
    """

    format: str
    made: dict[str, dict[str, str]] = field(default_factory=dict)
    publications: dict[str, dict[str, Any]] = field(default_factory=dict)
    categories: dict[str, dict[str, Any]] = field(default_factory=dict)
    sources: dict[str, dict[str, Any] | None] = field(default_factory=dict)

    def note_made(self, rows: Iterable[models.Model]) -> None:
        """Remember rows that were made, as they stand now."""
        for row in rows:
            self.note_digest(row, state(row))

    def note_digest(self, row: models.Model, now: State) -> None:
        """Remember a row that was made, in the state in which it is saved."""
        digests = self.made.setdefault(row._meta.model_name, {})
        digests[str(row.pk)] = digest(now)

    def note_change(self, row: models.Model, before: State, now: State | None = None) -> None:
        """Remember what a row was `before` it became what it is now."""
        now = state(row) if now is None else now
        names = {name for name in {*before, *now} if before.get(name) != now.get(name)}
        change = {
            "former": {name: before.get(name) for name in sorted(names)},
            "before": digest(before),
            "after": digest(now),
        }
        rows = self.categories if isinstance(row, Category) else self.publications
        rows[str(row.pk)] = change

    @property
    def is_empty(self) -> bool:
        return not (self.made or self.publications or self.categories)

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON-ready data; `asdict` would copy all former values, of many papers."""
        return dict(vars(self))


def state(row: models.Model) -> dict[str, Any]:
    """Return what a person can edit of a row, without what is empty."""
    if isinstance(row, Publication):
        return publication_state(row)
    names = CATEGORY_FIELDS if isinstance(row, Category) else _columns(row)
    values = {name: getattr(row, name) for name in names}
    if isinstance(row, Category):
        values["imported"] = row.imported
    return _without_empty(values)


def publication_state(row: Publication) -> dict[str, Any]:
    """Return the state of a publication; with its parts prefetched it takes no query."""
    links = [[link.label, link.url, link.file.name or ""] for link in row.links.all()]
    return _state_of(row, row.authorships.all(), links, row.topics.all())


def moved(former: State, row: Publication) -> dict[str, Any]:
    """Return the state of a publication of which nothing has changed but its place."""
    return _without_empty({**former, "position": row.position})


def new_publication_state(
    row: Publication,
    authorships: Iterable[Any],
    links: Iterable[Any],
    topics: Iterable[Topic],
) -> dict[str, Any]:
    """Return the state of a publication just saved with what `rows` has inserted with it."""
    return _state_of(
        row, authorships, [[link.label, link.url, link.file] for link in links], topics
    )


def _state_of(row, authorships, links, topics):
    values = {name: getattr(row, name) for name in FIELDS}
    values |= {"pdf": row.pdf.name, "image": row.image.name}
    values["authors"] = [
        [getattr(name, part) for part in AUTHORSHIP_FIELDS] for name in authorships
    ]
    values["links"] = links
    values["topics"] = sorted(topic.pk for topic in topics)
    return _without_empty(values)


def restore(row: models.Model, former: State) -> None:
    """Give a row its former values back; `former` names only what is to change."""
    for name, value in former.items():
        if name not in ("authors", "links", "topics"):
            setattr(row, name, _empty(row, name) if value is None else value)
    if "authors" in former:
        row.authorships.all().delete()
        Authorship.objects.bulk_create(
            Authorship(
                publication=row,
                position=position,
                **dict(zip(AUTHORSHIP_FIELDS, values, strict=True)),
            )
            for position, values in enumerate(former["authors"] or (), 1)
        )
    if "topics" in former:
        row.topics.set(Topic.objects.filter(pk__in=former["topics"] or ()))
    if "links" in former:
        # An import adds links behind those that were there, or gives one a newer file.
        links, before = list(row.links.all()), former["links"] or ()
        row.links.filter(pk__in=[link.pk for link in links[len(before) :]]).delete()
        for link, (label, url, file) in zip(links, before, strict=False):
            link.label, link.url, link.file = label, url, file
            link.save(update_fields=["label", "url", "file"])


def digest(values: State) -> str:
    """Return a short text that differs where the values do."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _columns(row):
    return [field.attname for field in row._meta.concrete_fields if not field.primary_key]


def _empty(row, name):
    field = row._meta.get_field(name)
    return field.get_default() if not field.null else None


def _without_empty(values):
    """Leave out what is empty, so that a column added later changes no digest."""
    return {name: value for name, value in values.items() if value not in (None, "", [], False)}


def source_values(record: PublicationRecord, run_id: int | None) -> dict[str, Any]:
    """Return the columns of a source that remember a record as the base of later merges."""
    return {
        "run_id": run_id,
        "text": record.text,
        "line": record.line,
        "extra": dict(record.extra),
        "record": record.as_json(),
    }


def former_source(source: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a source says that is about to say `values`, as far as that differs."""
    former = {name: getattr(source, name) for name in values}
    former = {name: value for name, value in former.items() if value != values[name]}
    if "record" in former:
        old, new = former.pop("record"), values["record"]
        names = sorted({*old, *new})
        former["said"] = {name: old.get(name) for name in names if old.get(name) != new.get(name)}
    return former


def restore_source(source: models.Model, former: Mapping[str, Any]) -> None:
    """Let a source say what `former_source` noted; imports of old noted whole records."""
    for name, value in former.items():
        if name == "said":
            said = {**source.record, **value}
            source.record = {key: one for key, one in said.items() if one is not None}
        else:
            setattr(source, name, value)


def as_stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return such columns as the database gives them back: with lists where there were tuples."""
    return json.loads(json.dumps(values))
