"""Long lists: each entry is cut once, or little more often, and time grows with the list."""

import tracemalloc
from unittest import mock

import pytest

from publications.formats.handwritten import families, fits
from publications.formats.handwritten.document import load
from tests.timing import grows_with_its_size

pytestmark = pytest.mark.slow

ENTRY = """- **A Study of Things and Networks, Part {0}** [[pdf]](https://example.org/{0}.pdf)
  Jane Doe, **John Roe**, Anna Berg
  *International Conference on Things (ICT), 2021*

"""


def text(count):
    return "# Publications\n\n" + "".join(map(ENTRY.format, range(count)))


def test_time_grows_no_faster_than_the_list():
    assert len(load(text(300)).records) == 300
    assert grows_with_its_size(load, text(75), text(300))


def test_the_layout_of_a_long_list_is_told_by_some_of_its_entries():
    with mock.patch.object(fits, "cut", wraps=fits.cut) as cut:
        load(text(300))

    tried = 2 * fits.SOME * len(families.FAMILIES)  # to find the owner, and to find the layout
    assert cut.call_count <= 300 + tried


def test_an_entry_of_another_layout_far_down_a_long_list_is_read_all_the_same():
    other = "- Jane Doe and **John Roe**. “Another Study of Things.” *Journal of Things*, 2020.\n"

    found = load(text(130) + other).records[-1]

    assert (found.title, [str(name) for name in found.authors], found.doubts) == (
        "Another Study of Things", ["Jane Doe", "John Roe"], "",
    )  # fmt: skip


def test_memory_grows_no_faster_than_the_list():
    def peak(count):
        source = text(count)
        tracemalloc.start()
        load(source)
        try:
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(200) <= 2.3 * peak(100)
