"""Writes a page of an old site: profile, sections, publications, redirects, one report.

Everything is read and planned first; what is written is written in one transaction. What the
owner edited here since the last import stays as it is, and is named in the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db import transaction
from django.db.models import Max

from homepage.common.merge import Merged, merge
from profiles.models import Profile
from publications import reconcile
from publications.models import Author, Category, ImportRun
from publications.names import same_person
from publications.records import Problem

from .academicpages.data import Page, SectionData
from .models import Section
from .old_addresses import RedirectItem, plan_redirects

FORMAT = "markdown"


@dataclass(frozen=True)
class SectionItem:
    """What an import does with one section."""

    action: str
    data: SectionData
    section_id: int | None = None
    merged: Merged = field(default_factory=Merged)


@dataclass(frozen=True)
class SitePlan:
    """What an import of a page would do."""

    source: str
    page: Page
    owner: str
    owner_merge: Merged
    sections: tuple[SectionItem, ...]
    publications: reconcile.Plan
    redirects: tuple[RedirectItem, ...]

    @property
    def changes_anything(self) -> bool:
        return (
            self.publications.changes_anything
            or bool(self.owner_merge.taken)
            or any(item.action in {reconcile.NEW, reconcile.CHANGED} for item in self.sections)
            or any(item.is_new for item in self.redirects)
        )


def known_owner() -> list[str]:
    """Return the names the owner of this site goes by, as far as the site knows."""
    names = [profile.name for profile in Profile.objects.all() if profile.name]
    for author in Author.objects.filter(is_owner=True):
        names += [str(author), *author.aliases.splitlines()]
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def plan_import(page: Page, source: str) -> SitePlan:
    """Return what importing `page` would do; `source` names it in reports. Reads only."""
    profile = Profile.objects.first()
    theirs = {"name": page.owner}
    ours = {"name": profile.name if profile else ""}
    publications = reconcile.plan(
        page.records,
        format=FORMAT,
        source=source,
        owner=page.owner,
        categories=page.categories,
    )
    return SitePlan(
        source=source,
        page=page,
        owner=page.owner,
        owner_merge=merge(profile.imported if profile else {}, ours, theirs),
        sections=tuple(_plan_section(data) for data in page.sections),
        publications=publications,
        redirects=tuple(plan_redirects(page)),
    )


def apply_import(plan: SitePlan, report: str) -> ImportRun | None:
    """Write a plan in one transaction; return its run, or None if there is nothing to do.

    Raises `reconcile.StalePlan`, and writes nothing, if publications changed meanwhile.
    """
    if not plan.changes_anything:
        return None
    with transaction.atomic():
        run = ImportRun.objects.create(source=plan.source, report=report)
        _write_profile(plan)
        reconcile.apply(plan.publications, run)
        position = None
        for item in plan.sections:
            position = _write_section(item, position).position
        for item in plan.redirects:
            if item.is_new:
                Redirect.objects.create(
                    site_id=settings.SITE_ID, old_path=item.path, new_path=item.target
                )
    return run


def _write_profile(plan):
    profile = Profile.objects.first() or Profile()
    if not plan.owner and not profile.pk:
        return
    for name, (_, new) in plan.owner_merge.taken.items():
        setattr(profile, name, new)
    if plan.owner:
        profile.imported = {**profile.imported, "name": plan.owner}
    profile.save()


FIELDS = ("title", "body", "shows", "group_by", "categories")


def _plan_section(data: SectionData) -> SectionItem:
    section = next(
        (row for row in Section.objects.all() if row.imported.get("key") == data.key), None
    )
    if section is None:
        return SectionItem(reconcile.NEW, data)
    base = {**section.imported, "categories": tuple(section.imported.get("categories", ()))}
    merged = merge(base, _section_values(section), _data_values(data))
    action = reconcile.CHANGED if merged.taken else reconcile.SAME
    return SectionItem(action, data, section.pk, merged)


def _section_values(section):
    categories = section.categories.order_by("position", "id").values_list("slug", flat=True)
    values = {name: getattr(section, name) for name in FIELDS if name != "categories"}
    return {**values, "categories": tuple(categories)}


def _data_values(data) -> Mapping[str, Any]:
    return {name: getattr(data, name) for name in FIELDS}


def _write_section(item, before):
    """Write one section; a new one stands behind the section `before` it on the page."""
    values = _data_values(item.data)
    if item.section_id is None:
        last = Section.objects.aggregate(last=Max("position"))["last"]
        # Of equal positions the younger row comes last: right behind its neighbour, moving none.
        position = before if before is not None and before < last else (last or 0) + 1
        section = Section(position=position)
        taken = values
    else:
        section = Section.objects.get(pk=item.section_id)
        taken = {name: new for name, (_, new) in item.merged.taken.items()}
    for name, new in taken.items():
        if name != "categories":
            setattr(section, name, new)
    base = {name: value for name, value in values.items() if value}
    section.imported = {**section.imported, **base, "key": item.data.key}
    section.save()
    if "categories" in taken:
        section.categories.set(Category.objects.filter(slug__in=taken["categories"]))
    return section


def with_names(page: Page, names: list[str]) -> Page:
    """Return the page under the name that the site already gives its owner, if it has one.

    A page that seems to be somebody else's says so in its problems.
    """
    if not names:
        return page
    problems = page.problems
    if page.owner and not any(same_person(page.owner, name) for name in names):
        message = f"this page seems to be {page.owner}’s, and this site is {names[0]}’s"
        problems = (*problems, Problem(1, message))
    return replace(page, owner=names[0], problems=problems)
