"""What an import tells the person at the keyboard, entry by entry, with line numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from homepage.common.markdown import plain
from homepage.common.text import count
from profiles.networks import Network
from publications.records import Problem, place
from publications.reporting import counts, describe, merge_lines, plan_lines

from .importing import SitePlan
from .models import Section

__all__ = ["describe", "report", "summary"]


def report(plan: SitePlan) -> str:
    """Return the whole report of an import."""
    return "\n".join(_lines(plan))


def summary(plan: SitePlan) -> str:
    """Return the counts of an import in one line."""
    redirects = sum(item.is_new for item in plan.redirects)
    parts = [counts(*plan.publications), count(len(plan.sections), "section")]
    if plan.news:
        parts.append(f"{len(plan.news)} news")
    parts.append(count(redirects, "new redirect"))
    if plan.site.files:
        parts.append(count(len(plan.files), "new file"))
    return f"{', '.join(parts)}."


def _lines(plan) -> Iterator[str]:
    yield f"Read {plan.source}" if plan.site.is_page else f"Read {plan.source} ({plan.site.kind})"
    if plan.owner:
        yield f"Owner: {plan.owner}"
    else:
        what = "page" if plan.site.is_page else "site"
        yield f"Owner: the {what} does not say; set your name under “Profile” in the admin."
    yield from (f"Warning: {problem}" for problem in plan.site.problems)
    yield from _profile_lines(plan)
    yield from _section_lines(plan)
    yield from _news_lines(plan)
    for one in plan.publications:
        yield from plan_lines(one)
    yield from _redirect_lines(plan)
    yield from map(_sentence, _gathered(plan.site.left_out))


# What no reader of the old page saw: of many on one page the report tells once.
UNSEEN = {"{": "Liquid tag", "<": "comment"}
UNSEEN_START = re.compile(r"left out: ([{]|<(?=!--))")


def _gathered(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield what was left out, with the tags and comments of a page as one."""
    unseen: dict[str, list[tuple[Problem, str]]] = defaultdict(list)
    for problem in problems:
        if match := UNSEEN_START.match(problem.message):
            unseen[problem.path].append((problem, match[1]))
    told = set()
    for problem in problems:
        alike = unseen[problem.path] if UNSEEN_START.match(problem.message) else ()
        if len(alike) < 2:
            yield problem
        elif problem.path not in told:
            told.add(problem.path)
            yield _as_one(alike)


def _as_one(alike):
    lines = [problem.line for problem, _ in alike]
    numbers = Counter(sign for _, sign in alike)
    what = ", ".join(count(number, UNSEEN[sign]) for sign, number in numbers.items())
    where = f"{alike[0][0].path}, lines {min(lines)}–{max(lines)}"
    return Problem(0, f"left out: {what}", path=where)


def _profile_lines(plan):
    if plan.site.is_page:
        return
    yield from merge_lines(plan.profile.merged)
    for link in plan.profile.links:
        yield f"  link {link}: {link.url}"
    for data, why in plan.profile.refused:
        where = place("_config.yml" if data.line else "", data.line)
        label = data.label or Network(data.kind).label
        yield f"Warning: {where}: {label}: “{data.value}” was left out. {why}"


def _section_lines(plan):
    for item in plan.sections:
        data = item.data
        title = plain(data.title) or "(no heading)"
        what = Section.Shows(data.shows).label.lower()
        where = _capital(place(data.path, data.line if data.line > 1 or not data.path else 0))
        yield f"{where}: section “{title}” ({what}): {item.action}"
        yield from merge_lines(item.merged)


def _news_lines(plan):
    for item in plan.news:
        body = " ".join(item.data.body.split())
        short = body if len(body) <= 60 else f"{body[:57]}…"
        yield f"{item.data.key}: news of {item.data.date}: {item.action}: {short}"
        yield from merge_lines(item.merged)


def _redirect_lines(plan):
    for item in plan.redirects:
        where = f"{_capital(place(item.source, item.line))}: {item.path}"
        if item.refused:
            yield f"{where}: no redirect, {item.refused}"
        elif item.is_moved:
            yield f"{where} → {item.target} (a newer version)"
        else:
            yield f"{where} → {item.target}" + ("" if item.is_new else " (there already)")


def _sentence(problem):
    return _capital(str(problem)) if not problem.path else str(problem)


def _capital(text):
    """Return a place with a capital, unless it is the name of a file."""
    return text.capitalize() if text.startswith("line ") else text
