"""Whatever stands in the files of an al-folio site: reading it never fails."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from homepage.academicpages.jekyll import Jekyll
from homepage.alfolio.site import read_site
from tests.old_sites import SITES, write_site

FOLDER = SITES / "alfolio"
PATHS = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file())
PIECES = [
    "---\n", "title: A\n", "permalink: /\n", "nav: true\n", "nav_order: x\n", "subtitle: <a href='https://a.org'>b</a>\n",
    "profile:\n  image: a.png\n  more_info: <p>x</p>\n", "news: true\n", "first_name: Jane\n", "last_name: 5\n",
    "children:\n  - 1\n", "dropdown: true\n", "scholar:\n  last_name: [A, 1]\n", '"A":\n  - firstname: ["B"]\n', "- title: x\n",
    "  contents: [a, {b: c}]\n", "@article{a, title={T}, author={A B}, pdf={x.pdf}}\n", "{% bibliography %}", "date: 2020-01-01\n",
    "display_categories: 3\n", "category: [a]\n", "importance: 1\n", "\n", "word ",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=12).map("".join)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(PATHS), TEXTS, min_size=1, max_size=6))
def test_reading_never_raises(files):
    with tempfile.TemporaryDirectory() as folder:
        write_site(folder, files)

        read_site(Jekyll(Path(folder)))
