"""Titles between Markdown, CSL's tags and plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.common.characters import line
from homepage.common.inline import to_text
from publications.formats.rich_text import from_csl, from_plain, to_csl, to_plain
from tests.publications.formats import strategies


@pytest.mark.parametrize(
    ("markdown", "csl"),
    [
        ("Learning to *walk*", "Learning to <i>walk</i>"),
        ("**All** of $O(n)$", "<b>All</b> of $O(n)$"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
        ("R&D, 1 < 2, C* and snake_case", "R&D, 1 < 2, C* and snake_case"),
        (r"A\*B\*C", "A*B*C"),
        (r"\<i>not italic\</i>", "&lt;i>not italic&lt;/i>"),
    ],
)
def test_markdown_and_csl_say_the_same(markdown, csl):
    assert to_csl(markdown) == csl
    assert to_csl(from_csl(csl)) == csl


@pytest.mark.parametrize(
    ("csl", "markdown"),
    [
        ('The <span class="nocase">BERT</span> model', "The BERT model"),
        ("An <i>open tag", "An &lt;i>open tag"),
        ("Costs $5 and $6", "Costs $5 and $6"),
        ("AT&amp;T", "AT&T"),
    ],
)
def test_what_others_write_is_read(csl, markdown):
    assert to_text(from_csl(csl)) == to_text(markdown)


def test_a_code_span_loses_its_marks_only():
    assert to_csl("The `for` loop") == to_plain("The `for` loop") == "The for loop"


@given(strategies.lines())
def test_plain_text_comes_back(text):
    assert to_plain(from_plain(text)) == text


@given(st.text())
def test_any_text_is_read_and_shows_its_words(text):
    source = from_plain(text)

    assert line(text).replace("$", "") == to_plain(source).replace("$", "")
    from_csl(text)
