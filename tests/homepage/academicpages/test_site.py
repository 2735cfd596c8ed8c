"""Whatever stands in the files of a site: reading it never fails, and loses nothing silently."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from homepage.academicpages.jekyll import Jekyll
from homepage.academicpages.site import read_site
from tests.old_sites import SITES, write_site

PATHS = sorted(
    str(path.relative_to(SITES / "academicpages"))
    for path in (SITES / "academicpages").rglob("*")
    if path.is_file()
)
PIECES = [
    "---\n", "title: A\n", "permalink: /a/\n", "date: 2020-01-01\n", "venue: 'V'\n", "citation: 'D, J. A.'\n",
    "author:\n  name: Jane Doe\n", "main:\n  - title: A\n    url: /a/\n", "# H\n", "{% for p in site.talks %}",
    "{% endfor %}", "[a](b)", "- item\n", "<div>\n", "```\n", "category: x\n", "\n", "word ", "...\n", ": ", "\t",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=14).map("".join)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(PATHS), TEXTS, min_size=1, max_size=5))
def test_reading_never_raises(files):
    with tempfile.TemporaryDirectory() as folder:
        write_site(folder, files)

        site = read_site(Jekyll(Path(folder)))

    told = {problem.path for problem in (*site.problems, *site.left_out)}
    shown = {part.path for part in site.sections} | {
        one.path for one in site.records.get("markdown", ())
    }
    items = {path for path in files if path.startswith("_publications/") and files[path].strip()}
    assert items <= told | shown
