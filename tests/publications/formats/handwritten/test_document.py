"""A Markdown text read for its lists alone, as `import_publications list.md` does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publications.formats import recognise
from publications.formats.handwritten.document import load

PAGE = """---
title: "Publications"
---
Some words first.

## Journal papers
- **Jane Doe**, John Roe. First Study of Things. *Venue*, 2020. [[pdf](a.pdf)]
- **Jane Doe**, Cy Dee. Second Study of Things. *Venue*, 2019.

<!-- - **Jane Doe**. Hidden Study. *Venue*, 2018. -->

## Talks
- **Jane Doe**, John Roe. A Talk on Things. *Venue*, 2017.
"""


def test_lists_are_read_and_the_rest_is_named_with_its_line():
    loaded = load(PAGE)

    assert [record.title for record in loaded.records] == [
        "First Study of Things",
        "Second Study of Things",
    ]
    assert [(record.line, record.position) for record in loaded.records] == [(7, 1), (8, 2)]
    assert {record.kind for record in loaded.records} == {"article-journal"}
    assert not any(name.is_owner for record in loaded.records for name in record.authors)
    assert [problem.line for problem in loaded.problems] == [4, 13]
    assert "“Talks”" in loaded.problems[1].message


def test_year_above_a_list_dates_its_papers():
    (record,) = load(
        "# Papers\n## 2021\n- Jane Doe, John Roe. A Study of Things. *Venue*.\n" * 3
    ).records[:1]

    assert record.year == 2021


def test_file_is_recognised_by_its_name():
    assert recognise(PAGE, "publications.md").name == "markdown"


@given(st.text())
def test_loading_never_raises(text):
    load(text)


FEW = """## Popular Writing

- **What Walls Say** [[pdf]](https://a.org/w.pdf)
  Jane Doe, John Roe
  *The Daily Wall*, 2020
- lost
"""


def test_few_entries_are_publications_because_somebody_gives_them_as_such():
    loaded = load(FEW)

    assert [(record.title, record.year) for record in loaded.records] == [("What Walls Say", 2020)]
    assert [problem.line for problem in loaded.problems] == [6]


@pytest.mark.parametrize(
    "text",
    [
        "## Talks\n\n- A. Doe, “A Talk.” *ICML*, 2020\n",
        "Hello, world.\n",
        "Hello, I am a student of walls since 2021. Ask Prof. [Roe](https://roe.org)\n",
        "[Google Scholar](https://a.org)\n\nIf you find no PDF, write to me on [Walls](https://b.org)\n",
        "Scholar: https://scholar.example.org/jane\n",
        "- Rooms and Walls; Prof. John Roe; Spring 2019\n- Walls; Prof. Cy Dee; Fall 2018\n",
    ],
)
def test_what_is_something_else_is_none_for_all_that(text):
    loaded = load(text)

    assert loaded.records == ()
    assert loaded.problems
