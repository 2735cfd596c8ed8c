"""Lists however they are typed: Markdown, HTML, boxes, tables, paragraphs, headings."""

import pytest

from homepage.common.markdown import parser
from publications.formats.handwritten import read_lists
from publications.formats.handwritten.outline import parts

from .lists import entry, links, names, readings, records

CITATION = "Jane Doe, John Roe. {} Study of Things. *Venue*, 2020. [[pdf](https://a.org/{})]"
HTML = '<b>{} Study of Things</b><br>Jane Doe, John Roe<br><i>Venue</i>, 2020 <a href="https://a.org/{}">pdf</a>'
ONE, TWO = (CITATION.format(word, word) for word in ("First", "Second"))
HTML_ONE, HTML_TWO = (HTML.format(word, word) for word in ("First", "Second"))
TITLES = ["First Study of Things", "Second Study of Things"]

LISTS = {
    "bullets": f"- {ONE}\n- {TWO}\n",
    "numbers": f"1. {ONE}\n1. {TWO}\n",
    "numbers from zero": f"0. {ONE}\n1. {TWO}\n",
    "typed numbers": f"[J2] {ONE}\n\n[J1] {TWO}\n",
    "paragraphs": f"{ONE}\n\n{TWO}\n",
    "one item indented": f"- {ONE}\n - {TWO}\n",
    "two markers": f"- {ONE}\n* {TWO}\n",
    "li": f"<ul>\n<li>{HTML_ONE}</li>\n<li>{HTML_TWO}</li>\n</ul>\n",
    "li without ends": f"<ol reversed>\n<li>{HTML_ONE}\n\n<li>{HTML_TWO}\n</ol>\n",
    "li in a row": f"<ul><li>{HTML_ONE}</li><li>{HTML_TWO}</li></ul>\n",
    "p": f"<p>{HTML_ONE}</p>\n<p>{HTML_TWO}</p>\n",
    "list in a div": f'<div class="all">\n\n- {ONE}\n- {TWO}\n\n</div>\n',
    "boxes": "".join(f'<div class="paper-box">\n\n{one}\n\n</div>\n\n' for one in (ONE, TWO)),
    "cards": f"<div class='card'>{HTML_ONE}</div>\n<div class='card'>{HTML_TWO}</div>\n",
    "table": f"| Year | Paper |\n|---|---|\n| 2020 | {ONE} |\n| 2020 | {TWO} |\n",
    "html table": f"<table><tr><td><img src='a.png' alt='First'></td><td>{HTML_ONE}</td></tr>\n"
    f"<tr><td></td><td>{HTML_TWO}</td></tr></table>\n",
    "quotes": f"> {ONE}\n\n<!-- -->\n\n> {TWO}\n",
    "rules": "**First Study of Things**\n\nJane Doe, John Roe\n\n*Venue*, 2020 [pdf](https://a.org/First)\n\n---\n\n"
    "**Second Study of Things**\n\nJane Doe, John Roe\n\n*Venue*, 2020 [pdf](https://a.org/Second)\n",
    "paragraphs of parts": "".join(
        f"**{word} Study of Things** [pdf](https://a.org/{word})\n\nJane Doe, John Roe\n\n*Venue*, 2020\n\n"
        for word in ("First", "Second", "Third")
    ),
    "years as items": f"- 2020\n    - {ONE}\n    - {TWO}\n",
    "comment between": f"- {ONE}\n\n<!-- - Jane Doe. An Old One. *V*, 1999 -->\n\n- {TWO}\n",
}  # fmt: skip


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_list_however_it_is_typed(text):
    found = records(text)

    assert [record.title for record in found][:2] == TITLES
    for record in found:
        assert names(record) == ["Jane Doe", "John Roe"]
        assert (record.venue, record.year) == ("Venue", 2020)
        assert links(record)[0] == ("pdf", f"https://a.org/{record.title.split()[0]}")
        assert not record.doubts


def test_box_with_a_badge_and_a_picture():
    record = entry(
        '<div class="paper-box"><div class="paper-box-image"><div><div class="badge">VEN 2020</div>'
        '<a href="https://a.org/x"><img src="images/x.png" alt="Small Things"></a></div></div>\n'
        '<div class="paper-box-text" markdown="1">\n\n**A Study of Small Things**\n\n'
        "Jane Doe\\*, John Roe\\* (\\* equal contribution)\n\n*VEN*, 2020\n\n"
        "[[Paper]](https://a.org/x) "
        "[![](https://img.shields.io/github/stars/x/y?style=social)](https://github.com/x/y)\n\n"
        "</div>\n</div>\n"
    )

    assert (record.title, record.venue, record.year) == ("A Study of Small Things", "VEN", 2020)
    assert [name.equal for name in record.authors] == [True, True]
    assert links(record) == [
        ("Paper", "https://a.org/x"),
        ("code", "https://github.com/x/y"),
        ("stars", "https://img.shields.io/github/stars/x/y?style=social"),
    ]
    assert record.extra == {"image": "images/x.png"}


def test_badge_of_fixed_words_is_the_label_of_its_link():
    record = entry(
        "- **A Study of Small Things**  \n  Jane Doe, John Roe  \n"
        "  [![](https://img.shields.io/badge/arXiv-2001.00001-b31b1b)](https://arxiv.org/abs/2001.00001)"
    )

    assert links(record) == [("arXiv 2001.00001", "https://arxiv.org/abs/2001.00001")]


