"""Rows written at once are what Django's own ways would have written."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from homepage.common.many_rows import find_keys, insert, update
from profiles.models import NewsItem
from publications.models import Author, Category, Publication, PublicationLink, Source, Venue
from tests.factories import make_publication

pytestmark = pytest.mark.django_db

VALUES = {
    "title": "  Learning\u00a0to\tWalk ",
    "kind": "paper-conference",
    "year": 2020,
    "doi": "https://doi.org/10.1234/Walk",
    "abstract": "One\r\nTwo",
    "selected": True,
    "pdf": "papers/a.pdf",
}
# Made anew for each row.
OWN = ("id", "slug", "uid", "created", "modified", "_state")


def fields(row):
    row = type(row).objects.get(pk=row.pk)
    return {name: value for name, value in vars(row).items() if name not in OWN}


def test_an_inserted_row_is_the_row_that_save_writes():
    saved, inserted = Publication(slug="saved", **VALUES), Publication(slug="inserted", **VALUES)
    saved.save()

    insert(Publication, [inserted])
    find_keys([inserted], "slug")

    assert fields(inserted) == fields(saved)
    assert Publication.objects.get(pk=inserted.pk).created is not None
    inserted.year = 2021
    inserted.save()  # it is known to be there
    assert Publication.objects.count() == 2


def test_what_has_the_attributes_of_the_columns_is_inserted():
    paper = make_publication()
    link = SimpleNamespace(
        publication_id=paper.pk, position=3, label="code", url="https://a.example/", file=""
    )

    insert(PublicationLink, [link])

    (row,) = paper.links.all()
    assert (row.position, row.label, row.url, row.file.name) == (3, "code", link.url, "")


def test_data_and_dates_come_back():
    paper = make_publication()
    insert(Source, [Source(publication=paper, format="csl", record={"a": ["é", None, 1.5]})])
    insert(NewsItem, [NewsItem(date=date(2024, 9, 25), body="We moved.")])

    assert Source.objects.get().record == {"a": ["é", None, 1.5]}
    assert NewsItem.objects.get().date == date(2024, 9, 25)


def test_updated_fields_are_written_and_no_others():
    rows = [make_publication(), make_publication()]
    Publication.objects.update(award="Best paper")
    before = rows[0].modified
    rows[0].position, rows[1].position = 5, 6

    update(rows, ("position", "modified"))

    assert list(Publication.objects.order_by("pk").values_list("position", "award")) == [
        (5, "Best paper"), (6, "Best paper")
    ]  # fmt: skip
    assert Publication.objects.get(pk=rows[0].pk).modified > before


def test_the_database_refuses_what_it_always_refuses():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Author, [Author(slug="nobody")])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Venue, [Venue(slug="a", name="A"), Venue(slug="b", name="A")])


def test_many_rows_take_one_statement():
    with CaptureQueriesContext(connection) as queries:
        insert(
            Category,
            [Category(title=f"Heading {number}", slug=f"h{number}") for number in range(40)],
        )

    assert [one["sql"].split()[0] for one in queries if "category" in one["sql"]] == ["40"]
    assert Category.objects.count() == 40


def test_nothing_is_written_for_nothing():
    with CaptureQueriesContext(connection) as queries:
        insert(Category, [])
        update([], ("title",))

    assert not len(queries)
