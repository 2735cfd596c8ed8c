"""What never passes from a Markdown text to a page (1 to 7 of the bad inputs)."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homepage.common import rendering
from homepage.common.markdown import parser, render, render_inline
from homepage.common.text import words
from tests.timing import grows_with_its_size

from .rendered import HTML, MARKDOWN, assert_harmless, parsed, soup


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
def test_1_nothing_that_runs_passes(source):
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
def test_2_bad_addresses_lose_their_link_and_keep_their_text(address):
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
def test_5_html_that_never_ends_is_text(source):
    assert soup(source).get_text().split() == source.split()


def test_comments_and_what_browsers_hide_are_not_shown():
    source = (
        "<!-- a -->\n\nx <!-- b --> y <title>c</title> <template>d</template>\n\n<style>e</style>"
    )
    assert soup(source).get_text().split() == ["x", "y"]


def test_what_browsers_show_is_kept_as_text():
    source = "<textarea>a</textarea> <select><option>b</option></select> <noscript>c</noscript> <xmp>d</xmp>"
    assert soup(source).get_text().split() == ["a", "b", "c", "d"]


def test_5_an_unclosed_fence_is_code():
    assert soup("```\na *b*").pre.text.strip() == "a *b*"


@pytest.mark.parametrize("mark", ["- ", "> ", "1. ", "* ", "[", "**", "<div>"])
def test_4_nesting_four_hundred_deep_keeps_its_words(mark):
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
def test_3_time_grows_with_the_length_and_not_faster(shape):
    assert grows_with_its_size(render, (shape * 5_000)[:5_000], (shape * 20_000)[:20_000])


@settings(deadline=None)  # a busy machine is no failure
@given(MARKDOWN | HTML | st.text(max_size=80))
def test_any_text_renders_to_harmless_html(text):
    assert_harmless(render(text))
