import pytest

from publications.filing import HEADINGS, category_for
from publications.models import Category, Kind
from tests.factories import make_category

pytestmark = pytest.mark.django_db


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
