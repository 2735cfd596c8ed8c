"""What the catalogue says of lists is what the database says."""

import pytest

from publications.catalogue import Catalogue
from publications.choices import choices
from publications.facets import FACETS, ListState
from publications.models import Authorship
from publications.narrowing import narrow
from tests.factories import make_author, make_category, make_publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers():
    owner = make_author("Mingqing Xiao", is_owner=True)
    first, second = (
        make_category("Journals", default_kind="article-journal"),
        make_category("Talks"),
    )
    for number in range(12):
        make_publication(
            f"Paper {number}",
            authors=[owner, "Di He"] if number % 3 else ["Di He", owner, f"Author {number}"],
            year=2000 + number % 4 if number else None,
            category=[None, first, second][number % 3],
            kind=["article-journal", "paper-conference"][number % 2],
            venue=["", "Neural Networks (NN)", "Science"][number % 3],
            topics=[["Nets"], ["Nets", "Spikes"], []][number % 3],
        )
    twice = make_publication("Signed twice", authors=["Di He"])
    Authorship.objects.create(
        publication=twice, author=twice.authors.get(), position=5, equal_contribution=True
    )
    make_publication("Doubted", doubts="?", source="As typed", authors=["Hidden Hand"])
    make_publication("Draft", visibility="draft", authors=["Hidden Hand"])


def states():
    yield ListState()
    for facet, some in choices(ListState(), Catalogue().categories).items():
        if facet in FACETS:
            yield from (ListState(**{facet: choice.value}) for choice in some)


def test_each_list_has_its_papers_in_its_order_and_its_choices(papers):
    catalogue = Catalogue()
    found = list(states())

    assert len(found) >= 20
    for state in found:
        expected = narrow(state).newest_first().values_list("pk", flat=True)
        assert [catalogue.keys[place] for place in catalogue.of(state)] == list(expected), state
        assert catalogue.choices(state) == choices(state, catalogue.categories), state


def test_it_takes_the_same_queries_for_many_papers(papers, django_assert_num_queries):
    with django_assert_num_queries(15):
        catalogue = Catalogue()
        for state in [ListState(), ListState(year="2001")]:
            catalogue.choices(state)


def test_of_what_is_not_there_it_knows_nothing(papers):
    assert list(Catalogue().of(ListState(author="nobody"))) == []
