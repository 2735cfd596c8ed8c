"""What the page before an import shows of its plan, and what a person ticked on it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict
from django.utils.text import Truncator

from .. import reconcile
from ..filing import filed
from ..models import Category, Publication
from ..records import Link, Problem, PublicationRecord
from ..reporting import item_lines
from ..topics import Topics
from .differences import Difference, differences, text_of
from .import_form import ReadSource

LOOK, KEPT = "look", "kept"
# Groups in the order of the page: what asks for a decision comes first.
GROUPS = {
    LOOK: ("Needs a look", ""),
    reconcile.CHANGED: ("Changed", "Ticked entries follow the source."),
    reconcile.NEW: ("New", ""),
    KEPT: ("Edited here", "Your edits stay, unless you tick what the source says."),
    reconcile.TRASHED: ("In the trash", "You put them there; they stay until you restore them."),
    reconcile.SAME: ("Already here", "Nothing to do."),
}


@dataclass(frozen=True)
class Entry:
    """One record of the source on the page."""

    place: int
    item: reconcile.Item
    group: str
    why: Sequence[str] = ()
    ticked: bool = False
    may_choose: bool = True
    target: Publication | None = None
    taken: Sequence[Difference] = ()
    kept: Sequence[Difference] = ()
    links: Sequence[Link] = ()
    offer: Entry | None = None

    @property
    def record(self) -> PublicationRecord:
        return self.item.record

    @property
    def authors(self) -> str:
        names = [name.printed or str(name) for name in self.record.authors]
        return ", ".join(names) + (" et al." if self.record.and_others else "")

    @property
    def appeared(self) -> str:
        record = self.record
        venue = text_of("venue", (record.venue, record.venue_acronym)) if record.venue else ""
        return ", ".join(filter(None, [venue or record.publisher, str(record.year or "")]))

    @property
    def topics(self) -> str:
        """Return the topics that it would get, or those that would be added."""
        is_new = self.item.action == reconcile.NEW
        return ", ".join(self.record.topics if is_new else self.item.topics)

    @property
    def kind(self) -> str:
        return text_of("kind", self.record.kind)


class Preview:
    """A source beside the site: only read, and read again when it is saved."""

    def __init__(self, source: ReadSource, may_change: bool):
        self.source = source
        self.may_change = may_change
        # One paper is added as if by hand and heads its year; many keep their order.
        records = source.loaded.records
        first = 1 if len(records) > 1 else 0
        records = [replace(record, position=at) for at, record in enumerate(records, first)]
        topics = Topics(takes_all=source.all_topics)
        plan = reconcile.plan(records, format=source.format.name, source=source.name, topics=topics)
        self.plan = filed(plan, loaded=source.loaded)
        self.categories = dict(Category.objects.values_list("slug", "title"))
        self.rows = self._rows()
        self.reasons, self.problems = self._sorted_problems()
        self.entries = [self._entry(*numbered) for numbered in enumerate(self.plan.items)]

    @cached_property
    def token(self) -> str:
        """Return what is another text once the source or the site have changed."""
        topics = [item.record.topics for item in self.plan.items]
        seen = repr((self.source.text, self.source.format.name, self.plan.fingerprint, topics))
        return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def name(self) -> str:
        """Return what the import is called."""
        return self.source.name or f"Pasted {self.source.format.label}"

    @property
    def groups(self) -> list[tuple[str, str, str, list[Entry]]]:
        """Return the groups that have entries: name, heading, explanation, entries."""
        found = defaultdict(list)
        for entry in self.entries:
            found[entry.group].append(entry)
        return [
            (name, heading, text, found[name])
            for name, (heading, text) in GROUPS.items()
            if name in found
        ]

    @property
    def asks(self) -> bool:
        """Return whether there is anything to tick."""
        return any(entry.may_choose for entry in self.entries)

    def chosen(self, posted: QueryDict) -> dict[int, reconcile.Item]:
        """Return the items that were ticked, as they were ticked, by their places."""
        ticked, taking = set(posted.getlist("entry")), defaultdict(set)
        for place, _, name in (value.partition(":") for value in posted.getlist("take")):
            taking[place].add(name)
        found = {}
        for place, item in enumerate(self.plan.items):
            key = str(place)
            if key in ticked or (item.action == reconcile.SAME and taking[key]):
                joins = item.offer and posted.get(f"as-{key}") == "join"
                found[place] = (item.offer if joins else item).taking(taking[key])
        return {place: item for place, item in found.items() if self._may_write(item)}

    def report(self, items: Mapping[int, reconcile.Item]) -> str:
        """Return what saving these items does, line by line."""
        lines = [str(problem) for problem in self.source.loaded.problems]
        for item in items.values():
            lines += item_lines(replace(item, offer=None))
        return "\n".join(lines)

    def _may_write(self, item):
        if item.action == reconcile.NEW:
            return True
        return self.may_change and item.action == reconcile.CHANGED

    def _rows(self):
        items = (one for item in self.plan.items for one in (item, item.offer) if one)
        ids = {item.publication_id for item in items if item.publication_id}
        return Publication.objects.in_bulk(ids)

    def _sorted_problems(self):
        """Return the problems of the records that were read, by place, and those of no record."""
        places = {}
        for place, record in enumerate(self.source.loaded.records):
            places.setdefault(("line", record.line), place)
            if record.citation_key:
                places.setdefault(("key", record.citation_key), place)
        reasons, others = defaultdict(list), []
        lines = self.source.text.split("\n")
        for problem in self.source.loaded.problems:
            place = places.get(("key", problem.key), places.get(("line", problem.line)))
            if place is None:
                others.append((problem, _line(lines, problem)))
            else:
                reasons[place].append(_sentence(problem))
        return reasons, others

    def _entry(self, place, item):
        reasons = [*filter(None, [item.record.doubts]), *self.reasons[place], *item.notes]
        entry = self._shown(place, item)
        offer = item.offer and self.may_change and self._shown(place, item.offer)
        may_write = self._may_write(item)
        group = item.action
        if item.action == reconcile.SAME and entry.kept:
            group = KEPT
        elif may_write and (reasons or offer):
            group = LOOK
        may_choose = may_write or (group == KEPT and self.may_change)
        if item.action == reconcile.CHANGED and not self.may_change:
            reasons.append("You may add papers but not change them, so this one stays as it is.")
        return replace(
            entry,
            group=group,
            why=reasons,
            ticked=may_write,
            may_choose=may_choose,
            offer=offer or None,
        )

    def _shown(self, place, item):
        return Entry(
            place=place,
            item=item,
            group=item.action,
            why=item.notes,
            target=self.rows.get(item.publication_id),
            taken=differences(item, item.merged.taken, self.categories),
            kept=differences(item, item.merged.kept, self.categories),
            links=item.links,
        )


def _sentence(problem: Problem) -> str:
    message = problem.message[:1].upper() + problem.message[1:]
    return f"Line {problem.line}: {message}" if problem.line else message


def _line(lines: Sequence[str], problem: Problem) -> str:
    """Return the line of the source that a problem is about."""
    if not 0 < problem.line <= len(lines):
        return ""
    return Truncator(lines[problem.line - 1].strip()).chars(200)
