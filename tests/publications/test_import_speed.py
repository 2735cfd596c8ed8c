"""The whole of an import, saving included: how much longer than reading with pybtex alone."""

import gc
import time

import pytest
from django.db import transaction
from pybtex.database import parse_file

from publications.models import Publication
from publications.sources import import_sources, read_source
from tests.benchmarks.content import papers
from tests.benchmarks.reading import entry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def cost(work, file):
    """Return the least CPU time of a few runs: what else the machine does only adds to it."""
    times = []
    for _ in range(3):
        gc.collect()
        start = time.process_time()
        work(file)
        times.append(time.process_time() - start)
    return min(times)


def bring(file):
    """Import a file into the empty site, and take it back."""
    with transaction.atomic():
        import_sources([read_source(str(file))])
        assert Publication.objects.exists()
        transaction.set_rollback(True)


def test_an_import_takes_a_few_times_as_long_as_its_parser_and_no_more_than_linear_time(tmp_path):
    entries = list(map(entry, papers(600)))
    file, half = tmp_path / "papers.bib", tmp_path / "half.bib"
    file.write_text("\n".join(entries), "utf-8")
    half.write_text("\n".join(entries[:300]), "utf-8")

    ours = cost(bring, file)

    assert ours <= 6 * cost(parse_file, file)
    assert ours <= 2.3 * cost(bring, half)
