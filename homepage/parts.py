"""The parts that a page is made of: each public section with what it shows.

However many papers there are, a page costs the same number of queries: a light index of all
public papers is arranged first, then only the entries to be shown are looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F
from django.utils.translation import gettext

from profiles.models import NewsItem
from publications.entries import Entries, Look, Shown
from publications.models import Category, Kind, Publication

from .models import Section

MOST_PAPERS_ON_HOME_PAGE = 100
# A page of more papers leaves abstracts and BibTeX to the pages of the papers.
MOST_DETAILED = 50


@dataclass
class Group:
    """Papers under one heading; a heading of the section's own title is not shown twice.

    `highest` is the number of the first paper where the list counts down.
    """

    heading: str = ""
    category: Category | None = None
    keys: list[int] = field(default_factory=list)
    highest: int = 0


@dataclass
class Part:
    """One section with what it shows; `total` counts its papers, shown here or not.

    `is_detailed` where the whole page is short enough to unfold what is known of each paper.
    """

    section: Section
    groups: list[Group] = field(default_factory=list)
    news: list[NewsItem] = field(default_factory=list)
    total: int = 0
    is_detailed: bool = False
    entries: Entries | None = None

    @property
    def is_cut(self) -> bool:
        return self.total > sum(len(group.keys) for group in self.groups)

    def shown(self, look: Look, *, keep: bool) -> Shown:
        """Return the papers under their headings, as they look on the page."""
        return self.entries.shown(self.groups, look, keep=keep)


def home_parts(sections: list[Section]) -> list[Part]:
    """Return the parts of the home page, with as many papers as it holds.

    A site with papers but without sections shows the papers. `sections` are all that are public.
    """
    shown = [section for section in sections if section.place == Section.Place.HOME]
    if not shown and Publication.objects.public().exists():
        shown = [Section(title=gettext("Publications"), slug="publications", shows="publications")]
    return _parts(shown, sections, MOST_PAPERS_ON_HOME_PAGE)


def page_part(section: Section, sections: list[Section]) -> Part:
    """Return the part of a section with a page of its own: all its papers."""
    return _parts([section], sections, None)[0]


def all_parts() -> list[Part]:
    """Return the parts of all public sections, with all their papers."""
    sections = list(Section.objects.public())
    return _parts(sections, sections, None)


def _parts(shown, sections, most):
    parts = [Part(section) for section in shown]
    if any(_shows_papers(section) for section in shown):
        shelf = Shelf(sections)
        for part in parts:
            if _shows_papers(part.section):
                part.groups = shelf.groups(part.section)
        _cut(parts, most)
        # The parts share their entries, so that their papers are looked up together.
        entries = Entries(key for part in parts for group in part.groups for key in group.keys)
        for part in parts:
            part.is_detailed = len(entries.keys) <= MOST_DETAILED
            part.entries = entries
    if any(section.shows == Section.Shows.NEWS for section in shown):
        news = list(NewsItem.objects.public())
        for part in parts:
            part.news = news if part.section.shows == Section.Shows.NEWS else []
    return parts


def _shows_papers(section):
    return section.shows in {Section.Shows.PUBLICATIONS, Section.Shows.SELECTED}


class Shelf:
    """All public papers, each with as little as it takes to arrange them."""

    def __init__(self, sections: Iterable[Section]):
        papers = Publication.objects.public().newest_first()
        self.papers = list(
            papers.values_list(
                "pk", "category_id", "kind", "year", "position", "selected", named=True
            )
        )
        self.categories: dict[int, Category] = {}
        # By section: the categories that it shows.
        self.chosen: dict[int, set[int]] = {}
        for category in Category.objects.annotate(section=F("sections")):
            self.categories.setdefault(category.pk, category)
            self.chosen.setdefault(category.section, set()).add(category.pk)
        self.category_of_kind = {
            category.default_kind: category for category in reversed(self.categories.values())
        }
        lists = [section.pk for section in sections if section.shows == Section.Shows.PUBLICATIONS]
        self.taken = set().union(*(self.chosen.get(key, ()) for key in lists))

    def groups(self, section: Section) -> list[Group]:
        """Return the papers of `section` as it groups them."""
        papers = self._papers_of(section)
        if section.group_by == Section.GroupBy.YEAR:
            return _by_year(papers)
        if section.group_by == Section.GroupBy.NONE:
            return [Group(keys=[paper.pk for paper in papers])] if papers else []
        groups = self._by_category(papers)
        if len(groups) == 1 and groups[0].heading.casefold() == section.title.casefold():
            groups[0].heading = ""
        return groups

    def _papers_of(self, section):
        wanted = self.chosen.get(section.pk) if section.pk else None
        papers = self.papers
        if section.shows == Section.Shows.SELECTED:
            papers = [paper for paper in papers if paper.selected]
            return [p for p in papers if not wanted or self._filed_under(p) in wanted]
        if wanted:
            return [paper for paper in papers if self._filed_under(paper) in wanted]
        return [paper for paper in papers if self._filed_under(paper) not in self.taken]

    def _filed_under(self, paper):
        """Return the key of a paper's category: its own, else the first of its kind, else None."""
        if paper.category_id or paper.kind not in self.category_of_kind:
            return paper.category_id
        return self.category_of_kind[paper.kind].pk

    def _by_category(self, papers):
        filed = {}
        for paper in papers:
            filed.setdefault(self._filed_under(paper) or paper.kind, []).append(paper)
        groups = []
        for key, category in self.categories.items():
            found = filed.get(key, [])
            if category.ordering == Category.Ordering.MANUAL:
                found = sorted(found, key=lambda paper: paper.position)
            keys = [paper.pk for paper in found]
            groups.append(Group(category.title, category, keys))
        for kind in Kind:
            keys = [paper.pk for paper in filed.get(kind.value, [])]
            groups.append(Group(kind.label, keys=keys))
        return [group for group in groups if group.keys]


def _by_year(papers):
    groups = {}
    for place, paper in enumerate(papers):
        heading = str(paper.year or gettext("Undated"))
        # Years are one list: counted down, the numbers go on from one to the next.
        group = groups.setdefault(heading, Group(heading, highest=len(papers) - place))
        group.keys.append(paper.pk)
    return list(groups.values())


def _cut(parts, most):
    """Count the papers of each part, and keep the first `most` of them all (None: every one)."""
    left = most
    for part in parts:
        part.total = sum(len(group.keys) for group in part.groups)
        for group in part.groups:
            group.highest = group.highest or len(group.keys)
        if left is None:
            continue
        for group in part.groups:
            group.keys = group.keys[:left]
            left -= len(group.keys)
        part.groups = [group for group in part.groups if group.keys]
