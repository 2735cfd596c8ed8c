"""Several authors who are one person become one; all their papers follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.timezone import now

from homepage.common.history_bulk import keeping
from homepage.common.text import fold

from . import redirects
from .models import Author, Authorship, Publication
from .rows import batches

FILLED = ("orcid", "url", "native_name")


class CannotMerge(ValueError):
    """They cannot be one person; the message says why and what to do."""


@dataclass(frozen=True)
class PeoplePlan:
    """Who would become one person. `both` are papers on which more than one of them stands."""

    people: tuple[Author, ...]
    papers: dict[int, int]
    both: tuple[Publication, ...]
    keeps: int

    @property
    def token(self) -> str:
        """Return what is another text once somebody else is on the papers."""
        return ".".join(f"{pk}-{count}" for pk, count in sorted(self.papers.items()))


def plan(people: Sequence[Author]) -> PeoplePlan:
    """Return what merging people would do. Reads only; raises CannotMerge."""
    ids = {person.orcid for person in people if person.orcid}
    if len(ids) > 1:
        raise CannotMerge(
            f"They have different ORCID iDs ({' and '.join(sorted(ids))}), so they are different "
            "people. If one of the iDs is wrong, take it out first."
        )
    rows = Authorship.objects.filter(author__in=people).values_list("author_id", "publication_id")
    papers = {person.pk: 0 for person in people}
    signed: dict[int, set[int]] = {}
    for author, paper in rows:
        papers[author] += 1
        signed.setdefault(paper, set()).add(author)
    both = [paper for paper, authors in signed.items() if len(authors) > 1]
    keeps = max(people, key=lambda one: (one.is_owner, bool(one.orcid), papers[one.pk], -one.pk))
    shown = tuple(Publication.objects.filter(pk__in=both))
    return PeoplePlan(tuple(people), papers, shown, keeps.pk)


def merge(keep: Author, others: Sequence[Author], *, rename: bool, user=None) -> int:
    """Make `others` part of `keep`; return how many papers followed.

    Their names become other ways to write the one that stays. The papers print what they printed
    before; with `rename`, the name that stays. Raises CannotMerge.
    """
    with transaction.atomic():
        people = Author.objects.select_for_update().in_bulk([keep.pk, *(o.pk for o in others)])
        keep = people.pop(keep.pk)
        others = [people[one.pk] for one in others]
        plan([keep, *others])
        papers = _papers_of(others)
        changed = {Author: [keep.pk, *(other.pk for other in others)], Publication: papers}
        names = ", ".join(map(str, others))
        with keeping(changed, f"{names} and {keep} became one person.", user):
            _unite(keep, others, rename, user)
            for some in batches(papers):
                rows = Publication.objects.filter(pk__in=some)
                rows.update(version=F("version") + 1, modified=now())
                rows.refresh_search_text()
    return len(papers)


def _unite(keep, others, rename, user):
    _move(keep, others, rename)
    aliases = _aliases(keep, others)
    for other in others:
        for name in FILLED:
            setattr(keep, name, getattr(keep, name) or getattr(other, name))
        keep.is_owner |= other.is_owner
    Author.objects.filter(pk__in=[other.pk for other in others]).delete()
    for other in others:
        redirects.lead(_page(other), _page(keep), user)
    keep.aliases = "\n".join(aliases)
    keep.save()


def make_owner(person: Author, user=None) -> Author | None:
    """Mark the person as the owner of the site; return who was marked before, if another."""
    before = Author.objects.filter(is_owner=True).exclude(pk=person.pk).first()
    keys = [before.pk] if before else []
    with keeping({Author: keys}, f"{person} is the owner of the site now.", user):
        Author.objects.filter(is_owner=True).exclude(pk=person.pk).update(is_owner=False)
        if not person.is_owner:
            person.is_owner = True
            person.save(update_fields=["is_owner"])
    return before


def _move(keep, others, rename):
    """Give the rows of the others to the one that stays."""
    rows = list(Authorship.objects.filter(author__in=others).select_related("author"))
    for row in rows:
        printed = "" if rename else str(row)
        row.printed_name = "" if printed == str(keep) else printed
        row.author = keep
    Authorship.objects.bulk_update(rows, ["author", "printed_name"], batch_size=200)


def _papers_of(people):
    rows = Authorship.objects.filter(author__in=people)
    return sorted(set(rows.values_list("publication_id", flat=True)))


def _page(person):
    return reverse("publications:facet", args=["author", person.slug])


def _aliases(keep, others):
    """Return the names of all, one each, but those by which the one that stays is known."""
    known = {fold(str(keep)), fold(keep.native_name)}
    found = []
    for text in [*keep.aliases.splitlines(), *_names(others)]:
        if (folded := fold(text)) and folded not in known:
            known.add(folded)
            found.append(text.strip())
    return found


def _names(people):
    for person in people:
        yield from (str(person), person.native_name, *person.aliases.splitlines())
