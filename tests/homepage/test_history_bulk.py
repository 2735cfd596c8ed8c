"""States of many rows, kept at once as they would be kept one by one."""

import json

import pytest
from django.contrib.auth import get_user_model
from reversion.models import Revision, Version

from homepage.common import history
from homepage.common.history_bulk import keep_many
from homepage.common.history_restoring import restore
from publications.models import Publication
from tests.factories import make_publication

pytestmark = pytest.mark.django_db

STORED = ("content_type", "object_id", "db", "format", "serialized_data", "object_repr")


def papers():
    return [
        make_publication(
            title=f"Paper {number}",
            authors=["Ada Lovelace", ("Alan Turing", {"marks": "*"})],
            links=[("code", "https://example.org/")],
            topics=["Spikes", "Rate codes"],
            venue="Neural Networks",
        )
        for number in range(3)
    ]


def stored():
    return sorted(str(_comparable(row)) for row in Version.objects.values(*STORED))


def _comparable(row):
    """Read the JSON: Django 6.1 ends it with a newline, and a relation to many has no order."""
    (data,) = json.loads(row["serialized_data"])
    data["fields"] = {
        name: sorted(value) if isinstance(value, list) else value
        for name, value in data["fields"].items()
    }
    return {**row, "serialized_data": data}


def test_what_is_stored_is_what_keeping_one_by_one_stores():
    rows = papers()
    owner = get_user_model().objects.create_user("owner")
    for row in rows:
        with history.recording(owner):
            history.keep(row, "Kept.")
    one_by_one = stored()
    Revision.objects.all().delete()

    keep_many(Publication, [row.pk for row in rows], "Kept.", owner)

    assert stored() == one_by_one
    assert list(Revision.objects.values_list("comment", "user")) == [("Kept.", owner.pk)] * 3


def test_a_state_is_kept_once_and_comes_back():
    first, second, _ = rows = papers()
    keys = [row.pk for row in rows]
    keep_many(Publication, keys, "First.")
    second.title = "Another title"
    second.save()
    first.links.all().delete()

    keep_many(Publication, keys, "Second.")
    keep_many(Publication, keys, "Third.")

    comments = [[state.comment for state in history.states_of(row)] for row in rows]
    assert comments == [["Second.", "First."], ["Second.", "First."], ["First."]]
    owner = get_user_model().objects.create_user("owner")
    restore(history.states_of(first)[-1], owner)
    assert [link.label for link in first.links.all()] == ["code"]


def test_what_says_nothing_of_the_content_is_no_new_state():
    row, *_ = papers()
    keep_many(Publication, [row.pk], "First.")
    Publication.objects.update(version=7, search_text="other")

    keep_many(Publication, [row.pk], "Second.")

    assert len(history.states_of(row)) == 1
