"""Keywords: from the ways programs write them, and back."""

import json

import pytest

from publications.formats import FORMATS, keywords
from publications.records import PublicationRecord


def bibtex(value, name="keywords"):
    return "bibtex", f"@article{{k, title = {{T}}, {name} = {{{value}}}}}"


def ris(*lines):
    return "ris", "\n".join(["TY  - JOUR", "TI  - T", *lines, "ER  - ", ""])


def csl(**values):
    return "csl", json.dumps([{"type": "book", "title": "T", **values}])


@pytest.mark.parametrize(
    ("source", "topics"),
    [
        (bibtex("spiking networks, Energy"), ["spiking networks", "Energy"]),
        (bibtex("Learning, deep; Energy ;"), ["Learning, deep", "Energy"]),
        (bibtex("{Learning, deep}, {SNN}"), ["Learning, deep", "SNN"]),
        (bibtex(r"K{\"u}nstliche Netze, R\&D, 50\% {\'e}"), ["Künstliche Netze", "R&D", "50% é"]),
        (bibtex("a, A,, a,"), ["a"]),
        (bibtex("one\n   word, two", "keyword"), ["one word", "two"]),
        (ris("KW  - Energy", "KW  - Learning, deep"), ["Energy", "Learning, deep"]),
        (ris("KW  - Energy", "Networks", "Spikes"), ["Energy", "Networks", "Spikes"]),
        (csl(keyword="Energy, spikes"), ["Energy", "spikes"]),
        (csl(keyword=["Energy", "spikes"]), ["Energy", "spikes"]),
        (csl(keyword="Learning, deep; Energy"), ["Learning, deep", "Energy"]),
        (csl(keyword=7), []),
    ],
)
def test_keywords_are_read_as_programs_write_them(source, topics):
    format, text = source
    (record,) = FORMATS[format].load(text).records

    assert list(record.topics) == topics


@pytest.mark.parametrize("format", ["bibtex", "ris", "csl"])
def test_what_was_only_kept_comes_out_behind_the_topics(format):
    kept = {keywords.KEPT: ["/unread", "energy", "Learning, deep; wide"]}
    record = PublicationRecord("T", kind="book", topics=("Energy",), extra=kept)

    text = FORMATS[format].dump([record])
    (read,) = FORMATS[format].load(text).records

    assert read.topics == ("Energy", "/unread", "Learning, deep; wide")
    assert not read.extra
