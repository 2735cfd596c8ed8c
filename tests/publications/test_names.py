import pytest
from hypothesis import given
from hypothesis import strategies as st

from publications.names import author_name, is_person, parse_name, same_person, written_list


@pytest.mark.parametrize(
    ("text", "given_names", "particle", "family", "suffix"),
    [
        ("Jane Doe", "Jane", "", "Doe", ""),
        ("Tie-Yan Liu", "Tie-Yan", "", "Liu", ""),
        ("Ludwig van Beethoven", "Ludwig", "van", "Beethoven", ""),
        ("Charles de la Vallée Poussin", "Charles", "de la", "Vallée Poussin", ""),
        ("Benjamin Van Durme", "Benjamin", "Van", "Durme", ""),
        ("Martin Luther King Jr.", "Martin Luther", "", "King", "Jr."),
        ("J. R. R. Tolkien", "J. R. R.", "", "Tolkien", ""),
    ],
)
def test_name_in_reading_order_is_parted(text, given_names, particle, family, suffix):
    name = parse_name(text)

    assert (name.given, name.particle, name.family, name.suffix) == (
        given_names,
        particle,
        family,
        suffix,
    )
    assert str(name) == text


@pytest.mark.parametrize("text", ["Madonna", "肖明庆", "ATLAS Collaboration", "The Team of Five"])
def test_name_without_parts_stays_whole(text):
    assert parse_name(text).literal == text


@given(st.text())
def test_parsed_name_reads_like_the_name_it_was_made_from(text):
    assert str(parse_name(text)) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "names", "others", "conjunction"),
    [
        ("Ann Lee, Bo Chen", ["Ann Lee", "Bo Chen"], False, ""),
        ("Ann Lee; Bo Chen; and Cy Dee", ["Ann Lee", "Bo Chen", "Cy Dee"], False, "and"),
        ("Ann Lee, Bo Chen and Cy Dee", ["Ann Lee", "Bo Chen", "Cy Dee"], False, "and"),
        ("Ann Lee & Bo Chen", ["Ann Lee", "Bo Chen"], False, "&"),
        ("Ann Lee,Bo Chen", ["Ann Lee", "Bo Chen"], False, ""),
        ("Ann Lee,, Bo Chen,", ["Ann Lee", "Bo Chen"], False, ""),
        ("Ann Lee\u201a Bo Chen", ["Ann Lee", "Bo Chen"], False, ""),
        ("Ann Lee, Bo Chen, et al.", ["Ann Lee", "Bo Chen"], True, ""),
        ("Ann Lee et al", ["Ann Lee"], True, ""),
        ("Ann Lee and others", ["Ann Lee"], True, ""),
        ("张三、李四", ["张三", "李四"], False, ""),
        ("张三，李四；王五", ["张三", "李四", "王五"], False, ""),
        ("张三和李四", ["张三", "李四"], False, "和"),
        ("李和平、王五", ["李和平", "王五"], False, ""),
        ("张三, 李四 等", ["张三", "李四"], True, ""),
        ("Martin King, Jr., Ann Lee", ["Martin King Jr.", "Ann Lee"], False, ""),
        ("Sanderson, Andy Anderson", ["Sanderson", "Andy Anderson"], False, ""),
        ("", [], False, ""),
    ],
)
def test_written_list_is_cut_at_its_separators(text, names, others, conjunction):
    found = written_list(text)

    assert [name.text for name in found.names] == names
    assert found.and_others is others
    assert found.conjunction == conjunction


@pytest.mark.parametrize(
    ("text", "name", "marks"),
    [
        ("Ann Lee*", "Ann Lee", "*"),
        ("Ann Lee*†", "Ann Lee", "*†"),
        ("†Ann Lee", "Ann Lee", "†"),
        ("Ann Lee‡,", "Ann Lee", "‡"),
        ("Ann Lee∗", "Ann Lee", "∗"),
        ("Ann Lee#", "Ann Lee", "#"),
        ("Ann Lee✉️", "Ann Lee", "✉"),
    ],
)
def test_marks_are_no_part_of_a_name(text, name, marks):
    (found,) = written_list(text).names

    assert (found.text, found.marks) == (name, marks)


def test_family_name_first_is_turned_round_and_kept_as_printed():
    first, second = written_list("Doe, Jane; van Roe, John").names

    assert str(author_name(first)) == "Jane Doe"
    assert author_name(first).printed == "Doe, Jane"
    assert author_name(second).particle == "van"


@given(st.text())
def test_written_list_loses_no_letter(text):
    found = written_list(text)

    kept = "".join(name.text + name.marks for name in found.names)
    assert len(kept) <= len(text) + len(found.names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Doe", True),
        ("J. Doe", True),
        ("Ludwig van Beethoven", True),
        ("张三", True),
        ("Ming Xiao (肖明)", True),
        ("Neural Networks, 2022", False),
        ("International Conference on Machine Learning", False),
        ("with my cat", False),
        ("https://example.org", False),
        ("", False),
    ],
)
def test_what_could_be_somebodys_name(text, expected):
    assert is_person(text) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Jane Doe", "jane doe", True),
        ("J. Doe", "Jane Doe", True),
        ("J. Q. Doe", "Jane Doe", True),
        ("John Doe", "Jane Doe", False),
        ("Jane Roe", "Jane Doe", False),
        ("Doe", "Jane Doe", False),
        ("Émile Zola", "Emile Zola", True),
        ("", "", False),
    ],
)
def test_same_person_by_full_name_or_initials(a, b, expected):
    assert same_person(a, b) is expected
