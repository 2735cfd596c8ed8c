"""Takes an import of publications back: what it made goes, what it changed is as it was.

What was edited since is left as it is and named. The papers it made are deleted, so that they
can be imported again; in the trash an import would leave them alone. The history keeps all
states, of what is deleted the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from homepage.common.hands import with_a_command
from homepage.common.history_bulk import keeping
from homepage.common.many_rows import update

from .changes import SOURCE_FIELDS, digest, publication_state, restore, restore_source, state
from .models import Author, Category, ImportRun, Publication, Source, Topic, Venue
from .rows import batches, refresh_search_text, save_positions, with_parts

# What goes with papers once nothing uses it.
CATALOGUE = (Author, Venue, Category, Topic)


class CannotUndo(Exception):
    """There is nothing to take back; the message is a sentence that says why."""


@dataclass
class Undoing:
    """What taking an import back does (or did): titles by the ids of their papers.

    `catalogue` counts the authors, venues, topics and categories that go with them, by model
    name; it is known only once it is done.
    """

    removed: dict[int, str] = field(default_factory=dict)
    restored: dict[int, str] = field(default_factory=dict)
    left: dict[int, str] = field(default_factory=dict)
    catalogue: dict[str, int] = field(default_factory=dict)
    former: dict[int, dict[str, Any]] = field(default_factory=dict, repr=False)

    def only_moves(self, pk: int) -> bool:
        """Return whether a paper gets nothing back but its place in the source."""
        return self.former[pk].keys() == {"position"}

    def summary(self) -> str:
        """Return the counts in one line."""
        return (
            f"{len(self.removed)} removed, {len(self.restored)} as before, "
            f"{len(self.left)} edited since and left."
        )

    def lines(self) -> Iterator[str]:
        """Yield what is done to each paper, for people to read again."""
        yield from (f"removed: {title}" for title in self.removed.values())
        yield from (f"as it was before: {title}" for title in self.restored.values())
        yield from (f"edited since, left as it is: {title}" for title in self.left.values())
        for name, count in self.catalogue.items():
            yield f"removed, as nothing uses them any more: {count} {name}"


def newest_run() -> ImportRun:
    """Return the latest import; raises CannotUndo if there is none."""
    run = ImportRun.objects.first()
    if run is None:
        raise CannotUndo("Nothing was imported yet, so there is nothing to undo.")
    return run


def plan(run: ImportRun) -> Undoing:
    """Return what undoing a run would do to the papers. Reads only; raises CannotUndo."""
    if run.undone:
        raise CannotUndo(
            f"Import {run.pk} ({run.source}) was undone already, on {run.undone:%Y-%m-%d %H:%M}."
        )
    if not any(step["made"] or step["publications"] for step in run.changes):
        raise CannotUndo(
            f"Import {run.pk} ({run.source}) changed no publication, so there is nothing to undo."
        )
    return _Reader(run.changes).undoing


def undo(run_id: int, user=None) -> Undoing:
    """Take an import back, in one transaction; return what was done. Raises CannotUndo."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        undoing = plan(run)
        done = f"The import of {run.source} was undone{with_a_command(user)}."
        with keeping(_changed(run, undoing), done, user):
            _write(run, undoing)
        run.undone = timezone.now()
        heading = f"Undone on {run.undone:%Y-%m-%d %H:%M}:"
        run.report = "\n".join(filter(None, [run.report, "", heading, *undoing.lines()]))
        run.save(update_fields=["undone", "report"])
    return undoing


