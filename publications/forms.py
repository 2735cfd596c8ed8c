import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count

from homepage.common.conflicts import GuardedForm
from homepage.common.uploads import ImageUploadField, PDFUploadField

from .author_lines import MAX_NAMES, author_of, line_of, read_line, uncut, whole_names
from .models import Publication, Venue
from .name_details import NameDetails, from_json

MOST_VENUES = 200
VENUE_WITH_ACRONYM = re.compile(r"(?P<name>.*\S)\s*\((?P<acronym>[^()]{1,60})\)")


class SuggestingInput(forms.TextInput):
    """A text field that suggests what is there already (`<datalist>`), and takes anything."""

    template_name = "publications/widgets/suggesting_input.html"

    def __init__(self, attrs=None, suggestions=()):
        super().__init__(attrs)
        self.suggestions = suggestions

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_suggestions"
        context["widget"]["attrs"]["list"] = list_id
        return {**context, "suggestions": self.suggestions, "list_id": list_id}


class DetailsField(forms.JSONField):
    """What a script keeps beside the author line; what is no JSON says nothing."""

    widget = forms.HiddenInput

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            return None


class PublicationForm(GuardedForm):
    """A paper with its authors as one line and its venue as one text."""

    # Before the line, which is read with what stands here.
    authors_details = DetailsField(required=False)
    # The entry that filled the form, to be kept as what its source said.
    pasted = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    authors_line = forms.CharField(
        label="Authors",
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="In one line, typed or pasted, with the marks as printed. "
        "Example: Mingqing Xiao*, Shuxin Zheng*, Chang Liu†, et al.",
    )
    venue_name = forms.CharField(
        label="Venue",
        required=False,
        max_length=460,
        widget=SuggestingInput(attrs={"class": "vTextField"}),
        help_text="Journal, conference or series, with its acronym in parentheses. "
        "Example: International Journal of Computer Vision (IJCV)",
    )

    class Meta:
        model = Publication
        fields = ()  # those that the fieldsets of the admin name
        field_classes = {"pdf": PDFUploadField, "image": ImageUploadField}
        widgets = {
            "doubts": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "year": forms.NumberInput(attrs={"class": "vSmallNumber"}),
            "month": forms.NumberInput(attrs={"class": "vSmallNumber"}),
            "day": forms.NumberInput(attrs={"class": "vSmallNumber"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Where the form is only for reading, its fields are not there.
        if "authors_line" in self.fields and self.instance.pk:
            self.initial["authors_line"] = line_of(self.instance)
            self.initial["authors_details"] = _details_of(self.instance)
            self.initial["venue_name"] = str(self.instance.venue or "")
        if "venue_name" in self.fields:
            self.fields["venue_name"].widget.suggestions = map(str, _usual_venues())

    def clean_authors_details(self):
        self.details = from_json(self.cleaned_data["authors_details"])
        return self.cleaned_data["authors_details"]

    def clean_authors_line(self):
        line = self.cleaned_data["authors_line"]
        if not self.line_changed:
            return line
        rows = self.instance.authorships.select_related("author") if self.instance.pk else ()
        whole = [*whole_names(rows), *uncut(more.text for more in self.details)]
        self.names = read_line(line, whole)
        if line and not self.names.names:
            raise ValidationError("There is no name in this line.", code="no_name")
        if len(self.names.names) > MAX_NAMES:
            raise ValidationError(
                f"These are {len(self.names.names):,} names; at most {MAX_NAMES:,} can be kept.",
                code="too_many",
            )
        for name in self.names.names:
            _check_name(name)
        return line

    def clean_venue_name(self):
        text = " ".join(self.cleaned_data["venue_name"].split())
        if "venue_name" in self.changed_data:
            self.venue = venue_of(text)
            if self.venue and self.venue.pk is None:
                try:
                    self.venue.clean_fields()
                except ValidationError as error:
                    raise ValidationError(error.messages) from error
        return text

    @property
    def line_changed(self):
        return not {"authors_line", "authors_details"}.isdisjoint(self.changed_data)

    def save(self, commit=True):
        if self.line_changed:
            self.instance.and_others = self.names.and_others
            self.instance.conjunction = self.names.conjunction[:10]
        return super().save(commit)

    def write_venue(self):
        """Give the paper the venue that was typed; apart from save(), which may be undone.

        Return the venue if there was none like that.
        """
        if "venue_name" not in self.changed_data:
            return []
        made = [self.venue] if self.venue and self.venue.pk is None else []
        for venue in made:
            venue.save()
        self.instance.venue = self.venue
        return made


def _details_of(paper):
    rows = paper.authorships.select_related("author")
    return [
        NameDetails(
            str(row), row.author_id, equal=row.equal_contribution, corresponding=row.corresponding
        ).as_json()
        for row in rows
    ]


def _usual_venues():
    """Return the venues to suggest before anything is typed: those with most papers."""
    counted = Venue.objects.annotate(papers=Count("publications"))
    return counted.order_by("-papers", "name")[:MOST_VENUES]


def venue_of(text):
    """Return the venue that `text` names, a new one if no venue is written like that."""
    if not text:
        return None
    for venue in Venue.objects.filter(name__in=_readings(text)):
        if str(venue) == text:
            return venue
    match = VENUE_WITH_ACRONYM.fullmatch(text)
    return Venue(**match.groupdict()) if match else Venue(name=text)


def _readings(text):
    match = VENUE_WITH_ACRONYM.fullmatch(text)
    return [text, match["name"]] if match else [text]


def _check_name(name):
    author = author_of(name)
    try:
        author.clean_fields(exclude=["slug"])
    except ValidationError as error:
        raise ValidationError(
            "“%(name)s” is no name: %(reason)s",
            params={"name": name.text[:60], "reason": " ".join(error.messages)},
            code="no_name",
        ) from error
