"""Every public page with the time of its last change."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from publications.models import Publication

from .freshness import last_change, site_changed
from .models import Section


class ListSitemap(Sitemap):
    """The home page and the list of publications: as new as the newest thing on them."""

    def items(self):
        lists = ["publications:list"] if Publication.objects.public().exists() else []
        return ["home", *lists]

    def location(self, name):
        return reverse(name)

    def lastmod(self, name):
        return site_changed() if name == "home" else last_change(Publication.objects.public())


class SectionSitemap(Sitemap):
    def items(self):
        return Section.objects.public().with_own_page()

    def lastmod(self, section):
        return section.modified


class PublicationSitemap(Sitemap):
    """Papers that were read with doubt wait for the owner's word."""

    def items(self):
        return Publication.objects.public().confirmed().newest_first()

    def lastmod(self, publication):
        return publication.modified


SITEMAPS = (ListSitemap, SectionSitemap, PublicationSitemap)
