"""CSL-JSON, read and written."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publications.formats.csl.reader import load
from publications.formats.csl.writer import dump
from publications.formats.rich_text import from_csl
from publications.records import AuthorName, Link, PublicationRecord
from tests.publications.formats import strategies

ITEM = {
    "id": "xiao2022",
    "type": "article-journal",
    "title": "Rescaling of <i>images</i> in $O(n)$ time &amp; space",
    "author": [
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        {"literal": "ATLAS Collaboration"},
        {"family": "Doe", "given": "Jane", "suffix": "Jr."},
        {"literal": "others"},
    ],
    "container-title": "International Journal of Computer Vision",
    "container-title-short": "IJCV",
    "issued": {"date-parts": [["2022", 9, 25]]},
    "volume": 130,
    "issue": "2",
    "page": "134-159",
    "publisher": "Springer",
    "publisher-place": "Berlin",
    "DOI": "https://doi.org/10.1007/s11263-022-01688-4",
    "URL": "http://dx.doi.org/10.1007/s11263-022-01688-4",
    "ISSN": "0920-5691, 1573-1405",
    "archive": "arXiv",
    "archive_location": "2210.04188",
    "language": "en",
    "status": "in press",
    "abstract": "One.\n\nTwo.",
    "note": "With an appendix",
    "keyword": "images",
    "custom": {
        "award": "Oral",
        "links": [{"label": "Code!", "url": "https://github.com/jane/code"}],
        "mine": 1,
    },
}

# The shape in which Crossref's REST service answers.
CROSSREF = {
    "status": "ok",
    "message": {
        "type": "journal-article",
        "title": ["A title &amp; more"],
        "container-title": ["Neural Networks"],
        "author": [
            {"given": "Jane", "family": "Doe", "sequence": "first", "affiliation": []},
            {"name": "The Group", "sequence": "additional", "ORCID": "http://orcid.org/x"},
        ],
        "issued": {"date-parts": [[2021, 5]]},
        "ISSN": ["0893-6080"],
        "DOI": "10.1016/j.neunet.2021.1",
        "abstract": "<jats:title>Abstract</jats:title><jats:p>We <jats:italic>learn</jats:italic>"
        " that 1 &lt; 2.</jats:p><jats:p>Twice.</jats:p>",
        "reference-count": 30,
    },
}


def one(data):
    (record,) = load(json.dumps(data)).records
    return record


def item(**values):
    return {"type": "book", "title": "A title", **values}


def messages(text):
    return [str(problem) for problem in load(text).problems]


def test_an_item_is_read_whole():
    record = one([ITEM])

    assert record == PublicationRecord(
        title="Rescaling of *images* in $O(n)$ time & space",
        kind="article-journal",
        status="to-appear",
        authors=(
            AuthorName("Ludwig", "Beethoven", "van"),
            AuthorName(literal="ATLAS Collaboration"),
            AuthorName("Jane", "Doe", suffix="Jr."),
        ),
        and_others=True,
        venue="International Journal of Computer Vision",
        venue_acronym="IJCV",
        year=2022,
        month=9,
        day=25,
        volume="130",
        number="2",
        pages="134-159",
        publisher="Springer",
        abstract="One.\n\nTwo.",
        language="en",
        award="Oral",
        note="With an appendix",
        doi="10.1007/s11263-022-01688-4",
        arxiv_id="2210.04188",
        issn="0920-5691",
        citation_key="xiao2022",
        links=(Link("Code!", "https://github.com/jane/code"),),
        extra={
            "publisher-place": "Berlin",
            "ISSN": "0920-5691, 1573-1405",
            "custom": {"mine": 1},
        },
        topics=("images",),
    )


def test_what_was_kept_is_written_again():
    (written,) = json.loads(dump([one([ITEM])]))

    assert written["publisher-place"] == "Berlin"
    assert written["keyword"] == "images"
    assert written["custom"] == ITEM["custom"]


def test_the_answer_of_a_registry_is_read():
    record = one(CROSSREF)

    assert (record.kind, record.title) == ("article-journal", "A title & more")
    assert record.venue == "Neural Networks"
    assert record.authors == (AuthorName("Jane", "Doe"), AuthorName(literal="The Group"))
    assert (record.year, record.month, record.issn) == (2021, 5, "0893-6080")
    assert record.abstract == "We <i>learn</i> that 1 < 2.\n\nTwice."
    assert record.extra["reference-count"] == 30
    assert record.extra["author"] == CROSSREF["message"]["author"]


def test_a_list_in_items_and_one_object_alone_are_read():
    assert one({"items": [item()]}).title == "A title"
    assert one(item()).title == "A title"


def test_each_item_knows_its_line_and_its_source():
    text = '[\n  {"title": "One"},\n\n  {"title": "Two"}\n]\n'

    records = load(text).records
    assert [(record.line, record.text) for record in records] == [
        (2, '{"title": "One"}'),
        (4, '{"title": "Two"}'),
    ]


def test_ids_are_the_citation_keys_and_made_ones_are_stable_and_not_taken_for_keys():
    record = PublicationRecord(
        title="The invertible network", kind="book", authors=(AuthorName("M", "Xiao"),), year=2022
    )
    mine = replace(record, citation_key="Xiao2022invertible")

    text = dump([record, record, mine])

    assert [data["id"] for data in json.loads(text)] == [
        "xiao2022invertible-2",
        "xiao2022invertible-3",
        "Xiao2022invertible",
    ]
    assert [read.citation_key for read in load(text).records] == ["", "", "Xiao2022invertible"]
    assert json.loads(dump([record]))[0]["id"] == "xiao2022invertible"


@pytest.mark.parametrize("id", ["http://zotero.org/users/1/items/A", 12, "12", "two words"])
def test_an_id_that_nobody_cites_by_is_kept_and_is_no_key(id):
    record = one([item(id=id)])

    assert record.citation_key == ""
    assert record.extra["id"] == str(id)


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2022]]}, (2022, None, None)),
        ({"date-parts": [[2022, 9], [2022, 10]]}, (2022, 9, None)),
        ({"raw": "2022-09-25"}, (2022, 9, 25)),
        ("2022-09", (2022, 9, None)),
        (2022, (2022, None, None)),
        ({"literal": "Spring"}, (None, None, None)),
        ({"date-parts": [["x"]]}, (None, None, None)),
        ({"date-parts": []}, (None, None, None)),
        ({"date-parts": [[]]}, (None, None, None)),
        ({"date-parts": [[2022, 13]]}, (2022, None, None)),
        ({"date-parts": [[0, 1]]}, (None, None, None)),
        (True, (None, None, None)),
        ([], (None, None, None)),
        ([[2022]], (None, None, None)),
    ],
)
def test_dates_are_read_and_what_is_none_is_kept(issued, date):
    record = one([item(issued=issued)])

    assert (record.year, record.month, record.day) == date
    assert date[0] or not issued or record.extra


def test_a_range_of_dates_is_written_again():
    issued = {"date-parts": [[2022, 9], [2022, 10]]}

    (written,) = json.loads(dump([one([item(issued=issued)])]))
    assert written["issued"] == issued


def test_a_preprint_as_zotero_writes_it():
    record = one([item(type="article", number="arXiv:2104.08253", note="arXiv:2104.08253 [cs]")])

    assert (record.arxiv_id, record.number, record.note) == ("2104.08253", "", "")


def test_items_of_wrong_types_say_so_and_keep_what_they_hold():
    data = item(volume={"a": 1}, author=[1, {"family": "Doe"}], page=True, DOI=["x", "y"])

    loaded = load(json.dumps([data]))

    assert loaded.records[0].authors == (AuthorName(family="Doe"),)
    assert loaded.records[0].extra == {
        "volume": {"a": 1},
        "author": [1, {"family": "Doe"}],
        "page": True,
        "DOI": ["x", "y"],
    }
    assert {str(problem) for problem in loaded.problems} == {
        "line 1: “volume” should be a text, but it is an object; it is only kept",
        "line 1: “author” should be a list of names, but it is a list; it is only kept",
        "line 1: “page” should be a text, but it is true or false; it is only kept",
        "line 1: “DOI” should be a text, but it is a list; it is only kept",
    }


def test_a_key_that_stands_twice_is_named_and_both_values_are_kept():
    loaded = load('[{"title": "One", "title": "Two"}]')

    assert loaded.records[0].title == "One"
    assert loaded.records[0].extra == {"title (again)": "Two"}
    assert [str(problem) for problem in loaded.problems] == [
        "line 1: “title” stands twice in this item; the first one counts"
    ]


def test_the_json_that_only_zotero_reads_is_named_and_no_paper_loses_its_authors():
    item = {"itemType": "journalArticle", "title": "T", "creators": [{"lastName": "Doe"}]}
    loaded = load(json.dumps({"config": {"label": "BetterBibTeX JSON"}, "items": [item, item]}))

    assert loaded.records == ()
    (problem,) = loaded.problems
    assert "CSL JSON" in problem.message


def test_a_bad_item_costs_only_itself():
    text = '[\n{"title": "One"},\n{"title": bad},\n{"volume": NaN},\n7,\n[],\n{"title": "Two"}\n]'

    assert [record.title for record in load(text).records] == ["One", "Two"]
    assert messages(text) == [
        "line 4: “7” is no item, so it is left out",
        "line 3: this item is no valid JSON: Expecting value",
        "line 4: NaN is no number in JSON: write null, or leave the field out",
        "line 6: a list stands where a publication belongs; one looks like {...}",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: this is no CSL-JSON: it begins with [ and has one {...} for each"),
        ("null", "line 1: this is no CSL-JSON"),
        ('[{"title": "One"}', "line 1: the file ends in the middle: was it cut off?"),
        ('[{"title": "One', "line 1: the file ends in the middle"),
        ("[]]", "line 1: “]” is no item"),
        ("[" * 10_000, "the file nests deeper than 50 levels"),
        ('{"a":' * 10_000, "the file nests deeper than 50 levels"),
        ("[" + '{"title":"A"},' * 100_000 + "{}]", "the file has more than 20000 items"),
        ('{"items":[' + '{"title":"A"},' * 30_000 + "{}]}", "line 1: the file has more than"),
        ('[{"volume": ' + "1" * 5000 + "}]", "line 1: this item holds a number that is too long"),
        ('[{"title": "A", "x": 1e999}]', None),
        ('[{"volume": "1"}]', "line 1: the item has no title"),
        ('[{"title": "\\ud800"}]', "line 1: the item has no title"),
    ],
)
def test_hostile_files_get_a_sentence(text, message):
    found = messages(text)

    assert found[0].startswith(message) if message else found == []


def test_numbers_that_no_database_takes_are_kept_as_text():
    (record,) = load('[{"title": "A\\u0000", "x": [1e999, "\\ud800y\\u0000"]}]').records

    assert record.title == "A"
    assert record.extra == {"x": ["inf", "y"]}


def test_a_long_title_and_a_bad_address_are_kept_with_a_problem():
    loaded = load(json.dumps([item(title="A" * 1200, URL="javascript:alert(1)")]))

    (record,) = loaded.records
    assert len(record.title) == 1000
    assert record.links == ()
    assert record.extra == {"title": "A" * 1200, "links": ["javascript:alert(1)"]}
    assert len(loaded.problems) == 2
    assert load(dump([record])).records[0].extra == record.extra


titles = st.builds(
    lambda before, tag, inside, after: from_csl(f"{before} <{tag}>{inside}</{tag}> {after}"),
    strategies.lines(),
    st.sampled_from(["i", "b", "sub", "sup"]),
    strategies.words,
    strategies.lines(),
) | strategies.lines().map(from_csl)


links = strategies.plain_links | strategies.labelled_links
statuses = ["", "submitted", "accepted", "to-appear"]


records = st.builds(
    lambda record, selected: replace(record, selected=selected),
    strategies.records(titles, link=links, statuses=statuses),
    st.booleans(),
)


@given(st.lists(records, max_size=3))
def test_what_is_written_is_read_again(records):
    loaded = load(dump(records))

    assert list(loaded.records) == records
    assert loaded.problems == ()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
NAMES = "id citation-key type title author container-title issued volume issue number page DOI URL ISSN ISBN note status abstract custom archive archive_location items message".split()


@given(st.lists(st.dictionaries(st.sampled_from(NAMES), values, max_size=6) | values, max_size=3))
def test_no_json_makes_the_reader_raise(data):
    loaded = load(json.dumps(data))

    assert all(record.title and record.line for record in loaded.records)
    json.dumps([dict(record.extra) for record in loaded.records], allow_nan=False)
    assert load(dump(loaded.records)).records is not None


@given(st.text() | st.text('[]{}",:\\ a1\n'))
def test_no_text_makes_the_reader_raise(text):
    loaded = load(text)

    assert loaded.records or loaded.problems or text.strip("\ufeff \r\n\t,[]{}") == ""
