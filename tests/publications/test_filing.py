from dataclasses import replace

import pytest

from publications import reconcile
from publications.filing import category_for, filed
from publications.models import Category, ImportRun, Kind, Publication
from publications.records import CategoryRecord, Loaded, PublicationRecord
from publications.shelves import HEADINGS
from tests.factories import make_category

pytestmark = pytest.mark.django_db

PREPRINT = PublicationRecord("On walking", kind=Kind.PREPRINT, year=2019, arxiv_id="2001.00001")
PUBLISHED = replace(PREPRINT, kind=Kind.CONFERENCE, venue="Conference on Walking", year=2020)


def bring(record, loaded=None, format="bibtex"):
    plan = filed(reconcile.plan([record], format=format, source="my.bib"), loaded=loaded)
    reconcile.apply(plan, ImportRun.objects.create(source="my.bib"))
    return plan


def headings():
    return list(Category.objects.values_list("title", flat=True))


def test_the_first_category_of_the_kind_is_taken():
    make_category("Second", default_kind=Kind.THESIS, position=2)
    first = make_category("First", default_kind=Kind.THESIS, position=1)

    assert category_for(Kind.THESIS) == first


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_has_a_heading_that_is_made_once_and_last(kind):
    make_category("Talks", position=7)

    made = category_for(kind)

    assert made == category_for(kind)
    assert (made.title, made.position, made.default_kind) == (HEADINGS[Kind(kind)], 8, kind)
    assert Category.objects.count() == 2


def test_what_has_appeared_moves_to_a_heading_that_is_made_for_it():
    bring(PREPRINT)

    bring(PUBLISHED)

    assert headings() == ["Preprints", "Conference Papers"]
    assert Publication.objects.get().category.title == "Conference Papers"


def test_no_heading_is_made_for_what_stays_where_its_owner_put_it():
    bring(PREPRINT)
    Publication.objects.update(category=make_category("My best"))

    bring(PUBLISHED)

    assert set(headings()) == {"Preprints", "My best"}
    assert Publication.objects.get().category.title == "My best"


def test_no_heading_is_made_for_an_offer_that_may_never_be_taken():
    bring(PREPRINT)
    talks = Loaded(headings=(CategoryRecord("talks", "Talks"),), under=("talks",))

    plan = bring(replace(PUBLISHED, arxiv_id=""), talks, format="ris")

    assert headings() == ["Preprints", "Talks"]
    (item,) = plan.items
    assert "category" not in item.offer.merged.taken
    assert item.offer.merged.taken["year"] == (2019, 2020)
