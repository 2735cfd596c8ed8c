from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.generic import DetailView, ListView, View

from .display import source_text
from .exporting import export_public
from .formats import EXCHANGED, Format
from .models import Publication
from .models.querysets import PublicationQuerySet


class PublicationListView(ListView):
    template_name = "publications/publication_list.html"
    context_object_name = "publications"

    def get_queryset(self):
        return Publication.objects.public().newest_first().for_page()

    def get_context_data(self, **kwargs):
        return super().get_context_data(formats=EXCHANGED.values(), **kwargs)


class PublicationView(DetailView):
    template_name = "publications/publication_detail.html"
    context_object_name = "publication"

    def get_queryset(self):
        return Publication.objects.public().for_page()

    def get_context_data(self, **kwargs):
        source = source_text(self.object)
        return super().get_context_data(source=source, formats=EXCHANGED.values(), **kwargs)


class ListExportView(View):
    """The whole public list as a file."""

    def get(self, request: HttpRequest, format: Format):
        publications = Publication.objects.public().confirmed().newest_first()
        return _file(request, publications, format, "publications")


class PublicationExportView(View):
    """One public paper as a file."""

    def get(self, request: HttpRequest, slug: str, format: Format):
        publications = Publication.objects.public().confirmed().filter(slug=slug)
        paper = get_object_or_404(publications)
        return _file(request, publications, format, paper.slug)


def _file(
    request: HttpRequest, publications: PublicationQuerySet, format: Format, name: str
) -> HttpResponse:
    base = settings.SITE_URL or request.build_absolute_uri("/")
    text = export_public(publications, format, base=f"{base.rstrip('/')}/")
    response = HttpResponse(text, content_type=format.content_type)
    # A browser shows what it can, and saves the rest under this name.
    response.headers["Content-Disposition"] = content_disposition_header(
        False, f"{name}.{format.suffix}"
    )
    return response
