"""What papers lack, and which of them may be one work."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publications.models import Publication
from publications.needs import NEEDS, counts
from publications.twins import suspects
from tests.factories import make_publication

pytestmark = pytest.mark.django_db

TITLE = "Learning to unfold proteins"


def needs_of(paper):
    return {
        need.name
        for need in NEEDS.values()
        if Publication.objects.filter(need.rule(), pk=paper.pk).exists()
    }


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, {"doi", "pdf", "abstract"}),
        ({"doi": "10.1000/1", "abstract": "We show."}, {"pdf"}),
        ({"kind": "thesis", "abstract": "We show."}, {"pdf"}),
        ({"kind": "article", "arxiv_id": "2005.05650"}, {"abstract"}),
        ({"pdf": "papers/a.pdf", "doi": "10.1000/1"}, {"abstract"}),
        ({"links": [("PDF", "https://example.org/1")], "doi": "10.1000/1"}, {"abstract"}),
        ({"links": [("paper", "https://a.org/1.pdf")], "doi": "10.1000/1"}, {"abstract"}),
        ({"links": [("code", "https://github.com/1")], "doi": "10.1000/1"}, {"pdf", "abstract"}),
        ({"visibility": "draft", "doubts": "Perhaps."}, {"look"}),
        ({"visibility": "trash", "doubts": "Perhaps."}, set()),
        ({"status": "submitted", "year": 2020}, {"overdue", "pdf", "abstract"}),
        ({"status": "accepted", "year": None}, {"pdf", "abstract"}),
    ],
)
def test_what_a_paper_lacks(values, expected):
    values = {"kind": "article-journal", **values}

    assert needs_of(make_publication(**values)) == expected


def test_a_paper_of_this_year_may_still_appear():
    assert "overdue" not in needs_of(make_publication(status="to-appear", year=date.today().year))


def test_all_needs_are_counted_at_once(django_assert_num_queries):
    make_publication(title=TITLE)
    make_publication(title=TITLE)

    with django_assert_num_queries(3):  # one for all, two for the pairs
        found = counts(NEEDS)

    assert found == {"look": 0, "twins": 2, "overdue": 0, "doi": 2, "pdf": 2, "abstract": 2}


@pytest.mark.parametrize(
    ("first", "second", "may_be_one"),
    [
        ({}, {}, True),
        ({}, {"title": "Learning to Unfold: Proteins"}, True),
        ({}, {"title": "Learning to fold proteins"}, False),
        ({"title": "Über Eiweißfaltung in Zellen"}, {"title": "Uber Eiweissfaltung in Zellen"}, True),
        ({"title": "蛋白质折叠"}, {"title": "蛋白质折叠"}, True),
        ({"title": "Editorial"}, {"title": "Editorial"}, False),
        ({"venue": "NeurIPS"}, {"venue": "Neural Networks"}, False),  # and its journal version
        ({"venue": "NeurIPS"}, {}, True),
        ({"year": 2022}, {"year": 2010}, False),
        ({"year": None}, {"year": 2010}, True),
        ({"doi": "10.1000/1"}, {"doi": "10.1000/2"}, False),
        ({"doi": "10.1000/1"}, {"doi": "10.48550/arXiv.2005.05650"}, True),
        ({"title": "Other", "doi": "10.1000/ABC"}, {"title": "Works", "doi": "10.1000/abc"}, True),
        ({"title": "Old", "arxiv_id": "2005.05650"}, {"title": "New", "arxiv_id": "2005.05650"}, True),
        ({}, {"visibility": "trash"}, False),
        ({}, {"visibility": "draft"}, True),
    ],
)  # fmt: skip
def test_papers_that_may_be_one_work(first, second, may_be_one):
    first = make_publication(**{"title": TITLE, **first})
    second = make_publication(**{"title": TITLE, **second})

    assert suspects() == ([(first.pk, second.pk)] if may_be_one else [])


def test_what_was_called_different_stays_so():
    first, second = make_publication(title=TITLE), make_publication(title=TITLE)

    second.different_from.add(first)

    assert suspects() == []


def test_three_of_a_kind_are_two_pairs():
    papers = [make_publication(title=TITLE).pk for _ in range(3)]

    assert suspects() == [(papers[0], papers[1]), (papers[1], papers[2])]


@pytest.mark.slow
@given(title=st.text(max_size=60))
def test_any_title_is_its_own_twin(title):
    from publications.twins import _bare

    assert _bare(title) == _bare(title.upper().lower()) or title.lower() != title.upper().lower()
