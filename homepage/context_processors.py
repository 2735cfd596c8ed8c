from django.utils.functional import SimpleLazyObject

from profiles.models import Profile
from publications.models import Publication

from .common.site import absolute
from .models import Section


def site(request):
    """Give every public template the person and the pages; asked for only if it is shown."""
    if request.path_info.startswith("/admin/"):
        return {}
    return {
        "profile": SimpleLazyObject(Profile.objects.prefetch_related("links").first),
        "navigation": Section.objects.public().with_own_page(),
        "has_publications": SimpleLazyObject(Publication.objects.public().exists),
        "canonical_url": SimpleLazyObject(lambda: absolute(request.path, request)),
    }
