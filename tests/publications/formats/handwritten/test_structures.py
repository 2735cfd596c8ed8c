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


def test_a_list_right_below_a_heading_in_html():
    items = "".join(f"* {PAPER.format(word)}\n" for word in ("First", "Second", "Third"))

    assert page(f"<h2>Papers</h2>\n{items}") == [
        (
            "Papers",
            None,
            ["First Study of Things", "Second Study of Things", "Third Study of Things"],
        )
    ]


def test_titles_as_headings_may_hold_any_word():
    titles = [
        "Self-Supervised Review of Teaching Projects at Work",
        "🔥 Classifying Upper Limb Activities Using Small Sensors",
    ]
    text = "# Papers\n" + "".join(
        f"### {title}\n_John Roe, **Jane Doe**_<br>\n"
        "<em>The International Conference on Walls (ICW) 2020</em> <br>\n[Read it](https://a.org/x)\n\n"
        for title in titles
    )

    assert page(text) == [("Papers", None, titles)]


def test_a_venue_is_no_title():
    text = "".join(
        f"- _John Roe, **Jane Doe**_<br>\n<em>{venue}</em>\n"
        for venue in (
            "The International Conference on Walls (ICW) 2020",
            "New Walls Symposium (NWS), 2019",
        )
    )

    assert not [record.title for record in records(text) if not record.doubts]


@pytest.mark.parametrize(
    "row", ["[[pdf]](https://a.org/p)", "[pdf](https://a.org/p) | [code](https://a.org/c)"]
)
def test_a_paragraph_of_buttons_goes_with_the_entry_before_it(row):
    text = "# Publications\n\n" + "".join(
        f"### ICML 202{n}\n**{word} Study of Things**<br>\nJohn Roe, Jane Doe\n\n{row}\n\n"
        for n, word in enumerate(("First", "Second", "Third"))
    )
    found = parts(parser().parse(text, {}), len(text.split("\n")))
    lists = read_lists([part.chunk for part in found], text.split("\n"), ("Jane Doe",))
    read = [record for readings in lists for one in readings for record in one.records]

    assert [record.title for record in read] == [
        f"{w} Study of Things" for w in ("First", "Second", "Third")
    ]
    assert {record.links[0].url for record in read} == {"https://a.org/p"}


@pytest.mark.parametrize(
    "heading",
    [
        '<font size="6" color="red">Conference Papers</font>\n<br/>',
        "**Conference Papers**",
        "<b>Conference Papers</b>",
        "<u>Conference papers:</u>",
    ],
)
def test_a_line_that_names_papers_heads_paragraphs_as_well(heading):
    paragraphs = "".join(
        f"**{word} Study of Things**<br>\nJohn Roe, **Jane Doe**<br>\n*Venue*, 2020\n\n"
        for word in ("First", "Second")
    )

    found = page(f"# Publications\n\n{paragraphs}\n{heading}\n\n{paragraphs}")

    assert [title.strip(":") for title, _, _ in found] == ["Publications", found[1][0].strip(":")]
    assert found[1][0].lower().startswith("conference papers")
    assert [titles for _, _, titles in found] == [
        ["First Study of Things", "Second Study of Things"]
    ] * 2


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("DOI: [10.1000/x](https://doi.org/10.1000/x)", "DOI: 10.1000/x"),
        ("<b>Code:</b> [https://a.org/c](https://a.org/c)", "Code: https://a.org/c"),
        ("arXiv: <a href='https://arxiv.org/abs/2101.00001'>2101.00001</a>", "arXiv: 2101.00001"),
    ],
)
def test_the_word_before_an_address_is_part_of_its_label(typed, label):
    record = entry(f"- Jane Doe, John Roe. A Study of Walls. *Energy Letters*, 2020. {typed}\n")

    assert [link.label for link in record.links] == [label]
    assert record.note == ""


def test_a_title_in_red_is_no_award():
    record = entry(
        '- Jane Doe, John Roe. <font color="red">"A Study of Walls"</font>. *Energy Letters*, 2020, 12(3).\n'
    )

    assert (record.title, record.award) == ("A Study of Walls", "")


def test_a_list_goes_on_behind_a_remark_in_its_midst():
    items = [
        f"- Jane Doe, John Roe. {word} Study of Things. *Venue*, 2020\n"
        for word in ("First", "Second", "Third")
    ]
    text = (
        f"{items[0]}{items[1]}\n<mark>We study things.</mark>\n\n"
        f"{items[2]}- Jane Doe jane roe Something about walls that nobody can tell apart\n"
    )

    read = records(text)

    assert [record.title for record in read if not record.doubts] == [
        *TITLES,
        "Third Study of Things",
    ]
    assert len(read) == 4
