"""Which heading the papers of a kind stand under, whether it is there or would have to be made."""

from collections.abc import Iterable

from homepage.common.text import slug

from .models import Category, Kind
from .records import CategoryRecord

# What the owner would call a heading of papers of that kind.
HEADINGS = {
    Kind.JOURNAL: "Journal Papers",
    Kind.CONFERENCE: "Conference Papers",
    Kind.PREPRINT: "Preprints",
    Kind.CHAPTER: "Book Chapters",
    Kind.BOOK: "Books",
    Kind.THESIS: "Theses",
    Kind.REPORT: "Reports",
    Kind.DATASET: "Datasets",
    Kind.SOFTWARE: "Software",
    Kind.PATENT: "Patents",
    Kind.MAGAZINE: "Magazine Articles",
    Kind.NEWSPAPER: "Newspaper Articles",
    Kind.WEBPAGE: "Web Pages",
    Kind.OTHER: "Other",
}


class Shelves:
    """The categories that are here and those that are `planned`: of a kind, the first one."""

    def __init__(self, planned: Iterable[CategoryRecord] = ()):
        rows, planned = list(Category.objects.all()), list(planned)
        self.of_kind = {record.default_kind: record.key for record in reversed(planned)}
        self.of_kind |= {row.default_kind: row.slug for row in reversed(rows)}
        self.keys = {row.slug for row in rows} | {record.key for record in planned}
        self.last = max((row.position for row in (*rows, *planned)), default=0)

    def key(self, kind: str) -> str:
        """Return the key of a kind's category; where there is none, that of its usual heading."""
        kind = Kind(kind or Kind.JOURNAL)
        return self.of_kind.get(kind) or slug(HEADINGS[kind], kind)

    def missing(self, kinds: Iterable[str]) -> list[CategoryRecord]:
        """Return the usual headings of those kinds for whose papers there is no category."""
        made: dict[str, CategoryRecord] = {}
        for kind in kinds:
            kind = Kind(kind or Kind.JOURNAL)
            key = self.key(kind)
            if key not in self.keys and key not in made:
                place = self.last + len(made) + 1
                made[key] = CategoryRecord(key, HEADINGS[kind], "", kind, place)
        return list(made.values())
