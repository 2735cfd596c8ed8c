"""Files put together of files."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publications.formats import EXCHANGED
from publications.formats.joining import joined, wanted_key
from publications.records import PublicationRecord
from tests.publications.formats import strategies

FORMATS = [format.name for format in EXCHANGED.values()]
# Few titles and years, so that made keys meet.
records = strategies.records(st.sampled_from(["Nets", "Nets: a survey", "Über $O(n)$, {x}"]))


def join(format, records):
    format = next(one for one in EXCHANGED.values() if one.name == format)
    texts = [format.dump([record]) for record in records]
    wanted = [wanted_key(record, format.name) for record in records]
    return "".join(joined(format.name, texts, wanted)), format.dump(records)


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=40, deadline=None)
@given(st.lists(records, max_size=5))
def test_files_put_together_are_the_file_of_all(format, records):
    whole, expected = join(format, records)

    assert whole == expected


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("key", ["", "doe2020", "clé", 'a"b\\'])
def test_the_same_key_twice_is_told_apart_as_in_one_file(format, key):
    record = PublicationRecord(title="Nets", kind="book", year=2020, citation_key=key)

    whole, expected = join(format, [record, record, record])

    assert whole == expected
