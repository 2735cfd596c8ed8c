from django.db import models
from django.db.models import Case, F, Prefetch, Value, When

from .kinds import Visibility

BATCH = 200


class PublicationQuerySet(models.QuerySet):
    def public(self):
        """Return what a visitor may see. The one visibility rule: everything starts here."""
        return self.filter(visibility=Visibility.PUBLIC)

    def confirmed(self):
        """Return what exports, tags, feeds and counts may use: no entry read with doubt."""
        return self.filter(doubts="")

    def in_category_order(self):
        """Order by category, then as each category says: total and deterministic."""
        manual = Case(When(category__ordering="manual", then="position"), default=Value(0))
        return self.order_by(
            F("category__position").asc(nulls_last=True), "category_id", manual, *newest_first()
        )

    def newest_first(self):
        """Order by year, then by position on the source page, then by date."""
        return self.order_by(*newest_first())

    def for_page(self, *, with_files=False):
        """Fetch what an entry of a list shows, in a constant number of queries.

        `with_files` where it also shows itself as a file, with the fields kept for that format.
        """
        deferred = ["record"] if with_files else ["extra", "record"]
        return self._with_parts(self._sources().defer(*deferred))

    def for_import(self):
        """Fetch what an import compares records with, in a constant number of queries."""
        sources = self._sources().select_related("run")
        return self._with_parts(sources.defer("run__report", "run__changes"))

    def for_change(self):
        """Fetch what a person can edit of papers, in a constant number of queries."""
        return self.prefetch_related("authorships", "links", "topics")

    def records(self, format=""):
        """Return the rows as records: where every writer of a format starts from.

        `format` names the one whose fields without a column come along.
        """
        from ..outgoing import Records  # records are made of models

        return Records(self, format)

    def refresh_search_text(self):
        """Rebuild what searches read; whatever writes papers or what they are made of ends so."""
        keys = list(self.order_by().values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            papers = self.model.objects.filter(pk__in=keys[start : start + BATCH])
            changed = []
            for paper in papers.for_page():
                text = paper.made_search_text()
                if text != paper.search_text:
                    paper.search_text = text
                    changed.append(paper)
            self.model.objects.bulk_update(changed, ["search_text"])

    def _with_parts(self, sources):
        """Join authors, for a nested prefetch breaks on SQLite from 1,000 distinct authors."""
        authorships = self.model.authorships.rel.related_model.objects.select_related("author")
        return self.select_related("category", "venue").prefetch_related(
            Prefetch("authorships", authorships), "links", "topics", Prefetch("sources", sources)
        )

    def _sources(self):
        """Return sources, the latest first: it is shown for a paper read with doubt."""
        sources = self.model.sources.rel.related_model.objects
        return sources.order_by(*latest_first())


def latest_first():
    """Return the order of sources; what was pasted into the form came with no import."""
    return F("run_id").desc(nulls_last=True), "-id"


def newest_first():
    return (
        F("year").desc(nulls_last=True),
        "position",
        F("month").desc(nulls_last=True),
        F("day").desc(nulls_last=True),
        F("id").desc(),
    )
