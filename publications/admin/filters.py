from django.contrib import admin

from ..models import Kind, Publication, Topic, Visibility
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
        # What the list shows, not how many there are of something else.
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
        return queryset.filter(year=int(value)) if value.isdecimal() else queryset


class TopicFilter(admin.SimpleListFilter):
    title = "topic"
    parameter_name = "topic"

    def lookups(self, request, model_admin):
        return [(topic.slug, topic.name) for topic in Topic.objects.all()]

    def queryset(self, request, queryset):
        return queryset.filter(topics__slug=self.value()) if self.value() else queryset
