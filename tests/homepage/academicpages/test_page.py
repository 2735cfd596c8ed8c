from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homepage.academicpages.page import read_page
from homepage.common.markdown import render
from homepage.common.text import words
from tests.timing import grows_with_its_size

PAGES = Path(__file__).parents[2] / "data" / "pages"


def page(name):
    return read_page((PAGES / name).read_text())


def test_page_with_its_owners_name_as_title():
    read = page("titled.md")

    assert read.owner == "Jane Doe"
    assert [(section.title, section.shows) for section in read.sections] == [
        ("", "text"),
        ("Selected Papers", "publications"),
        ("Talks", "text"),
        ("Service", "text"),
    ]
    assert [record.year for record in read.records] == [2023, 2022, 2025, 2024]
    assert read.categories[0].ordering == "manual"


def test_legend_explains_the_marks():
    first = page("titled.md").records[0]

    assert [(name.marks, name.equal, name.corresponding) for name in first.authors] == [
        ("*", True, False),
        ("*", True, False),
        ("†", False, True),
    ]


def test_talks_in_the_same_layout_are_no_papers():
    read = page("titled.md")

    assert "My talk" not in [record.title for record in read.records]
    assert "My talk" in read.sections[2].body


def test_year_headings_group_a_list_and_are_no_category():
    read = page("years.md")

    (section,) = read.sections
    assert (section.title, section.group_by) == ("Publications", "year")
    assert [category.title for category in read.categories] == ["Publications"]
    assert [record.year for record in read.records] == [2024, 2024, 2023]
    assert [record.position for record in read.records] == [1, 2, 3]


def test_page_in_chinese():
    read = page("chinese.md")

    assert read.owner == "肖明庆"
    assert [str(name) for name in read.records[1].authors] == ["张三", "肖明庆", "李四"]
    assert (read.records[1].venue, read.records[1].year) == ("计算机学报", 2020)


def test_title_authors_and_venue_as_paragraphs_of_one_item():
    read = page("loose.md")

    assert [record.venue_acronym for record in read.records] == ["TIP", ""]


def test_odd_entry_in_a_good_list_is_kept_with_doubt():
    read = page("mixed.md")

    doubts = [bool(record.doubts) for record in read.records]
    assert doubts == [False, False, True, False]
    assert read.records[2].text.startswith("**Third Paper**")


def test_entry_too_long_for_its_columns_is_kept_with_doubt():
    long = "word " * 300
    read = read_page(
        f"# Publications\n- **{long}**\n  **Jane Doe**, John Roe\n  V, 2020\n"
        + "- **A**\n  **Jane Doe**, John Roe\n  V, 2020\n" * 3
    )

    assert [bool(record.doubts) for record in read.records] == [True, False, False, False]
    assert long.strip() in read.records[0].text


def test_heading_between_lists_that_holds_none_becomes_text_in_its_place():
    read = read_page(
        "# Publications\n## Journal\n- **A**\n  **Jane Doe**, John Roe\n  V, 2020\n"
        "## Patents\n- **P**\n  **Jane Doe**, John Roe\n  US 1, 2019\n"
        "## Conference\n- **B**\n  **Jane Doe**, John Roe\n  W, 2020\n"
    )

    assert [(s.title, s.shows, s.categories) for s in read.sections] == [
        ("Publications", "publications", ("journal",)),
        ("Patents", "text", ()),
        ("", "publications", ("conference",)),
    ]


def test_year_headings_and_other_headings_do_not_share_a_section():
    paper = "- **{}**\n  **Jane Doe**, John Roe\n  V, {}\n"
    read = read_page(
        "# Publications\n## 2021\n" + paper.format("A", 2021) + "## 2020\n" + paper.format("B", 2020)
        + "## Preprints\nIn the making.\n\n" + paper.format("C", 2022)
    )  # fmt: skip

    assert [(s.title, s.group_by, s.categories) for s in read.sections] == [
        ("Publications", "year", ("publications",)),
        ("", "category", ("preprints",)),
    ]
    assert read.categories[1].intro == "In the making."


def test_text_round_a_list_stays():
    read = read_page(
        "## Publications\nSee also [DBLP](https://dblp.org/).\n\n"
        "- **A**\n  **Jane Doe**, John Roe\n  V, 2020\n- **B**\n  **Jane Doe**, John Roe\n  V, 2019\n"
        "\nOlder papers on request.\n"
    )

    assert read.sections[0].body == "See also [DBLP](https://dblp.org/)."
    assert [(s.shows, s.body) for s in read.sections[1:]] == [("text", "Older papers on request.")]


def test_comments_and_spacing_are_left_out_and_comments_named():
    read = read_page("## About\n&nbsp;\n\nHello\n\n<!-- - **Old**\n**Jane Doe** -->\n&nbsp;\n")

    assert read.sections[0].body == "Hello"
    assert [problem.line for problem in read.left_out] == [6]


def test_same_headings_have_identities_of_their_own():
    read = read_page("# A\none\n# A\ntwo\n")

    assert [section.key for section in read.sections] == ["/#a", "/#a-2"]


