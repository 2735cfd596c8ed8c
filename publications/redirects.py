"""Addresses at which something stood lead on to where it stands now."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db.models import Q

from homepage.common.history_bulk import keep_many, keeping

from .rows import batches


def lead(old: str, new: str, user=None) -> None:
    """Lead from one address to another, and with it all that led to the old one."""
    changed = Redirect.objects.filter(Q(new_path=old) | Q(old_path__in=[old, new]))
    keys = list(changed.values_list("pk", flat=True))
    done = f"{old} leads to {new} now."
    with keeping({Redirect: keys}, done, user):
        Redirect.objects.filter(new_path=old).update(new_path=new)
        Redirect.objects.filter(old_path=new).delete()
        row, is_new = Redirect.objects.update_or_create(
            site_id=settings.SITE_ID, old_path=old, defaults={"new_path": new}
        )
        if is_new:
            keep_many(Redirect, [row.pk], done, user, anew=True)


def stand(addresses: Iterable[str], user=None) -> None:
    """Drop what led away from addresses at which something stands again."""
    for some in batches(addresses):
        gone = Redirect.objects.filter(old_path__in=some)
        keys = list(gone.values_list("pk", flat=True))
        with keeping({Redirect: keys}, "Something stands at the old address again.", user):
            gone.delete()
