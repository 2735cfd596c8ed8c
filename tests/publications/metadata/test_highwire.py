"""`citation_*` tags, by the rules of Google Scholar and Zotero."""

import re

import pytest
from hypothesis import given

from publications.metadata.highwire import tags
from publications.models import Kind
from publications.records import AuthorName, PublicationRecord
from tests.publications.formats.strategies import lines, records

ADDRESS = "https://jane.example.org/publications/a/"
WHOLE = PublicationRecord(
    title="On *Nets* & $x^2$",
    authors=(
        AuthorName(given="Ludwig", particle="van", family="Beethoven", marks="*", equal=True),
        AuthorName(given="Martin Luther", family="King", suffix="Jr.", printed="M. L. King"),
        AuthorName(literal="ATLAS Collaboration"),
        AuthorName(literal="肖明庆"),
    ),
    venue="Venue Name",
    venue_acronym="VN",
    year=2024,
    month=5,
    day=1,
    volume="4",
    number="2",
    pages="10--20",
    publisher="ACME",
    abstract="We **learn**\n\nin $O(n)$.",
    doi="10.1000/xyz",
    issn="1234-5679",
    isbn="9783030584528",
)


def record(**values):
    return PublicationRecord(**{"title": "A", "kind": "article-journal", **values})


def found(record, **options):
    result = {}
    for name, content in tags(record, address=ADDRESS, **options):
        result.setdefault(name, []).append(content)
    return result


def zotero_type(found):
    """Return the type that Zotero's "Embedded Metadata" takes from tags in their order."""
    told = {
        "citation_journal_title": "journalArticle",
        "citation_technical_report_institution": "report",
        "citation_conference_title": "conferencePaper",
        "citation_inbook_title": "bookSection",
        "citation_dissertation_institution": "thesis",
    }
    types = [told[name] for name, _ in found if name in told]
    return types[-1] if types else dict(found).get("DC.type", "journalArticle")


def test_a_paper_says_all_that_is_known_of_it():
    topics = ("Spiking; nets", "Energy")
    known = found(
        PublicationRecord(**{**vars(WHOLE), "kind": "article-journal", "topics": topics}),
        pdf=f"{ADDRESS}paper.pdf",
        language="en",
    )

    assert known == {
        "citation_title": ["On Nets & x^2"],
        "citation_author": [
            "van Beethoven, Ludwig",
            "King, Martin Luther Jr.",
            "ATLAS Collaboration,",
            "肖明庆",
        ],
        "citation_publication_date": ["2024/05/01"],
        "citation_journal_title": ["Venue Name"],
        "citation_journal_abbrev": ["VN"],
        "citation_volume": ["4"],
        "citation_issue": ["2"],
        "citation_firstpage": ["10"],
        "citation_lastpage": ["20"],
        "citation_publisher": ["ACME"],
        "citation_issn": ["1234-5679"],
        "citation_isbn": ["9783030584528"],
        "citation_doi": ["10.1000/xyz"],
        "citation_language": ["en"],
        "citation_keywords": ["Spiking, nets; Energy"],
        "citation_abstract": ["We learn in O(n)."],
        "citation_abstract_html_url": [ADDRESS],
        "citation_pdf_url": [f"{ADDRESS}paper.pdf"],
    }


