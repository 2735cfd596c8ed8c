"""Broken files: a bad entry costs that entry only, and each says where and what to do."""

import pytest

from publications.formats.bibtex.reader import load

from .reading import said

GOOD = "@article{good,\n  title = {Good},\n  year = 2020\n}\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("@article{k,\n title = {A}\n year = {2001},\n}\n",
         "line 2: k: a comma is missing at the end of this line; it is read as if there were one"),
        ("@article{k,\n title = {A}},\n year = {2001}\n}\n",
         "line 2: k: there is a } too many here; it is read as if it were not there"),
        ("@article{k,\n title = {A},\n year = {2001}\n\n",
         "line 1: k: the entry is not closed; write a } at its end"),
        ("@article{k,\n note = {{n},\n title = {A},\n year = {2001}\n}\n",
         "line 2: k: the value of “note” is not closed; it is read as if } stood at its end"),
        ('@article{k,\n title = "A,\n year = 2001\n}\n',
         'line 2: k: the value of “title” is not closed; it is read as if " stood at its end'),
        ("@article{k,\n title = {A}, % note = {no}\n year = 2001,\n}\n",
         "line 2: k: what stands behind the % in this line is left out"),
        ("@article{my own key,\n title = {A},\n year = 2001\n}\n",
         "line 1: the key “my own key” has a space; it is only kept, give the entry another"),
        ("@article{k,\n title = {A},\n funding_text 1={We thank.},\n year = 2001\n}\n",
         "line 3: k: a field has no space in its name; “funding_text 1” is kept as “funding_text-1”"),
        ("@book{@article{k,\n title = {A},\n year = 2001\n}\n",
         "line 1: the entry is left out, for it does not end; write a } at its end"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_last", [False, True])
def test_a_fault_that_can_be_read_in_one_way_only_is_mended(text, problem, is_last):
    text = GOOD + text if is_last else text + GOOD
    records = [record for record in load(text).records if record.title != "Good"]

    assert [(record.title, record.year) for record in records] == [("A", 2001)]
    assert len(load(text).records) == 2
    first = GOOD.count("\n") if is_last else 0
    line = int(problem.split(":")[0].removeprefix("line ")) + first
    assert said(text) == [f"line {line}:{problem.partition(':')[2]}"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("@article{k, title = {A tale of\n\n",
         "the value of “title” does not end where it should; count its braces and quotes"),
        ("@article{k,\n title {A}\n}\n", "cannot be read from “{A} }” in line 2 on"),
        ("@article{k,\n title = {A};\n year = 2001\n}\n", "cannot be read from “; year = 2001 }” in line 2 on"),
        ("@article{k,\n title = Two Words\n}\n", "cannot be read from “Words }” in line 2 on"),
        ("@article{k,\n year = 2001\n}\n", "the entry has no title, so it is left out; give it one"),
        ("@article{k,\n title = {}\n}\n", "the entry has no title, so it is left out; give it one"),
        ("@article k, title = {A}\n", "there is no { behind this, so it is left out"),
        ("% @article{k,\n%  title = {A}\n% }\n", "this entry is commented out with %, so it is left out"),
        ("@comment{\n@article{k, title = {A}}\n}\n", "what stands in this @comment is left out"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_last", [False, True])
def test_a_bad_entry_costs_only_itself(text, problem, is_last):
    text = GOOD + text if is_last else text + GOOD

    assert [record.title for record in load(text).records] == ["Good"]
    (message,) = said(text)
    line = GOOD.count("\n") if is_last else 0
    assert message.startswith(f"line {line + 1}: ")
    if " in line " not in problem:
        assert problem in message


def test_what_scopus_numbers_with_a_space_costs_no_field():
    text = (
        "@ARTICLE{k,\ntitle={A},\nfunding_text 1={One},\nfunding_text\u00a02={Two},\nyear={2001}}"
    )
    (record,) = load(text).records

    assert record.year == 2001
    assert record.extra == {"funding_text-1": "One", "funding_text-2": "Two"}


def test_what_is_mended_twice_is_said_once():
    assert said("@article{k, title = {A, year = {2001}") == [
        "line 1: k: the entry is not closed; write a } at its end"
    ]


def test_marks_of_a_git_conflict_are_named_and_both_sides_are_read():
    text = f"<<<<<<< HEAD\n@book{{a, title = {{A}}}}\n=======\n@book{{b, title = {{B}}}}\n>>>>>>> x\n{GOOD}"

    assert [record.title for record in load(text).records] == ["A", "B", "Good"]
    say = "this is a mark of a git conflict; both sides are read: keep the right one"
    assert said(text) == [f"line 1: {say}", f"line 5: {say}"]


def test_the_text_of_a_mended_entry_is_what_the_file_says():
    text = "@article{k,\n title = {A}},\n year = {2001}\n}"
    (record,) = load(text + "\n\n" + GOOD).records[:1]

    assert record.text == text
    assert record.line == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@article{" * 20_000, "the entry is left out"),
        ("@article{\n" * 20_000, "only the first 2000 entries are read; import the rest by itself"),
        ("@book{k, title = {x},\n" * 20_000, "only the first 2000 entries are read"),
        ('@a{k,t="' * 60_000, "only the first 2000 entries are read"),
        ("@book{k, title = {" + "{" * 100_000 + "x" + "}" * 100_000 + "}}", "nested too deep"),
        ("@book{k, title = {" + "{" * 60 + "x" + "}" * 60 + "}}", "nested deeper than 50 levels"),
        ("@string{a0 = {" + "x" * 1000 + "}}\n"
         + "".join(f"@string{{a{i + 1} = a{i} # a{i}}}\n" for i in range(40))
         + "@book{k, title = a40}", "the macros of @string give more text than can be meant"),
        ("".join(f"@book{{k{i}, title = {{A}}, crossref = {{k{i + 1}}}}}\n" for i in range(2000)),
         "crossref leads to “k2000”"),
        ("@book{k, title = {" + "[" * 500_000 + "}}", "is longer than 1000 characters"),
        ("@book{k, title = {x}, note = {" + "* equal " * 60_000 + "}, author = {"
         + "A* and " * 500 + "B}}", "is longer than 2000 characters"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)  # fmt: skip
def test_hostile_pastes_get_a_sentence_in_time(text, message):
    found = said_of_paste(text)

    assert any(message in problem for problem in found)


def said_of_paste(text):
    from publications.formats.bibtex.reader import load_pasted

    return [str(problem) for problem in load_pasted(text).problems]


def test_the_command_reads_what_a_paste_may_not_hold():
    deep = "@book{k, title = {" + "{" * 60 + "x" + "}" * 60 + "}}"
    many = "".join(f"@book{{k{number}, title = {{T{number}}}}}\n" for number in range(2001))

    assert [record.title for record in load(deep).records] == ["x"]
    assert len(load(many).records) == 2001
    assert said(many) == said(deep) == []


@pytest.mark.parametrize(
    ("value", "title"),
    [
        (r"\input{/etc/passwd}", r"\input{/etc/passwd}"),
        (r"\write{rm -rf}", r"\write{rm -rf}"),
        (r"A \unknown{b}{c} d", r"A \unknown{b}{c} d"),
        (r"Caf\'e, \"{u}, \"u, {\"u}, \"{\u}", None),
    ],
)
def test_nothing_is_executed_and_unknown_commands_are_text(value, title):
    (record,) = load(f"@book{{k, title = {{{value}}}}}").records

    if title is not None:
        assert record.title.replace("\\\\", "\\") == title
    else:
        assert record.title.startswith("Café, ü, ü, ü")
