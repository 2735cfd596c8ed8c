"""Model fields that store text in one form and refuse what a public page must not carry."""

from __future__ import annotations

import unicodedata

from django import forms
from django.db import models
from markdownx.models import MarkdownxField

from . import identifiers, validators

# Zero-width characters, which nobody means at the ends of a line.
ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


class WebURLFormField(forms.URLField):
    """A form field for an http or https address; one without a scheme is taken as https."""

    default_validators = [validators.validate_web_url]

    def __init__(self, **kwargs):
        kwargs.setdefault("assume_scheme", "https")
        super().__init__(**kwargs)


class WebURLField(models.URLField):
    """An http or https address without a password."""

    default_validators = [validators.validate_web_url]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", validators.MAX_URL_LENGTH)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        # URLField leaves out its own default, which is not the one here.
        return name, path, args, {**kwargs, "max_length": self.max_length}

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": WebURLFormField, **kwargs})


class LineField(models.CharField):
    """One line of text in NFC, without white space at its ends and with single spaces inside."""

    default_validators = [validators.validate_no_control_characters]

    def to_python(self, value):
        value = super().to_python(value)
        if value is None:
            return None
        return unicodedata.normalize("NFC", " ".join(value.split()).strip(" " + ZERO_WIDTH))


class MarkdownField(MarkdownxField):
    """Markdown text in NFC with newlines as `\\n`; forms show the editor with its preview."""

    default_validators = [
        validators.validate_no_control_characters,
        validators.validate_markdown_length,
    ]

    def to_python(self, value):
        value = super().to_python(value)
        if value is None:
            return None
        value = value.replace("\r\n", "\n").replace("\r", "\n")
        return unicodedata.normalize("NFC", value)

    def formfield(self, **kwargs):
        # Four spaces at the start make a code block, so that they stay.
        return super().formfield(**{"strip": False, **kwargs})


class IdentifierField(LineField):
    """An identifier in its normal form, whatever form it was typed in.

    What cannot be normalised stays as typed, for the validator to refuse.
    """

    length: int  # the default of max_length
    # People paste whole addresses, which are longer than the identifier in them.
    typed_length = 500

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", self.length)
        super().__init__(*args, **kwargs)

    @staticmethod
    def normalize(value: str) -> str:
        """Return the normal form; raises ValueError where there is none."""
        raise NotImplementedError

    def to_python(self, value):
        value = super().to_python(value)
        if not value:
            return value
        try:
            return self.normalize(value)
        except ValueError:
            return value

    def formfield(self, **kwargs):
        return super().formfield(**{"max_length": self.typed_length, **kwargs})


class DOIField(IdentifierField):
    """A DOI: `10.1007/s11263-022-01688-4`."""

    length = 200
    default_validators = [validators.validate_doi]
    normalize = staticmethod(identifiers.normalize_doi)


class ArxivField(IdentifierField):
    """An arXiv id without version: `2104.08253` or `math/0309136`."""

    length = 30
    default_validators = [validators.validate_arxiv]
    normalize = staticmethod(identifiers.normalize_arxiv)


class ORCIDField(IdentifierField):
    """An ORCID iD: `0000-0002-1825-0097`."""

    length = 19
    default_validators = [validators.validate_orcid]
    normalize = staticmethod(identifiers.normalize_orcid)


class ISBNField(IdentifierField):
    """An ISBN without hyphens: `9783030584528`."""

    length = 13
    default_validators = [validators.validate_isbn]
    normalize = staticmethod(identifiers.normalize_isbn)


class ISSNField(IdentifierField):
    """An ISSN: `0920-5691`."""

    length = 9
    default_validators = [validators.validate_issn]
    normalize = staticmethod(identifiers.normalize_issn)
