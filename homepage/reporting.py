"""What an import tells the person at the keyboard, entry by entry, with line numbers."""

from __future__ import annotations

from collections.abc import Iterator

from homepage.common.markdown import plain
from publications.reporting import count, counts, describe, merge_lines, plan_lines

from .importing import SitePlan

__all__ = ["describe", "report", "summary"]


def report(plan: SitePlan) -> str:
    """Return the whole report of an import."""
    return "\n".join(_lines(plan))


def summary(plan: SitePlan) -> str:
    """Return the counts of an import in one line."""
    sections = len(plan.sections)
    redirects = sum(item.is_new for item in plan.redirects)
    return (
        f"{counts(plan.publications)}, "
        f"{count(sections, 'section')}, {count(redirects, 'new redirect')}."
    )


def _lines(plan) -> Iterator[str]:
    yield f"Read {plan.source}"
    if plan.owner:
        yield f"Owner: {plan.owner}"
    else:
        yield "Owner: the page does not say; set your name under “Profile” in the admin."
    yield from (f"Warning: {problem}" for problem in plan.page.problems)
    yield from _section_lines(plan)
    yield from plan_lines(plan.publications)
    yield from _redirect_lines(plan)
    yield from (str(problem).capitalize() for problem in plan.page.left_out)


def _section_lines(plan):
    for item in plan.sections:
        data = item.data
        title = plain(data.title) or "(no heading)"
        what = "publications" if data.shows == "publications" else "text"
        yield f"Line {data.line}: section “{title}” ({what}): {item.action}"
        yield from merge_lines(item.merged)


def _redirect_lines(plan):
    for item in plan.redirects:
        where = f"Line {item.line}: {item.path}"
        if item.refused:
            yield f"{where}: no redirect, {item.refused}"
        else:
            yield f"{where} → {item.target}" + ("" if item.is_new else " (there already)")
