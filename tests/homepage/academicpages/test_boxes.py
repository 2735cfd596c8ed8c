"""Boxes of HTML round Markdown go; what they held stays where it belongs."""

from homepage.academicpages.boxes import unboxed


def test_what_a_box_held_is_no_code():
    assert unboxed("<div>\n    **Title**\n    <div>\n    Names\n    </div>\n</div>").split("\n") == [
        "", "**Title**", "", "Names", "", "",
    ]  # fmt: skip


def test_a_box_in_an_item_leaves_its_text_in_the_item():
    text = " - [Title](u)\n   <div>\n     <div>\n     [PDF](v)\n     </div>\n   Names\n   </div>\n\n   *Venue*"

    assert unboxed(text) == " - [Title](u)\n\n\n   [PDF](v)\n\n   Names\n\n\n   *Venue*"


def test_items_in_a_box_hold_the_boxes_in_them():
    text = "<div>\n    - Title\n      <div>\n      Names\n      </div>\n</div>"

    assert unboxed(text) == "\n- Title\n\n  Names\n\n"


def test_a_box_in_html_that_holds_one_paper_stays():
    text = '<div>\n  <div class="publication">\n    <h3>Title</h3>\n  </div>\n</div>'

    assert unboxed(text) == '\n<div class="publication">\n  <h3>Title</h3>\n</div>\n'
