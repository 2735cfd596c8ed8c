from django.urls import path, register_converter

from . import views
from .facets import FACETS
from .formats import EXCHANGED, Format


class SuffixConverter:
    """The format that a file's name ends with."""

    regex = "|".join(EXCHANGED)

    def to_python(self, value: str) -> Format:
        return EXCHANGED[value]

    def to_url(self, value: Format | str) -> str:
        return value if isinstance(value, str) else value.suffix


class FacetConverter:
    """What the lists at paths of their own are narrowed by."""

    regex = "|".join(FACETS)

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(FacetConverter, "facet")
register_converter(SuffixConverter, "suffix")

app_name = "publications"

urlpatterns = [
    path("publications/", views.PublicationListView.as_view(), name="list"),
    path("publications/page/<int:page>/", views.PublicationListView.as_view(), name="page"),
    path("publications.<suffix:format>", views.ListFileView.as_view(), name="file"),
    path("publications.atom", views.ListFeedView.as_view(), name="feed"),
    path(
        "publications/<facet:facet>/<slug:value>/",
        views.PublicationListView.as_view(),
        name="facet",
    ),
    path(
        "publications/<facet:facet>/<slug:value>/page/<int:page>/",
        views.PublicationListView.as_view(),
        name="facet-page",
    ),
    path(
        "publications/<facet:facet>/<slug:value>.<suffix:format>",
        views.ListFileView.as_view(),
        name="facet-file",
    ),
    path(
        "publications/<facet:facet>/<slug:value>.atom",
        views.ListFeedView.as_view(),
        name="facet-feed",
    ),
    path("publications/<slug:slug>/", views.PublicationView.as_view(), name="detail"),
    path(
        "publications/<slug:slug>.<suffix:format>",
        views.PublicationFileView.as_view(),
        name="detail-file",
    ),
]
