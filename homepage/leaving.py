"""Everything public, as data to leave with: the page that `academicpages.writing` writes."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.contrib.redirects.models import Redirect

from profiles.models import Profile
from publications.display import source_text
from publications.models import Publication
from publications.records import CategoryRecord, Link, PublicationRecord
from publications.rows import to_record

from .academicpages.data import OldAddress, Page, SectionData
from .parts import Part, all_parts


def home_page() -> Page:
    """Return the home page with all public papers that its sections show."""
    profile = Profile.objects.first()
    shelf = _Shelf()
    sections = tuple(shelf.section(part) for part in all_parts())
    return Page(
        owner=profile.name if profile else "",
        sections=sections,
        categories=tuple(shelf.categories.values()),
        records=tuple(shelf.records),
        addresses=tuple(_old_addresses()),
    )


class _Shelf:
    """Papers and headings met so far; each is written once."""

    def __init__(self):
        self.categories: dict[str, CategoryRecord] = {}
        self.records: list[PublicationRecord] = []
        self.seen: set[int] = set()

    def section(self, part: Part) -> SectionData:
        section = part.section
        keys = [self._group(group) for group in part.groups]
        return SectionData(
            key="",
            title=section.title,
            body=section.body,
            shows=section.shows,
            group_by=section.group_by,
            categories=tuple(dict.fromkeys(keys)),
        )

    def _group(self, group) -> str:
        category = group.category
        key = category.slug if category else group.heading
        if key not in self.categories:
            self.categories[key] = CategoryRecord(
                key=key,
                title=category.title if category else group.heading,
                intro=category.intro if category else "",
                default_kind=category.default_kind if category else "",
                position=len(self.categories) + 1,
                ordering=category.ordering if category else "newest",
            )
        for publication in group.publications:
            if publication.pk not in self.seen:
                self.seen.add(publication.pk)
                self.records.append(replace(_record(publication), category=key))
        return key


def _record(publication: Publication) -> PublicationRecord:
    links = tuple(Link(link.label, link.target) for link in publication.links.all())
    if publication.pdf:
        links = (Link("PDF", publication.pdf.url), *links)
    return replace(to_record(publication), links=links, text=source_text(publication))


def _old_addresses():
    for redirect in Redirect.objects.filter(site_id=settings.SITE_ID).order_by("old_path"):
        if redirect.new_path == "/":
            yield OldAddress(redirect.old_path, 0, "redirect_from")
