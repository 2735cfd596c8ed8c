"""Only the co-authors are named: the owner goes without saying."""

import pytest

from homepage.academicpages.page import read_page

from .lists import entry, names, records


@pytest.mark.parametrize(
    ("typed", "prefix"),
    [
        ("**A Study of Small Things** [[pdf]](x.pdf)  \n  (with John Roe and Cy Dee)  \n  *Venue*, 2020", "with"),
        ("__A Study of Small Things__ with John Roe and Cy Dee. *Venue*, 2020", "with"),
        ("[A Study of Small Things](https://a.org), joint with John Roe and Cy Dee, Venue, 2020", "joint with"),
        ("*A Study of Small Things* (joint work with John Roe and Cy Dee). Venue, 2020", "joint work with"),
        ("“A Study of Small Things”, Venue, 2020 (with John Roe and Cy Dee)", "with"),
    ],
)  # fmt: skip
def test_owner_comes_first_where_only_the_others_are_named(typed, prefix):
    record = entry(f"- {typed}")

    assert record.title == "A Study of Small Things"
    assert names(record) == ["Jane Doe", "John Roe", "Cy Dee"]
    assert [name.is_owner for name in record.authors] == [True, False, False]
    assert (record.authors_prefix, record.venue, record.year) == (prefix, "Venue", 2020)


LIST = (
    "- **First Study** (with John Roe). *Venue*, 2020\n"
    "- **Second Study**. *Venue*, 2019\n"
    "- **Third Study** (with Cy Dee). *Venue*, 2018\n"
)


def test_paper_without_co_authors_is_read_beside_others_with_them():
    assert [record.title for record in records(LIST)] == [
        "First Study",
        "Second Study",
        "Third Study",
    ]
    assert names(records(LIST)[1]) == ["Jane Doe"]


def test_where_nobody_is_known_the_heading_must_say_that_they_are_papers():
    assert [names(record) for record in records(LIST, owner=())] == [["John Roe"], [], ["Cy Dee"]]
    assert records(LIST, "Projects", owner=()) == []


def test_list_that_names_no_co_authors_at_all_is_not_read():
    text = "- **First Tool**. Since 2020\n- **Second Tool**. Since 2019\n"

    assert records(text, "Publications") == []


def test_a_bracket_with_the_co_authors_ends_a_title_without_mark_up():
    found = records("- First Study on Wages (with John Roe).\n- **Second Study** (with Cy Dee)\n")

    assert [record.title for record in found] == ["First Study on Wages", "Second Study"]


def test_a_list_of_others_behind_it_is_one_of_papers_as_well():
    others = LIST.replace("Study", "Book")

    def titles(heading):
        read = read_page(
            f"---\ntitle: Jane Doe\n---\n# Publications\n\n{LIST}\n# {heading}\n\n{others}"
        ).records
        return [record.title for record in read if "Book" in record.title]

    assert titles("Other") == ["First Book", "Second Book", "Third Book"]
    assert titles("Tools") == []
