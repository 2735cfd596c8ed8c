"""Records that fit the columns, with all that does not kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.common.validators import MAX_LENGTH, MAX_URL_LENGTH
from publications.formats.fitting import (
    LONGEST,
    LONGEST_ABSTRACT,
    LONGEST_ADDRESS,
    LONGEST_LABEL,
    LONGEST_NAME,
    fitted,
    is_citation_key,
)
from publications.models import Author, Publication, PublicationLink, Venue
from publications.records import AuthorName, Link, PublicationRecord

VENUE = {"venue": "name", "venue_acronym": "acronym"}


def length(model, name):
    return model._meta.get_field(name).max_length


def test_lengths_are_those_of_the_columns():
    for name, longest in LONGEST.items():
        model = Venue if name in VENUE else Publication
        assert (name, longest) == (name, length(model, VENUE.get(name, name)))
    assert {name: length(Author, name) for name in LONGEST_NAME} == LONGEST_NAME
    assert length(PublicationLink, "label") == LONGEST_LABEL
    assert length(PublicationLink, "url") == LONGEST_ADDRESS == MAX_URL_LENGTH
    assert LONGEST_ABSTRACT == MAX_LENGTH


@pytest.mark.parametrize(
    ("values", "name", "message"),
    [
        ({"volume": "1" * 51}, "volume", "volume “1111"),
        ({"abstract": "a" * 100_001}, "abstract", "abstract “aaa"),
        ({"year": 20222}, "year", "year “20222” is no year of four digits"),
        ({"month": 5}, "month", "month “5” is no month of a year"),
        ({"year": 2022, "day": 5}, "day", "day “5” is no day of a month"),
        ({"doi": "nothing"}, "doi", "“nothing” is no DOI, so it is only kept."),
        ({"isbn": "123"}, "isbn", "“123” is no ISBN, so it is only kept."),
    ],
)
def test_a_value_that_does_not_fit_is_kept_with_a_problem(values, name, message):
    record, (problem,) = fitted(PublicationRecord(title="One", line=7, **values))

    assert not getattr(record, name)
    assert record.extra == {name: values[name]}
    assert str(problem).startswith(f"line 7: {message}")


def test_identifiers_take_their_normal_form():
    record, problems = fitted(
        PublicationRecord(title="One", doi="https://doi.org/10.1000/X", isbn="978-3-030-58452-8")
    )

    assert (record.doi, record.isbn, problems) == ("10.1000/X", "9783030584528", [])


def test_a_name_without_family_name_is_whole_and_an_empty_one_is_none():
    record, _ = fitted(PublicationRecord(title="One", authors=(AuthorName("Plato"), AuthorName())))

    assert record.authors == (AuthorName(literal="Plato"),)


def test_a_name_too_long_is_cut_and_kept_whole():
    name = "A" * 301
    record, (problem,) = fitted(PublicationRecord("One", authors=(AuthorName(literal=name),)))

    assert str(record.authors[0]) == "A" * 299 + "…"
    assert record.extra == {"authors": [name]}
    assert "is too long; it is cut" in str(problem)


@pytest.mark.parametrize("key", ["xiao2022", "Doe:2020", "a+b", "müller", "12a"])
def test_citation_keys_are_known(key):
    assert is_citation_key(key)


@pytest.mark.parametrize("key", ["", "12", "two words", "a,b", "a{b", "http://x.org/a", "x" * 201])
def test_what_is_no_citation_key_is_known(key):
    assert not is_citation_key(key)


@given(
    st.builds(
        PublicationRecord,
        title=st.text(),
        venue=st.text(),
        venue_acronym=st.text(),
        abstract=st.text(),
        year=st.none() | st.integers(),
        month=st.none() | st.integers(0, 13),
        day=st.none() | st.integers(0, 32),
        doi=st.text(),
        authors=st.lists(
            st.builds(AuthorName, st.text(), st.text(), st.text(), st.text(), st.text())
        ).map(tuple),
        links=st.lists(st.builds(Link, st.text(), st.text())).map(tuple),
        extra=st.dictionaries(st.text(), st.text() | st.floats() | st.none()),
    )
)
def test_whatever_a_reader_found_can_be_stored(record):
    fit, _ = fitted(record)

    text = str(fit.as_json()) + str(fit.extra)
    assert not any(char < " " and char != "\n" or "\ud800" <= char <= "\udfff" for char in text)
    assert all(name.family or name.literal for name in fit.authors)
    assert fit.day is None or fit.month is not None
    assert fit.month is None or fit.year is not None


def test_an_acronym_that_stands_behind_the_venue_as_well_is_said_once():
    record, _ = fitted(
        PublicationRecord("A", venue="Conference on Walls (COW)", venue_acronym="COW")
    )

    assert (record.venue, record.venue_acronym) == ("Conference on Walls", "COW")
