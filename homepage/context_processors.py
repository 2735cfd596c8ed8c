from typing import Any

from django.utils.functional import SimpleLazyObject

from profiles.models import Profile

from .common.site import absolute
from .navigation import destinations


def site(request):
    """Give every template the person and the pages; they are asked for only if they are shown.

    The admin shows them in its previews.
    """
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
    }
