import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.common.merge import merge


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "taken", "kept"),
    [
        ("a", "a", "a", False, False),
        ("a", "a", "b", True, False),
        ("a", "c", "b", False, True),
        ("a", "c", "a", False, False),
        ("a", "b", "b", False, False),
        ("a", "a", "", False, False),
        ("a", "a", None, False, False),
        ("", "", "b", True, False),
        ("", "c", "b", False, True),
        (None, None, 2020, True, False),
        ("a", "", "b", True, False),
        ("a", "", "a", False, False),
    ],
)
def test_field_follows_the_source_unless_edited_here(base, ours, theirs, taken, kept):
    merged = merge({"x": base}, {"x": ours}, {"x": theirs})

    assert ("x" in merged.taken) is taken
    assert ("x" in merged.kept) is kept


values = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "1", "2", "3"]))


@given(values, values, values)
def test_merging_twice_changes_nothing_more(base, ours, theirs):
    first = merge(base, ours, theirs)
    after = {**ours, **{name: new for name, (_, new) in first.taken.items()}}
    remembered = {**base, **{name: new for name, new in theirs.items() if new}}

    assert merge(remembered, after, theirs).taken == {}


@given(values, values, values)
def test_nothing_is_ever_cleared(base, ours, theirs):
    assert all(new for _, new in merge(base, ours, theirs).taken.values())
