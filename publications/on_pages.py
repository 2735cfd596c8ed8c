"""What templates of public pages ask of a paper and of lists of papers."""

from __future__ import annotations

from jinja2 import pass_context

from homepage.common import identifiers
from homepage.common.pages import render
from homepage.common.site import origin

from . import bylines, display
from .entries import Look, Shown
from .models import Publication
from .once import once

# A list of more names than this is folded in lists of papers, after its first FIRST names.
MANY, FIRST = 15, 10


@pass_context
def entries(context, shown, *, level: int, detailed: bool, within: str = "") -> Shown:
    """Return the groups of a list or of a part of a page, with their entries and the legend."""
    request = context["request"]
    look = Look(
        level=level,
        detailed=bool(detailed),
        within=within,
        shows_images=getattr(context["profile"], "shows_images", False),
        origin=origin(request),
    )
    return shown.shown(look, keep=not getattr(request, "is_preview", False))


def authors(publication: Publication, *, folded: bool = False, explained: bool = False) -> str:
    """Show the author list.

    `folded` hides most of a very long one until it is opened; `explained` says that the
    legend of its marks stands elsewhere on the page.
    """
    names = display.signatures(publication)
    is_long = folded and len(names) > MANY
    fold_at = FIRST if is_long else None
    hidden = names[FIRST:] if is_long else []
    legend = [] if explained else display.legend(names)

    def rendered():
        context = {
            "names": names,
            "runs": bylines.runs(names, publication.conjunction, fold_at),
            "hidden": len(hidden),
            "hidden_owner": next((name for name in hidden if name.is_owner), None),
            "and_others": publication.and_others,
            "prefix": publication.authors_prefix if names else "",
            "legend": legend,
        }
        return render("publications/_authors.html", context)

    return once(publication, ("authors", is_long, bool(legend)), rendered)


def venue(publication: Publication) -> str:
    """Show where and when it appeared, its award and its note."""

    def rendered():
        context = {
            "publication": publication,
            "lead": display.lead_in(publication),
            "place": display.appeared_in(publication),
            "locator": display.locator(publication),
        }
        return render("publications/_venue.html", context)

    return once(publication, "venue", rendered)


FUNCTIONS = {"authors": authors, "entries": entries, "venue": venue}
FILTERS = {
    "appeared_in": display.appeared_in,
    "arxiv_url": identifiers.arxiv_url,
    "doi_url": identifiers.doi_url,
}
