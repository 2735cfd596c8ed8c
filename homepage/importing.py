"""Writes an old site: profile, sections, news, publications, files, redirects, one report.

Everything is read and planned first; what is written is written in one transaction, and files
once it stands. What the owner edited here since the last import stays as it is, and is named in
the report. The history keeps what is made, and the states before and after of what is changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.contrib.redirects.models import Redirect
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model

from homepage.common.history_bulk import keep_many, keeping
from homepage.common.merge import Merged, merge
from profiles.models import NewsItem, Profile
from publications import reconcile
from publications.filing import filed
from publications.models import Author, ImportRun
from publications.names import same_person
from publications.records import Problem
from publications.topics import Topics

from .academicpages.data import NewsData, Site
from .academicpages.files import FileChanged, SiteFile
from .importing_profile import ProfilePlan, plan_profile, write_profile
from .importing_sections import SectionItem, plan_sections, write_section
from .leaving.restoring import FORMAT, is_empty_site, restore
from .models import Section
from .old_addresses import RedirectItem, moved_redirects, plan_redirects, write_redirects

HANDWRITTEN = "markdown"


@dataclass(frozen=True)
class NewsItemPlan:
    """What an import does with one line of news."""

    action: str
    data: NewsData
    news_id: int | None = None
    merged: Merged = field(default_factory=Merged)


@dataclass(frozen=True)
class SitePlan:
    """What an import of a site would do; `files` are those that are not stored yet."""

    source: str
    site: Site
    profile: ProfilePlan
    sections: tuple[SectionItem, ...]
    news: tuple[NewsItemPlan, ...]
    publications: tuple[reconcile.Plan, ...]
    redirects: tuple[RedirectItem, ...]
    files: tuple[SiteFile, ...]
    # Whether the rows of a site that left are made again as they were: there are no others yet.
    restores: bool = False

    @property
    def owner(self) -> str:
        return self.site.owner

    @property
    def changes_anything(self) -> bool:
        items = (*self.sections, *self.news)
        return (
            self.restores
            or any(plan.changes_anything for plan in self.publications)
            or self.profile.changes_anything
            or any(item.action in {reconcile.NEW, reconcile.CHANGED} for item in items)
            or any(item.is_new or item.is_moved for item in self.redirects)
            or bool(self.files)
        )


class FilesNotStored(Exception):
    """The rows are saved, their files are not; the message says why and what to do."""


def known_owner() -> list[str]:
    """Return the names the owner of this site goes by, as far as the site knows."""
    names = [profile.name for profile in Profile.objects.all() if profile.name]
    for author in Author.objects.filter(is_owner=True):
        names += [str(author), *author.aliases.splitlines()]
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def plan_import(site: Site, source: str) -> SitePlan:
    """Return what importing `site` would do; `source` names it in reports. Reads only."""
    stored = dict.fromkeys(file.name for file in site.files)
    missing = {name for name in stored if not default_storage.exists(name)}
    plans: list[reconcile.Plan] = []
    for format, records in site.records.items():
        categories = site.categories if format in (HANDWRITTEN, FORMAT) else ()
        plan = reconcile.plan(
            records,
            format=format,
            source=source,
            owner=site.owner,
            categories=categories,
            together=plans,
            topics=Topics(takes_all=site.data is not None),
        )
        plans.append(filed(plan, plans))
    plans = _naming_once(plans)
    sections = plan_sections(site)
    addresses = {one.data.key: one.address for one in sections}
    return SitePlan(
        source=source,
        site=site,
        profile=plan_profile(site),
        sections=sections,
        news=tuple(_plan_news(site)),
        publications=tuple(plans),
        redirects=tuple(plan_redirects(site, plans, addresses)),
        files=tuple({file.name: file for file in site.files if file.name in missing}.values()),
        restores=site.data is not None and is_empty_site(),
    )


def _naming_once(plans):
    """Return plans of which the last names what is gone: what the formats of none of them found.

    Each knows the works of its own format alone; a site that lists nothing has no plan.
    """
    first = plans[0].left if plans else ()
    gone = [title for title in first if all(title in plan.left for plan in plans)]
    last = [replace(plan, left=tuple(gone)) for plan in plans[-1:]]
    return [*(replace(plan, left=()) for plan in plans[:-1]), *last]


def apply_import(plan: SitePlan, report: str) -> ImportRun | None:
    """Write a plan in one transaction; return its run, or None if there is nothing to do.

    Raises `reconcile.StalePlan`, and writes nothing, if publications changed meanwhile; raises
    FilesNotStored if only the files could not be written.
    """
    if not plan.changes_anything:
        return None
    with transaction.atomic():
        run = ImportRun.objects.create(source=plan.source, report=report)
        if plan.restores:
            made = restore(plan.site.data, run)
        else:
            with keeping(_changed(plan), run.did("Changed")):
                made = _write(plan, run)
        for model, rows in made.items():
            keep_many(model, [row.pk for row in rows], run.did("Made"), anew=True)
    store_files(plan.files)
    return run


def _changed(plan: SitePlan) -> dict[type[Model], list[int]]:
    """Return the keys of the rows that a plan changes; of papers `reconcile` knows."""
    profiles = Profile.objects.all() if plan.profile.changes_anything else Profile.objects.none()
    return {
        Profile: list(profiles.values_list("pk", flat=True)),
        Section: [one.section_id for one in plan.sections if one.merged.taken],
        NewsItem: [one.news_id for one in plan.news if one.action == reconcile.CHANGED],
        Redirect: moved_redirects(plan.redirects),
    }


def _write(plan, run) -> dict[type[Model], list[Model]]:
    """Write a plan; return the rows that it made, but for those that `reconcile` did."""
    profiles = write_profile(plan.profile)
    places = reconcile.apply_together(plan.publications, run)
    position, sections = None, []
    for item in plan.sections:
        section = write_section(item, position)
        position = section.position
        if item.section_id is None:
            sections.append(section)
    return {
        Profile: profiles,
        Section: sections,
        NewsItem: _write_news(plan.news),
        Redirect: write_redirects(plan.redirects, _rows(plan, places)),
    }


def _rows(plan, places) -> dict[tuple[str, int], int]:
    """Return the ids of papers by the format and the place of their records."""
    formats = (one.format for one in plan.publications)
    return {
        (format, place): pk
        for format, ids in zip(formats, places, strict=True)
        for place, pk in ids.items()
    }


def store_files(files: tuple[SiteFile, ...]) -> None:
    """Store the files that rows name by now; raises FilesNotStored."""
    for number, file in enumerate(files):
        try:
            default_storage.save(file.name, ContentFile(file.content()))
        except (OSError, FileChanged) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise FilesNotStored(
                f"The texts are saved, but only {number} of {len(files)} files: {why}. Mend that "
                "and import again, which brings the rest."
            ) from error


# News.


def _plan_news(site):
    rows = NewsItem.objects.all()
    by_key = {f"here:{row.uid}": row for row in rows}
    by_key |= {row.imported.get("key"): row for row in rows}
    for data in site.news:
        row = by_key.get(data.key)
        if row is None:
            yield NewsItemPlan(reconcile.NEW, data)
            continue
        here = {"date": row.date.isoformat(), "body": row.body}
        merged = merge(row.imported, here, _news_values(data))
        action = reconcile.CHANGED if merged.taken else reconcile.SAME
        yield NewsItemPlan(action, data, row.pk, merged)


def _news_values(data):
    return {"date": data.date.isoformat(), "body": data.body}


def _write_news(items) -> list[NewsItem]:
    """Write news; return what was made."""
    made = [
        NewsItem(
            date=item.data.date,
            body=item.data.body,
            visibility=NewsItem.Visibility.PUBLIC
            if item.data.is_public
            else NewsItem.Visibility.DRAFT,
            imported={"key": item.data.key, **_news_values(item.data)},
        )
        for item in items
        if item.news_id is None
    ]
    # Of one day the younger row comes first, as the first in the source does.
    NewsItem.objects.bulk_create(reversed(made))
    for item in items:
        if item.action == reconcile.CHANGED:
            row = NewsItem.objects.get(pk=item.news_id)
            for name, (_, new) in item.merged.taken.items():
                setattr(row, name, new)
            row.imported = {**row.imported, **_news_values(item.data)}
            row.save()
    return made


def with_names(site: Site, names: list[str]) -> Site:
    """Return the site under the name that its owner has here already, if there is one.

    A site that seems to be somebody else's says so in its problems.
    """
    if not names:
        return site
    problems = site.problems
    if site.owner and not any(same_person(site.owner, name) for name in names):
        what = "page" if site.is_page else "site"
        message = f"this {what} seems to be {site.owner}’s, and this site is {names[0]}’s"
        problems = (Problem(0 if not site.is_page else 1, message), *problems)
    profile = replace(site.profile, name=names[0])
    return replace(site, owner=names[0], profile=profile, problems=problems)
