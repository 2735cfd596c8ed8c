"""Whatever the text: never raises, names lines of the file, loses no field of a good entry."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from publications.formats.bibtex.reader import load, load_pasted

from .test_reader import WHOLE

PIECES = (
    "@article{", "@book(", "@string{", "@comment{", "key,", "title", "author", "year", "crossref",
    " = ", "{", "}", '"', "#", ",", "\n", "%", "@", "\\", "$", "and ", "2020", "jan", "é", "\0",
    "<b>", "--", "~", "&amp;", "\\'{e}", "\\emph{", "肖", "* ", "<<<<<<< HEAD", "https://a.org",
)  # fmt: skip


def check(text):
    for loaded in (load(text), load_pasted(text)):
        assert all(record.title for record in loaded.records)
        lines = text.count("\n") + text.count("\r") + 1
        places = [*loaded.records, *loaded.problems]
        assert all(0 <= place.line <= lines for place in places)


@settings(max_examples=60, deadline=None)  # a busy machine is no failure
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60).map("".join))
def test_any_text_is_read_without_an_error(text):
    check(text)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, len(WHOLE)),
    st.integers(0, 40),
    st.lists(st.sampled_from(PIECES), max_size=3).map("".join),
)
def test_a_file_with_a_fault_anywhere_costs_no_entry_behind_it(at, length, instead):
    text = f"{WHOLE[:at]}{instead}{WHOLE[at + length :]}\n@book{{next, title = {{Next}}}}\n"
    check(text)

    if not {"@comment{", '"', "{", "@string{", "@article{", "@book("} & set(_parts(instead)):
        assert "Next" in [record.title for record in load(text).records]


def _parts(text):
    return [piece for piece in PIECES if piece in text]


names = st.sampled_from(
    "note author doi year url series x editor pages date eprint abbr año".split()
)
values = st.text("ab {}12-/:.,", max_size=12).map(
    lambda text: text.replace("{", "{}").replace("}", "")
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(names, st.text("ab 12-/:.,", min_size=1, max_size=12), max_size=5))
def test_every_field_is_in_a_column_or_kept(fields):
    text = "".join(f", {name} = {{{value}}}" for name, value in fields.items())
    (record,) = load(f"@article{{k, title = {{T}}{text}}}").records

    shown = f"{record!r}".replace("'", "").replace("–", "-").replace("—", "-")
    for name, value in fields.items():
        if value.strip() and name not in record.extra:
            words = re.sub("-+", "-", value.replace(",", " ").replace("/", " ")).split()
            assert all(word.strip(" .-:") in shown for word in words), (name, value)
