"""The table of formats, and which one a text is in."""

import pytest

from publications.formats import EXCHANGED, FORMATS, READABLE, WRITABLE, recognise
from publications.records import PublicationRecord

RIS = "TY  - JOUR\nTI  - One\nER  -\n"
CSL = '[{"title": "One"}]'


def test_every_format_has_its_own_name_and_suffix():
    assert all(name == format.name for name, format in FORMATS.items())
    assert len({format.suffix for format in FORMATS.values()}) == len(FORMATS)
    assert set(EXCHANGED) >= {"ris", "json"}
    assert "plain" in WRITABLE
    assert "plain" not in READABLE


@pytest.mark.parametrize(
    ("text", "name", "format"),
    [
        (RIS, "", "ris"),
        (f"\ufeff\n  {RIS}", "my.json", "ris"),
        ("exported by X\n\n" + RIS, "", "ris"),
        (CSL, "my.txt", "csl"),
        ('{"items": []}', "", "csl"),
        ("[]", "", "csl"),
        ("broken", "my.json", "csl"),
        ("broken", "MY.RIS", "ris"),
        ("Some words", "my.txt", None),
        ("# Papers\n\n- [One](x)\n", "list.md", "markdown"),
        ("", "", None),
    ],
)
def test_a_text_is_recognised_by_what_stands_in_it_then_by_its_name(text, name, format):
    found = recognise(text, name)

    assert (found.name if found else None) == format


@pytest.mark.parametrize("format", [READABLE[name] for name in READABLE if name in WRITABLE])
def test_what_a_format_writes_is_recognised_as_it(format):
    text = format.dump([PublicationRecord(title="One", kind="book")])

    assert recognise(text) is format
    assert [record.title for record in format.load(text).records] == ["One"]
    assert format.load("").records == format.load("�junk").records == ()
