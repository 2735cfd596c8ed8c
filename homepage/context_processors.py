from profiles.models import Profile

from .models import Section


def site(request):
    """Give every template the person and the sections that have a page of their own."""
    if request.path.startswith("/admin/"):
        return {}
    return {
        "profile": Profile.objects.prefetch_related("links").first(),
        "navigation": Section.objects.public().with_own_page(),
    }
