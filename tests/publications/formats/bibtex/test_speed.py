"""Long files: how much longer than the parser underneath, and how that grows."""

import pytest
from pybtex.database import parse_file

from publications.formats.bibtex.reader import load
from tests.timing import grows_with_its_size, seconds

pytestmark = pytest.mark.slow

ENTRY = r"""
@article{{key{0},
  author = {{M{{\"u}}ller, J{{\"o}}rg and Doe{0}, Jane and van der Berg, Anna and {{ACME Group}}}},
  title = {{A {{Study}} of $O(n^2)$ Things and {{Neural}} Networks in Practice, Part {0}}},
  journal = {{Journal of Things}},
  year = {{2020}},
  month = jun,
  volume = {{12}},
  pages = {{100--120}},
  doi = {{10.1000/j.things.{0}}},
  url = {{https://example.org/papers/{0}.pdf}},
  abstract = {{We study things. The results are good and 50\% of the cases are better than before.}},
  keywords = {{things, study}},
}}
"""


def test_a_long_file_takes_a_few_times_as_long_as_its_parser_and_no_more_than_linear_time(tmp_path):
    path = tmp_path / "long.bib"
    text = "".join(map(ENTRY.format, range(1000)))
    path.write_text(text)
    part = text[: text.index("@article{key250,")]

    assert len(load(text).records) == 1000
    assert seconds(lambda: load(text)) <= 6 * seconds(lambda: parse_file(path))
    assert grows_with_its_size(load, part, text)
