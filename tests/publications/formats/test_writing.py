"""Lists written by hand's rules and read again."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homepage.common.markdown import parser
from publications.formats.handwritten import Chunk, legend, read_lists
from publications.formats.handwritten.writing import WRITTEN, Writer
from publications.names import parse_name
from publications.records import AuthorName, Link, PublicationRecord
from tests.publications.formats import strategies

OWNER = AuthorName("Jane", "Doe", is_owner=True)
PAPER = PublicationRecord(
    title="Invertible *rescaling* in $O(n)$",
    kind="article-journal",
    status="published",
    authors=(OWNER, AuthorName("Ludwig", "Beethoven", "van"), AuthorName(literal="Big Team")),
    venue="Journal of Computer Vision",
    venue_acronym="IJCV",
    year=2022,
    award="Oral, Top 2%",
    doi="10.1007/s11263-022-01688-4",
    links=(
        Link("link", "https://doi.org/10.1007/s11263-022-01688-4"),
        Link("code", "https://github.com/jane/code_(v2)"),
    ),
)


def read(text):
    tokens = parser().parse(text)
    chunk = Chunk(("Journal papers",), tokens)
    (readings,) = read_lists([chunk], text.split("\n"), ["Jane Doe"])
    return [record for reading in readings for record in reading.records]


def write(*records):
    return Writer(["Jane Doe"], "Journal papers").list(records)


def test_behind_with_the_owner_goes_without_saying():
    paper = replace(PAPER, authors_prefix="with", conjunction="and")

    assert "\nwith Ludwig van Beethoven and Big Team   \n" in write(paper)


def test_an_entry_looks_as_people_write_it():
    assert write(PAPER) == (
        "1. **Invertible *rescaling* in $O(n)$** "
        "[[link]](https://doi.org/10.1007/s11263-022-01688-4) "
        "[[code]](<https://github.com/jane/code_(v2)>)   \n"
        "**Jane Doe**, Ludwig van Beethoven, Big Team   \n"
        "*Journal of Computer Vision (IJCV), 2022* <font color=red>(Oral, Top 2%)</font>"
    )


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"title": "**Bold** at the start"},
        {"title": "Ends in **bold**"},
        {"title": "Five * six & seven < eight_nine"},
        {"title": "Is it?"},
        {"title": "1984. A title that begins like an item"},
        {"authors": (OWNER,)},
        {"authors": (OWNER, AuthorName("Bo", "Chen")), "conjunction": "and"},
        {"authors": (AuthorName("Bo", "Chen"), AuthorName("Al", "Roe"), OWNER), "conjunction": "&"},
        {"and_others": True},
        {"authors": (replace(OWNER, marks="*", equal=True), AuthorName("Bo", "Li", marks="*", equal=True))},
        {"authors": (replace(OWNER, marks="†"), AuthorName("Bo", "Li", marks="*"))},
        {"authors": (replace(OWNER, marks="1,2"), AuthorName("Bo", "Li", marks="2"))},
        {"authors": (replace(OWNER, url="https://j.example"), AuthorName("Bo", "Li", url="https://b.example"))},
        {"authors": (OWNER, AuthorName("Jim", "Doe", suffix="Jr."))},
        {"venue_acronym": ""},
        {"venue": "", "venue_acronym": ""},
        {"venue": "", "venue_acronym": "", "year": None, "award": ""},
        {"venue_prefix": "To appear in", "status": "to-appear"},
        {"venue_prefix": "Under review at", "status": "submitted", "year": None},
        {"venue_prefix": "In"},
        {"venue": "", "venue_acronym": "", "year": 2021, "month": 4, "arxiv_id": "2104.08253", "award": "",
         "links": (Link("arXiv", "https://arxiv.org/abs/2104.08253"),), "doi": ""},
        {"venue": "", "venue_acronym": "", "year": 2022, "arxiv_id": "2104.08253", "links": (), "doi": ""},
        {"award": ""},
        {"note": "With an appendix"},
        {"award": "", "note": "With code and data"},
        {"links": (), "doi": ""},
        {"links": (Link("a_b*c", "https://x.example/a_b*c"),), "doi": ""},
        {"links": (Link("slides", "/media/papers/0123.pdf"),), "doi": ""},
    ],
    ids=lambda values: " ".join(values) or "plain",
)  # fmt: skip
def test_an_entry_comes_back_equal(values):
    paper = replace(PAPER, **values)

    (found,) = read(write(paper))

    assert [getattr(found, name) for name in WRITTEN] == [getattr(paper, name) for name in WRITTEN]


def test_an_entry_read_with_doubt_is_written_as_it_was():
    paper = PublicationRecord(title="x", doubts="unsure", text="Doe (2020). *A book*.\nPress.")

    assert write(paper) == "1. Doe (2020). *A book*.\nPress."


def test_what_the_page_says_of_a_mark_is_not_said_again():
    paper = replace(PAPER, authors=(replace(OWNER, marks="*", equal=True), AuthorName("Bo", "Li")))
    meaning = legend.roles("\\* equal contribution")

    assert "equal" in write(paper)
    assert "equal" not in Writer(["Jane Doe"], "", meaning).list([paper])


names = st.sampled_from("Ada Bo Chloé Łukasz Jun-Yan J. van Õismäe O’Brien García Zhou".split())
persons = st.builds(
    lambda a, b: parse_name(f"{a.capitalize()} {b}"),
    names,
    st.sampled_from(["Zhou", "Čech", "García Márquez"]),
)
words = st.lists(strategies.capitals, min_size=2, max_size=5).map(" ".join)
# A title begins and ends in a word: what stands at its ends may be a label, or the list’s own.
TITLE_WORDS = (
    "via: on (the) 3D Images? naïve $O(n^2)$ *in situ* and C++ 100% R&D “Quoted” 脉冲 `code` A_b "
    "TDMPNet—or"
).split()
papers = st.builds(
    PublicationRecord,
    title=st.lists(st.sampled_from(TITLE_WORDS), max_size=6).map(
        lambda some: " ".join(["Deep", *some, "nets"])
    ),
    status=st.just("published"),
    authors=st.lists(persons, max_size=4).map(lambda names: (OWNER, *names)),
    and_others=st.booleans(),
    venue=words.map(lambda name: f"Journal of {name}"),
    venue_acronym=st.sampled_from(["", "NN", "NeurIPS", "TPAMI"]),
    year=st.sampled_from([None, 1999, 2024]),
    award=st.sampled_from(["", "Oral", "Spotlight, Top 3%", "Best Paper Award"]),
    links=st.lists(strategies.labelled_links, max_size=3, unique_by=lambda link: link.url).map(
        tuple
    ),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(papers, min_size=1, max_size=3))
def test_a_list_comes_back_equal(records):
    found = read(write(*records))

    assert [[getattr(r, name) for name in WRITTEN] for r in found] == [
        [getattr(r, name) for name in WRITTEN] for r in records
    ]


@settings(max_examples=60, deadline=None)
@given(strategies.records(strategies.lines()))
def test_whatever_the_fields_hold_something_is_written(record):
    assert write(record).startswith("1. ")


def test_an_award_in_more_than_one_style_is_one_award():
    (found,) = read(write(replace(PAPER, award="Best *Paper* Award")))

    assert found.award == "Best Paper Award"
