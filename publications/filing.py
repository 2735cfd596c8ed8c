"""Where a paper without a category belongs."""

from django.db.models import Max

from .models import Category, Kind

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


def category_for(kind: str) -> Category:
    """Return the first category whose papers are of this kind; make one if there is none."""
    category = Category.objects.filter(default_kind=kind).first()
    if category is None:
        last = Category.objects.aggregate(last=Max("position"))["last"] or 0
        category = Category.objects.create(
            title=HEADINGS[Kind(kind)], default_kind=kind, position=last + 1
        )
    return category
