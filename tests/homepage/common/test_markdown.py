"""Markdown on the page: what it becomes, what survives of it, and what never does."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from homepage.common import markdown, rendering
from homepage.common.characters import line
from homepage.common.markdown import escape_inline, flat, parser, plain, render, render_inline
from homepage.common.mathml import ATTRIBUTES as MATH_ATTRIBUTES
from homepage.common.mathml import ELEMENTS as MATH_ELEMENTS
from homepage.common.sanitizer import ATTRIBUTES, TAGS
from homepage.common.text import words
from tests.timing import grows_with_its_size

WRITTEN_HERE = {"rel", "tabindex", "loading", "decoding", "alttext", "display", "id", "class"}
INLINE_TAGS = {"em", "strong", "sub", "sup", "code", "i", "b", "u"}


def parsed(rendered):
    """Parse HTML in a box, for a text that is only an address looks like a mistake."""
    return BeautifulSoup(f"<body>{rendered}</body>", "html.parser").body


def soup(source, **options):
    return parsed(render(source, **options))


@given(st.text("aB é王1 .,;:()%'’“”–—/?-w_", max_size=30), st.sampled_from(["", "publication-1"]))
def test_a_plain_paragraph_takes_a_short_way_to_the_same_html(text, prefix):
    whole = markdown._rendered.__wrapped__(text, 2, prefix)

    assert render(text, base_level=2, prefix=prefix) == whole


def assert_harmless(rendered):
    allowed = WRITTEN_HERE | MATH_ATTRIBUTES | set().union(*ATTRIBUTES.values())
    for tag in parsed(rendered).find_all(True):
        assert tag.name in TAGS | MATH_ELEMENTS
        assert tag.attrs.keys() <= allowed
        for name in ("href", "src"):
            address = tag.get(name, "")
            assert not re.match(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:|[/\\]{2}", address, re.I)
            assert not re.search(r"[\x00-\x20\x7f]", address)
        assert tag.name != "img" or not re.match("https?:", tag.get("src", ""))


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


def test_remote_pictures_become_links_and_are_never_loaded():
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


# -- What must not pass --


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "a <script>alert(1)</script> b",
        "<SCRIPT SRC=//evil></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<img src=x onerror=alert(1)>",
        "![x](x 'onerror=alert(1)')",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<form action=https://evil><input name=a><button>b</button></form>",
        "<a href=x onclick=alert(1)>a</a>",
        "<p style='position:fixed' class=x id=y data-z=1>a</p>",
        "<base href=//evil><meta http-equiv=refresh content=0><link rel=stylesheet href=//evil>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<div title='\n\n$x$' onclick=alert(1)>",
        "<style>*{display:none}</style>",
        "<object data=x><embed src=x></object>",
        r"$\text{</mtext></math><script>alert(1)</script>}$",
        r"$\href{javascript:alert(1)}{x}$",
        '```x" onclick="alert(1)\na\n```',
        "# <a href='javascript:alert(1)'>x</a>",
        "[^a]\n\n[^a]: <script>alert(1)</script>",
        "<td onclick=alert(1)>a",
    ],
)
def test_nothing_that_runs_passes(source):
    for rendered in (render(source), render_inline(source)):
        assert_harmless(rendered)
        assert "<script" not in rendered


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript&colon;alert(1)",
        "java&Tab;script:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "https://user:secret@example.org/",
        "https:///x",
        "https://",
        "https://[::1",
        "https://example.org:99999/",
    ],
)
def test_bad_addresses_lose_their_link_and_keep_their_text(address):
    for source in (
        f"[label]({address})",
        f"[label](<{address}>)",
        f'<a href="{address}">label</a>',
    ):
        rendered = render(source)
        assert_harmless(rendered)
        assert "label" in rendered
        for link in parsed(rendered)("a"):
            # A browser reads a backslash as a slash.
            target = urljoin("https://here.example/a/", link["href"].replace("\\", "/"))
            assert urlsplit(target).netloc == "here.example"
            assert "@" not in link["href"]


def test_refused_addresses_are_empty_in_the_tokens_that_importers_read():
    (_, inline, _) = parser().parse("[a](javascript:alert(1)) [b](https://b.org/é?x=1&y)")
    links = [token.attrs["href"] for token in inline.children if token.type == "link_open"]
    assert links == ["", "https://b.org/é?x=1&y"]


def test_no_text_can_stand_for_a_formula():
    word = rendering.Formulas().word
    assert rendering.Formulas().word != word
    rendered = render(f"{word}0e $x$ &#xE000;0&#xE001;")
    assert rendered.count("<math") == 1
    assert f"{word}0e" in rendered


def test_a_formula_in_a_broken_tag_stays_out_of_its_attribute():
    assert_harmless(render("<a href='/x' title='\n\n$\\text{\"onclick=}$\n\n'>x</a>"))


def test_control_characters_are_gone_even_as_entities():
    shown = render("a\x00b\x08c\u202ed\ud800e &#x202e; &#x85; <i title='&#x202e;'>f</i>\u2028g")
    assert not re.search("[\x00-\x08\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\u2028]", shown)
    assert {"f", "g"} <= words(parsed(shown).text)


def test_joiners_stay_because_words_and_emoji_need_them():
    assert "\u200d" in render("👩\u200d💻")


@pytest.mark.parametrize("source", ["<![", "<!--", "x <!-- y", "<!-- a\n\nb", "<?php", "a <b", "<"])
def test_html_that_never_ends_is_text(source):
    assert soup(source).get_text().split() == source.split()


def test_comments_and_what_browsers_hide_are_not_shown():
    source = (
        "<!-- a -->\n\nx <!-- b --> y <title>c</title> <template>d</template>\n\n<style>e</style>"
    )
    assert soup(source).get_text().split() == ["x", "y"]


def test_what_browsers_show_is_kept_as_text():
    source = "<textarea>a</textarea> <select><option>b</option></select> <noscript>c</noscript> <xmp>d</xmp>"
    assert soup(source).get_text().split() == ["a", "b", "c", "d"]


def test_an_unclosed_fence_is_code():
    assert soup("```\na *b*").pre.text.strip() == "a *b*"


@pytest.mark.parametrize("mark", ["- ", "> ", "1. ", "* ", "[", "**", "<div>"])
def test_nesting_four_hundred_deep_keeps_its_words(mark):
    assert "innermost" in render(mark * 400 + "innermost")


def test_a_parser_that_fails_leaves_the_text_readable(monkeypatch, caplog):
    def fail(source, prefix):
        raise IndexError

    monkeypatch.setattr(rendering, "to_html", fail)

    assert render("<b>a") == "<p>&lt;b&gt;a</p>"
    assert "shown unrendered" in caplog.text


SHAPES = """[ ![ <![CDATA[ <a␠ [a]( [^1] <!-- x␠<!-- <script> x␠<script> $a $a\\$ https:// a@ (
**a␠ ` a`` |a # \\ <font␠color=red> <a␠href=' <p␠" <b␠a=1>x¶¶ #␠a¶ [a]:␠b¶ [^a]:␠b¶ <div> <?""".split()


@pytest.mark.slow
@pytest.mark.parametrize("shape", [s.replace("␠", " ").replace("¶", "\n") for s in SHAPES])
def test_time_grows_with_the_length_and_not_faster(shape):
    assert grows_with_its_size(render, (shape * 5_000)[:5_000], (shape * 20_000)[:20_000])


def test_threads_share_the_parser():
    sources = [
        f"# {n}\n\n*{n}* $x^{n}$ https://a.org/{n} a[^{n}]\n\n[^{n}]: {n}" for n in range(40)
    ]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(render, sources)) == [render(source) for source in sources]


# -- Titles --


@pytest.mark.parametrize(
    ("source", "html", "text"),
    [
        ("A* search", "A* search", "A* search"),
        ("*A* and `b` **c**", "<em>A</em> and <code>b</code> <strong>c</strong>", "A and b c"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O", "H2O"),
        ("AT&amp;T & co", "AT&amp;T &amp; co", "AT&T & co"),
        ("a [b](https://c.org) ![d](/e.png)", "a b d", "a b d"),
        ("Vec<T> and <video>", "Vec&lt;T&gt; and &lt;video&gt;", "Vec<T> and <video>"),
        ("<a name='x'></a>Papers<br>", "Papers", "Papers"),
        ("<b>open", "<b>open</b>", "open"),
        ("</b>closed", "closed", "closed"),
        ("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b>c", "abc"),
        ("# no heading", "# no heading", "# no heading"),
        ("1. no list", "1. no list", "1. no list"),
        ("a\nb\tc", "a b c", "a b c"),
        (r"\$5", "$5", "$5"),
        ("$", "$", "$"),
        ("$x^$", "<code>x^</code>", "x^"),
        (r"$\left($", r"<code>\left(</code>", r"\left("),
        ("", "", ""),
    ],
)
def test_titles_have_math_and_emphasis_only(source, html, text):
    shown = render_inline(source).strip()
    assert (shown if html == "Papers" else render_inline(source)) in (html, f"{html} ")
    assert plain(source) == text


def test_math_in_a_title_is_mathml_and_its_tex_in_plain_text():
    assert render_inline("On $x^2$").startswith("On <math ")
    assert plain("On $x^2$") == "On x^2"


@pytest.mark.parametrize(
    "title",
    [
        "A* search",
        "C#",
        "C++: a_b",
        "TEST_POSITIVE at W-NUT",
        "AT&T",
        "[Re] A study (2020)",
        "x < y > z",
        "50% of $5",
        "Why? 100 * 2 = 200!",
        "O'Reilly's “best”",
    ],
)
def test_escaping_leaves_normal_titles_alone(title):
    assert escape_inline(title) == title


@pytest.mark.parametrize(
    "title",
    ["*a*", "_a_", "a `b`", "$x$", "&amp;", "<b>", "[a](b)", "![a](b)", r"\*", "<!-- a -->"],
)
def test_escaping_shows_marks_as_they_are(title):
    assert escape_inline(title) != title
    assert plain(escape_inline(title)) == title
    assert parsed(render_inline(escape_inline(title))).text == title


# -- For any text --

MARKDOWN = st.text(
    alphabet="ab1 \n\t*_`$[]()<>!#-+|:^~&;\\\"'/=.{}@%é研\x00\u202e\ue000\ud800", max_size=120
)
HTML = st.lists(
    st.sampled_from(
        "<a href='/x'> <a> </a> <b> </b> <p> </p> <td> <table> <tr> </table> <script> </script> <h2> "
        "</h2> <div> </div> <font color=red> </font> <img src=x> <!-- --> <style> </style> <li> <svg> "
        "a b1 $x$ $ \n\n * [^1] [^1]: <pre> </pre> <title> &lt; &#60; ' \" < >".split(" ")
    ),
    max_size=30,
).map(" ".join)


@settings(deadline=None)  # a busy machine is no failure
@given(MARKDOWN | HTML | st.text(max_size=80))
def test_any_text_renders_to_harmless_html(text):
    assert_harmless(render(text))


@settings(deadline=None)  # a busy machine is no failure
@given(MARKDOWN | HTML | st.text(max_size=80))
def test_any_title_renders_to_math_and_emphasis(text):
    for tag in parsed(render_inline(text)).find_all(True):
        assert tag.name in INLINE_TAGS | MATH_ELEMENTS
    plain(text)


@settings(deadline=None)  # a busy machine is no failure
@given(MARKDOWN | HTML | st.text(max_size=80))
def test_escaping_is_the_inverse_of_plain(text):
    source = escape_inline(text)

    assert plain(source) == line(text)
    assert parsed(render_inline(source)).text == line(text)


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
