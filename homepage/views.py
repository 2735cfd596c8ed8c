from django.views.generic import DetailView, TemplateView

from .models import Section


class HomeView(TemplateView):
    template_name = "homepage/home.html"


class SectionView(DetailView):
    template_name = "homepage/section.html"

    def get_queryset(self):
        return Section.objects.public().with_own_page()
