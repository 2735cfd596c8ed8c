from dataclasses import dataclass, replace

from django import forms
from django.core.exceptions import ValidationError

from homepage.common.decode import DecodingError, decode

from ..formats import READABLE, Format, recognise
from ..records import Loaded

# What one page can show and one person look through; the command takes more.
MAX_BYTES = 1_000_000
MAX_ENTRIES = 2_000


@dataclass(frozen=True)
class ReadSource:
    """A text that was pasted or uploaded, and what its reader found in it."""

    text: str
    name: str
    format: Format
    loaded: Loaded
    warning: str = ""
    all_topics: bool = False


class ImportForm(forms.Form):
    """A list of publications, pasted or as a file; valid, it has been read as `source`."""

    text = forms.CharField(
        label="Paste entries",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 14, "class": "vLargeTextField", "spellcheck": "false", "autofocus": True}
        ),
    )
    file = forms.FileField(label="or choose a file", required=False)
    format = forms.ChoiceField(label="Format", required=False)
    all_topics = forms.BooleanField(
        label="Make topics of all its keywords",
        required=False,
        help_text="Without it, keywords that are topics here already become topics of the papers; "
        "all others are only kept for exports.",
    )
    # The name of the file comes along when its text is sent again to be saved.
    name = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(format.name, format.label) for format in READABLE.values()]
        self.fields["format"].choices = [("", "Recognise it"), *known]
        self.fields["text"].help_text = f"{_or([label for _, label in known])}: one entry or many."
        self.problems = ()

    def clean_text(self):
        return _plain(self.cleaned_data["text"])

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is None:
            return None
        _check_size(file.size)
        try:
            decoded = decode(file.read())
            return replace(decoded, text=_plain(decoded.text))
        except DecodingError as error:
            raise ValidationError(
                f"{file.name}: {error}. Choose a file with publications as text.",
                code="no_text",
            ) from error

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        text, decoded = cleaned["text"], cleaned["file"]
        if text.strip() and decoded:
            raise ValidationError("Paste a text or choose a file, not both.", code="both")
        if not text.strip() and not decoded:
            raise ValidationError("Paste some entries, or choose a file.", code="nothing")
        name = self.files["file"].name if decoded else cleaned["name"]
        self.source = self._read(
            decoded.text if decoded else text, name, decoded.warning if decoded else ""
        )
        return cleaned

    def _read(self, text, name, warning):
        chosen = self.cleaned_data["format"]
        format = READABLE[chosen] if chosen else recognise(text, name)
        if format is None:
            raise ValidationError(
                "This is none of the formats that can be read here. If you know which it is, "
                "choose it below.",
                code="unknown_format",
            )
        loaded = (format.load_pasted or format.load)(text)
        self._check(loaded, format)
        return ReadSource(text, name, format, loaded, warning, self.cleaned_data["all_topics"])

    def _check(self, loaded, format):
        if len(loaded.records) > MAX_ENTRIES:
            raise ValidationError(
                f"These are {len(loaded.records):,} entries; at most {MAX_ENTRIES:,} can be looked "
                "through at once. Import the file with manage.py import_publications.",
                code="too_many",
            )
        if not loaded.records:
            self.problems = loaded.problems[:20]
            raise ValidationError(f"There is no entry of {format.label} in it.", code="no_entry")


def _plain(text):
    """Return a text as it is when a form has brought it: the same text, the same preview."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    _check_size(len(text.encode("utf-8", "surrogatepass")))
    return text


def _check_size(size):
    if size > MAX_BYTES:
        raise ValidationError(
            "It is larger than 1 MB. Import the file with manage.py import_publications.",
            code="too_large",
        )


def _or(words):
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
