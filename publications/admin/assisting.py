from dataclasses import dataclass

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET, require_POST

from homepage.common.framing import framed, framing
from homepage.common.pages import page
from homepage.common.text import fold

from .. import pasting
from ..author_lines import read_line, uncut
from ..entries import Look, context_of
from ..formats.handwritten.links import label_for
from ..forms import venue_of
from ..models import Author, Publication, Venue, Visibility
from ..name_details import from_json
from ..recognition import recognise, summary
from ..unsaved import with_parts

MOST_LINKS = 100
MOST_PROBLEMS = 5
MOST_SUGGESTIONS = 8


class AssistingAdmin(admin.ModelAdmin):
    """Helps while one types: reads what is pasted, says who is known, shows the entry.

    Nothing here saves anything.
    """

    def get_urls(self):
        wrap = self.admin_site.admin_view
        start = "publications_publication"
        return [
            path("read/", wrap(self.read_view), name=f"{start}_read"),
            path("look/", wrap(self.look_view), name=f"{start}_look"),
            path("entry/", wrap(self.entry_view), name=f"{start}_entry"),
            *super().get_urls(),
        ]

    @method_decorator(framing)
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)

    @method_decorator(require_POST)
    def read_view(self, request):
        """Return what the pasted text says, for the form to take."""
        self._check(request)
        try:
            pasted = pasting.read(request.POST.get("text", ""), _owner_names())
        except pasting.UnreadablePaste as error:
            return JsonResponse({"error": str(error)}, status=400)
        record = pasted.record
        return JsonResponse(
            {
                "label": pasted.label,
                "count": pasted.count,
                "values": pasting.values(record),
                "details": [one.as_json() for one in pasting.details(record)],
                "links": [{"label": link.label, "url": link.url} for link in record.links],
                "topics": pasting.topics(record),
                "problems": [str(problem) for problem in pasted.problems[:MOST_PROBLEMS]],
                "is_kept": pasted.format is not None,
            }
        )

    @method_decorator(require_POST)
    def look_view(self, request):
        """Return what the form says as it stands: its names, its venue, the entry on the page."""
        self._check(request)
        paper = None
        if key := request.GET.get("paper", ""):
            papers = self.get_queryset(request)
            paper = get_object_or_404(papers, pk=key if key.isdecimal() else 0)
        form = self.get_form(request, paper, change=paper is not None)(request.POST, instance=paper)
        form.full_clean()
        details = from_json(form.cleaned_data.get("authors_details"))
        line = form.data.get("authors_line", "")[: pasting.MAX_LENGTH]
        names = read_line(line, uncut(one.text for one in details))
        shown = recognise(names, details)
        links = _links(request.POST)
        return JsonResponse(
            {
                "authors": summary(names, shown),
                "venue": _venue(form.data.get("venue_name", "")),
                "labels": {link.number: label_for(link.url) for link in links if link.url},
                "twin": self._twin(form, paper),
                "entry": _entry(request, form, names, shown, details, links),
            }
        )

    @method_decorator(framed)
    @method_decorator(require_GET)
    def entry_view(self, request):
        """Return the page around the entry: that of the site, without anything on it."""
        self._check(request)
        template = "admin/publications/publication/entry.html"
        return TemplateResponse(request, template)

    def _check(self, request):
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied

    def _twin(self, form, paper):
        """Return a paper that is here already, by identifier or title."""
        same = Q(pk__in=())
        for name in ("title", "doi", "arxiv_id"):
            # The row has it in its normal form, where it has one.
            if value := getattr(form.instance, name):
                same |= Q(**{f"{name}__iexact": value})
        others = Publication.objects.filter(same)
        if paper:
            others = others.exclude(pk=paper.pk).exclude(different_from=paper.pk)
        twin = others.order_by("visibility", "pk").first()
        return twin and {
            "title": str(twin),
            "year": twin.year,
            "in_trash": twin.visibility == Visibility.TRASH,
            "url": reverse("admin:publications_publication_change", args=[twin.pk]),
        }


@dataclass(frozen=True)
class _Link:
    """A row of the links as it is typed."""

    number: int
    position: int
    label: str
    url: str


def _links(data):
    """Return the links of the form in their order, those that are to go left out."""
    total = data.get("links-TOTAL_FORMS", "")
    found = [
        _Link(number, _number(row("position")), row("label"), row("url"))
        for number in range(min(_number(total, 0), MOST_LINKS))
        for row in [_row(data, number)]
        if not row("DELETE") and (row("label") or row("url"))
    ]
    return sorted(found, key=lambda link: link.position)


def _row(data, number):
    return lambda name: data.get(f"links-{number}-{name}", "").strip()


def _number(text, default=MOST_LINKS):
    return int(text) if text.isdecimal() and len(text) < 6 else default


def _venue(text):
    """Return whether a venue of this name is here, and which others are meant perhaps."""
    text = " ".join(text.split())[:460]
    if not text:
        return None
    venue = venue_of(text)
    known = venue.pk is not None
    return {
        "known": known,
        "papers": venue.publications.count() if known else 0,
        "acronym": venue.acronym,
        "alike": [] if known else _venues_like(text),
    }


def _venues_like(text):
    words = set(fold(text).split())
    found = [
        str(venue)
        for venue in Venue.objects.annotate(papers=Count("publications")).order_by("-papers")
        if words and words <= set(fold(str(venue)).split())
    ]
    return found[:MOST_SUGGESTIONS]


def _entry(request, form, names, shown, details, links):
    """Return the entry by the template of the page; nothing while there is no title."""
    if not form.data.get("title", "").strip():
        return ""
    paper = form.instance
    if hasattr(form, "venue"):
        paper.venue = form.venue
    people = [item["person"] for item in shown]
    paper.and_others, paper.conjunction = names.and_others, names.conjunction[:10]
    with_parts(
        paper,
        list(zip(names.names, people, strict=True)),
        details,
        [(link.label or label_for(link.url), link.url or "#") for link in links],
    )
    with translation.override(settings.LANGUAGE_CODE):  # as visitors will read it
        context = context_of(paper, Look(level=3))
        return page("publications/_preview.html").render(context, request)


def _owner_names():
    owner = Author.objects.filter(is_owner=True).first()
    return [str(owner), *filter(None, owner.aliases.splitlines())] if owner else []
