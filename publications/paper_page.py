"""What the page of a paper says of it, to people and to machines: kept like entries of lists."""

from __future__ import annotations

from functools import cache

from django.http import Http404, HttpRequest

from homepage.common.pages import render
from homepage.common.pieces import Pieces
from homepage.common.site import origin

from .describing import described, files_of
from .display import date_text, kind_text, links_of, source_text
from .entries import Entries
from .exporting import citation
from .models import Publication
from .once import related

PARTS = {"machines": "publications/_machines.html", "content": "publications/_paper.html"}


def kept_parts(paper: Publication, request: HttpRequest) -> dict[str, str]:
    """Return the parts of the page of a public paper. Raises Http404 if it is public no more."""
    key, entries = paper.pk, Entries([paper.pk])
    made = cache(lambda paper: rendered_parts(paper, request))

    def part(name):
        pieces = Pieces("paper", name, origin(request))
        return entries.pieces(
            [key], pieces, lambda paper: made(paper).get(name, ""), with_files=True
        )

    found = {name: part(name).get(key) for name in PARTS}
    if None in found.values():
        raise Http404("The paper is public no more.")
    return found


def rendered_parts(paper: Publication, request: HttpRequest) -> dict[str, str]:
    """Return the parts of the page of a paper that `for_page(with_files=True)` fetched.

    They depend on the paper, on the origin of the site and on nothing of the page. Of a paper
    read with doubt there is only the text of its source.
    """
    parts = {"content": PARTS["content"]} if paper.doubts else PARTS
    context = {
        "publication": paper,
        "source": source_text(paper),
        "links": links_of(paper),
        "kind": kind_text(paper),
        "date": date_text(paper),
        "topics": related(paper, "topics"),
        "citation": citation(paper, base=f"{origin(request)}/"),
        "files": files_of(paper),
        **described(paper, request),
    }
    return {name: render(template, context) for name, template in parts.items()}
