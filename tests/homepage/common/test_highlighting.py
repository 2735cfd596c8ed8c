"""Colours for code in a text."""

import html
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from homepage.common.highlighting import CLASSES, LANGUAGES, MOST_CHARACTERS, highlight
from homepage.common.markdown import render


def fence(code, language):
    return BeautifulSoup(render(f"```{language}\n{code}\n```"), "html.parser")


def test_parts_of_code_have_classes():
    page = fence("def f(x):  # twice\n    return 'a' * 2", "python")

    found = {span["class"][0]: span.text for span in page.find_all("span")}

    assert found == {"hl-k": "return", "hl-f": "f", "hl-c": "# twice", "hl-s": "'", "hl-n": "2"} | {
        "hl-s": page.find_all(class_="hl-s")[-1].text
    }
    assert page.pre.code["class"] == ["language-python"]
    assert page.pre.text == "def f(x):  # twice\n    return 'a' * 2\n"


@pytest.mark.parametrize("language", ["", "klingon", "python extra-word-first", "PYTHON"])
def test_only_languages_of_the_table_are_coloured(language):
    coloured = bool(fence("x = 1", language).find("span"))

    assert coloured == (language.lower().split(" ")[:1] == ["python"])


def test_every_language_of_the_table_is_known():
    assert {name for name in LANGUAGES if not highlight("x = 1 # 'a'\n", name)} <= {"lean4"}


def test_long_code_stays_plain():
    assert highlight("x" * (MOST_CHARACTERS + 1), "python") == ""


@given(st.text(max_size=300), st.sampled_from(sorted(LANGUAGES)))
def test_nothing_of_the_code_is_lost_and_nothing_of_it_is_html(code, language):
    shown = highlight(code, language)

    names = "|".join({name for _, name in CLASSES})
    text = re.sub(rf'<span class="(?:{names})">|</span>', "", shown)
    assert "<" not in text
    assert (
        html.unescape(text).replace("\r\n", "\n").replace("\r", "\n")
        == code.replace("\r\n", "\n").replace("\r", "\n")
        or not shown
    )
