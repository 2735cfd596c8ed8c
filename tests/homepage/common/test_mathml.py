"""Formulas: what becomes MathML, what is refused, and what never gets through (8, 9)."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homepage.common.mathml import ATTRIBUTES, ELEMENTS, LONGEST, to_mathml

WRITTEN_HERE = {"alttext", "display"}


def assert_safe(formula):
    for element in ElementTree.fromstring(formula).iter():
        assert element.tag in ELEMENTS
        assert element.attrib.keys() <= ATTRIBUTES | WRITTEN_HERE


@pytest.mark.parametrize(
    ("tex", "part"),
    [
        ("x", "<mi>x</mi>"),
        ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        ("a<b", "<mo>&lt;</mo>"),
        (r"\frac{a}{b}", "<mfrac>"),
        (r"\sqrt[3]{x}", "<mroot>"),
        (r"\mathcal{O}(n \log n)", "\U0001d4aa"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "<mtable>"),
        (r"\sum_{i=1}^n i", "\u2211"),
        (r"\alpha", "\u03b1"),
        (r"\germ{g}", "\U0001d524"),
        (r"\Cal B", 'mathvariant="script"'),
        (r"\text{if } x", "<mtext>"),
    ],
)
def test_common_formulas_become_mathml(tex, part):
    formula = to_mathml(tex)

    assert part in formula
    assert_safe(formula)


def test_the_tex_is_the_alternative_text():
    assert ElementTree.fromstring(to_mathml('a<b"')).get("alttext") == 'a<b"'


def test_a_display_formula_says_so_and_an_inline_one_does_not():
    assert ' display="block"' in to_mathml("x", True)
    assert "display=" not in to_mathml("x")


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{</mtext></math><script>alert(1)</script>}",
        r"\text{<script>alert(1)</script>}",
        r"\text{<img src=x onerror=alert(1)>}",
        r"\text{</math><a href='javascript:alert(1)'>x</a>}",
        r"\text{<annotation-xml encoding='text/html'><svg onload=alert(1)></svg></annotation-xml>}",
        r"\text{<style>*{display:none}</style>}",
        r"\text{<!DOCTYPE a [<!ENTITY b 'c'>]>}",
        r"\text{<maction actiontype='statusline'>x</maction>}",
        r"\mbox{<iframe src=x></iframe>}",
        r"\operatorname{<b>x</b>}",
    ],
)
def test_8_markup_in_a_formula_is_refused_or_text(tex):
    formula = to_mathml(tex)

    assert formula is None or "<script" not in formula
    if formula is not None:
        assert_safe(formula)


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\href{https://example.org}{x}",
        r"\style{background:url(//evil)}{x}",
        r"\class{a}{x}",
        r"\cssId{a}{x}",
        r"\unicode{x3c}",
        r"\color{red}{x}",
    ],
)
def test_8_commands_that_link_or_style_leave_no_such_attribute(tex):
    formula = to_mathml(tex)

    if formula is not None:
        assert_safe(formula)
        root = ElementTree.fromstring(formula)
        names = {name for element in root.iter() for name in element.attrib}
        assert not names & {"href", "style", "class", "id", "mathcolor"}


@pytest.mark.parametrize(
    "tex",
    ["", " ", "x^", r"\left(", "{" * 900, "^" * 900, r"\frac{" * 150, "x" * (LONGEST + 1)],
)
def test_9_what_is_no_formula_gives_none(tex):
    assert to_mathml(tex) is None


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(alphabet="\\{}^_&$<>/'\"=abxfrctextlhi[]()% #", max_size=40) | st.text(max_size=40))
def test_any_text_gives_safe_mathml_or_none(tex):
    formula = to_mathml(tex)

    if formula is not None:
        assert_safe(formula)
