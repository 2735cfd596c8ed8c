"""An export takes no more room for many papers than for few: what it knows of them is in tables."""

import tracemalloc

import pytest

from homepage.static_copy import batches
from homepage.static_copy.names import file_name
from publications.formats import EXCHANGED
from publications.models import Author, Authorship, Publication
from tests.factories import make_author, make_profile, make_section
from tests.homepage.static_copy.test_export import run

pytestmark = pytest.mark.django_db
# Bytes that a paper may take: numbers and digests. Its index in objects took 8,000.
MOST = 600


class ShortPapers(batches.Papers):
    """Writes papers of a few letters: what one takes while it is made does not count here."""

    def write(self, clerk, paper, due):
        for path, inputs in due:
            clerk.write_file(file_name(path), b"x", inputs, ["/publications/"])
        texts = {"entry": "x", "entrywhole": "x", "feed": "x", "keys": "{}"}
        texts |= {format.name: "[\n  {}\n]\n" for format in EXCHANGED.values()}
        return [(paper.pk, kind, text) for kind, text in texts.items()]


def add(numbers):
    papers = Publication.objects.bulk_create(
        Publication(title=f"Paper {n}", slug=f"paper-{n}", year=2000 + n % 20) for n in numbers
    )
    author = Author.objects.get()
    Authorship.objects.bulk_create(
        Authorship(publication=paper, author=author, position=0) for paper in papers
    )


def most(target):
    """Return the most bytes that an export has in memory at once after one paper has changed."""
    run(target)
    Publication.objects.filter(slug="paper-7").update(note="Changed")
    tracemalloc.start()
    try:
        run(target)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_what_an_export_keeps_of_a_paper_is_little(target, monkeypatch):
    monkeypatch.setattr(batches, "Papers", ShortPapers)
    make_profile()
    make_section("Publications", shows="publications")
    make_author()
    add(range(500))
    few = most(target)
    add(range(500, 1500))

    many = most(target)

    assert (many - few) / 1000 < MOST
