"""The way around the admin: what one comes for, and where things are."""

from django.urls import reverse

from .models import Section

# What stands in the head of every page; all else is behind “More”.
AT_HAND = ["Publication", "Author", "NewsItem", "Profile", "Section"]
SHORT_NAMES = {"NewsItem": "News"}


def places(request, apps):
    """Return the lists that stand in the head of every page, and all others."""
    models = [
        {
            "name": SHORT_NAMES.get(model["object_name"], model["name"]),
            "key": model["object_name"],
            "url": model["admin_url"],
            "is_current": request.path.startswith(model["admin_url"]),
        }
        for app in apps
        for model in app["models"]
        if model["admin_url"]
    ]
    at_hand = [model for model in models if model["key"] in AT_HAND]
    at_hand.sort(key=lambda model: AT_HAND.index(model["key"]))
    return at_hand, [model for model in models if model not in at_hand]


def usual_actions(request):
    """Yield (words, address) of what an owner comes for, as far as this person may do it."""
    user = request.user
    if user.has_perm("publications.add_publication"):
        form = reverse("admin:publications_publication_add")
        yield "Paste BibTeX", f"{form}#paste-text"
        yield "Add a paper", form
    if user.has_perm("profiles.add_newsitem"):
        yield "Write news", reverse("admin:profiles_newsitem_add")
    if user.has_perm("homepage.change_section"):
        yield "Edit the about text", about_url()
    yield "See the site", reverse("home")


def about_url():
    """Return where the first text of the home page is edited, or a new one is written."""
    about = Section.objects.on_home_page().filter(shows=Section.Shows.TEXT).first()
    if about is None:
        return reverse("admin:homepage_section_add")
    return reverse("admin:homepage_section_change", args=[about.pk])
