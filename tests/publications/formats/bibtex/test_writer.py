"""What we write in BibTeX: read again as the same, and as other programs want it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homepage.common.markdown import plain
from publications.formats.bibtex.reader import load
from publications.formats.bibtex.text import read_abstract, read_title
from publications.formats.bibtex.writer import dump, dump_latex
from publications.latex import encode
from publications.records import AuthorName, Link, PublicationRecord
from tests.publications.formats import strategies

from .reading import one

RECORD = PublicationRecord(
    title="Learning of *deep* GANs in $O(n)$ time",
    kind="paper-conference",
    authors=(
        AuthorName("Jörg", "Müller", "von", "Jr."),
        AuthorName(literal="ATLAS Collaboration"),
        AuthorName("Jane", "Doe", marks="*", equal=True),
    ),
    and_others=True,
    venue="Conference on Nets & Things",
    venue_acronym="CNT",
    year=2022,
    month=9,
    pages="1-20",
    doi="10.1000/1",
    arxiv_id="2104.08253",
    links=(Link("PDF", "https://jane.example.org/a.pdf"),),
    citation_key="mueller2022",
)


def test_an_entry_is_what_people_expect():
    assert (
        dump([RECORD])
        == """\
@inproceedings{mueller2022,
  author = {von Müller, Jr., Jörg and {ATLAS Collaboration} and Doe, Jane and others},
  author+an = {3=equal},
  author+an:marks = {3="*"},
  title = {Learning of \\emph{deep} {GANs} in {$O(n)$} time},
  booktitle = {Conference on Nets \\& Things},
  abbr = {CNT},
  year = {2022},
  month = sep,
  pages = {1--20},
  doi = {10.1000/1},
  eprint = {2104.08253},
  archiveprefix = {arXiv},
  pdf = {https://jane.example.org/a.pdf},
}
"""
    )
    assert 'von M{\\"u}ller, Jr., J{\\"o}rg' in dump_latex([RECORD])


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Learning to walk", "Learning to walk"),
        ("Learning in Rome", "Learning in {Rome}"),
        ("Learning to Walk with Many Legs", "Learning to Walk with Many Legs"),
        ("A GAN for iPhones and eBay", "A {GAN} for {iPhones} and {eBay}"),
        ("Walking: A study", "Walking: {A} study"),
        ("Ärzte und Ökonomen", "Ärzte und {Ökonomen}"),
        ("50% of C# & more_or_less", r"50\% of {C}\# \& more\_or\_less"),
        ("*Escherichia coli* in H<sub>2</sub>O", r"\emph{Escherichia coli} in {H}\textsubscript{2}{O}"),
        ("Über $\\alpha$ and `code`", r"Über $\alpha$ and \texttt{code}"),
        ("It costs \\$5", r"It costs \$5"),
    ],
)  # fmt: skip
def test_capitals_that_a_style_must_leave_alone_are_in_braces(title, written):
    text = dump([replace(RECORD, title=title)])

    assert f"  title = {{{written}}},\n" in text
    assert plain(one(text).title) == plain(title)


def test_keys_are_ascii_and_none_stands_twice():
    records = [
        replace(RECORD, citation_key="Müller:2022"),
        replace(RECORD, citation_key=""),
        replace(RECORD, citation_key="doe"),
        replace(RECORD, citation_key="Doe"),
    ]

    text = dump(records)

    keys = re.findall(r"@\w+\{(.*),", text)
    assert keys == ["muller2022learning", "muller2022learning-2", "doe", "Doe-2"]
    read = [record.citation_key for record in load(text).records]
    assert read == ["Müller:2022", "muller2022learning-2", "doe", "Doe-2"]


def test_kept_fields_come_out_again_where_no_program_minds_them():
    extra = {
        "series": "a, {B}",
        "crossref": "parent",
        "editor": "Jane Doe and {A, B, C and D}",
        "urldate": "May 2020",
        "__markedentry": "x",
        "year": "c. 2022",
        "abbr": "CNT 2022",
        "note-2": "Twice",
        "entrytype": "conference",
    }
    record = replace(RECORD, extra=extra)

    text = dump([record])

    for field in (
        "series = {a, {B}}",
        "kept-crossref = {parent}",
        "editor = {Jane Doe and {A, B, C and D}}",
        "kept-urldate = {May 2020}",
        "kept-__markedentry = {x}",
        "year = {2022}",
        "kept-year = {c. 2022}",
        "abbr = {CNT 2022}",
        "note-2 = {Twice}",
    ):
        assert f"  {field},\n" in text
    del extra["entrytype"]
    assert one(text) == record


@pytest.mark.parametrize(
    ("kind", "extra", "values", "written"),
    [
        ("article-journal", {}, {"number": "2"}, "issue = {2}"),
        ("article-journal", {}, {"number": "2", "volume": "1"}, "number = {2}"),
        ("paper-conference", {}, {"number": "2", "volume": "1"}, "issue = {2}"),
        ("paper-conference", {"series": "LNCS"}, {"number": "2"}, "number = {2}"),
        ("book", {"editor": "Jane Doe"}, {}, "editora = {Jane Doe}"),
        ("paper-conference", {"editor": "Jane Doe"}, {}, "editor = {Jane Doe}"),
    ],
)
def test_styles_find_what_they_can_use_under_a_name_they_do_not_warn_of(
    kind, extra, values, written
):
    record = replace(RECORD, kind=kind, extra=extra, arxiv_id="", **values)

    text = dump([record])

    assert f"  {written},\n" in text
    assert one(text) == record


@pytest.mark.parametrize(
    ("kind", "kept", "arxiv_id", "type", "subtype"),
    [
        ("patent", None, "", "misc", "patent"),
        ("patent", "standard", "", "misc", "patent"),
        ("webpage", None, "", "misc", "online"),
        ("webpage", None, "2104.08253", "misc", "webpage"),
        ("document", "standard", "", "misc", "standard"),
        ("document", None, "2104.08253", "misc", "document"),
        ("article", None, "2104.08253", "misc", None),
        ("article", None, "", "misc", "preprint"),
        ("article", "unpublished", "", "unpublished", None),
        ("article-journal", None, "", "article", None),
        ("article-journal", None, "2104.08253", "article", "article-journal"),
        ("article-newspaper", None, "", "article", "newspaper"),
        ("book", "collection", "", "book", "collection"),
        ("thesis", "mastersthesis", "", "mastersthesis", None),
    ],
)
def test_the_types_are_those_that_all_styles_know(kind, kept, arxiv_id, type, subtype):
    extra = {"entrytype": kept} if kept else {}
    record = replace(RECORD, kind=kind, venue="", venue_acronym="", arxiv_id=arxiv_id, extra=extra)

    text = dump([record])

    assert text.startswith(f"@{type}{{")
    assert re.findall(r"entrysubtype = \{(.*)\}", text) == ([subtype] if subtype else [])
    assert one(text).kind == kind


@pytest.mark.parametrize(
    ("links", "fields"),
    [
        ([("PDF", "https://a.org/1"), ("code", "https://a.org/2")], ["pdf", "code"]),
        ([("code", "https://a.org/2"), ("PDF", "https://a.org/1")], ["code", "pdf", "links"]),
        ([("My own label", "https://a.org/1")], ["links"]),
        ([("code", "https://github.com/a/b")], ["code"]),
        ([("PDF", "/files/a.pdf")], ["pdf"]),
        ([("a", "https://a.org/<>, {}")], []),
    ],
)
def test_links_stand_in_everybodys_fields_and_with_their_labels_where_those_do_not_say_all(
    links, fields
):
    record = replace(RECORD, links=tuple(Link(*link) for link in links))

    text = dump([record])

    assert re.findall(r"  (url|pdf|code|links) = ", text) == fields
    if fields:
        assert one(text) == record


titles = st.builds(
    lambda *parts: read_title("".join(parts), []),
    strategies.lines("*_$`<>&[]!%#\"'-–—:;.,()/+=~^|@?0123456789"),
    st.sampled_from([r" \emph{a}", r" \textbf{B c}", r"\textsubscript{2}", r" $x^2$", " {GaN}", ""]),
    strategies.lines("*_$`<>&[]!%#\"'-–—:;.,()/+=~^|@?0123456789") | st.just(""),
) | strategies.lines().map(lambda text: read_title(encode(text), []))  # fmt: skip
kept = st.dictionaries(
    st.sampled_from(
        "series address edition crossref editor urldate year date journal booktitle "
        "archive isbn primaryclass options //x entrysubtype note-2 @series größe as-x +40+ a&b".split()
    ),
    strategies.words | st.sampled_from(["a {B} c", "x, y", "2020-01", "arXiv preprint"]),
    max_size=3,
)
records = st.builds(
    lambda record, extra, selected, marks: replace(
        record,
        # Markdown as our reader writes it: there are other ways to say the same.
        abstract=read_abstract(encode(record.abstract), []),
        extra=extra,
        selected=selected,
        authors=tuple(replace(name, marks=marks) for name in record.authors),
    ),
    strategies.records(
        titles,
        link=strategies.plain_links | strategies.labelled_links,
        statuses=["", "submitted", "accepted", "to-appear"],
    ),
    kept,
    st.booleans(),
    st.sampled_from(["", "*", "†"]),
)


def keyed(records, text):
    """Return the records with the keys that were made for those without one, or for doubles."""
    keys = [record.citation_key for record in load(text).records]
    return [replace(record, citation_key=key) for record, key in zip(records, keys, strict=True)]


@pytest.mark.parametrize("write", [dump, dump_latex])
@settings(max_examples=40, deadline=None)  # a busy machine is no failure
@given(st.lists(records, max_size=2))
def test_what_is_written_is_read_again(write, records):
    text = write(records)

    loaded = load(text)

    assert list(loaded.records) == keyed(records, text)
    # What was kept because it was no ISBN is none now.
    assert loaded.problems == () or any("isbn" in record.extra for record in records)


def test_with_latex_all_is_ascii_but_what_latex_has_no_command_for():
    record = replace(RECORD, title="Ångström, Łódź, ‘x’ – “y” ½ 日本", venue="Žižek’s Œuvre…")

    text = dump_latex([record])

    assert text.replace("日本", "").isascii()
    assert one(text) == record
