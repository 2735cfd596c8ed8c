"""Fields store text in one form, refuse what is bad, and look the same in every migration."""

import unicodedata

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st
from markdownx.widgets import MarkdownxWidget

from homepage.common.fields import (
    ArxivField,
    DOIField,
    ISBNField,
    ISSNField,
    LineField,
    MarkdownField,
    ORCIDField,
    WebURLField,
)

ALL = [
    WebURLField,
    LineField,
    MarkdownField,
    DOIField,
    ArxivField,
    ORCIDField,
    ISBNField,
    ISSNField,
]
IDENTIFIERS = [
    (DOIField, " https://doi.org/10.1007/S1 ", "10.1007/S1", "10.1/x", "invalid_doi"),
    (ArxivField, "https://arxiv.org/abs/2104.08253v2", "2104.08253", "2113.1", "invalid_arxiv"),
    (
        ORCIDField,
        "https://orcid.org/0000-0002-1694-233x",
        "0000-0002-1694-233X",
        "0000-0002-1825-0098",
        "invalid_orcid",
    ),
    (ISBNField, "ISBN 978-3-030-58452-8", "9783030584528", "978303058452X", "invalid_isbn"),
    (ISSNField, "issn 2434561x", "2434-561X", "0920-5692", "invalid_issn"),
]


def codes(field, value):
    """Return the codes of the errors with which a model field refuses `value`."""
    with pytest.raises(ValidationError) as caught:
        field.clean(value, None)
    return [error.code for error in caught.value.error_list]


@pytest.fixture
def page_model():
    """A model with every field, known to no app."""
    with isolate_apps("homepage"):

        class Page(models.Model):
            title = LineField(max_length=20)
            body = MarkdownField(blank=True)
            url = WebURLField(blank=True)
            doi = DOIField(blank=True)
            orcid = ORCIDField(blank=True)

            class Meta:
                app_label = "homepage"

        yield Page


@pytest.fixture
def page_form(page_model):
    return forms.modelform_factory(page_model, fields="__all__")


def test_a_web_address_is_refused_by_the_sites_own_rule():
    field = WebURLField()
    assert field.clean("https://jane.example.org/", None) == "https://jane.example.org/"
    assert codes(field, "ftp://example.org/") == ["invalid_url"]
    assert codes(field, "https://user:pw@example.org/") == ["url_credentials"]


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("jane.example.org", "https://jane.example.org"),
        ("//jane.example.org/x", "https://jane.example.org/x"),
        (" http://jane.example.org ", "http://jane.example.org"),
        ("http://localhost/", "http://localhost/"),
    ],
)
def test_a_form_takes_an_address_without_scheme_as_https(typed, url):
    assert WebURLField().formfield().clean(typed) == url


def test_a_form_refuses_a_script_with_the_sites_own_sentence():
    with pytest.raises(ValidationError, match="begins with https:// or http://"):
        WebURLField().formfield().clean("javascript:alert(1)")


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  Jane \t\r\n Doe ", "Jane Doe"),
        ("Mu\u0308ller", "Müller"),
        ("\ufeff \u200bJane\u200d \u00ad", "Jane"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200b", ""),
        (7, "7"),
    ],
)
def test_a_line_is_stored_in_one_form(typed, line):
    field = LineField(max_length=20, blank=True)
    assert field.clean(typed, None) == line
    assert field.get_prep_value(typed) == line


def test_a_line_without_a_value_stays_without_one():
    assert LineField(null=True).get_prep_value(None) is None
    assert MarkdownField(null=True).get_prep_value(None) is None
    assert DOIField(null=True).get_prep_value(None) is None


def test_a_line_of_nothing_but_zero_width_characters_is_blank():
    assert codes(LineField(max_length=20), "\u200b \ufeff") == ["blank"]


@pytest.mark.parametrize("text", ["Jane\x00Doe", "a\x1bb", "invoice\u202efdp.exe", "a\u2066b"])
@pytest.mark.parametrize("field", [LineField(max_length=20), MarkdownField()])
def test_control_characters_and_turned_text_are_refused(field, text):
    assert codes(field, text) == ["control_character"]


def test_markdown_keeps_its_spaces_and_gets_plain_newlines():
    field = MarkdownField()
    assert field.clean("    code\r\n\rMu\u0308ller  \n", None) == "    code\n\nMüller  \n"
    assert field.get_prep_value("a\r\nb") == "a\nb"


def test_markdown_has_a_limit():
    assert codes(MarkdownField(), "x" * 100_001) == ["text_too_long"]


def test_the_markdown_form_shows_the_editor_and_keeps_an_indented_first_line():
    form_field = MarkdownField().formfield()
    assert isinstance(form_field.widget, MarkdownxWidget)
    assert form_field.clean("    code") == "    code"


