"""What papers may lack: one rule each, for the start page and for the filter of the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from .models import Kind, Publication, PublicationLink, Status, Visibility
from .twins import suspects

# Kinds whose published papers nearly always have a DOI.
WITH_DOI = (Kind.JOURNAL, Kind.CONFERENCE, Kind.CHAPTER, Kind.BOOK, Kind.DATASET)
TWINS = "twins"
PUBLIC = Q(visibility=Visibility.PUBLIC)
SHOWN = ~Q(visibility=Visibility.TRASH)


@dataclass(frozen=True)
class Need:
    """`words` follow the number: “3 papers without abstract”."""

    name: str
    words: str
    rule: Callable[[], Q]
    help: str = ""
    is_urgent: bool = False

    @property
    def label(self) -> str:
        return self.words[:1].upper() + self.words[1:]


def _doubted() -> Q:
    return SHOWN & ~Q(doubts="")


def _twins() -> Q:
    return Q(pk__in={pk for pair in suspects() for pk in pair})


def _overdue() -> Q:
    return PUBLIC & ~Q(status=Status.PUBLISHED) & Q(year__lt=date.today().year)


def _without_doi() -> Q:
    return PUBLIC & Q(doi="", status=Status.PUBLISHED, kind__in=WITH_DOI)


def _without_pdf() -> Q:
    """Neither a file, nor an arXiv id, nor a link that leads to the text."""
    links = PublicationLink.objects.filter(publication=OuterRef("pk")).filter(
        Q(label__icontains="pdf")
        | Q(url__iendswith=".pdf")
        | Q(url__icontains="//arxiv.org/")
        | Q(url__icontains="//openreview.net/")
        | ~Q(file="")
    )
    return PUBLIC & Q(pdf="", arxiv_id="") & ~Exists(links)


def _without_abstract() -> Q:
    return PUBLIC & Q(abstract="")


NEEDS = {
    need.name: need
    for need in (
        Need(
            "look",
            "read with doubt",
            _doubted,
            "Shown as they were written, until you have looked at their fields.",
            is_urgent=True,
        ),
        Need(
            TWINS,
            "perhaps here twice",
            _twins,
            "Tick the two of a pair and choose “Merge two papers”.",
            is_urgent=True,
        ),
        Need(
            "overdue",
            "not yet published, of an earlier year",
            _overdue,
            "Submitted, accepted or to appear, while their year is over.",
            is_urgent=True,
        ),
        Need("doi", "without DOI", _without_doi),
        Need("pdf", "without a PDF to read", _without_pdf),
        Need(
            "abstract",
            "without abstract",
            _without_abstract,
            "Google Scholar passes over papers that have none.",
        ),
    )
}


def counts(names: Iterable[str]) -> dict[str, int]:
    """Return how many papers there are of each need."""
    return Publication.objects.aggregate(
        **{name: Count("pk", filter=NEEDS[name].rule()) for name in names}
    )
