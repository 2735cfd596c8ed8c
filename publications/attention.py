from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from homepage.common.attention import Group, Line, counted, source

from .models import Author, Publication, Visibility
from .needs import NEEDS, counts


@source
def papers(request: HttpRequest) -> Iterator[Line]:
    """Yield what publications need."""
    if not request.user.has_perm("publications.view_publication"):
        return
    drafts = Publication.objects.filter(visibility=Visibility.DRAFT).count()
    if drafts:
        yield Line(
            counted(drafts, "draft of a paper", "drafts of papers"), _list(visibility="draft")
        )
    found = counts()
    for need in NEEDS.values():
        if found[need.name]:
            group = Group.LOOK if need.is_urgent else Group.COMPLETE
            text = f"{counted(found[need.name], 'paper')} {need.words}"
            yield Line(text, _list(needs=need.name), group, need.help)


@source
def owner(request: HttpRequest) -> Iterator[Line]:
    """Ask who of the authors is the owner: nobody's name is in bold otherwise."""
    if not request.user.has_perm("publications.change_author"):
        return
    if Publication.objects.exists() and not Author.objects.filter(is_owner=True).exists():
        yield Line(
            "No author is marked as you",
            reverse("admin:publications_author_changelist"),
            help="Open yourself among the authors and tick “This is me”: your name turns bold.",
        )


def _list(**query):
    return f"{reverse('admin:publications_publication_changelist')}?{urlencode(query)}"
