"""Fetched publications on this site: who asks, what would be done, and doing it.

A work that doi.org gave and one that arXiv gave are of two formats, so that each has its own
base for the next merge: what a preprint says never overwrites what was published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction

from homepage.common.http import Client
from homepage.common.markdown import plain
from homepage.common.text import fold
from profiles.models import Profile
from publications import reconcile
from publications.fetching import arxiv, doi, orcid
from publications.fetching.kept import Kept
from publications.fetching.works import ARXIV, DOI, Fetched, Fetcher
from publications.filing import filed
from publications.models import ImportRun
from publications.planning import Plan
from publications.records import PublicationRecord
from publications.reporting import item_lines

from .importing import known_owner


@dataclass(frozen=True)
class Outcome:
    """What saving did, or would do: a plan for each service, and the report."""

    plans: tuple[Plan, ...]
    report: str

    @property
    def changes_anything(self) -> bool:
        return any(plan.changes_anything for plan in self.plans)


def make_fetcher() -> Fetcher:
    """Return what asks the real services in the name of this site."""
    client = Client(contact())
    return Fetcher(doi.Service(client), arxiv.Service(client), orcid.Service(client), kept())


def kept() -> Kept:
    """Return the answers that earlier runs have kept."""
    return Kept(settings.DATA_DIR / "cache" / "fetched")


def contact() -> str:
    """Return how to reach the owner, for the services: Crossref serves those who say so first."""
    profile = Profile.objects.first()
    mail = f"mailto:{profile.email}" if profile and profile.email else ""
    return "; ".join(filter(None, [settings.SITE_URL, mail]))


def bring_in(
    fetched: Sequence[Fetched], source: str, *, is_whole: bool = True, dry_run: bool = False
) -> Outcome:
    """Save the works in one transaction and say what that does; `source` names their origin.

    Only a list that came whole (`is_whole`) can say what has left it. With `dry_run` nothing is
    saved. Raises StalePlan, and saves nothing, if publications were changed meanwhile.
    """
    formats = [name for name in (DOI, ARXIV) if any(work.format == name for work in fetched)]
    # The first plan, mostly the only one, is made before the transaction begins.
    plans = [_plan(name, fetched, source) for name in formats[:1]]
    if len(formats) > 1 or (plans and plans[0].changes_anything and not dry_run):
        with transaction.atomic():
            run = ImportRun.objects.create(source=source)
            reconcile.apply(plans[0], run)
            for name in formats[1:]:
                plans.append(_plan(name, fetched, source))
                reconcile.apply(plans[-1], run)
            run.report = report(fetched, plans, is_whole)
            run.save(update_fields=["report"])
            transaction.set_rollback(dry_run or not any(plan.changes_anything for plan in plans))
    return Outcome(tuple(plans), report(fetched, plans, is_whole))


def report(fetched: Sequence[Fetched], plans: Sequence[Plan], is_whole: bool) -> str:
    """Return what the plans do, work by work."""
    lines = [line for plan in plans for item in plan.items for line in item_lines(item)]
    for work in fetched:
        title = plain(work.record.title)
        lines += [f"Warning: {title}: {problem.message}" for problem in work.problems]
    if is_whole and plans:
        # Each plan knows the works of its service alone: gone is what none of them found.
        gone = set(plans[0].left).intersection(*(plan.left for plan in plans))
        lines += [f"No longer in the source, kept: {title}" for title in sorted(gone)]
    return "\n".join(lines)


def _plan(format, fetched, source):
    owner = known_owner()
    records = [_with_owner(work.record, owner) for work in fetched if work.format == format]
    return filed(reconcile.plan(records, format=format, source=source, owner="".join(owner[:1])))


def _with_owner(record: PublicationRecord, owner: Sequence[str]) -> PublicationRecord:
    """Return the record with the owner's name marked, where it is written in full."""
    names = {fold(name) for name in owner}
    authors = [replace(name, is_owner=fold(str(name)) in names) for name in record.authors]
    return replace(record, authors=tuple(authors))
