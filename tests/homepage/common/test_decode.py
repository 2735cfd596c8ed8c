from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.common.decode import DecodingError, decode

TEXT = "Käthe “Groß”\nsagt 你好\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_with_or_without_a_byte_order_mark(encoding):
    assert decode(TEXT.encode(encoding)).text == TEXT
    assert decode(TEXT.encode(encoding)).warning == ""


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_western_text_in_utf_16_without_a_mark(encoding):
    assert decode("Plain text\n".encode(encoding)).text == "Plain text\n"


def test_western_bytes_are_read_with_a_warning_that_names_the_line():
    decoded = decode("one\ntwo\nKäthe “Groß”\n".encode("cp1252"))

    assert decoded.text == "one\ntwo\nKäthe “Groß”\n"
    assert decoded.warning.startswith("line 3 is not UTF-8")


@pytest.mark.parametrize("data", [b"a\r\nb", b"a\rb", b"a\nb"])
def test_every_line_end_is_one(data):
    assert decode(data).text == "a\nb"


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, bytes(range(256)), b"\xff\xfe\x00\xd8\x00"],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(DecodingError):
        decode(data)


@given(st.binary())
def test_nothing_else_is_ever_raised(data):
    with suppress(DecodingError):
        assert "\r" not in decode(data).text


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"])))
def test_utf_8_text_is_read_as_it_is(text):
    assert decode(text.encode()).text == text.removeprefix("\ufeff")
