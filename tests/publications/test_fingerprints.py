"""Nothing that is shown of a paper can change without its fingerprint."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection, models
from django.test import RequestFactory
from django.urls import reverse

from publications import feeds
from publications import fingerprints as module
from publications.entries import Look, render
from publications.fingerprints import LEFT_OUT, NOT_FOLLOWED, READ, columns, fingerprints
from publications.formats import EXCHANGED
from publications.models import (
    Author,
    Authorship,
    Category,
    ImportRun,
    Publication,
    PublicationLink,
    Source,
    Topic,
    Venue,
)
from tests.factories import make_category, make_publication, make_venue

pytestmark = pytest.mark.django_db

MODELS = [*READ, Venue, Category, Topic]
FIELDS = [(model, field) for model in MODELS for field in model._meta.concrete_fields]
KEYS = [(model, field) for model, field in FIELDS if not field.primary_key]


def name_of(value):
    return value.__name__ if isinstance(value, type) else value.name


@pytest.fixture
def paper():
    """Make a paper of which every column says something, beside rows that it can be led to."""
    make_publication("Another", authors=["Bob Berg"], topics=["Walls"], source="Elsewhere")
    Publication.objects.update(category=make_category("Talks"), venue=make_venue("Elsewhere"))
    run, _ = [ImportRun.objects.create(source=name) for name in ("a.bib", "b.bib")]
    paper = make_publication(
        "Echoes in $O(n)$ time",
        authors=[("Ada Lovelace", {"marks": "*", "equal_contribution": True}), "Carl Cox"],
        category="Journal Papers",
        venue="Neural Networks (NN)",
        links=[("code", "https://example.org/code")],
        topics=["Nets"],
        source="Echoes, **1840**",
        image="images/0123.png",
        image_width=400,
        image_height=300,
        pdf="papers/0123.pdf",
        abstract="We *listen*.",
        month=3,
        day=4,
    )
    Source.objects.filter(publication=paper).update(run=run, extra={"keywords": "echo"})
    Source.objects.create(publication=paper, format="bibtex", extra={"series": "LNCS"})
    return paper


def digest(paper):
    return fingerprints([paper.pk])[paper.pk].digest


def rows_of(model, paper):
    """Return the rows of a model that belong to the paper."""
    path = {
        Publication: "pk",
        Venue: "publications",
        Category: "publications",
        Topic: "publications",
        Author: "publications",
    }.get(model, "publication")
    keys = model._base_manager.filter(**{path: paper.pk}).order_by("pk").values_list("pk")[:1]
    return model._base_manager.filter(pk__in=list(keys.values_list("pk", flat=True)))


def change(rows, field):
    """Give a column of the one row another value, without a signal or `save()`."""
    value = rows.values_list(field.attname, flat=True).get()
    rows.update(**{field.attname: another(field, value)})


def another(field, value):
    if field.is_relation:
        return field.related_model._base_manager.exclude(pk=value).values_list("pk", flat=True)[0]
    if field.choices:
        return next(choice for choice, _ in field.choices if choice not in ("", value))
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return value + timedelta(microseconds=1)
    if isinstance(field, models.UUIDField):
        return uuid.UUID(int=7)
    if isinstance(field, models.JSONField):
        return {**value, "more": 1}
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    return f"{value}x"


@pytest.mark.parametrize(("model", "field"), KEYS, ids=name_of)
def test_each_column_counts_but_those_that_are_left_out(paper, model, field):
    before, shown = digest(paper), everything_shown(paper)
    is_left_out = field.name in LEFT_OUT.get(model, {})
    if field.name == "publication":
        rows_of(model, paper).delete()
    else:
        change(rows_of(model, paper), field)

    assert (digest(paper) == before) is is_left_out
    if is_left_out:
        assert everything_shown(paper) == shown


def everything_shown(paper):
    """Return all that is rendered of a paper, read with doubt or not."""
    shown = []
    for doubts in ("", "Are these the authors?"):
        Publication.objects.filter(pk=paper.pk).update(doubts=doubts)
        found = Publication.objects.for_page(with_files=True).get(pk=paper.pk)
        request = RequestFactory().get("/")
        for detailed in (False, True):
            look = Look(detailed=detailed, origin="http://localhost:8000")
            shown.append(render(found, look, explained=False))
        shown.append(feeds.rendered(found, request))
    Publication.objects.filter(pk=paper.pk).update(doubts="")
    return shown


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_each_relation_is_followed_or_left_out(model):
    followed = {*MODELS}
    left_out = NOT_FOLLOWED.get(model, {})
    relations = {
        field.name: field
        for field in model._meta.get_fields()
        # What others tell of a venue or an author is not shown of the paper.
        if field.is_relation and (model is Publication or field.concrete)
    }
    missing = {
        name
        for name, field in relations.items()
        if field.related_model not in followed and name not in left_out
    }
    assert missing == set()
    assert set(left_out) <= set(relations)


@pytest.mark.parametrize("model", LEFT_OUT, ids=name_of)
def test_what_is_left_out_is_there_and_has_a_reason(model):
    assert set(LEFT_OUT[model]) <= {field.name for field in model._meta.concrete_fields}
    assert all(LEFT_OUT[model].values())
    assert not set(LEFT_OUT[model]) & set(columns(model))


WRITES = {
    "an author more": lambda paper: Authorship.objects.create(
        publication=paper, author=Author.objects.get(family="Berg"), position=9
    ),
    "an author less": lambda paper: paper.authorships.last().delete(),
    "authors in another order": lambda paper: swap(*paper.authorships.all()),
    "a link in bulk": lambda paper: PublicationLink.objects.bulk_create(
        [PublicationLink(publication=paper, label="data", url="https://example.org/")]
    ),
    "a link less": lambda paper: paper.links.all().delete(),
    "a topic more": lambda paper: paper.topics.add(Topic.objects.get(name="Walls")),
    "no topic": lambda paper: paper.topics.clear(),
    "a source less": lambda paper: paper.sources.filter(format="bibtex").delete(),
    "in bulk": lambda paper: bulk_update(paper, "title"),
    "raw SQL": lambda paper: execute("UPDATE publications_author SET given = 'Augusta'"),
    "raw SQL of a venue": lambda paper: execute("UPDATE publications_venue SET url = 'http://a'"),
}


def swap(one, other):
    one.position, other.position = other.position, one.position
    Authorship.objects.bulk_update([one, other], ["position"])


def bulk_update(paper, name):
    setattr(paper, name, "Other")
    Publication.objects.bulk_update([paper], [name])


def execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("write", WRITES)
def test_whatever_way_rows_are_written_the_digest_changes(paper, write):
    before = digest(paper)
    WRITES[write](paper)
    assert digest(paper) != before


def test_another_paper_changes_nothing(paper):
    other = Publication.objects.get(title="Another")
    before = digest(paper)
    other.title = "Still another"
    other.save()
    other.topics.clear()
    other.authorships.all().delete()
    assert digest(paper) == before


def test_a_paper_without_anything_has_a_fingerprint():
    paper = Publication.objects.create(title="Alone")
    assert digest(paper) == digest(paper)
    assert fingerprints([]) == {}
    assert fingerprints([paper.pk + 1]) == {}


def test_named_or_not_the_digest_is_the_same(paper, monkeypatch):
    keys = list(Publication.objects.values_list("pk", flat=True))
    named = fingerprints(keys)
    monkeypatch.setattr(module, "MOST_NAMED", 0)
    assert fingerprints(keys) == named
    assert fingerprints(keys[:1]) == {keys[0]: named[keys[0]]}


def test_any_number_of_papers_takes_the_same_queries(paper, django_assert_num_queries):
    with django_assert_num_queries(6):
        fingerprints([paper.pk])
    keys = [make_publication(authors=["Ada Lovelace", "Bob Berg"]).pk for _ in range(20)]
    with django_assert_num_queries(6):
        fingerprints(keys)


def test_marks_and_roles_are_told(paper):
    other = Publication.objects.get(title="Another")
    found = fingerprints([paper.pk, other.pk])
    assert (found[paper.pk].has_marks, found[other.pk].has_marks) == (True, False)
    Authorship.objects.filter(publication=other).update(corresponding=True)
    assert fingerprints([other.pk])[other.pk].has_marks


def test_a_picture_of_unknown_size_is_looked_at_each_time(paper):
    Publication.objects.filter(pk=paper.pk).update(image_width=None)
    assert digest(paper) != digest(paper)


def test_files_are_made_of_what_counts(paper, client):
    """A source's fields without a column are in the file of its format."""
    address = reverse("publications:detail-file", args=[paper.slug, EXCHANGED["bib"]])
    before, text = digest(paper), client.get(address).content
    Source.objects.filter(publication=paper, format="bibtex").update(extra={"series": "LNAI"})
    assert client.get(address).content != text
    assert digest(paper) != before
