from django.urls import path, register_converter

from . import views
from .formats import EXCHANGED, Format


class SuffixConverter:
    """The format that a file's name ends with."""

    regex = "|".join(EXCHANGED)

    def to_python(self, value: str) -> Format:
        return EXCHANGED[value]

    def to_url(self, value: Format) -> str:
        return value.suffix


register_converter(SuffixConverter, "suffix")

app_name = "publications"

urlpatterns = [
    path("publications/", views.PublicationListView.as_view(), name="list"),
    path("publications.<suffix:format>", views.ListExportView.as_view(), name="export"),
    path("publications/<slug:slug>/", views.PublicationView.as_view(), name="detail"),
    path(
        "publications/<slug:slug>.<suffix:format>",
        views.PublicationExportView.as_view(),
        name="export-one",
    ),
]
