"""Publications in the words of schema.org."""

import json

import pytest
from hypothesis import given

from publications.metadata.linked_data import work
from publications.records import AuthorName, PublicationRecord
from tests.publications.formats.strategies import lines, records
from tests.publications.metadata.test_highwire import ADDRESS, WHOLE, record

HOME = "https://jane.example.org/"


def found(record, **options):
    return work(record, address=ADDRESS, home=HOME, **options)


def test_a_paper_in_a_journal_says_all_that_is_known():
    people = (
        AuthorName(given="Ada", family="Byron", is_owner=True, orcid="0000-0002-1825-0097"),
        AuthorName(given="L.", particle="van", family="B", suffix="Jr.", url="https://b.example/"),
        AuthorName(literal="ATLAS Collaboration"),
        AuthorName(literal="肖明庆"),
    )
    paper = PublicationRecord(
        **{
            **vars(WHOLE),
            "kind": "article-journal",
            "authors": people,
            "award": "Best *Paper*",
            "topics": ("Nets",),
        }
    )

    data = found(
        paper,
        pdf=f"{ADDRESS}paper.pdf",
        image="https://jane.example.org/media/a.png",
        language="en",
        modified="2024-06-01T10:00:00+00:00",
    )

    assert data == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": ADDRESS,
        "url": ADDRESS,
        "name": "On Nets & x^2",
        "headline": "On Nets & x^2",
        "author": [
            {
                "@type": "Person",
                "@id": "https://orcid.org/0000-0002-1825-0097",
                "name": "Ada Byron",
                "givenName": "Ada",
                "familyName": "Byron",
                "url": HOME,
            },
            {
                "@type": "Person",
                "name": "L. van B Jr.",
                "givenName": "L.",
                "familyName": "van B",
                "honorificSuffix": "Jr.",
                "url": "https://b.example/",
            },
            {"@type": "Organization", "name": "ATLAS Collaboration"},
            {"@type": "Person", "name": "肖明庆"},
        ],
        "datePublished": "2024-05-01",
        "dateModified": "2024-06-01T10:00:00+00:00",
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": "2",
            "isPartOf": {
                "@type": "PublicationVolume",
                "volumeNumber": "4",
                "isPartOf": {
                    "@type": "Periodical",
                    "name": "Venue Name",
                    "alternateName": "VN",
                    "issn": "1234-5679",
                },
            },
        },
        "pageStart": "10",
        "pageEnd": "20",
        "publisher": {"@type": "Organization", "name": "ACME"},
        "identifier": [{"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1000/xyz"}],
        "sameAs": ["https://doi.org/10.1000/xyz"],
        "abstract": "We learn in O(n).",
        "inLanguage": "en",
        "keywords": ["Nets"],
        "award": "Best Paper",
        "image": "https://jane.example.org/media/a.png",
        "isAccessibleForFree": True,
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": f"{ADDRESS}paper.pdf",
            "encodingFormat": "application/pdf",
        },
    }


@pytest.mark.parametrize(
    ("kind", "type"),
    [
        ("paper-conference", "ScholarlyArticle"),
        ("article", "ScholarlyArticle"),
        ("chapter", "Chapter"),
        ("book", "Book"),
        ("thesis", "Thesis"),
        ("report", "Report"),
        ("dataset", "Dataset"),
        ("software", "SoftwareSourceCode"),
        ("article-newspaper", "NewsArticle"),
        ("patent", "CreativeWork"),
    ],
)
def test_each_kind_has_its_type(kind, type):
    assert found(record(kind=kind))["@type"] == type


def test_levels_that_are_not_known_are_left_out():
    assert found(record(venue="NN", number="3"))["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "3",
        "isPartOf": {"@type": "Periodical", "name": "NN"},
    }
    assert found(record(kind="paper-conference", venue="ICML"))["isPartOf"] == {
        "@type": "Book",
        "name": "ICML",
    }


def test_what_is_unknown_is_left_out():
    assert found(record()) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": ADDRESS,
        "url": ADDRESS,
        "name": "A",
        "headline": "A",
    }


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"kind": "article"}, "Preprint"),
        ({"kind": "article", "status": "submitted", "venue": "Nature"}, "Submitted"),
        ({"status": "to-appear", "venue": "Nature"}, "To appear"),
    ],
)
def test_what_has_not_appeared_says_so(values, status):
    data = found(record(**values))

    assert data["creativeWorkStatus"] == status
    assert ("Nature" in json.dumps(data)) == (status == "To appear")


@given(records(lines(), statuses=["", "submitted"]))
def test_nothing_in_it_is_empty(record):
    def check(value):
        assert value not in ("", None, [], {})
        for part in value.values() if isinstance(value, dict) else value * isinstance(value, list):
            check(part)

    check(found(record))
