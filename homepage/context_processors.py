from functools import cache
from typing import Any

from django.utils.functional import SimpleLazyObject

from profiles.models import Profile

from .common.site import absolute
from .freshness import site_changed
from .navigation import destinations


def site(request):
    """Give every public template the person and the pages; asked for only if it is shown."""
    if request.path_info.startswith("/admin/"):
        return {}
    return {
        # Who asks for many pages at once is told only once what is the same on all.
        **(getattr(request, "shared", None) or shared()),
        "canonical_url": SimpleLazyObject(lambda: absolute(request.path, request)),
    }


def shared() -> dict[str, Any]:
    """Return what is the same on every page, each looked up when first needed."""
    return {
        "profile": SimpleLazyObject(Profile.objects.prefetch_related("links").first),
        "navigation": SimpleLazyObject(destinations),
        "site_changed": cache(site_changed),
    }