@pytest.mark.parametrize(
    ("kind", "appeared", "type"),
    [
        ("article-journal", {"citation_journal_title": "Venue Name"}, "journalArticle"),
        (
            "paper-conference",
            {"citation_inbook_title": "Venue Name", "citation_conference_title": "Venue Name"},
            "conferencePaper",
        ),
        ("chapter", {"citation_inbook_title": "Venue Name"}, "bookSection"),
        ("book", {}, "book"),
        ("article", {}, "preprint"),
        ("thesis", {"citation_dissertation_institution": "ACME"}, "thesis"),
        ("report", {"citation_technical_report_institution": "ACME"}, "report"),
        ("dataset", {}, "dataset"),
        ("software", {}, "computerProgram"),
        ("patent", {}, "patent"),
        ("article-magazine", {"prism.publicationName": "Venue Name"}, "magazineArticle"),
        ("article-newspaper", {"prism.publicationName": "Venue Name"}, "newspaperArticle"),
        ("webpage", {}, "webpage"),
        ("document", {}, "document"),
    ],
)
def test_each_kind_says_what_it_appeared_in_so_that_zotero_knows_it(kind, appeared, type):
    work = PublicationRecord(**{**vars(WHOLE), "kind": kind})
    known = found(work)

    said = {name for name in known if re.search("_(title|institution)$|^prism", name)}
    assert said - {"citation_title"} == set(appeared)
    assert {name: known[name] for name in appeared} == {k: [v] for k, v in appeared.items()}
    assert zotero_type(tags(work, address=ADDRESS)) == type
    assert ("citation_publisher" in known) == (kind not in ("thesis", "report"))
    number = "citation_technical_report_number" if kind == "report" else "citation_issue"
    assert known[number] == ["2"]


@pytest.mark.parametrize("kind", Kind.values)
def test_a_kind_is_known_where_nothing_tells_where_it_appeared(kind):
    work = record(kind=kind)

    assert zotero_type(tags(work, address=ADDRESS)) == zotero_type(
        [("DC.type", found(work)["DC.type"][0])]
    )
    assert set(found(work)) == {"citation_title", "DC.type", "citation_abstract_html_url"}


def test_what_is_only_submitted_has_not_appeared():
    known = found(record(venue="Nature", venue_acronym="N", status="submitted"))

    assert "Nature" not in str(known)


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ((None, None, None), None),
        ((2024, None, None), ["2024"]),
        ((2024, 5, None), ["2024"]),
        ((2024, 5, 1), ["2024/05/01"]),
    ],
)
def test_a_date_is_whole_or_the_year_alone(date, written):
    year, month, day = date

    assert (
        found(record(year=year, month=month, day=day)).get("citation_publication_date") == written
    )


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [
        ("1-20", ["1"], ["20"]),
        ("S1 – S20", ["S1"], ["S20"]),
        ("e1042", ["e1042"], None),
        ("3, 7-9", ["3, 7-9"], None),
        ("", None, None),
    ],
)
def test_first_and_last_page(pages, first, last):
    known = found(record(pages=pages))

    assert (known.get("citation_firstpage"), known.get("citation_lastpage")) == (first, last)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ({"given": "Ada", "family": "Lovelace"}, "Lovelace, Ada"),
        # Without other authors Zotero would part it into two at the comma.
        (
            {"given": "Ludwig Maria", "particle": "van", "family": "Beethoven"},
            "van Beethoven, Ludwig\u00a0Maria",
        ),
        ({"family": "A; B"}, "A, B"),
        ({"literal": "The ATLAS; Group"}, "The ATLAS, Group,"),
        ({"literal": "ATLAS Collaboration"}, "ATLAS Collaboration,"),
    ],
)
def test_the_only_author_stays_one(name, written):
    assert found(record(authors=(AuthorName(**name),)))["citation_author"] == [written]


def test_a_preprint_has_the_doi_of_arxiv_and_a_published_paper_its_own_or_none():
    assert found(record(kind="article", arxiv_id="2104.08253"))["citation_doi"] == [
        "10.48550/arXiv.2104.08253"
    ]
    published = found(record(kind="paper-conference", arxiv_id="2104.08253"))
    assert "citation_doi" not in published
    assert published["citation_arxiv_id"] == ["2104.08253"]


@given(records(lines(), statuses=["", "submitted", "accepted"]))
def test_no_tag_is_empty_and_each_is_one_line(record):
    known = tags(record, address=ADDRESS)

    assert all(content.strip() and "\n" not in content for _, content in known)
    assert [name for name, _ in known].count("citation_author") == len(record.authors)
    assert ";" not in "".join(content for name, content in known if name == "citation_author")