def test_classes_of_html_say_what_is_what():
    record = entry(
        '<div class="publication"><span class="pub-year">2020</span> '
        '<span class="pub-title">A Study of Small Things</span><br>Doe, J., &amp; Roe, R.<br>'
        '<span class="pub-venue">Journal of X, 5(5)</span></div>'
    )

    assert (record.title, record.year) == ("A Study of Small Things", 2020)
    assert (record.venue, record.volume, record.number) == ("Journal of X", "5", "5")


def test_folded_abstract_and_bibtex_stand_beside_the_entry():
    record = entry(
        "- **A Study of Small Things**  \n  Jane Doe, John Roe  \n  *Venue*, 2020\n"
        "  <details><summary>Abstract</summary>We study things that are small.</details>\n"
        '  <div class="bibtex"><pre>@article{x}</pre></div>\n'
    )

    assert (record.venue, record.note) == ("Venue", "")
    assert "We study things that are small." in record.abstract
    assert "@article{x}" in record.abstract


def test_pictures_between_paragraphs_are_no_list():
    text = "".join(
        f"({n}) <b>Study {n} of Things.</b> Jane Doe and John Roe <i>Venue</i>, 2020\n\n"
        f'<p><img src="https://a.org/{n}.png"></p>\n\n---\n\n'
        for n in (3, 2, 1)
    )

    assert readings(text) == []


def test_reference_style_and_relative_links():
    text = (
        "- [A Study of Small Things][1], Jane Doe, John Roe, *Venue*, 2020. [pdf](files/x.pdf) [code][c]\n\n"
        "[1]: https://a.org/x\n[c]: ../code\n"
    )

    assert links(entry(text)) == [
        ("link", "https://a.org/x"),
        ("pdf", "files/x.pdf"),
        ("code", "../code"),
    ]


def page(text):
    """Return (headings, years, titles) of the lists of a page."""
    found = parts(parser().parse(text, {}), len(text.split("\n")))
    lists = read_lists([part.chunk for part in found], text.split("\n"), ("Jane Doe",))
    return [
        (part.title, part.year_above, [record.title for one in readings for record in one.records])
        for part, readings in zip(found, lists, strict=True)
        if readings
    ]


PAPER = "{} Study of Things. Jane Doe, John Roe. *Venue*, 2020"


@pytest.mark.parametrize(
    "heading",
    ["**Journal papers**", "__Journal papers:__", "*Journal papers*", "<h4>Journal papers</h4>"],
)
def test_line_that_a_reader_takes_for_a_heading_is_one(heading):
    text = f"# Publications\n\n{heading}\n\n- **{PAPER.format('First')[:21]}**. Jane Doe. V, 2020\n"

    assert [title for title, _, _ in page(text)] == ["Journal papers"]


def test_title_in_bold_over_a_list_is_no_heading():
    text = (
        "# Publications\n\n**A Study of Small Things**\n\n- Jane Doe, John Roe\n- *Venue*, 2020\n"
    )

    assert page(text) == []


def test_year_over_a_list_is_a_heading_however_it_is_typed():
    citation = "- Jane Doe. {} Study of Things. *Venue*.\n"
    text = "# Publications\n\n<font size=4><b>2021</b></font>\n\n" + citation.format("First")
    text += '\n<a style="font-size:2em" name="2020">2020</a>\n\n' + citation.format("Second")

    assert [(year, titles) for _, year, titles in page(text)] == [
        (2021, ["First Study of Things"]),
        (2020, ["Second Study of Things"]),
    ]


def test_venue_over_each_paper():
    text = (
        "# Publications\n## 2021\n### VEN'21\n**First Study of Things**  \nJane Doe, John Roe\n\n"
        "### TOC'21\n**Second Study of Things**  \nJane Doe, John Roe\n"
    )

    assert page(text) == [
        ("VEN'21", 2021, ["First Study of Things"]),
        ("TOC'21", 2021, ["Second Study of Things"]),
    ]


def test_titles_as_headings():
    text = "# Publications\n" + "".join(
        f"## {word} Study of Things\nJane Doe, John Roe  \n*Venue*, 2020\n\n"
        for word in ("First", "Second")
    )

    assert page(text) == [("Publications", None, TITLES)]


def test_quotations_side_by_side_are_entries_each():
    text = "".join(
        f"> A Study of {what}\n>\n> Jane Doe and John Roe\n>\n> - [*Venue*, 2020](https://a.org/x)\n\n"
        for what in ("Trees", "Graphs", "Walls")
    )

    assert [record.title for record in records(text)] == [
        "A Study of Trees", "A Study of Graphs", "A Study of Walls",
    ]  # fmt: skip


def test_a_badge_in_a_paragraph_of_its_own_goes_with_the_paper_behind_it():
    text = "".join(
        f"ICML 202{n}\n\n[A Study of {n} Things](https://a.org/{n})\\\nJane Doe, **John Roe**\n\n"
        for n in (3, 2, 1)
    )

    found = records(text, owner=("John Roe",))

    assert [(record.venue, record.year) for record in found] == [
        ("ICML", 2023), ("ICML", 2022), ("ICML", 2021),
    ]  # fmt: skip


def test_one_item_under_no_heading_of_papers_is_none():
    assert readings("- Jane Doe, [University of X](https://x.org)\n", heading="Hello") == []
