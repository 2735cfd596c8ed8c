"""Bad input gets one sentence and a code; good input passes."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from homepage.common import validators
from homepage.common.validators import (
    MAX_LENGTH,
    MAX_URL_LENGTH,
    validate_arxiv,
    validate_doi,
    validate_isbn,
    validate_issn,
    validate_link,
    validate_markdown_length,
    validate_no_control_characters,
    validate_orcid,
    validate_web_url,
    validate_year,
)

OF_TEXT = [
    validate_no_control_characters,
    validate_web_url,
    validate_link,
    validate_markdown_length,
    validate_doi,
    validate_arxiv,
    validate_orcid,
    validate_isbn,
    validate_issn,
]
URL_PIECES = st.sampled_from(
    ["http://", "https://", "HTTP:", "javascript:", "mailto:", "//", "/", "\\", "@", ":", "[", "]",
     "::1", "%", "%zz", "?", "#", ".", "example.org", ":99999", "℀", "\x00", "\n", "\u202e"]
)  # fmt: skip
URLS = st.lists(st.one_of(URL_PIECES, st.text(max_size=3))).map("".join)


def refused(validate, value):
    """Return the error with which `value` is refused."""
    with pytest.raises(ValidationError) as caught:
        validate(value)
    return caught.value


def sentence(error):
    (message,) = error.messages
    return message


WEB_URLS = [
    "https://jane.example.org/",
    "http://example.org",
    "HTTPS://EXAMPLE.ORG/A",
    "http://localhost:8000/x?y=1#z",
    "http://127.0.0.1/",
    "http://[2001:db8::1]:8080/",
    "https://例え.テスト/パス",
    "https://my_host.example.org./",
    'https://h/"onmouseover=',
    "https://example.org/a:b@c",
    "https://web.archive.org/web/2020/https://example.org/",
]


@pytest.mark.parametrize("url", WEB_URLS)
def test_a_web_address_passes(url):
    validate_web_url(url)
    validate_link(url)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "invalid_url"),
        ("example.org", "invalid_url"),
        ("//evil.example", "invalid_url"),
        ("/local", "invalid_url"),
        ("javascript:alert(1)", "invalid_url"),
        ("JavaScript://example.org/%0aalert(1)", "invalid_url"),
        ("data:text/html,x", "invalid_url"),
        ("ftp://example.org/", "invalid_url"),
        ("vbscript:x", "invalid_url"),
        ("mailto:jane@example.org", "invalid_url"),
        ("https:", "invalid_url"),
        ("https://", "invalid_url"),
        ("https:///path", "invalid_url"),
        ("https:example.org", "invalid_url"),
        (r"https:\\example.org", "invalid_url"),
        ("https://?x", "invalid_url"),
        ("https://.", "invalid_url"),
        ("https://a..b/", "invalid_url"),
        ("https://-a/", "invalid_url"),
        ("https://<script>/", "invalid_url"),
        (r"https://good.example\.evil.example/", "invalid_url"),
        ("https://[::1", "invalid_url"),
        ("https://example.org:port/", "invalid_url"),
        ("https://example.org:99999/", "invalid_url"),
        ("https://exa℀mple.org/", "invalid_url"),
        ("http://user:pw@example.org/", "url_credentials"),
        ("https://example.org@evil.example/", "url_credentials"),
        ("https://@example.org/", "url_credentials"),
        ("https://example.org/a b", "url_white_space"),
        (" https://example.org/", "url_white_space"),
        ("https://example.org/\n", "url_white_space"),
        ("https://example.org/\r\nX: y", "url_white_space"),
        ("java\tscript:alert(1)", "url_white_space"),
        ("\x01https://example.org/", "url_white_space"),
        ("https://example.org/\x00", "url_white_space"),
        ("https://example.org/\u202egpj.exe", "url_white_space"),
        ("https://exa\u200bmple.org/", "url_white_space"),
        ("https://example.org/" + "a" * MAX_URL_LENGTH, "url_too_long"),
    ],
)
def test_any_other_address_is_refused_with_an_example(url, code):
    error = refused(validate_web_url, url)
    assert error.code == code
    assert "https://jane.example.org/" in sentence(error)


def test_a_web_address_may_have_two_thousand_characters():
    start = "https://example.org/"
    validate_web_url(start + "a" * (2000 - len(start)))
    error = refused(validate_web_url, start + "a" * (2001 - len(start)))
    assert "2000 characters; it has 2001" in sentence(error)


def test_the_sentence_about_spaces_says_how_a_space_is_written():
    assert "a space is written %20," in sentence(refused(validate_web_url, "https://h/a b"))


@pytest.mark.parametrize(
    "link",
    [
        "/",
        "/media/papers/paper.pdf",
        "files/paper.pdf",
        "../paper.pdf",
        "/publications/?year=2024#x",
        "mailto:jane@example.org",
        "MAILTO:jane@example.org?subject=Hello",
    ],
)
def test_a_path_on_this_site_and_an_e_mail_address_are_links(link):
    validate_link(link)


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("", "invalid_link"),
        ("paper", "invalid_link"),
        ("#top", "invalid_link"),
        ("//evil.example", "invalid_link"),
        ("///evil.example", "invalid_link"),
        (r"/\evil.example", "invalid_link"),
        (r"\\evil.example", "invalid_link"),
        ("/\t/evil.example", "url_white_space"),
        ("javascript:alert(1)", "invalid_link"),
        ("JAVASCRIPT:alert(1)", "invalid_link"),
        ("data:text/html,x", "invalid_link"),
        ("ftp://example.org/", "invalid_link"),
        ("tel:+123", "invalid_link"),
        ("mailto:", "invalid_link"),
        ("mailto:jane", "invalid_link"),
        ("mailto:?bcc=x@example.org", "invalid_link"),
        ("https://user:pw@example.org/", "url_credentials"),
        ("https:///x", "invalid_url"),
        ("/" + "a" * MAX_URL_LENGTH, "url_too_long"),
    ],
)
def test_any_other_link_is_refused_with_an_example(link, code):
    error = refused(validate_link, link)
    assert error.code == code
    assert "example.org" in sentence(error)


@pytest.mark.parametrize(
    "text", ["", "Jane Doe", "a\tb\nc", "李明", "مُحَمَّد", "می\u200cخواهم", "👩\u200d🔬", "a\u200eb"]
)
def test_text_without_control_characters_passes(text):
    validate_no_control_characters(text)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Jane\x00Doe", "U+0000 after “Jane”"),
        ("\x1b[31m", "U+001B at the start"),
        ("a\x7f", "U+007F after “a”"),
        ("a\x85", "U+0085 after “a”"),
        ("a\r\nb", "U+000D after “a”"),
        ("invoice\u202efdp.exe", "U+202E after “invoice”"),
        ("a\u2066b\x00", "U+2066 after “a”"),
        ("a\ud800", "U+D800 after “a”"),
        ("x" * 100 + "\x07", "U+0007 after “" + "x" * 20 + "”"),
    ],
)
def test_a_control_character_is_refused_with_its_place(text, where):
    error = refused(validate_no_control_characters, text)
    assert error.code == "control_character"
    assert where in sentence(error)


def test_6_markdown_may_have_a_hundred_thousand_characters():
    assert MAX_LENGTH == 100_000
    validate_markdown_length("x" * 100_000)
    error = refused(validate_markdown_length, "x" * 100_001)
    assert error.code == "text_too_long"
    assert "100000 characters; it has 100001" in sentence(error)


@pytest.mark.parametrize("year", [1000, 1687, 2024, date.today().year + 5])
def test_a_year_passes(year):
    validate_year(year)


@pytest.mark.parametrize("year", [-1, 0, 24, 999, date.today().year + 6, 20240])
def test_a_year_out_of_range_is_refused(year):
    error = refused(validate_year, year)
    assert error.code == "invalid_year"
    assert sentence(error).startswith(
        f"Enter a year between 1000 and {date.today().year + 5}, for example"
    )


def test_the_range_of_years_moves_with_time(monkeypatch):
    class Later(date):
        @classmethod
        def today(cls):
            return cls(2040, 1, 1)

    monkeypatch.setattr(validators, "date", Later)
    validate_year(2045)
    assert "1000 and 2045" in sentence(refused(validate_year, 2046))


@pytest.mark.parametrize(
    ("validate", "value"),
    [
        (validate_doi, "doi:10.1007/s11263-022-01688-4"),
        (validate_arxiv, "math.GT/0309136v2"),
        (validate_orcid, "https://orcid.org/0000-0002-1694-233x"),
        (validate_isbn, "978-3-030-58452-8"),
        (validate_issn, "0920-5691"),
    ],
)
def test_an_identifier_passes_in_any_form(validate, value):
    validate(value)


@pytest.mark.parametrize(
    ("validate", "value", "code", "example"),
    [
        (validate_doi, "10.1/<script>", "invalid_doi", "10.1007/s11263-022-01688-4"),
        (validate_doi, "10.48550/arXiv.2104.08253", "invalid_doi", "2104.08253"),
        (validate_arxiv, "2113.08253", "invalid_arxiv", "2104.08253"),
        (validate_orcid, "0000-0002-1825-0098", "invalid_orcid", "0000-0002-1825-0097"),
        (validate_isbn, "978-3-030-58452-9", "invalid_isbn", "978-3-030-58452-8"),
        (validate_issn, "0920-5692", "invalid_issn", "0920-5691"),
    ],
)
def test_a_bad_identifier_is_refused_with_an_example(validate, value, code, example):
    error = refused(validate, value)
    assert error.code == code
    assert example in sentence(error)


@given(st.one_of(st.text(), URLS), st.sampled_from(OF_TEXT))
def test_text_is_accepted_or_refused_with_a_sentence_and_a_code(text, validate):
    try:
        validate(text)
    except ValidationError as error:
        refusal = error
    else:
        return
    assert refusal.code
    assert sentence(refusal).endswith(".")


@given(URLS)
def test_an_accepted_link_leads_nowhere_but_the_web_mail_or_this_site(text):
    try:
        validate_link(text)
    except ValidationError:
        return
    assert text.lower().startswith(("http://", "https://", "mailto:")) or (
        text.startswith("/") and not text.startswith(("//", "/\\"))
    )
