"""References in plain text."""

import pytest

from publications.formats.plain import dump
from publications.records import AuthorName, PublicationRecord

JANE, JOHN = AuthorName("Jane", "Doe"), AuthorName("John", "Roe", printed="J. Roe")


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({}, "Learning in O(n)."),
        ({"title": "Why?"}, "Why?"),
        ({"authors": (JANE,)}, "Jane Doe. Learning in O(n)."),
        ({"authors": (JANE, JOHN)}, "Jane Doe and J. Roe. Learning in O(n)."),
        ({"authors": (JANE,), "and_others": True}, "Jane Doe, et al. Learning in O(n)."),
        (
            {
                "venue": "Neural Networks",
                "venue_acronym": "NN",
                "volume": "4",
                "number": "2",
                "pages": "1--9",
                "publisher": "Elsevier",
                "year": 2020,
                "award": "Oral",
                "status": "to-appear",
                "doi": "10.1000/a<b",
            },
            "Learning in O(n). Neural Networks (NN), vol. 4, no. 2, pp. 1-9, Elsevier, 2020. "
            "To appear. Oral. https://doi.org/10.1000/a%3Cb",
        ),
        ({"arxiv_id": "2104.08253"}, "Learning in O(n). arXiv:2104.08253"),
    ],
)
def test_a_reference_says_what_is_known(values, line):
    record = PublicationRecord(**{"title": "*Learning* in $O(n)$", **values})

    assert dump([record]) == f"{line}\n"


def test_each_reference_is_one_line():
    records = [PublicationRecord(title="One", note="Two\nlines"), PublicationRecord(title="Two")]

    assert dump(records) == "One. Two lines.\nTwo.\n"
