"""Papers with all their parts: the same as Django fetches them, in as many queries for any."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publications.models import Publication, Source
from publications.rows import to_record
from publications.whole import whole
from tests.factories import make_author, make_publication

pytestmark = pytest.mark.django_db
PARTS = ("authorships", "links", "topics", "sources")


def made(count):
    ada = make_author("Ada Lovelace", is_owner=True)
    return [
        make_publication(
            authors=["Zoë Ruiz", ada, ("Ben Kim", {"marks": "*"})],
            venue="Neural Networks (NN)",
            category="Journal Papers",
            links=[("code", "/code/"), ("arxiv", "https://arxiv.org/abs/2210.04188")],
            topics=["zebra", "Ants", "bees"],
            source="as it was written",
        )
        for _ in range(count)
    ]


def test_they_are_as_django_fetches_them_and_ask_for_nothing_more():
    keys = [paper.pk for paper in made(2)]
    Source.objects.create(publication_id=keys[0], format="bibtex", extra={"series": "LNCS"})
    draft = make_publication(visibility="draft")

    found = whole([*keys, draft.pk])

    expected = Publication.objects.for_page(with_files=True).in_bulk(keys)
    assert found.keys() == expected.keys()
    for key, paper in found.items():
        for name in PARTS:
            rows = list(getattr(expected[key], name).all())
            with CaptureQueriesContext(connection) as queries:
                assert list(getattr(paper, name).all()) == rows
                assert to_record(paper, "bibtex") == to_record(expected[key], "bibtex")
            assert queries.captured_queries == []
            assert rows


def test_any_number_takes_the_same_queries():
    keys = [paper.pk for paper in made(3)]

    with CaptureQueriesContext(connection) as of_one:
        whole(keys[:1])
    with CaptureQueriesContext(connection) as of_all:
        whole(keys)

    assert len(of_one) == len(of_all)
