"""What the address of a list says, and how a list says its own."""

import pytest
from django.http import QueryDict

from publications.facets import FACETS, ListState


def read(query, **fixed):
    return ListState.read(QueryDict(query), **fixed)


def test_a_query_names_every_part_of_a_state():
    query = (
        "q=spiking+nets&kind=article-journal&year=2019-2022&category=journal-papers&topic=snn"
        "&venue=nn&author=di-he&first=1&group=kind&page=2"
    )

    assert read(query) == ListState(
        q="spiking nets",
        kind="article-journal",
        year="2019-2022",
        category="journal-papers",
        topic="snn",
        venue="nn",
        author="di-he",
        first=True,
        group="kind",
        page=2,
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {}),
        ("q=&kind=&year=&group=&page=&first=", {}),
        ("utm_source=x&kind[]=article&KIND=book", {}),
        ("q=%00%0A", {}),
        ("q=***", {}),
        ("q=%FF%FE", {}),
        ("q=+a++b+", {"q": "a b"}),
        ("q=a%00b%E2%80%AEc", {"q": "abc"}),
        ("q=" + "x" * 9000, {"q": "x" * 100}),
        ("kind=book&kind=article", {"kind": "article"}),
        ("first=true", {}),
        ("group=author", {}),
        ("page=-1", {}),
        ("page=0", {}),
        ("page=abc", {}),
        ("page=99999999999", {}),
        ("page=%D9%A3", {}),
        ("page=3", {"page": 3}),
        ("year=2024", {"year": "2024"}),
        ("year=2022-2019", {"year": "2019-2022"}),
        ("year=2019+–+2022", {"year": "2019-2022"}),
        ("year=2019-2019", {"year": "2019"}),
        ("year=2019-", {"year": "2019-"}),
        ("year=-2019", {"year": "-2019"}),
        ("year=２０１９", {"year": "2019"}),
        ("year=-", {"year": "-"}),
        ("year=last+year", {"year": "last year"}),
    ],
)
def test_whatever_a_query_says_is_a_state(query, expected):
    assert read(query) == ListState(**expected)


def test_what_the_path_says_wins():
    assert read("year=2020&page=7&kind=book", year="2024", page=2) == ListState(
        year="2024", page=2, kind="book"
    )


@pytest.mark.parametrize(
    ("year", "years"),
    [
        ("2024", (2024, 2024)),
        ("2019-2022", (2019, 2022)),
        ("2019-", (2019, 9999)),
        ("-2019", (0, 2019)),
        ("", None),
        ("-", None),
        ("20192022", None),
        ("soon", None),
    ],
)
def test_years(year, years):
    assert ListState(year=year).years == years


@pytest.mark.parametrize(
    ("state", "url", "file"),
    [
        ({}, "/publications/", "/publications.ris"),
        ({"page": 2}, "/publications/page/2/", "/publications.ris"),
        ({"group": "kind"}, "/publications/?group=kind", "/publications.ris"),
        ({"year": "2024"}, "/publications/year/2024/", "/publications/year/2024.ris"),
        (
            {"kind": "article-journal", "page": 3, "group": "category"},
            "/publications/kind/article-journal/page/3/?group=category",
            "/publications/kind/article-journal.ris",
        ),
        ({"author": "di-he"}, "/publications/author/di-he/", "/publications/author/di-he.ris"),
        (
            {"year": "2019-2022"},
            "/publications/?year=2019-2022",
            "/publications.ris?year=2019-2022",
        ),
        ({"first": True}, "/publications/?first=1", "/publications.ris?first=1"),
        (
            {"q": "a & é", "topic": "snn", "kind": "book", "page": 2},
            "/publications/?q=a+%26+%C3%A9&kind=book&topic=snn&page=2",
            "/publications.ris?q=a+%26+%C3%A9&kind=book&topic=snn",
        ),
    ],
)
def test_a_state_has_one_address_and_one_file_in_each_format(state, url, file):
    assert ListState(**state).url() == url
    assert ListState(**state).file_url("ris") == file


@pytest.mark.parametrize("facet", FACETS)
def test_a_value_that_no_path_can_hold_has_its_address_in_the_query(facet):
    state = ListState(**{facet: "../x y"})

    assert state.url() == f"/publications/?{facet}=..%2Fx+y"
    assert state.file_url("ris") == f"/publications.ris?{facet}=..%2Fx+y"


def test_going_on_begins_at_the_first_page():
    assert ListState(page=4).with_(kind="book") == ListState(kind="book")
