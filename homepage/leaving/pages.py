"""What people and Jekyll read: pages in Markdown, in the places where academicpages has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.conf import settings
from django.contrib.redirects.models import Redirect

from homepage.academicpages.data import OldAddress, Page, SectionData
from homepage.academicpages.people import KINDS
from homepage.academicpages.writing import write_page
from homepage.common.files import media_type
from homepage.common.markdown import plain
from homepage.models import Section
from homepage.parts import Part, all_parts, page_part
from profiles.models import NewsItem, Profile
from publications.display import source_text
from publications.exporting import with_whole_links
from publications.formats.plain import reference
from publications.models import Publication, Visibility
from publications.records import CategoryRecord, Link, PublicationRecord
from publications.rows import to_record

# The key of `_config.yml` for each kind of link, the first one that the template knows.
KEYS = {kind: key for key, kind in reversed(KINDS.items())}
NOWHERE = Link("")
COLLECTIONS = {
    "paper-conference": "conferences", "book": "books", "chapter": "books",
}  # fmt: skip
CONFIG = """# The site as it was when it left. With academicpages or another theme, put these lines
# into its own _config.yml. Home page: about.md; other pages: _pages; papers one by one:
# _publications, all of them: publications.bib; old addresses: _redirects (Netlify, Cloudflare).
"""


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each page."""
    profile = Profile.objects.first() or Profile()
    yield "_config.yml", CONFIG + _yaml(_config(profile))
    owner, parts = profile.name, all_parts()
    home = [part for part in parts if part.section.place == Section.Place.HOME]
    if not home:  # then the home page shows the papers
        section = Section(title="Publications", shows=Section.Shows.PUBLICATIONS)
        home = [page_part(section, [part.section for part in parts])]
    yield "about.md", write_page(_page(owner, home, _old_addresses()))
    for part in parts:
        section = part.section
        if section.place != Section.Place.HOME:
            page = replace(_page(owner, [part]), permalink=f"/{section.slug}/", title=section.title)
            yield f"_pages/{section.slug}.md", write_page(page)
    own = [part.section for part in parts if part.section.place == Section.Place.PAGE]
    if own:
        entries = [{"title": plain(one.title), "url": f"/{one.slug}/"} for one in own]
        yield "_data/navigation.yml", _yaml({"main": entries})
    for section in Section.objects.exclude(visibility=Section.Visibility.PUBLIC):
        header = {"title": section.title, "permalink": f"/{section.slug}/", "published": False}
        yield f"_pages/{section.slug}.md", with_header(header, section.body)
    yield from _news()
    yield from _papers()


def with_header(header: Mapping[str, Any], body: str) -> str:
    """Return a page with a front matter; Jekyll is told to leave alone what looks like Liquid."""
    if "{{" in body or "{%" in body:
        header = {**header, "render_with_liquid": False}
    return f"---\n{_yaml({k: v for k, v in header.items() if v not in ('', None)})}---\n{body}\n"


def _yaml(values) -> str:
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=1000)


def _config(profile) -> dict[str, Any]:
    author = {
        "name": profile.name,
        "avatar": profile.photo.url if profile.photo else "",
        "bio": profile.headline,
        "pronouns": profile.pronouns,
        "location": profile.location,
        "employer": profile.affiliation,
        "email": profile.email,
    }
    for link in profile.links.all() if profile.pk else ():
        author.setdefault(KEYS.get(link.kind, ""), link.url)
    author.pop("", None)
    collection = {"output": True, "permalink": "/:collection/:path/"}
    values = {
        "title": profile.name,
        "description": profile.summary,
        "url": settings.SITE_URL,
        "author": {key: value for key, value in author.items() if value},
        "include": ["_pages"],
        "collections": {"publications": collection, "news": {"output": False}},
    }
    return {key: value for key, value in values.items() if value}


def _page(owner: str, parts: list[Part], addresses=()) -> Page:
    """Return a page with all papers that its sections show."""
    keys = {key for part in parts for group in part.groups for key in group.keys}
    has_list = any(part.section.shows == Section.Shows.PUBLICATIONS for part in parts)
    shelf = _Shelf(Publication.objects.public().for_page().in_bulk(keys), has_list)
    sections = tuple(shelf.section(part) for part in parts)
    return Page(
        owner=owner,
        sections=tuple(section for section in sections if section.body or section.categories),
        categories=tuple(shelf.categories.values()),
        records=tuple(shelf.records),
        addresses=tuple(addresses),
    )


class _Shelf:
    """Headings met so far, and papers that were not met yet; each is written once.

    `has_list` says that the page has more than a selection of them.
    """

    def __init__(self, papers: dict[int, Publication], has_list: bool):
        self.papers = papers
        self.has_list = has_list
        self.categories: dict[str, CategoryRecord] = {}
        self.records: list[PublicationRecord] = []

    def section(self, part: Part) -> SectionData:
        section = part.section
        # Where there is a list, selected papers stand there as well.
        is_twice = section.shows == Section.Shows.SELECTED and self.has_list
        keys = [] if is_twice else [self._group(group) for group in part.groups]
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


def _old_addresses() -> Iterator[OldAddress]:
    for redirect in Redirect.objects.filter(site_id=settings.SITE_ID).order_by("old_path"):
        if redirect.new_path == "/":
            yield OldAddress(redirect.old_path, 0, "redirect_from")


def _news() -> Iterator[tuple[str, str]]:
    for number, item in enumerate(NewsItem.objects.order_by("date", "pk"), 1):
        is_public = item.visibility == NewsItem.Visibility.PUBLIC
        header = {"date": item.date, "inline": True, "published": None if is_public else False}
        yield f"_news/{item.date:%Y-%m-%d}-{number}.md", with_header(header, item.body)


def _is_page(link) -> bool:
    """Return whether a link may lead to the paper: it is no picture."""
    return not (media_type(urlsplit(link.url).path) or "").startswith("image/")


def _papers() -> Iterator[tuple[str, str]]:
    """Yield a page for each paper, as academicpages has them; those read with doubt too."""
    rows = Publication.objects.exclude(visibility=Visibility.TRASH).order_by("pk")
    for row in rows.for_page().iterator(chunk_size=500):
        record = with_whole_links(_record(row), "")
        month, day = row.month or 1, row.day or 1
        header = {
            "title": plain(row.title),
            "collection": "publications",
            "category": COLLECTIONS.get(row.kind, "manuscripts"),
            "permalink": row.get_absolute_url(),
            "date": f"{row.year:04d}-{month:02d}-{day:02d}" if row.year else None,
            "venue": "" if row.doubts else record.venue,
            "paperurl": row.pdf.url
            if row.pdf
            else next(filter(_is_page, record.links), NOWHERE).url,
            "citation": "" if row.doubts else reference(record),
            "published": None if row.is_public else False,
        }
        body = record.text if row.doubts else row.abstract
        yield f"_publications/{row.slug}.md", with_header(header, body)
