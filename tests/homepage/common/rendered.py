"""Rendered Markdown, parsed and judged; texts that look like some."""

import re

from bs4 import BeautifulSoup
from hypothesis import strategies as st

from homepage.common.markdown import render
from homepage.common.mathml import ATTRIBUTES as MATH_ATTRIBUTES
from homepage.common.mathml import ELEMENTS as MATH_ELEMENTS
from homepage.common.sanitizer import ATTRIBUTES, TAGS

WRITTEN_HERE = {"rel", "tabindex", "loading", "decoding", "alttext", "display", "id", "class"}
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


def parsed(rendered):
    """Parse HTML in a box, for a text that is only an address looks like a mistake."""
    return BeautifulSoup(f"<body>{rendered}</body>", "html.parser").body


def soup(source, **options):
    return parsed(render(source, **options))


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
