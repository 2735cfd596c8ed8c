"""What is done to many papers at once, in a constant number of statements for some hundred."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from homepage.common.history_bulk import keep_many

from . import redirects
from .models import Publication, Topic, Visibility
from .models.querysets import PublicationQuerySet
from .rows import batches
from .topics import key


def change(papers: PublicationQuerySet, user=None, **values) -> list[Publication]:
    """Give papers other values; return those that had others before, as they were."""
    with transaction.atomic():
        rows = [
            row for row in _plain(papers) if any(getattr(row, n) != v for n, v in values.items())
        ]
        _update(rows, **values)
        if values.get("visibility", Visibility.TRASH) != Visibility.TRASH:
            redirects.stand((row.get_absolute_url() for row in rows), user)
    return rows


def set_topics(
    papers: PublicationQuerySet, add: Iterable[str] = (), remove: Iterable[Topic] = (), user=None
) -> list[Publication]:
    """Add topics by their names, made where there are none, and take others off.

    Return the papers that it changed.
    """
    through = Publication.topics.through.objects
    with transaction.atomic():
        rows = _plain(papers)
        added = [topic_named(name, user) for name in add]
        removed = {topic.pk for topic in remove} - {topic.pk for topic in added}
        changed = set()
        for some in batches([row.pk for row in rows]):
            links = through.filter(publication_id__in=some)
            there = set(links.values_list("publication_id", "topic_id"))
            new = [(pk, topic.pk) for pk in some for topic in added if (pk, topic.pk) not in there]
            gone = {pk for pk, topic in there if topic in removed}
            through.bulk_create(
                Publication.topics.through(publication_id=pk, topic_id=topic) for pk, topic in new
            )
            links.filter(topic_id__in=removed).delete()
            changed |= gone | {pk for pk, _ in new}
        rows = [row for row in rows if row.pk in changed]
        _update(rows)
        Publication.objects.filter(pk__in=changed).refresh_search_text()
    return rows


def topic_named(name: str, user=None) -> Topic:
    """Return the topic of a name, however it is written; a new one if there is none."""
    wanted = key(name)
    known = (topic for topic in Topic.objects.all() if key(topic.name) == wanted)
    if (topic := next(known, None)) is None:
        topic = Topic.objects.create(name=name)
        keep_many(Topic, [topic.pk], "Made for papers of the list.", user, anew=True)
    return topic


def _differs(row, values):
    return any(getattr(row, name) != value for name, value in values.items())


def _plain(papers):
    """Return the papers without the parts that a list fetches with them."""
    keys = list(papers.order_by().values_list("pk", flat=True).distinct())
    return [row for some in batches(keys) for row in Publication.objects.filter(pk__in=some)]


def _update(rows, **values):
    for some in batches([row.pk for row in rows]):
        papers = Publication.objects.filter(pk__in=some)
        papers.update(version=F("version") + 1, modified=now(), **values)
