from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator

from homepage.common.attention import Group, Line, counted, source

from .admin.merging import merge_url
from .models import Author, Publication, Visibility
from .needs import NEEDS, TWINS, counts
from .twins import suspects

MOST_PAIRS = 3


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
    found = counts(name for name in NEEDS if name != TWINS)
    for need in (NEEDS[name] for name in found):
        if found[need.name]:
            group = Group.LOOK if need.is_urgent else Group.COMPLETE
            text = f"{counted(found[need.name], 'paper')} {need.words}"
            yield Line(text, _list(needs=need.name), group, need.help)


@source
def twins(request: HttpRequest) -> Iterator[Line]:
    """Yield pairs of papers that may be one, each with the page that merges them."""
    user = request.user
    if not user.has_perms(["publications.change_publication", "publications.delete_publication"]):
        return
    pairs = suspects()
    titles = Publication.objects.in_bulk([second for _, second in pairs[:MOST_PAIRS]])
    for first, second in pairs[:MOST_PAIRS]:
        text = f"Perhaps here twice: “{Truncator(titles[second]).chars(70)}”"
        yield Line(text, merge_url(first, second), help="Look at both, and say whether it is one.")
    if len(pairs) > MOST_PAIRS:
        more = counted(len(pairs) - MOST_PAIRS, "more pair")
        yield Line(f"{more} of papers like that", _list(needs=TWINS))


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
