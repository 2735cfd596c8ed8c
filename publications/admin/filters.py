from django.contrib import admin

from ..models import Author, Kind, Publication, Topic, Venue, Visibility
from ..needs import NEEDS


class VisibilityFilter(admin.SimpleListFilter):
    """All but the trash, unless one of the three is asked for."""

    title = "visibility"
    parameter_name = "visibility"

    def lookups(self, request, model_admin):
        return Visibility.choices

    def choices(self, changelist):
        everything, *others = super().choices(changelist)
        return [{**everything, "display": "Public and drafts"}, *others]

    def queryset(self, request, queryset):
        if self.value() in Visibility.values:
            return queryset.filter(visibility=self.value())
        return queryset.exclude(visibility=Visibility.TRASH)


class NeedsFilter(admin.SimpleListFilter):
    """What the start page counts."""

    title = "what it needs"
    parameter_name = "needs"

    def lookups(self, request, model_admin):
        return [(need.name, need.label) for need in NEEDS.values()]

    def queryset(self, request, queryset):
        need = NEEDS.get(self.value())
        return queryset.filter(need.rule()) if need else queryset


class CategoryFilter(admin.RelatedFieldListFilter):
    """A category, or none, which is said in a word: what a cell shows for it is no text."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_value_display = "None"


class KindFilter(admin.SimpleListFilter):
    """Only the kinds there are: most people have written no patent."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        used = set(Publication.objects.order_by().values_list("kind", flat=True).distinct())
        return [(kind.value, kind.label) for kind in Kind if kind.value in used]

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() in Kind.values else queryset


class YearFilter(admin.SimpleListFilter):
    title = "year"
    parameter_name = "year"
    unknown = "none"

    def lookups(self, request, model_admin):
        years = Publication.objects.order_by("-year").values_list("year", flat=True).distinct()
        found = [(str(year), str(year)) for year in years if year]
        return [*found, (self.unknown, "Undated")] if None in years else found

    def queryset(self, request, queryset):
        value = self.value() or ""
        if value == self.unknown:
            return queryset.filter(year=None)
        return queryset.filter(year=_key(value)) if value.isdecimal() else queryset


class TopicFilter(admin.SimpleListFilter):
    title = "topic"
    parameter_name = "topic"

    def lookups(self, request, model_admin):
        return [(str(topic.pk), topic.name) for topic in Topic.objects.all()]

    def queryset(self, request, queryset):
        return queryset.filter(topics=_key(self.value())) if self.value() else queryset


class InUseFilter(admin.SimpleListFilter):
    """A filter with too many values to list: it shows the one in use, and takes itself off."""

    model: type
    relation: str

    def lookups(self, request, model_admin):
        row = self.model.objects.filter(pk=_key(request.GET.get(self.parameter_name, ""))).first()
        return [(str(row.pk), str(row))] if row else []

    def queryset(self, request, queryset):
        key = _key(self.value())
        return queryset.filter(**{self.relation: key}) if self.value() else queryset


class AuthorFilter(InUseFilter):
    title = parameter_name = "author"
    model, relation = Author, "authors"


class VenueFilter(InUseFilter):
    title = parameter_name = "venue"
    model, relation = Venue, "venue"


def _key(text):
    """Return the key that an address names; one that no row has, if it names none."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
