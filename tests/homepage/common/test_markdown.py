"""Markdown on the page: what it becomes, and what survives of it."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from homepage.common import markdown
from homepage.common.markdown import flat, render
from homepage.common.text import words

from .rendered import parsed, soup

PARAGRAPH = st.text("aB é王1 .,;:()%'’“”–—/?-w_", max_size=30)


@given(st.lists(PARAGRAPH, max_size=3).map("\n\n".join), st.sampled_from(["", "publication-1"]))
@example("Two paragraphs.\n\nAnd (no) sign in them?", "")
def test_plain_paragraphs_take_a_short_way_to_the_same_html(text, prefix):
    whole = markdown._rendered.__wrapped__(text, 2, prefix)

    assert render(text, base_level=2, prefix=prefix) == whole


# -- What people write --


def test_paragraphs_emphasis_and_links():
    assert render("A *b* **c** [d](https://example.org/).") == (
        '<p>A <em>b</em> <strong>c</strong> <a href="https://example.org/" rel="noopener">d</a>.</p>\n'
    )


@pytest.mark.parametrize("line", ["<h2>Papers</h2>", "<hr>", '<p class="x">Papers</p>'])
def test_html_that_ends_in_its_line_does_not_swallow_the_list_below_it(line):
    page = soup(f"{line}\n* First\n* Second\n")

    assert [item.text for item in page.select("ul > li")] == ["First", "Second"]


def test_html_that_goes_on_takes_in_what_stands_below_it():
    assert not soup("<div>\n* First\n</div>").select("li")
    assert not soup("<h2>Papers</h2>\nand more\n").select("p")


def test_a_mark_that_is_raised_begins_no_emphasis():
    page = soup("Jane Doe<sup>*</sup>, John Roe<sup>*</sup>, Cy Dee")

    assert [mark.text for mark in page.select("sup")] == ["*", "*"]
    assert not page.select("em")


def test_links_within_the_site_carry_no_rel():
    assert render("[a](/x/)") == '<p><a href="/x/">a</a></p>\n'


@pytest.mark.parametrize(
    ("source", "address", "after"),
    [
        ("see https://a.org/x_y_z.", "https://a.org/x_y_z", "."),
        ("(https://a.org/f(x))", "https://a.org/f(x)", ")"),
        ("**https://a.org/b**", "https://a.org/b", ""),
        ("见https://a.org/b。", "https://a.org/b", "。"),
        ("www.a.org/b, c", "https://www.a.org/b", ", c"),
        ("me@example.org!", "mailto:me@example.org", "!"),
        ("<https://a.org>", "https://a.org", ""),
    ],
)
def test_whole_addresses_become_links(source, address, after):
    link = soup(source).a

    assert link["href"] == address
    assert str(link.next_sibling or "").strip() == after


@pytest.mark.parametrize("source", ["example.org", "e.g. foo.bar", "v2.0.1", "ftp://a.org", "a@b"])
def test_what_only_looks_like_an_address_stays_text(source):
    assert soup(source).a is None


def test_an_address_in_a_link_is_not_linked_again():
    assert (
        len(soup('<a href="https://a.org">https://a.org</a> [https://b.org](https://b.org)')("a"))
        == 2
    )


def test_the_highest_heading_takes_the_level_of_its_place():
    assert [h.name for h in soup("## A\n\n### B\n\n## C", base_level=3)(re.compile("h."))] == [
        "h3",
        "h4",
        "h3",
    ]


def test_headings_skip_no_level_and_end_at_six():
    source = "# A\n\n#### B\n\n##### C\n\n###### D\n\n<h1>E</h1>"
    assert [h.name for h in soup(source, base_level=4)(re.compile("h[1-6]"))] == [
        "h4",
        "h5",
        "h6",
        "h6",
        "h4",
    ]


def test_heading_ids_are_readable_and_unique():
    ids = [h["id"] for h in soup("# A b!\n\n# A b\n\n# 研究\n\n# $x$\n\n# ?")("h3")]
    assert ids == ["h-a-b", "h-a-b-2", "h-研究", "h-x", "h-section"]


def test_a_numbered_id_never_meets_a_heading_of_that_name():
    ids = [h["id"] for h in soup("# A\n\n# A 2\n\n# A\n\n# A 2")("h3")]
    assert len(set(ids)) == 4


def test_links_to_headings_as_jekyll_names_them_still_work():
    page = soup("[to](#research-interests)\n\n# Research Interests", prefix="section-1")
    assert page.a["href"] == f"#{page.h3['id']}" == "#h-section-1-research-interests"


def test_footnotes_and_their_ways_back():
    page = soup("A[^n] and again[^n].\n\n[^n]: The note.", prefix="b")
    ids = {tag["id"] for tag in page.find_all(id=True)}
    targets = {link["href"][1:] for link in page("a")}

    assert targets <= ids
    assert ids == {"fn-b-1", "fnref-b-1", "fnref-b-1-1"}
    assert "The note." in page.find(id="fn-b-1").text


def test_a_footnote_that_nothing_refers_to_is_still_shown():
    assert "Nobody cites me" in render("A[^a]\n\n[^a]: one\n\n[^b]: Nobody cites me")


def test_a_second_definition_of_a_footnote_is_still_shown():
    rendered = render("A[^a]\n\n[^a]: one\n\n[^a]: two")
    assert "one" in rendered
    assert "two" in rendered


def test_tables_scroll_in_a_box_that_the_keyboard_reaches():
    page = soup("|   | B |\n|---|--:|\n| 1 | 2 |")

    assert page.div.attrs == {"class": ["table"], "tabindex": "0"}
    assert [cell.name for cell in page.thead("tr")[0].find_all(True)] == ["td", "th"]
    assert page.tbody("td")[1]["class"] == ["align-right"]
    assert "style" not in str(page)


def test_definition_lists_strikethrough_and_code():
    page = soup("Term\n: Meaning\n\n~~no~~\n\n```Klingon\nx < 1\n```")

    assert (page.dt.text, page.dd.text, page.s.text) == ("Term", "Meaning", "no")
    assert str(page.pre) == (
        '<pre tabindex="0"><code class="language-klingon">x &lt; 1\n</code></pre>'
    )


def test_formulas_become_mathml():
    page = soup("So $x^2$.\n\n$$\n\\frac{a}{b}\n$$")

    assert page.p.math["alttext"] == "x^2"
    assert page.find("div", class_="math").math["display"] == "block"


@pytest.mark.parametrize(
    "source", ["$5 and $6", "from $5-$6", "$ x $", "a $ b", r"\$5 and $", "$1M to $1B", "$$"]
)
def test_money_is_no_formula(source):
    page = soup(source)

    assert page.math is None
    assert page.code is None
    assert page.text.strip() == source.replace("\\", "")


def test_a_formula_at_the_start_does_not_look_at_the_end_of_the_line():
    assert soup("$k$-means in 2020").math is not None
    assert soup("$k$ and a backslash \\").math is not None


def test_a_formula_that_cannot_be_shown_is_code():
    assert render("$x^$") == "<p><code>x^</code></p>\n"
    assert '<div class="math" tabindex="0"><code>' in render("$$\n\\left(\n$$")


# -- What old pages have --


def test_awards_in_red_keep_their_colour_by_a_class():
    for tag in (
        "<font color=red>{}</font>",
        '<font color="#FF0000">{}</font>',
        '<span style="color:red;">{}</span>',
        '<span style="color: #f00">{}</span>',
    ):
        assert soup(tag.format("(Spotlight)")).find("span", class_="award").text == "(Spotlight)"


def test_other_colours_and_fonts_leave_their_text():
    assert render("<font color=blue>a <font color=red>b</font> c</font> d") == (
        '<p>a <span class="award">b</span> c d</p>\n'
    )


def test_harmless_html_survives():
    source = (
        '<ol start="3" reversed type="a"><li value="5">a</li></ol>'
        '<details open><summary>s</summary>t</details><abbr title="x">y</abbr>'
        '<table><tr><td colspan="2" align="center">z</td></tr></table>'
    )
    page = soup(source)

    assert page.ol.attrs == {"start": "3", "reversed": "", "type": "a"}
    assert page.li["value"] == "5"
    assert page.details.attrs == {"open": ""}
    assert page.abbr["title"] == "x"
    assert page.td.attrs == {"colspan": "2", "class": ["align-center"]}


def test_blocks_that_we_do_not_keep_do_not_run_together():
    assert soup("<section>a</section><center>b</center>").get_text("|") == "a|b"


def test_a_tag_that_is_never_closed_ends_with_its_paragraph():
    assert render("<b>a\n\nc") == "<p><b>a</b></p>\n<p>c</p>\n"


def test_local_pictures_load_late():
    assert soup("![A](/media/a.png)").img.attrs == {
        "src": "/media/a.png",
        "alt": "A",
        "loading": "lazy",
        "decoding": "async",
    }


def test_7_remote_pictures_become_links_and_are_never_loaded():
    page = soup("![Plot](https://tracker.example/p.png) ![](https://tracker.example/q%20r.png?x)")

    assert page.img is None
    assert [(link.text, link["href"]) for link in page("a")] == [
        ("Plot", "https://tracker.example/p.png"),
        ("q r.png", "https://tracker.example/q%20r.png?x"),
    ]


def test_a_remote_picture_in_a_link_leaves_its_name():
    page = soup("[![Badge](https://img.example/b.svg)](https://example.org)")
    assert [(link.text, link["href"]) for link in page("a")] == [("Badge", "https://example.org")]


def test_a_link_that_held_only_an_icon_shows_its_address():
    source = '<a href="https://github.com/jane"><i class="fa"></i></a> <a href="//evil"></a>'
    assert [link.text for link in soup(source)("a")] == ["github.com/jane"]


# -- In any case --


def test_threads_share_the_parser():
    sources = [
        f"# {n}\n\n*{n}* $x^{n}$ https://a.org/{n} a[^{n}]\n\n[^{n}]: {n}" for n in range(40)
    ]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(render, sources)) == [render(source) for source in sources]


# Without what hides by rule: HTML, formulas, entities, addresses and definitions.
PROSE = st.text(alphabet="ab1 \n\t*_`#-+|^~\"'=.,(){}%é研٣ﬁ!?>", max_size=200)


@settings(deadline=None)  # a busy machine is no failure
@given(PROSE)
def test_every_word_of_a_text_is_on_the_page(text):
    shown = parsed(render(text)).get_text("\n")
    assert words(_without_marks(text)) <= words(shown) | words(shown.replace("\n", ""))


def _without_marks(text):
    """Leave out what is no word of the text: numbers of a list, names of a language."""
    return re.sub(r"(?m)^(?:[\s>*+\-]|\d+[.)])*|[`~]{3,}.*$", "", text.replace("_", " "))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("We **lea**rn.\n\n- fast\n- `well`", "We learn. fast well"),
        ("In $O(n^2)$ & $a<b$:\n\n$$\\sum_i x_i$$", r"In O(n^2) & a<b: \sum_i x_i"),
        ("A[^1] b.\n\n[^1]: Note.", "A b. Note."),
        ('A <b>bold</b> [link](https://example.org/ "title") &lt;', "A bold link <"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
    ],
)
def test_a_text_in_one_line_for_machines(source, text):
    assert flat(source) == text
