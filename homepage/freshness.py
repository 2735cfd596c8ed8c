"""When the site last changed, for the foot of the home page and for the sitemap."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, QuerySet, Value

from profiles.models import NewsItem, Profile
from publications.models import Publication

from .models import Section


def site_changed() -> datetime | None:
    """Return when anything that visitors see last changed."""
    return last_change(
        Profile.objects.all(),
        Section.objects.public(),
        NewsItem.objects.public(),
        Publication.objects.public(),
    )


def last_change(*shown: QuerySet) -> datetime | None:
    """Return the latest `modified` of all rows, in one query; None if there are no rows."""
    first, *others = map(_latest, shown)
    return max(filter(None, first.union(*others)), default=None)


def _latest(rows):
    whole = rows.order_by().annotate(whole=Value(1)).values("whole")
    return whole.annotate(latest=Max("modified")).values_list("latest", flat=True)
