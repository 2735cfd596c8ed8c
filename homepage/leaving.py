"""Everything public in a folder to leave with: a page in Markdown, BibTeX, uploads, redirects.

`import_site` reads the page again, and makes the same of it.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.core.files.storage import default_storage
from django.http import Http404

from homepage import media
from profiles.models import Profile
from publications.display import source_text
from publications.exporting import export_public
from publications.files import is_hidden_file
from publications.formats import FORMATS
from publications.models import Publication
from publications.records import CategoryRecord, Link, PublicationRecord
from publications.rows import to_record

from .academicpages.data import OldAddress, Page, SectionData
from .academicpages.writing import write_page
from .models import Section
from .parts import Part, all_parts

# An upload as a text or a link names it.
UPLOAD = re.compile(r"/media/([A-Za-z0-9_./-]+)")


def write_folder(folder: Path) -> tuple[int, int]:
    """Write everything public into a new or an empty folder; return how many files and papers.

    It is written beside its place first, so that there it is whole or not at all. Raises OSError.
    """
    folder = folder.resolve()
    draft = folder.with_name(f".{folder.name}.leaving")
    shutil.rmtree(draft, ignore_errors=True)  # of a run that was killed
    draft.mkdir(parents=True)
    try:
        counts = _write(draft)
        draft.rename(folder)  # over an empty folder, too
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return counts


def _write(folder):
    publications = Publication.objects.public().confirmed().newest_first()
    profile = Profile.objects.first()
    page = write_page(home_page())
    texts = {"about.md": page}
    pieces = export_public(publications, FORMATS["bibtex"], base=settings.SITE_URL)
    texts["publications.bib"] = "".join(pieces)
    others = Redirect.objects.filter(site_id=settings.SITE_ID).exclude(new_path="/")
    lines = [f"{row.old_path} {row.new_path} 301\n" for row in others if row.new_path]
    if lines:
        texts["_redirects"] = "".join(lines)
    uploads = set(UPLOAD.findall(page))
    if profile:
        uploads |= {file.name for file in (profile.photo, profile.cv) if file}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    copied = sum(_copied(name, folder / "media" / name) for name in sorted(uploads))
    return len(texts) + copied, publications.count()


def _copied(name, target) -> bool:
    """Copy an upload that visitors may have; return whether there was one."""
    try:
        media.find(name)
    except Http404:
        return False
    if is_hidden_file(name):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    with default_storage.open(name) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    return True


def home_page() -> Page:
    """Return the home page with all public papers that its sections show."""
    profile = Profile.objects.first()
    parts = all_parts()
    keys = {key for part in parts for group in part.groups for key in group.keys}
    shelf = _Shelf(Publication.objects.public().for_page().in_bulk(keys))
    sections = tuple(map(shelf.section, parts))
    sections = tuple(section for section in sections if section.body or section.categories)
    return Page(
        owner=profile.name if profile else "",
        sections=sections,
        categories=tuple(shelf.categories.values()),
        records=tuple(shelf.records),
        addresses=tuple(_old_addresses()),
    )


class _Shelf:
    """Headings met so far, and papers that were not met yet; each is written once."""

    def __init__(self, papers: dict[int, Publication]):
        self.papers = papers
        self.categories: dict[str, CategoryRecord] = {}
        self.records: list[PublicationRecord] = []

    def section(self, part: Part) -> SectionData:
        section = part.section
        # Selected papers stand on the list of all as well, and each is written once.
        is_selection = section.shows == Section.Shows.SELECTED
        keys = [] if is_selection else [self._group(group) for group in part.groups]
        news = "\n".join(f"- {item.date:%Y-%m-%d}: {item.body}" for item in part.news)
        return SectionData(
            key="",
            title=section.title,
            body="\n\n".join(filter(None, [section.body, news])),
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
        for paper in filter(None, (self.papers.pop(key, None) for key in group.keys)):
            self.records.append(replace(_record(paper), category=key))
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
