"""COinS, read as Zotero reads them."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given

from publications.metadata.coins import context_object
from publications.models import Kind
from publications.records import AuthorName, PublicationRecord
from tests.publications.formats.strategies import lines, records
from tests.publications.metadata.test_highwire import WHOLE, record

FORMAT = "info:ofi/fmt:kev:mtx:"


def found(record):
    result = {}
    for key, value in parse_qsl(context_object(record), keep_blank_values=True):
        result.setdefault(key, []).append(value)
    return {key: values[0] if len(values) == 1 else values for key, values in result.items()}


def test_a_paper_in_a_journal():
    assert found(PublicationRecord(**{**vars(WHOLE), "kind": "article-journal"})) == {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": f"{FORMAT}journal",
        "rft.genre": "article",
        "rft.atitle": "On Nets & x^2",
        "rft.jtitle": "Venue Name",
        "rft.stitle": "VN",
        "rft.au": [
            "van Beethoven, Ludwig",
            "King, Martin Luther Jr.",
            "ATLAS Collaboration,",
            "肖明庆",
        ],
        "rft.date": "2024-05-01",
        "rft.volume": "4",
        "rft.issue": "2",
        "rft.spage": "10",
        "rft.epage": "20",
        "rft.issn": "1234-5679",
        "rft.isbn": "9783030584528",
        "rft_id": "info:doi/10.1000/xyz",
    }


@pytest.mark.parametrize(
    ("kind", "format", "told", "title", "venue"),
    [
        (
            "article-magazine",
            "journal",
            ("rft.type", "magazineArticle"),
            "rft.atitle",
            "rft.jtitle",
        ),
        (
            "article-newspaper",
            "journal",
            ("rft.type", "newspaperArticle"),
            "rft.atitle",
            "rft.jtitle",
        ),
        ("patent", "patent", ("rft.number", "2"), "rft.title", None),
        ("paper-conference", "book", ("rft.genre", "proceeding"), "rft.atitle", "rft.btitle"),
        ("chapter", "book", ("rft.genre", "bookitem"), "rft.atitle", "rft.btitle"),
        ("book", "book", ("rft.genre", "book"), "rft.btitle", None),
        ("report", "book", ("rft.genre", "report"), "rft.btitle", None),
        ("thesis", "dissertation", ("rft.inst", "ACME"), "rft.title", None),
        ("article", "dc", ("rft.type", "preprint"), "rft.title", None),
        ("dataset", "dc", ("rft.type", "dataset"), "rft.title", None),
        ("software", "dc", ("rft.type", "computerProgram"), "rft.title", None),
        ("document", "dc", ("rft.type", "document"), "rft.title", None),
    ],
)
def test_each_kind_is_told_by_its_format(kind, format, told, title, venue):
    known = found(PublicationRecord(**{**vars(WHOLE), "kind": kind}))

    assert known["rft_val_fmt"] == f"{FORMAT}{format}"
    assert known[told[0]] == told[1]
    assert known[title] == "On Nets & x^2"
    assert [key for key, value in known.items() if value == "Venue Name"] == [venue] * bool(venue)


def test_a_date_is_told_as_far_as_it_is_known():
    assert "rft.date" not in found(record())
    assert found(record(year=2024, month=5))["rft.date"] == "2024-05"


def test_a_paper_without_doi_leads_to_arxiv():
    address = "https://arxiv.org/abs/2104.08253"
    assert found(record(arxiv_id="2104.08253"))["rft_id"] == address
    preprint = found(record(kind="article", arxiv_id="2104.08253"))
    assert preprint["rft_id"] == ["info:doi/10.48550/arXiv.2104.08253", address]


def test_the_kind_of_a_magazine_is_told_behind_what_is_read_of_a_journal():
    keys = [key for key, _ in parse_qsl(context_object(record(kind="article-magazine", venue="V")))]
    assert keys.index("rft.type") > keys.index("rft.jtitle") > keys.index("rft.atitle")


@given(records(lines(), statuses=["", "submitted"]))
def test_nothing_is_empty_and_all_comes_back(record):
    known = found(record)

    assert "" not in known.values()
    assert record.kind in Kind.values
    names = known.get("rft.inventor" if record.kind == "patent" else "rft.au", [])
    assert len([names] if isinstance(names, str) else names) == len(record.authors)


def test_the_order_of_people_and_groups_stays():
    names = (AuthorName(literal="肖明庆"), AuthorName(given="Di", family="He"))

    assert found(record(authors=names))["rft.au"] == ["肖明庆", "He, Di"]
