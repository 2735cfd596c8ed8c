from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header

from homepage.common.fields import LineField
from homepage.common.site import origin

from .. import bulk
from ..exporting import export
from ..formats import WRITABLE
from ..forms import SuggestingInput
from ..models import Category, Publication, Topic, Visibility

TOPIC_NAME = Topic._meta.get_field("name")


class TopicsForm(forms.Form):
    add = forms.CharField(
        label="Add",
        required=False,
        max_length=1000,
        widget=SuggestingInput(attrs={"class": "vTextField"}),
        help_text="Topics, separated by commas; a new one is made. Example: Spiking networks",
    )
    remove = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        label="Take off",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["add"].widget.suggestions = map(str, Topic.objects.all())
        self.fields["remove"].queryset = Topic.objects.filter(publications__in=papers).distinct()

    def clean_add(self):
        names = [LineField().to_python(name) for name in self.cleaned_data["add"].split(",")]
        return [TOPIC_NAME.clean(name, None) for name in names if name]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned["add"] and not cleaned["remove"]:
            raise forms.ValidationError("Name a topic to add, or tick one to take off.")
        return cleaned

    def apply(self, papers, user):
        return bulk.set_topics(papers, self.cleaned_data["add"], self.cleaned_data["remove"], user)


class FilingForm(forms.Form):
    category = forms.ModelChoiceField(
        Category.objects.all(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args, papers, **kwargs):
        super().__init__(*args, **kwargs)

    def apply(self, papers, user):
        return bulk.change(papers, user, category=self.cleaned_data["category"])


def _exporting(format):
    @admin.action(description=f"Export as {format.label}", permissions=["view"])
    def action(model_admin, request, papers):
        keys = papers.order_by().values("pk")
        chosen = Publication.objects.filter(pk__in=keys).newest_first()
        text = export(chosen, format, base=f"{origin(request)}/")
        response = HttpResponse(text, content_type=format.content_type)
        response.headers["Content-Disposition"] = content_disposition_header(
            True, f"publications.{format.suffix}"
        )
        return response

    action.__name__ = f"export_{format.name}"
    action.writes = False
    return action


EXPORTS = [_exporting(format) for format in WRITABLE.values()]


class BulkAdmin(admin.ModelAdmin):
    """What is done to many papers at once, from the list."""

    actions = ["publish", "make_draft", "select", "unselect", "topics", "file_under"]

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request, papers):
        self._change(request, papers, "published", visibility=Visibility.PUBLIC)

    @admin.action(description="Make drafts", permissions=["change"])
    def make_draft(self, request, papers):
        self._change(request, papers, "made a draft", visibility=Visibility.DRAFT)

    @admin.action(description="Show among the selected", permissions=["change"])
    def select(self, request, papers):
        self._change(request, papers, "selected", selected=True)

    @admin.action(description="Take off the selected", permissions=["change"])
    def unselect(self, request, papers):
        self._change(request, papers, "taken off the selected", selected=False)

    @admin.action(description="Topics…", permissions=["change"])
    def topics(self, request, papers):
        return self._ask(request, papers, TopicsForm, "topics", "Topics", "given other topics")

    @admin.action(description="File under…", permissions=["change"])
    def file_under(self, request, papers):
        return self._ask(request, papers, FilingForm, "file_under", "File under", "filed anew")

    def _change(self, request, papers, done, **values):
        self._report(request, bulk.change(papers, request.user, **values), done)

    def _ask(self, request, papers, form_class, action, title, done):
        """Show a form for what is to be done with the papers; sent, do it."""
        is_sent = "_apply" in request.POST
        form = form_class(request.POST if is_sent else None, papers=papers)
        if is_sent and form.is_valid():
            self._report(request, form.apply(papers, request.user), done)
            return redirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "form": form,
            "action": action,
            "count": papers.count(),
            "papers": papers[:10],
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", "0"),
            "list_url": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/publications/publication/bulk.html", context)

    def _report(self, request, papers, done):
        """Log what was done to each paper, and say to how many."""
        if not papers:
            self.message_user(request, "There was nothing to change.", messages.INFO)
            return
        LogEntry.objects.log_actions(
            request.user.pk, papers, CHANGE, f"{done.capitalize()}.", single_object=False
        )
        count = "1 paper was" if len(papers) == 1 else f"{len(papers):,} papers were"
        self.message_user(request, f"{count} {done}.", messages.SUCCESS)
