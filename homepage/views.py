import sys
from itertools import groupby

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext
from django.views.generic import DetailView, TemplateView, View

from profiles.models import NewsItem, Profile

from .common.faults import explain
from .common.markdown import plain
from .common.pages import NAME as PAGES
from .common.site import absolute, origin
from .freshness import site_changed
from .models import Section
from .navigation import destinations, public_sections
from .parts import home_parts, page_part
from .public_addresses import public_addresses
from .sitemap import sitemap


class HomeView(TemplateView):
    template_name = "homepage/home.html"
    template_engine = PAGES

    def get_context_data(self, **kwargs):
        sections = public_sections()
        parts = home_parts(sections)
        return super().get_context_data(
            parts=parts,
            navigation=destinations(sections),
            changed=site_changed(),
            needs_script=_has_bibtex(parts),
            **kwargs,
        )


class SectionView(DetailView):
    template_name = "homepage/section.html"
    template_engine = PAGES

    def get_object(self, queryset=None):
        self.sections = public_sections()
        pages = (each for each in self.sections if each.place != Section.Place.HOME)
        found = next((each for each in pages if each.slug == self.kwargs["slug"]), None)
        if found is None:
            raise Http404("There is no such page.")
        return found

    def get_context_data(self, **kwargs):
        part = page_part(self.object, self.sections)
        return super().get_context_data(
            part=part,
            navigation=destinations(self.sections),
            needs_script=_has_bibtex([part]),
            **kwargs,
        )


class NewsView(TemplateView):
    """All news, by year; without any there is no such page."""

    template_name = "homepage/news.html"
    template_engine = PAGES

    def get_context_data(self, **kwargs):
        news = list(NewsItem.objects.public())
        if not news:
            raise Http404("There is no news.")
        section = Section.objects.public().filter(shows=Section.Shows.NEWS).first()
        heading = plain(section.title) if section else ""
        return super().get_context_data(
            news=news,
            heading=heading or gettext("News"),
            years=[(year, list(some)) for year, some in groupby(news, lambda item: item.date.year)],
            **kwargs,
        )


class FaviconView(TemplateView):
    template_name = "homepage/favicon.svg"
    template_engine = PAGES
    content_type = "image/svg+xml"

    def get_context_data(self, **kwargs):
        name = Profile.objects.values_list("name", flat=True).first() or ""
        return super().get_context_data(initials=initials(name), **kwargs)


class RobotsView(TemplateView):
    template_name = "robots.txt"
    template_engine = PAGES
    content_type = "text/plain; charset=utf-8"

    def get_context_data(self, **kwargs):
        address = absolute(reverse("sitemap"), self.request)
        return super().get_context_data(sitemap_url=address, **kwargs)


class SitemapView(View):
    """The pages that search engines are to know, each with its last change."""

    def get(self, request):
        pieces = sitemap(public_addresses(), origin(request))
        return HttpResponse("".join(pieces), content_type="application/xml")


def _has_bibtex(parts):
    return any(part.is_detailed and part.groups for part in parts)


def bad_request(request, exception):
    """Say what is wrong without touching the request's host, which may be what is wrong."""
    is_unknown_host = isinstance(exception, DisallowedHost)
    context = {
        "stylesheet": _stylesheet(),
        "is_unknown_host": is_unknown_host,
        "needs_site_url": is_unknown_host and not settings.SITE_URL,
    }
    return render(None, "400.html", context, status=400)


def server_error(request):
    """Answer without the database and without context processors: they may have failed."""
    context = {"stylesheet": _stylesheet()}
    fault = explain(sys.exception())
    if fault is None:
        return render(None, "500.html", context, status=500)
    context |= {"fault": fault, "nothing_saved": request.method not in ("GET", "HEAD")}
    response = render(None, "503.html", context, status=503)
    response.headers["Retry-After"] = str(fault.wait)
    return response


def initials(name):
    """Return the first letters of the first and the last word; of a CJK name its first sign."""
    words = name.split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()


def _stylesheet():
    try:
        return static("homepage/site.css")
    except ValueError:  # the static files were never collected: that may be the error itself
        return ""
