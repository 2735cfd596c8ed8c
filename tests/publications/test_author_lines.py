"""The author list as one line, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.common.text import fold
from publications.author_lines import (
    line_of,
    marks_in_line,
    read_line,
    whole_names,
    write_line,
)
from publications.models import Author, Publication
from tests.factories import make_author, make_publication

WORD = st.from_regex(r"[A-ZÀÉÖŁ][a-zéöüñł]{1,9}(-[A-Z][a-z]{1,5})?", fullmatch=True)
NAME = st.builds(" ".join, st.lists(WORD, min_size=2, max_size=3))
MARKS = st.text("*†‡§", max_size=2)


def names(text):
    return [(name.text, name.marks) for name in read_line(text).names]


@given(
    st.lists(st.tuples(NAME, MARKS), max_size=8), st.sampled_from([", ", ",", ";\n", "; ", " , "])
)
def test_typed_names_are_read_as_typed(typed, separator):
    if "\n" in separator and len(typed) == 2:
        separator = "; "
    line = separator.join(name + marks for name, marks in typed)

    assert names(line) == typed


@given(st.text(max_size=300))
def test_no_line_raises(line):
    read_line(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mingqing Xiao*,\nShuxin Zheng*,\nChang Liu",
            ["Mingqing Xiao", "Shuxin Zheng", "Chang Liu"],
        ),
        ("Mingqing Xiao, Shuxin\nZheng, Chang Liu", ["Mingqing Xiao", "Shuxin Zheng", "Chang Liu"]),
        (
            "Mingqing Xiao\nShuxin Zheng\n\nChang Liu",
            ["Mingqing Xiao", "Shuxin Zheng", "Chang Liu"],
        ),
        ("Xiao, Mingqing\nZheng, Shuxin", ["Xiao, Mingqing", "Zheng, Shuxin"]),
        ("Ada Lovelace and Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("肖明庆、郑书新", ["肖明庆", "郑书新"]),
        ("", []),
    ],
)
def test_line_breaks_part_names_only_where_nothing_else_does(text, expected):
    assert [name for name, _ in names(text)] == expected


@pytest.mark.parametrize(
    ("marks", "shown"), [("*", "*"), ("1", "¹"), ("1,2", "¹²"), ("a", ""), ("", ""), ("*,†", "*†")]
)
def test_raised_marks_are_superscripts_in_plain_text(marks, shown):
    assert marks_in_line(marks) == shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        {"authors": []},
        {"authors": ["Ada Lovelace"]},
        {"authors": ["Ada Lovelace", "Alan Turing"], "conjunction": "and"},
        {"authors": ["Ada Lovelace", "Alan Turing", "Grace Hopper"], "conjunction": "&"},
        {"authors": ["Ada Lovelace", "Alan Turing"], "and_others": True},
        {"authors": ["Smith, Jones and Sons", "Alan Turing"]},
        {"authors": ["ATLAS Collaboration"]},
        {"authors": [("Ada Lovelace", {"printed_name": "A. Lovelace", "marks": "1,2"})]},
        {"authors": [("Ada Lovelace", {"marks": "a"}), ("Alan Turing", {"marks": "†"})]},
    ],
)
def test_a_list_written_and_read_back_is_the_same_list(values):
    paper = make_publication(**values)
    before = list(paper.authorships.values("author", "printed_name", "marks"))

    line = line_of(paper)
    written = read_line(line, whole_names(paper.authorships.all()))
    write_line(paper, written.names)

    assert list(paper.authorships.values("author", "printed_name", "marks")) == before
    assert written.and_others == paper.and_others
    assert written.conjunction == paper.conjunction
    assert line_of(Publication.objects.get()) == line


@pytest.mark.slow
@pytest.mark.django_db
def test_three_thousand_authors_are_kept(django_assert_max_num_queries):
    paper = make_publication(authors=[])
    line = ", ".join(
        f"Jane Doe{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{n // 676}" for n in range(3000)
    )

    write_line(paper, read_line(line).names)

    assert paper.authorships.count() == 3000
    assert line_of(paper) == line


@pytest.mark.django_db
def test_an_alias_is_the_person():
    turing = make_author("Alan Turing", aliases="A. M. Turing\nTuring Alan")
    paper = make_publication(authors=[])

    done = write_line(paper, read_line("A. M. Turing, A. Turing").names)

    first, second = paper.authorships.all()
    assert (first.author, first.printed_name) == (turing, "A. M. Turing")
    assert fold(str(second.author)) == "a turing"
    assert done.new == ["A. Turing"]
    assert Author.objects.count() == 2