def test_the_editor_stays_where_the_admin_asks_for_a_text_area():
    form_field = MarkdownField().formfield(widget=forms.Textarea)
    assert isinstance(form_field.widget, MarkdownxWidget)


@pytest.mark.parametrize(("field", "typed", "normal", "bad", "code"), IDENTIFIERS)
def test_an_identifier_is_stored_in_its_normal_form(field, typed, normal, bad, code):
    assert field().clean(typed, None) == normal
    assert field().get_prep_value(typed) == normal
    assert field().clean(normal, None) == normal
    assert len(normal) <= field().max_length


@pytest.mark.parametrize(("field", "typed", "normal", "bad", "code"), IDENTIFIERS)
def test_a_bad_identifier_is_refused_but_can_be_looked_up(field, typed, normal, bad, code):
    assert codes(field(), bad) == [code]
    assert field().get_prep_value(bad) == bad


@pytest.mark.parametrize(("field", "typed", "normal", "bad", "code"), IDENTIFIERS)
def test_a_form_has_room_for_a_pasted_address(field, typed, normal, bad, code):
    form_field = field().formfield()
    assert form_field.clean(typed) == typed.strip()
    assert form_field.widget.attrs["maxlength"] == "500"


@pytest.mark.parametrize(("field", "typed", "normal", "bad", "code"), IDENTIFIERS)
def test_an_identifier_may_be_left_blank(field, typed, normal, bad, code):
    assert field(blank=True).clean("", None) == ""
    assert field(blank=True).clean(" \u200b", None) == ""


def test_a_form_fills_the_row_with_normal_forms(page_form):
    form = page_form(
        {
            "title": " Deep\tNetworks ",
            "body": "    code\r\nMu\u0308ller",
            "url": "jane.example.org",
            "doi": "https://doi.org/10.1007/s11263-022-01688-4",
            "orcid": "https://orcid.org/0000-0002-1825-0097",
        }
    )
    assert form.is_valid(), form.errors
    page = form.instance
    assert page.title == "Deep Networks"
    assert page.body == "    code\nMüller"
    assert page.url == "https://jane.example.org"
    assert page.doi == "10.1007/s11263-022-01688-4"
    assert page.orcid == "0000-0002-1825-0097"


def test_a_form_says_one_sentence_for_each_bad_field(page_form):
    form = page_form(
        {
            "title": "a\u202eb",
            "body": "a\x07b",
            "url": "javascript:alert(1)",
            "doi": "10.1/x",
            "orcid": "0000-0002-1825-0098",
        }
    )
    assert {name: len(errors) for name, errors in form.errors.items()} == dict.fromkeys(
        ["title", "body", "url", "doi", "orcid"], 1
    )


@pytest.mark.parametrize("field_class", ALL)
def test_a_field_is_written_into_migrations_under_its_own_name(field_class):
    field = field_class(blank=True, max_length=200)
    _, path, args, kwargs = field.deconstruct()
    assert path == f"homepage.common.fields.{field_class.__name__}"
    assert (args, kwargs) == ([], {"blank": True, "max_length": 200})
    text, imports = MigrationWriter.serialize(field)
    assert text == f"{path}(blank=True, max_length=200)"
    assert imports == {"import homepage.common.fields"}


@pytest.mark.parametrize(
    ("field_class", "max_length"),
    [
        (WebURLField, 2000),
        (DOIField, 200),
        (ArxivField, 30),
        (ORCIDField, 19),
        (ISBNField, 13),
        (ISSNField, 9),
    ],
)
def test_a_field_has_a_length_that_stays_in_migrations(field_class, max_length):
    assert field_class().deconstruct()[3] == {"max_length": max_length}
    assert field_class().clone().max_length == max_length


@given(st.text(), st.sampled_from(ALL))
def test_any_text_is_stored_in_a_lasting_form_or_refused(text, field_class):
    field = field_class(blank=True)
    try:
        stored = field.clean(text, None)
    except ValidationError:
        return
    assert field.clean(stored, None) == stored
    assert field.get_prep_value(stored) == stored
    assert "\x00" not in stored


@given(st.text(st.sampled_from("a \t\u200b\u0301\u00ad\ufeff\u3000e\u0308")))
def test_a_line_has_no_space_at_its_ends_and_none_doubled(text):
    line = LineField(max_length=200).to_python(text)
    assert line == " ".join(line.split())
    assert unicodedata.is_normalized("NFC", line)


@given(st.text())
def test_a_form_for_an_address_accepts_or_refuses_any_text(text):
    form_field = WebURLField().formfield()
    try:
        url = form_field.clean(text)
    except ValidationError:
        return
    assert url.lower().startswith(("http://", "https://"))
