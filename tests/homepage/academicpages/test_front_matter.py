import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.academicpages import front_matter


def test_values_with_the_lines_they_stand_in():
    header = front_matter.read("---\npermalink: /\nredirect_from:\n  - /a/\n  - /b.html\n---\ntext")

    assert header.length == 6
    assert header.strings("permalink") == [("/", 2)]
    assert header.strings("redirect_from") == [("/a/", 4), ("/b.html", 5)]
    assert header.problems == ()


def test_one_address_need_not_be_a_list():
    assert front_matter.read("---\nredirect_from: /a/\n---\n").strings("redirect_from") == [
        ("/a/", 2)
    ]


@pytest.mark.parametrize("text", ["", "text", "# Heading\n---\n", "----\na: 1\n----\n"])
def test_page_without_a_header(text):
    header = front_matter.read(text)

    assert (header.values, header.length) == ({}, 0)


def test_header_that_never_ends_is_text():
    header = front_matter.read("---\ntitle: a\n\ntext")

    assert header.length == 0
    assert "has no header" in header.problems[0].message


@pytest.mark.parametrize(
    ("yaml", "line"),
    [
        ("title: [a", 2),
        ("a: b: c", 2),
        ("ok: 1\n\ttab: 2", 3),
        ("- a\n- b", 1),
        ("just words", 1),
        ("when: 2021-13-45", 1),
        ("a: !!python/object:os.system {}", 2),
        ("[" * 3000, 1),
    ],
)
def test_broken_yaml_is_left_out_with_a_word(yaml, line):
    header = front_matter.read(f"---\n{yaml}\n---\ntext")

    assert header.values == {}
    assert header.length == yaml.count("\n") + 3
    assert "not valid YAML" in header.problems[0].message
    assert header.problems[0].line in {line, line + 1, 1}


def test_aliases_do_not_multiply():
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )

    header = front_matter.read(f"---\n{bomb}---\n")

    assert header.strings("i") == [] or header.problems


@given(st.text())
def test_reading_never_raises(text):
    front_matter.read(text)
    front_matter.read(f"---\n{text}\n---\n")
