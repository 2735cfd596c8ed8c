"""Reads one list, or one entry of it, as the readers of whole pages do."""

from homepage.common.markdown import parser
from publications.formats.handwritten import Chunk, read_lists

OWNER = ("Jane Doe",)


def readings(text, heading="Publications", owner=OWNER):
    """Return the lists that are understood in a text under one heading."""
    chunk = Chunk((heading,), parser().parse(text, {}))
    return read_lists([chunk], text.split("\n"), owner)[0]


def records(text, heading="Publications", owner=OWNER):
    return [record for reading in readings(text, heading, owner) for record in reading.records]


def entry(text, heading="Publications", owner=OWNER):
    """Return the one record of a text."""
    (record,) = records(text, heading, owner)
    return record


def names(record):
    return [str(name) for name in record.authors]


def links(record):
    return [(link.label, link.url) for link in record.links]