class _Reader:
    """Walks back through the steps of a run, from what the papers are now."""

    def __init__(self, steps):
        self.undoing = Undoing()
        touched = {int(pk) for step in steps for pk in _papers_of(step)}
        self.rows = {row.pk: row for row in with_parts(touched)}
        self.now = {pk: digest(publication_state(row)) for pk, row in self.rows.items()}
        self.there = {
            "authors": set(Author.objects.values_list("pk", flat=True)),
            "category_id": {None, *Category.objects.values_list("pk", flat=True)},
            "venue_id": {None, *Venue.objects.values_list("pk", flat=True)},
        }
        keys = Publication.objects.exclude(citation_key="").values_list("citation_key", "pk")
        self.holders = {key.lower(): pk for key, pk in keys}
        for step in reversed(steps):
            for pk, change in step["publications"].items():
                self._take_back(int(pk), change)
            for pk, made in step["made"].get("publication", {}).items():
                self._remove(int(pk), made)

    def _take_back(self, pk, change):
        done = self.undoing
        if pk not in self.rows:
            return  # gone for good, there is nothing to say about it
        if self.now[pk] != change["after"] or not self._can_restore(pk, change["former"]):
            done.left[pk] = str(self.rows[pk])
            return
        self.now[pk] = change["before"]
        done.restored[pk] = str(self.rows[pk])
        done.former[pk] = {**done.former.get(pk, {}), **change["former"]}

    def _remove(self, pk, made):
        done = self.undoing
        if pk not in self.rows:
            return
        if self.now[pk] != made or pk in done.left:
            done.left[pk] = str(self.rows[pk])
            return
        done.restored.pop(pk, None)
        done.former.pop(pk, None)
        done.removed[pk] = str(self.rows[pk])

    def _can_restore(self, pk, former):
        """Return whether all it had is to be had: venue, category, authors, citation key."""
        key = former.get("citation_key") or ""
        if self.holders.get(key.lower(), pk) != pk:
            return False
        authors = {author for author, *_ in former.get("authors") or ()}
        return authors <= self.there["authors"] and all(
            former.get(name) in self.there[name] for name in ("category_id", "venue_id")
        )


def _papers_of(step):
    return (*step["publications"], *step["made"].get("publication", {}))


def _changed(run, undoing):
    """Return the keys of the rows that may be changed or go."""
    changed = {Publication: {*undoing.removed, *undoing.restored}}
    for model in CATALOGUE:
        name = model._meta.model_name
        changed[model] = {int(pk) for step in run.changes for pk in step["made"].get(name, ())}
    changed[Category] |= {int(pk) for step in run.changes for pk in step["categories"]}
    return changed


def _write(run, undoing):
    for some in batches(undoing.removed):
        Publication.objects.filter(pk__in=some).delete()
    moved = []
    for row in with_parts(undoing.restored):
        restore(row, undoing.former[row.pk])
        if undoing.only_moves(row.pk):
            moved.append(row)
        else:
            row.version += 1
            row.save()
    save_positions(moved)
    refresh_search_text(undoing.restored.keys() - {row.pk for row in moved})
    for step in reversed(run.changes):
        _restore_sources(step, undoing)
        _restore_categories(step["categories"])
        for model in CATALOGUE:
            made = step["made"].get(model._meta.model_name, {})
            if count := _remove_unused(model, made):
                name = str(model._meta.verbose_name_plural)
                undoing.catalogue[name] = undoing.catalogue.get(name, 0) + count


def _restore_sources(step, undoing):
    """Let the sources say again what they said before, but of papers that are left."""
    runs = {None, *ImportRun.objects.values_list("pk", flat=True)}
    for some in batches(int(pk) for pk in step["sources"] if int(pk) not in undoing.left):
        rows = Source.objects.filter(publication_id__in=some, format=step["format"])
        said_before = []
        for source in rows:
            former = step["sources"][str(source.publication_id)]
            if former is None:
                source.delete()
                continue
            restore_source(source, former)
            if source.run_id not in runs:
                source.run_id = None
            said_before.append(source)
        update(said_before, SOURCE_FIELDS)


def _restore_categories(changes: Mapping[str, Any]):
    for category in Category.objects.filter(pk__in=changes):
        change = changes[str(category.pk)]
        if digest(state(category)) == change["after"]:
            restore(category, change["former"])
            category.save()


def _remove_unused(model: type[models.Model], made: Mapping[str, str]) -> int:
    """Remove rows that are as the import made them and that nothing refers to."""
    unused = {f"{relation.name}__isnull": True for relation in model._meta.related_objects}
    removed = 0
    for some in batches(map(int, made)):
        rows = model.objects.filter(pk__in=some, **unused)
        same = [row.pk for row in rows if digest(state(row)) == made[str(row.pk)]]
        removed += len(same)
        model.objects.filter(pk__in=same).delete()
    return removed
