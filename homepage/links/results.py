"""Keeps what a link check found, for the admin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from homepage.models import LinkCheck

from .findings import Finding
from .outgoing import Place


def keep(links: Mapping[str, Sequence[Place]], findings: Iterable[Finding]) -> None:
    """Replace what is known of the links by new findings, in one transaction.

    What was not asked this time keeps its last finding; addresses that the site no longer has
    are forgotten.
    """
    new = {finding.url: finding for finding in findings}
    now = timezone.now()
    with transaction.atomic():
        earlier = {check.url: check for check in LinkCheck.objects.all()}
        rows = []
        for url, places in links.items():
            known = new.get(url) or earlier.get(url)
            if known is not None:
                rows.append(
                    LinkCheck(
                        url=url,
                        state=known.state,
                        problem=known.problem,
                        places=[[place.model, place.pk, place.label] for place in places],
                        checked=now if url in new else known.checked,
                    )
                )
        LinkCheck.objects.all().delete()
        LinkCheck.objects.bulk_create(rows, batch_size=500)
