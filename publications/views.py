from django.views.generic import DetailView, ListView

from .display import source_text
from .models import Publication


class PublicationListView(ListView):
    template_name = "publications/publication_list.html"
    context_object_name = "publications"

    def get_queryset(self):
        return Publication.objects.public().newest_first().for_page()


class PublicationView(DetailView):
    template_name = "publications/publication_detail.html"
    context_object_name = "publication"

    def get_queryset(self):
        return Publication.objects.public().for_page()

    def get_context_data(self, **kwargs):
        return super().get_context_data(source=source_text(self.object), **kwargs)
