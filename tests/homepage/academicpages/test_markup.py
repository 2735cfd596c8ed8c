import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.academicpages.markup import strip_invisible


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("a <!-- b --> c", "a  c"),
        ("a <!-- b\nb\n--> c", "a \n\n c"),
        ("a <!-- b <!-- c --> d", "a  d"),
        ("a <!--> b", "a  b"),
        ("{% include x %}a{{ site.url }}", "a"),
        ("{% comment %}a{% endcomment %}b", "b"),
        ("{% raw %}a{% endraw %}b", "ab"),
        ("[pdf]({{ site.baseurl }}/files/a.pdf)", "[pdf](/files/a.pdf)"),
        ("{% capture x %}shown later{% endcapture %}{{ x | upcase }}", "shown later"),
        ("{% capture x %}shown later{% endcapture %}{% include a.html b=x %}", "shown later"),
        ("{% capture x %}compared{% endcapture %}{% if y != x %}a{% endif %}", "a"),
        ("{% capture x %}never ends", "never ends"),
        ("a <style>\nb { c: d }\n</style> e", "a \n\n e"),
        ("a <SCRIPT src='x'>b</SCRIPT > c", "a  c"),
        ("a <script>b", "a b"),
        ("a\n{: .notice}\nb", "a\n\nb"),
        ("## Heading {#id}", "## Heading "),
        ("[a](b){:target='_blank'}", "[a](b)"),
        ("`<!-- a -->` and ``{{ b }}``", "`<!-- a -->` and ``{{ b }}``"),
        ("```\n<!-- a -->\n```\n<!-- b -->", "```\n<!-- a -->\n```\n"),
        ("$x_{i}$ and {a: b}", "$x_{i}$ and {a: b}"),
    ],
)
def test_what_no_reader_saw_is_blanked(text, visible):
    assert strip_invisible(text).text == visible


def test_each_part_left_out_is_named_with_its_line():
    found = strip_invisible("a\n<!-- b -->\n\n{% c %}")

    assert [(problem.line, problem.message) for problem in found.left_out] == [
        (2, "left out: <!-- b -->"),
        (4, "left out: {% c %}"),
    ]


def test_comment_that_never_ends_swallows_nothing():
    found = strip_invisible("a <!-- b\n\nc")

    assert found.text == "a  b\n\nc"
    assert "never closed" in found.left_out[0].message


@given(st.text(alphabet="ab<>!-{}%`~\n#: \\"))
def test_lines_keep_their_numbers(text):
    found = strip_invisible(text)

    assert found.text.count("\n") == text.count("\n")
    assert len(found.text) <= len(text)
