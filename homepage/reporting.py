"""What an import tells the person at the keyboard, entry by entry, with line numbers."""

from __future__ import annotations

from collections.abc import Iterator

from homepage.common.markdown import plain
from publications import reconcile

from .importing import SitePlan


def report(plan: SitePlan) -> str:
    """Return the whole report of an import."""
    return "\n".join(_lines(plan))


def summary(plan: SitePlan) -> str:
    """Return the counts of an import in one line."""
    papers = plan.publications
    counts = [
        f"{papers.count(action)} {label}"
        for action, label in (
            (reconcile.NEW, "new"),
            (reconcile.CHANGED, "changed"),
            (reconcile.SAME, "unchanged"),
            (reconcile.TRASHED, "in the trash"),
        )
        if papers.count(action) or action == reconcile.NEW
    ]
    sections = len(plan.sections)
    redirects = sum(item.is_new for item in plan.redirects)
    return (
        f"{_count(len(papers.items), 'publication')} ({', '.join(counts)}), "
        f"{_count(sections, 'section')}, {_count(redirects, 'new redirect')}."
    )


def _lines(plan) -> Iterator[str]:
    yield f"Read {plan.source}"
    if plan.owner:
        yield f"Owner: {plan.owner}"
    else:
        yield "Owner: the page does not say; set your name under “Profile” in the admin."
    yield from (f"Warning: {problem}" for problem in plan.page.problems)
    yield from _section_lines(plan)
    yield from _publication_lines(plan)
    yield from _redirect_lines(plan)
    yield from (str(problem).capitalize() for problem in plan.page.left_out)


def _section_lines(plan):
    for item in plan.sections:
        data = item.data
        title = plain(data.title) or "(no heading)"
        what = "publications" if data.shows == "publications" else "text"
        yield f"Line {data.line}: section “{title}” ({what}): {item.action}"
        yield from _merge_lines(item.merged)


def _publication_lines(plan):
    titles = {item.record.key: item.record for item in plan.publications.categories}
    category = None
    for item in plan.publications.items:
        record = item.record
        if record.category != category and record.category in titles:
            category = record.category
            yield f"Line {titles[category].line}: {plain(titles[category].title)}"
        yield f"  Line {record.line}: {item.action}: {plain(record.title)}"
        yield f"    {describe(record)}"
        if record.doubts:
            yield f"    Warning: {record.doubts} It is shown as its source until you confirm it."
        if item.action == reconcile.TRASHED:
            yield "    deleted by owner: left in the trash"
        yield from (f"  {line}" for line in _merge_lines(item.merged))
        yield from (f"    added link {link.label}: {link.url}" for link in item.links)
    for title in plan.publications.left:
        yield f"  No longer in the source, kept: {title}"


def describe(record) -> str:
    """Return what was found of a record, in one line."""
    authors = [name.printed or str(name) for name in record.authors]
    venue = record.venue
    if record.venue_acronym:
        venue = f"{venue} ({record.venue_acronym})"
    date = "-".join(f"{part:02d}" for part in (record.year, record.month) if part)
    parts = [
        _count(len(authors), "author") + (" and others" if record.and_others else ""),
        venue or "no venue",
        date or "no year",
        f"award: {plain(record.award)}" if record.award else "",
        f"DOI {record.doi}" if record.doi else "",
        f"arXiv {record.arxiv_id}" if record.arxiv_id else "",
        "links: " + ", ".join(link.label for link in record.links) if record.links else "",
        f"note: {plain(record.note)}" if record.note else "",
    ]
    return "; ".join(filter(None, parts))


def _merge_lines(merged):
    for name, (old, new) in merged.taken.items():
        if name != "position":
            yield f"  {name.replace('_', ' ')}: {_short(old)} → {_short(new)}"
    for name, (ours, theirs) in merged.kept.items():
        if name != "position":
            label = name.replace("_", " ")
            yield f"  {label}: edited here, kept {_short(ours)} (the source says {_short(theirs)})"


def _redirect_lines(plan):
    for item in plan.redirects:
        where = f"Line {item.line}: {item.path}"
        if item.refused:
            yield f"{where}: no redirect, {item.refused}"
        else:
            yield f"{where} → {item.target}" + ("" if item.is_new else " (there already)")


def _short(value):
    if isinstance(value, tuple):
        value = ", ".join(str(item[0] if isinstance(item, tuple) else item) for item in value)
    text = " ".join(str(value).split()) or "nothing"
    return text if len(text) <= 80 else text[:77] + "…"


def _count(number, noun):
    return f"{number} {noun}" + ("" if number == 1 else "s")
