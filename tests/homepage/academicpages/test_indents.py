"""HTML that is indented as code is no code."""

from homepage.academicpages.indents import outdented


def test_what_stands_in_a_block_of_html_begins_its_lines_with_its_tags():
    text = "<div>\n\n    <h3>Title</h3>\n\n\t<p>Names</p>\n\n</div>\n\n    code\n"

    assert outdented(text) == "<div>\n\n<h3>Title</h3>\n\n<p>Names</p>\n\n</div>\n\n    code\n"


def test_code_and_what_is_set_as_it_was_typed_keeps_its_indent():
    text = "```\n<div>\n\n    <p>\n```\n\n<div><pre>\n    <b>\n</pre></div>\n"

    assert outdented(text) == text


def test_markdown_behind_html_keeps_its_indent():
    text = "<p>Old\n\n- a\n\n    - <b>b</b>\n\n<div>\n\n## Heading\n\n- c\n\n    - <i>d</i>\n"

    assert outdented(text) == text
