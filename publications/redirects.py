"""Addresses at which something stood lead on to where it stands now."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.redirects.models import Redirect

from .rows import batches


def lead(old: str, new: str) -> None:
    """Lead from one address to another, and with it all that led to the old one."""
    Redirect.objects.filter(new_path=old).update(new_path=new)
    Redirect.objects.filter(old_path=new).delete()
    Redirect.objects.update_or_create(
        site_id=settings.SITE_ID, old_path=old, defaults={"new_path": new}
    )


def stand(addresses: Iterable[str]) -> None:
    """Drop what led away from addresses at which something stands again."""
    for some in batches(addresses):
        Redirect.objects.filter(old_path__in=some).delete()
