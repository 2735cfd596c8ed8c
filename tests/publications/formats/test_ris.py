"""RIS, read and written."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publications.formats.rich_text import from_plain
from publications.formats.ris.reader import load
from publications.formats.ris.writer import dump
from publications.records import AuthorName, Link
from tests.publications.formats import strategies

ZOTERO = """TY  - CPAPER
TI  - Attention *is* all you need: a $O(n^2)$ story
AU  - van Beethoven, Ludwig, Jr.
AU  - ATLAS Collaboration
AU  - Doe, Jane
AU  - et al.
T2  - Advances in Neural Information Processing Systems
J2  - NeurIPS
C3  - Proceedings
DA  - 2017/12/04/
PY  - 2017
VL  - 30
IS  - 2
SP  - 5998
EP  - 6008
PB  - Curran Associates
CY  - Long Beach
SN  - 978-3-030-58452-8
SN  - 0920-5691
DO  - https://doi.org/10.1000/XYZ
UR  - https://doi.org/10.1000/XYZ
UR  - https://github.com/jane/code
L1  - https://jane.example.org/paper.pdf
KW  - attention
KW  - transformers
LA  - en
ID  - vaswani2017
N1  - Award: Best paper
N1  - With an appendix
AB  - The first line.
Its second line.

Another paragraph.
ER  -
"""


def one(text):
    (record,) = load(text).records
    return record


def entry(*lines):
    return "\n".join(["TY  - JOUR", "TI  - A title", *lines, "ER  - ", ""])


def messages(text):
    return [str(problem) for problem in load(text).problems]


def test_an_entry_is_read_whole():
    record = one(ZOTERO)

    assert record.kind == "paper-conference"
    assert record.title == r"Attention \*is\* all you need: a $O(n^2)$ story"
    assert record.authors == (
        AuthorName("Ludwig", "Beethoven", "van", "Jr."),
        AuthorName(literal="ATLAS Collaboration"),
        AuthorName("Jane", "Doe"),
    )
    assert record.and_others
    assert record.venue == "Advances in Neural Information Processing Systems"
    assert record.venue_acronym == "NeurIPS"
    assert (record.year, record.month, record.day) == (2017, 12, 4)
    assert (record.volume, record.number, record.pages) == ("30", "2", "5998-6008")
    assert (record.publisher, record.language) == ("Curran Associates", "en")
    assert (record.isbn, record.issn) == ("9783030584528", "0920-5691")
    assert record.doi == "10.1000/XYZ"
    assert record.links == (
        Link("code", "https://github.com/jane/code"),
        Link("PDF", "https://jane.example.org/paper.pdf"),
    )
    assert (record.award, record.note) == ("Best paper", "With an appendix")
    assert record.abstract == "The first line.\nIts second line.\n\nAnother paragraph."
    assert record.citation_key == "vaswani2017"
    assert record.line == 1
    assert record.text == ZOTERO.strip("\n")


def test_tags_without_a_column_are_kept_and_written_again():
    record = one(ZOTERO)

    assert record.extra == {"C3": "Proceedings", "CY": "Long Beach"}
    assert "C3  - Proceedings\r\nCY  - Long Beach\r\n" in dump([record])


def test_a_type_that_we_have_no_kind_for_is_kept_and_written_again():
    record = one("TY  - SLIDE\nTI  - Slides\nER  - \n")

    assert record.kind == "document"
    assert dump([record]).startswith("TY  - SLIDE\r\n")


def test_the_file_is_written_as_readers_expect_it():
    text = dump([replace(one(ZOTERO), extra={})])

    lines = text.split("\r\n")
    assert lines[0] == "TY  - CPAPER"
    assert lines[-3:] == ["ER  - ", "", ""]
    assert "AU  - van Beethoven, Ludwig, Jr." in lines
    assert "AU  - ATLAS Collaboration" in lines
    assert "DA  - 2017/12/04/" in lines
    assert "L1  - https://jane.example.org/paper.pdf" in lines
    assert "\n" not in text.replace("\r\n", "")


def test_an_arxiv_preprint_goes_out_under_its_doi_and_comes_back():
    text = entry("DO  - 10.48550/arXiv.2104.08253")

    assert one(text).arxiv_id == "2104.08253"
    assert one(text).doi == ""
    assert "DO  - 10.48550/arXiv.2104.08253\r\n" in dump([one(text)])


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["PY  - 2020/06/15/Summer"], (2020, 6, 15)),
        (["Y1  - 2020//"], (2020, None, None)),
        (["PY  - 2020", "DA  - 2020-06"], (2020, 6, None)),
        (["PY  - 2020", "DA  - 2019/01/01"], (2020, None, None)),
        (["PY  - Spring 2020"], (None, None, None)),
        (["PY  - 0000"], (None, None, None)),
        (["PY  - 2020/13/01"], (2020, None, None)),
    ],
)
def test_dates_are_read_and_what_is_none_is_kept(lines, date):
    record = one(entry(*lines))

    assert (record.year, record.month, record.day) == date
    read = " ".join(str(part) for part in date if part)
    assert read or record.extra


def test_a_name_without_a_comma_is_parted_and_a_comma_at_its_end_marks_a_group():
    record = one(entry("AU  - Jane Doe", "A1  - Doe and Sons,"))

    assert record.authors == (AuthorName("Jane", "Doe"), AuthorName(literal="Doe and Sons"))


@pytest.mark.parametrize(
    ("typed", "given", "family"),
    [
        ("Doe J.", "J.", "Doe"),
        ("van Dee C.-Y.", "C.-Y.", "van Dee"),
        ("Doe J. R.", "J. R.", "Doe"),
        ("J. Doe", "J.", "Doe"),
    ],
)
def test_a_name_that_its_initials_turn_round(typed, given, family):
    (author,) = one(entry(f"AU  - {typed}")).authors

    assert (author.given, f"{author.particle} {author.family}".strip()) == (given, family)


def test_two_names_of_the_journal_become_name_and_acronym():
    record = one(entry("JF  - Neural Networks", "JO  - Neural Netw."))

    assert (record.venue, record.venue_acronym) == ("Neural Networks", "Neural Netw.")


def test_lines_with_one_space_and_indented_ones_are_read():
    text = "  TY - JOUR\n  TI - A title\n  AU - Doe, Jane\n  ER -\n"

    assert one(text).authors == (AuthorName("Jane", "Doe"),)


def test_a_line_that_only_looks_like_an_entry_does_not_become_one():
    record = replace(one(entry()), abstract="One.\nTY  - JOUR\nER  - ")

    (read,) = load(dump([record])).records
    assert read.abstract.split() == record.abstract.split()


def test_an_entry_without_title_is_left_out_and_named_by_its_line():
    loaded = load(entry() + "\nTY  - JOUR\nAU  - Doe, Jane\nID  - doe\nER  - \n")

    assert len(loaded.records) == 1
    assert [str(problem) for problem in loaded.problems] == [
        "line 5: doe: the entry has no title, so it is left out; give it a line “TI  - The title”"
    ]


def test_an_entry_that_does_not_end_is_read_and_named():
    text = "TY  - JOUR\nTI  - One\n\nTY  - JOUR\nTI  - Two\nER  - \n"

    assert [record.title for record in load(text).records] == ["One", "Two"]
    assert messages(text) == ["line 1: the entry has no end; end it with a line “ER  - ”"]


def test_text_outside_of_entries_is_named_once():
    assert messages("Some words\nand more\n\n" + entry()) == [
        "line 1: this is outside of any entry, so it is left out; begin one with “TY  - JOUR”"
    ]


@pytest.mark.parametrize(
    ("line", "column", "name"),
    [
        ("DO  - none", "doi", "DO"),
        ("SN  - 0920-5692", "issn", "SN"),
        ("UR  - javascript:alert(1)", "links", "links"),
        ("ID  - two words", "citation_key", "ID"),
        ("UR  - jane@doe.example.org", "links", "UR"),
    ],
)
def test_a_value_that_is_none_is_kept(line, column, name):
    record = one(entry(line))

    assert not getattr(record, column)
    assert name in record.extra


def test_what_no_column_holds_is_written_again():
    text = entry("T2  - " + "A" * 500, "IS  - " + "7" * 60, "LA  - Klingon")

    record = one(text)

    assert (record.venue, record.number, record.language) == ("", "", "")
    assert one(dump([record])) == record
    assert record.extra == {"venue": "A" * 500, "number": "7" * 60, "language": "Klingon"}


@given(st.lists(strategies.records(strategies.lines().map(from_plain)), max_size=3))
def test_what_is_written_is_read_again(records):
    loaded = load(dump(records))

    assert list(loaded.records) == [replace(record, extra={}) for record in records]
    assert loaded.problems == ()


@given(
    st.text()
    | st.lists(
        st.builds(
            lambda tag, value: f"{tag}  - {value}",
            st.sampled_from("TY TI AU PY DA SN DO UR AB N1 ER KW ID J2 XX AN SP".split()),
            st.text(max_size=20) | st.sampled_from(["JOUR", "2020/06", "Doe, J", "10.1/x", ","]),
        )
    ).map("\n".join)
)
def test_the_reader_never_raises_and_loses_no_entry_in_silence(text):
    loaded = load(text)

    assert all(record.title and record.line for record in loaded.records)
    started = sum(line.startswith("TY  -") for line in text.split("\n"))
    assert len(loaded.records) + len(loaded.problems) >= min(started, 1)