def test_lists_of_a_stranger_are_not_read():
    text = "## Publications\n- **A**\n  Ann Lee, Bo Chen\n  V, 2020\n"

    assert read_page(text, ["Jane Doe"]).records == ()


def test_definitions_go_with_the_sections_that_use_them():
    read = read_page(
        "# A\nSee [one][1] and [two] and a note[^n].\n# B\nNothing.\n\n"
        "[1]: https://one.org\n[Two]: https://two.org 'Two'\n[^n]: The note.\n"
    )

    first, second = (render(section.body) for section in read.sections)
    assert 'href="https://one.org"' in first
    assert 'href="https://two.org"' in first
    assert "The note." in first
    assert "one.org" not in second


def test_icon_in_a_heading_is_left_out():
    read = read_page('# <i class="fa fa-book"></i> Papers\nNone yet.\n')

    assert read.sections[0].title == "Papers"


def test_link_in_a_heading_stays():
    read = read_page("# Papers [[Scholar](https://s.org/?a=1&b=2)]\nNone yet.\n")

    assert "Scholar" in read.sections[0].title
    assert 'href="https://s.org/?a=1&amp;b=2"' in render(read.sections[0].body)


def test_phrase_in_bold_is_nobodys_name():
    read = read_page("# About\nI like:\n\n- Things\n  **Sparse Coding**, Deep Nets\n")

    assert read.owner == ""


def test_list_on_a_page_of_talks_is_none_of_papers():
    lists = "- **A**\n  **Jane Doe**, John Roe\n  V, 2020\n- **B**\n  **Jane Doe**, John Roe\n  V, 2019\n"

    assert read_page(f"---\ntitle: Talks\npermalink: /talks/\n---\n{lists}").records == ()
    assert len(read_page(f"---\ntitle: Papers\npermalink: /p/\n---\n{lists}").records) == 2


@pytest.mark.slow
def test_very_long_text_is_cut_into_pieces_the_editor_takes():
    read = read_page("# A\n" + "word and word\n\n" * 12_000)

    assert len(read.sections) > 1
    assert all(len(section.body) <= 100_000 for section in read.sections)


LINES = st.sampled_from(
    [
        "# Publications", "## Journal", "### 2020", "## Talks", "", "&nbsp;", "- **A Title** [[pdf]](u)  ",
        "  **Jane Doe**, John Roe  ", "  *Venue (V), 2020* (Oral)", "1. Another Title\\", "text *here*",
        "**Jane Doe** and Bo Chen\\", "NeurIPS 2021", "<div>", "</div>", "<!-- x -->", "```", "| a | b |",
        "|---|---|", "> quote", "---", "[^1]: note", "see[^1]", "$x^2$", "{% if x %}", "<font color=red>(Oral)</font>",
        "<ol reversed>", "<li>item", "</ol>", "    code", "- ", "![alt](x.png)", "Term", ": definition",
    ]
)  # fmt: skip


def visible_words(page):
    texts = [section.title + " " + section.body for section in page.sections]
    texts += [category.title + " " + category.intro for category in page.categories]
    texts += [f"{record.text} {record.year}" for record in page.records]
    texts += [page.owner]
    return words(" ".join(texts))


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=30).map("\n".join))
def test_every_line_of_a_page_lands_in_a_section_or_an_entry(text):
    text = f"Hello\n{text}"  # no header

    read = read_page(text)

    source = words(text.replace("<!-- x -->", "").replace("{% if x %}", ""))
    markup = {"1", "div", "ol", "li", "font", "color", "red", "reversed", "nbsp"}
    assert source - visible_words(read) - markup - words("pdf u x png") == set()


def test_text_beside_the_items_of_a_list_stays():
    read = read_page(
        "# Publications\n1. A Title\\\n**Jane Doe** and Bo Chen\n\n<ol reversed>\n## Journal\n</ol>\n"
    )

    assert len(read.records) == 1
    assert "Journal" in " ".join(section.body for section in read.sections)


def test_head_of_a_table_stays():
    row = "| {} | **Jane Doe**, John Roe. {} Study of Things. *Venue*, {}. |\n"
    read = read_page(
        "# Publications\n| When | What |\n|---|---|\n"
        + row.format(2020, "First", 2020) + row.format(2019, "Second", 2019)
    )  # fmt: skip

    assert [record.year for record in read.records] == [2020, 2019]
    assert "When" in read.sections[0].body


@given(st.text())
def test_reading_never_raises(text):
    read_page(text)


@pytest.mark.slow
def test_time_grows_with_the_page_not_with_its_square():
    entry = "- **A Title {}** [[pdf]](https://a.org/{})  \n  **Jane Doe**, John Roe  \n  *Venue (V), 2020*\n"

    def page(count):
        return "## Publications\n" + "".join(entry.format(n, n) for n in range(count))

    assert len(read_page(page(800)).records) == 800
    assert grows_with_its_size(read_page, page(200), page(800))
