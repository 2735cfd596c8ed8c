"""Publications in YAML: in files of data, and nested in headers."""

import json

from homepage.academicpages.entries import flat, read_data_file
from homepage.academicpages.front_matter import FrontMatter
from homepage.academicpages.jekyll import SourceFile

LISTED = """
conferences:
  - title: Echoes of Rooms
    authors: [Ada Byron, Charles Babbage]
    venue: ICML
    year: 1843
journals:
  - title: Walls
    authors:
      - name: Byron, Ada
      - {given: Charles, family: Babbage}
    links: {pdf: /files/walls.pdf, code: //example.org/code}
main:
  - title: A talk
"""


def test_lists_stand_under_the_headings_of_their_keys_and_know_their_lines():
    found = read_data_file(LISTED, "_data/publications.yml")

    assert [(one.heading, one.item.title) for one in found] == [
        ("Conferences", "Echoes of Rooms"),
        ("Journals", "Walls"),
    ]
    assert found[1].item.header.lines["title"] == 8
    assert not found[1].item.body.strip()


def test_what_is_nested_becomes_flat():
    echoes, walls = (flat(one.item).header.values for one in read_data_file(LISTED, "x.yml"))

    assert echoes["authors"] == "Ada Byron, Charles Babbage"
    assert walls["authors"] == "Byron, Ada; Charles Babbage"
    assert (walls["pdf"], walls["code"]) == ("/files/walls.pdf", "https://example.org/code")


def test_an_address_with_what_is_shown_for_it_is_a_citation():
    values = {"title": "T", "link": {"url": "https://example.org/", "display": "Journal, 2020"}}

    item = flat(SourceFile("x", "", FrontMatter(values)))

    assert item.header.values == {
        "title": "T", "link": "https://example.org/", "citation": "Journal, 2020",
    }  # fmt: skip


def test_json_is_read_as_well_and_what_repeats_itself_comes_to_an_end():
    entry = {"title": "T", "container-title": "J", "page": "1-2", "author": [{"family": "Roe"}]}
    (one,) = read_data_file(json.dumps({"references": [entry]}), "x.json")

    assert flat(one.item).header.values == {
        "title": "T", "journal": "J", "pages": "1-2", "author": "Roe",
    }  # fmt: skip
    assert read_data_file("a: &a [[1], *a, *a]\nb: *a\n", "x.yml") == []
