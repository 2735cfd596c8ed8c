"""What marks and colours mean, where an item of the list says nothing else."""

import pytest

from homepage.academicpages.page import read_page
from publications.formats.handwritten.document import load
from publications.formats.handwritten.legend import is_legend

PAPERS = [
    f"- **Learning to {what}.** <br> **Jane Doe**\\*, John Roe† <br> *NeurIPS* {year} "
    f"[[pdf]](https://a.org/{what}.pdf)"
    for what, year in [("Walk", 2022), ("Run", 2021), ("Sit", 2020)]
]


@pytest.mark.parametrize(
    "text",
    [
        "* equal contribution",
        "(* indicates equal contribution, † corresponding author)",
        "† denotes students I supervised.",
        "*: co-first authors; ✉: corresponding author",
        "Equal contribution (*)",
        "Names in bold: my students",
        "Red = journal, blue = conference",
        "Underlined authors denote students",
        "Authors are listed in alphabetical order.",
        "* 共同第一作者",
    ],
)
def test_what_only_explains_marks_and_colours(text):
    assert is_legend(text)


@pytest.mark.parametrize(
    "text",
    [
        "*Jane Doe, John Roe. Learning to Walk. NeurIPS 2020",
        "Equal Contribution: Learning from Noisy Marks. Jane Doe and John Roe. In NeurIPS",
        "Blue-green algae in the Baltic Sea. J. Doe, A. Roe. Marine Biology",
        "Red blood cells: a review. J. Doe. Blood 2019",
        "Students learn to walk",
        "Alphabetical order and its discontents",
    ],
)
def test_what_may_be_a_paper_is_no_legend(text):
    assert not is_legend(text)


@pytest.mark.parametrize("place", [0, 1, 3])
def test_an_item_that_is_a_legend_is_text_of_the_list(place):
    items = [*PAPERS]
    items.insert(place, "- \\* equal contribution, † corresponding author")
    page = read_page("---\ntitle: Jane Doe\n---\n# Publications\n\n" + "\n".join(items))

    assert [record.title for record in page.records] == [
        f"Learning to {what}" for what in ("Walk", "Run", "Sit")
    ]
    assert not any(record.doubts for record in page.records)
    assert all(
        name.equal for record in page.records for name in record.authors if name.marks == "*"
    )
    (section,) = page.sections
    assert section.body == "\\* equal contribution, † corresponding author"


def test_a_file_of_papers_names_the_legend_that_it_leaves_out():
    loaded = load("# Publications\n\n" + "\n".join([*PAPERS, "- \\* equal contribution"]))

    assert len(loaded.records) == 3
    (problem,) = loaded.problems
    assert str(problem) == "line 6: “* equal contribution” is no publication and is left out"
