import tempfile
from collections.abc import Iterable

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.generic import DetailView, TemplateView, View

from homepage.common.atom import Feed
from homepage.common.pages import NAME as PAGES
from homepage.common.site import absolute, origin

from .describing import link_back
from .display import source_text
from .exporting import export_public
from .facets import GROUPS, ListState
from .feeds import entries
from .formats import EXCHANGED, Format
from .listing import Listing
from .models import Publication
from .models.querysets import PublicationQuerySet
from .narrowing import narrow
from .paper_page import kept_parts, rendered_parts

# More than a list of some thousand publications takes.
MOST_IN_MEMORY = 4 * 1024 * 1024


class PublicationListView(TemplateView):
    """One page of a list; see publications/facets.py for how addresses are answered."""

    template_name = "publications/publication_list.html"
    template_engine = PAGES

    def get(self, request, facet="", value="", page=None):
        if page == 0:
            raise no_list()
        listing = asked_list(request, facet, value, **({"page": page} if page else {}))
        if page and not listing.has_page:
            raise no_list()
        if page == 1:
            return redirect(listing.state.url(), permanent=True)
        return self.render_to_response(self.get_context_data(listing=listing))

    def get_context_data(self, listing, **kwargs):
        state = listing.state
        formats = EXCHANGED.values() if listing.total else ()
        return super().get_context_data(
            listing=listing,
            files=[(format, state.file_url(format.suffix)) for format in formats],
            canonical_url=absolute(listing.canonical_url, self.request),
            **kwargs,
        )


def no_list() -> Http404:
    return Http404("There is no such list of publications.")


def asked_list(request, facet, value, **fixed) -> Listing:
    """Return the list that an address names; what its path names must be there."""
    path = {facet: value} if facet else {}
    listing = Listing(ListState.read(request.GET, **path, **fixed))
    if facet and (not ListState(**path).has_path or listing.names[facet] is None):
        raise no_list()
    return listing


def named_list(request, facet, value) -> Listing:
    """Return a whole list, for a file or a feed; all that narrows it must name something."""
    listing = asked_list(request, facet, value, page=1, group=GROUPS[0])
    if not listing.is_found:
        raise no_list()
    return listing


class PublicationView(DetailView):
    template_name = "publications/publication_detail.html"
    template_engine = PAGES
    context_object_name = "publication"
    # Whether the paper comes with all that belongs to it, for who shows many.
    is_whole = False

    def get_queryset(self):
        return Publication.objects.public().select_related("category", "venue")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.shown(), **kwargs)

    def shown(self) -> dict[str, str]:
        """Return what stands on the page; nothing is kept of a preview and of what is in doubt."""
        paper = self.object
        if not (self.is_whole or paper.doubts or getattr(self.request, "is_preview", False)):
            return kept_parts(paper, self.request)
        if not self.is_whole:
            papers = Publication.objects.public().for_page(with_files=True)
            paper = get_object_or_404(papers, pk=paper.pk)
        return {**rendered_parts(paper, self.request), "source": source_text(paper)}


class ListFileView(View):
    """A list as a file, whole: what was read with doubt is in none."""

    def get(self, request: HttpRequest, format: Format, facet: str = "", value: str = ""):
        listing = named_list(request, facet, value)
        publications = narrow(listing.asked).confirmed().newest_first()
        return _file(request, publications, format, value or "publications")


class ListFeedView(View):
    """A list to be followed: what was added to it last."""

    def get(self, request: HttpRequest, facet: str = "", value: str = ""):
        listing = named_list(request, facet, value)
        state = listing.asked
        addresses = (absolute(path, request) for path in (state.feed_url(), state.url()))
        found = entries(narrow(state), request)
        return Feed(*addresses, listing.page_title, found).response(request)


class PublicationFileView(View):
    """One public paper as a file."""

    def get(self, request: HttpRequest, slug: str, format: Format):
        publications = Publication.objects.public().confirmed().filter(slug=slug)
        paper = get_object_or_404(publications)
        response = _file(request, publications, format, paper.slug)
        response.headers["Link"] = link_back(paper, request, "describes")
        return response


def _file(
    request: HttpRequest, publications: PublicationQuerySet, format: Format, name: str
) -> HttpResponseBase:
    pieces = export_public(publications, format, base=f"{origin(request)}/")
    response = spooled(pieces, format.content_type)
    # A browser shows what it can, and saves the rest under this name.
    response.headers["Content-Disposition"] = content_disposition_header(
        False, f"{name}.{format.suffix}"
    )
    return response


def spooled(pieces: Iterable[str], content_type: str) -> HttpResponseBase:
    """Answer with a text; a very long one waits on the disk while it is sent.

    It is written whole first: a slow visitor must not keep the database waiting.
    """
    file = tempfile.SpooledTemporaryFile(MOST_IN_MEMORY)  # noqa: SIM115 the response closes it
    for piece in pieces:
        file.write(piece.encode())
    size = file.tell()
    file.seek(0)
    if size > MOST_IN_MEMORY:
        headers = {"Content-Length": str(size)}
        return FileResponse(file, content_type=content_type, headers=headers)
    with file:
        return HttpResponse(file.read(), content_type=content_type)
