"""Patterns that are compiled late match as others do."""

import re

import pytest

from homepage.common.patterns import METHODS, Later


@pytest.mark.parametrize("method", METHODS)
def test_it_does_what_a_pattern_does(method):
    late, pattern = Later("[和与]|AND", re.I), re.compile("[和与]|AND", re.I)
    args = ("-", "甲和乙 and") if "sub" in method else ("和",)

    found, expected = getattr(late, method)(*args), getattr(pattern, method)(*args)

    if method == "finditer":
        found, expected = list(found), list(expected)
    assert str(found) == str(expected)
    assert late.pattern == pattern.pattern


def test_it_is_compiled_with_its_first_use():
    broken = Later("(")

    with pytest.raises(re.error):
        broken.search("")
