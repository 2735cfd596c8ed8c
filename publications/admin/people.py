from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode

from homepage.common.conflicts import GuardedForm

from .. import merging_people
from ..models import Author
from ..recognition import Directory
from .catalogue import CountingAdmin

MOST_PEOPLE = 20


class AuthorForm(GuardedForm):
    class Meta:
        model = Author
        fields = ()  # those that the fieldsets of the admin name
        widgets = {"aliases": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}
        help_texts = {
            "aliases": "One a line. An import takes initials for this person only if they stand "
            "here. Example: L. v. Beethoven"
        }

    def _get_validation_exclusions(self):
        # That another one is marked as the owner is no mistake: the mark moves.
        return {*super()._get_validation_exclusions(), "is_owner"}


@admin.register(Author)
class AuthorAdmin(CountingAdmin):
    form = AuthorForm
    list_display = ["__str__", "also_written", "orcid", "is_me", "papers"]
    list_filter = ["is_owner"]
    search_fields = ["family", "given", "literal", "native_name", "aliases"]
    search_help_text = "Part of a name, however its accents are typed."
    actions = ["merge", "this_is_me"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("given", "particle", "family", "suffix"),
                    "literal",
                    "native_name",
                    "aliases",
                ]
            },
        ),
        ("Who it is", {"fields": ["is_owner", "url", "orcid", "slug"]}),
    ]
    counted = "authorships"
    papers_query = "author"

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", view, name="publications_author_merge"), *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        if obj:
            return super().get_fieldsets(request, obj)
        names, (heading, who) = self.fieldsets
        fields = [name for name in who["fields"] if name != "slug"]
        return [names, (heading, {**who, "fields": fields})]

    @admin.display(description="this is me", ordering="is_owner", empty_value="")
    def is_me(self, author):
        return "you" if author.is_owner else ""

    @admin.display(description="also written")
    def also_written(self, author):
        return ", ".join(filter(None, [author.native_name, *author.aliases.splitlines()]))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Say beside a person's form who may be the same, and where their papers are."""
        author = self.get_object(request, object_id)
        context = {}
        if author and self._may_merge(request):
            context["alike"] = self._alike(author)
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    def _alike(self, author):
        directory = Directory()
        names = directory.alike(str(author), without=author.pk)
        people = (person for name in names for person in directory.find(name))
        found = {person.pk: person.name for person in people if person.pk != author.pk}
        return [(name, merge_url(author.pk, pk)) for pk, name in found.items()]

    # This is me

    def save_model(self, request, author, form, change):
        if author.is_owner:
            author.is_owner = False
            super().save_model(request, author, form, change)
            self._mark(request, author)
        else:
            super().save_model(request, author, form, change)

    @admin.action(description="This is me", permissions=["change"])
    def this_is_me(self, request, authors):
        if authors.count() != 1:
            self.message_user(request, "Tick the one author who is you.", messages.WARNING)
            return
        self._mark(request, authors.get())

    def _mark(self, request, author):
        before = merging_people.make_owner(author, request.user)
        if before:
            self.message_user(request, f"{before} was marked as you before.", messages.INFO)

    # Merging

    def _may_merge(self, request):
        return self.has_change_permission(request) and self.has_delete_permission(request)

    @admin.action(description="Merge…", permissions=["change", "delete"])
    def merge(self, request, authors):
        keys = sorted(authors.order_by().values_list("pk", flat=True))
        if not 1 < len(keys) <= MOST_PEOPLE:
            message = f"Tick the authors who are one person: two, or up to {MOST_PEOPLE}."
            self.message_user(request, message, messages.WARNING)
            return None
        return redirect(merge_url(*keys))

    merge.writes = False  # it leads to the page that asks

    def merge_view(self, request):
        """Show what becomes of the papers of several authors; make them one person."""
        if not self._may_merge(request):
            raise PermissionDenied
        people = _people(request.GET.get("authors", ""))
        try:
            plan = merging_people.plan(people)
            if request.method == "POST" and request.POST.get("token") == plan.token:
                return self._merged(request, plan)
        except merging_people.CannotMerge as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect("admin:publications_author_changelist")
        if request.method == "POST":
            message = "Their papers have changed meanwhile, so nothing was merged. Look again."
            self.message_user(request, message, messages.WARNING)
        context = {
            **self.admin_site.each_context(request),
            "title": "Are these one person?",
            "opts": self.opts,
            "plan": plan,
            "people": [(person, plan.papers[person.pk]) for person in plan.people],
            "list_url": reverse("admin:publications_author_changelist"),
        }
        return TemplateResponse(request, "admin/publications/author/merge.html", context)

    def _merged(self, request, plan):
        chosen = request.POST.get("keep", str(plan.keeps))
        keep = next((one for one in plan.people if str(one.pk) == chosen), None)
        if keep is None:
            raise Http404("Nobody of that number is to be merged.")
        others = [one for one in plan.people if one.pk != keep.pk]
        names = ", ".join(map(str, others))
        papers = merging_people.merge(
            keep, others, rename="rename" in request.POST, user=request.user
        )
        keep.refresh_from_db()
        self.log_change(request, keep, f"Merged with {names}.")
        count = "1 paper" if papers == 1 else f"{papers} papers"
        message = f"{names} and {keep} are one person now; {count} followed."
        self.message_user(request, message, messages.SUCCESS)
        return redirect("admin:publications_author_change", keep.pk)


def merge_url(*keys):
    address = reverse("admin:publications_author_merge")
    return f"{address}?{urlencode({'authors': ','.join(map(str, keys))})}"


def _people(text):
    keys = {int(key) for key in text.split(",") if key.isdecimal()}
    people = list(Author.objects.filter(pk__in=keys).order_by("pk"))
    if not 1 < len(people) <= MOST_PEOPLE:
        raise Http404("Two authors or more are merged; these are not.")
    return people
