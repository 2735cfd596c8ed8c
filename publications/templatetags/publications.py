from django import template
from django.template.loader import render_to_string

from homepage.common import identifiers
from homepage.common.site import origin

from .. import bylines, display, exporting
from ..entries import Look
from ..metadata import coins
from ..once import once
from ..rows import to_record

register = template.Library()

register.filter("source_text", display.source_text)
register.filter("lead_in", display.lead_in)
register.filter("appeared_in", display.appeared_in)
register.filter("locator", display.locator)
register.filter("date_text", display.date_text)
register.filter("identifier_links", display.identifier_links)
register.filter("doi_url", identifiers.doi_url)
register.filter("arxiv_url", identifiers.arxiv_url)

# A list of more names than this is folded in lists of papers, after its first FIRST names.
MANY, FIRST = 15, 10


@register.simple_tag(takes_context=True)
def entries(context, shown, *, level, detailed, within=""):
    """Return the groups of a list or of a part of a page, with their entries and the legend."""
    request = context["request"]
    look = Look(
        level=level,
        detailed=bool(detailed),
        within=within,
        shows_images=getattr(context["profile"], "shows_images", False),
        origin=origin(request),
    )
    return shown.shown(look, keep=not getattr(request, "is_preview", False))


@register.filter
def context_object(publication):
    """Return a publication as COinS has it, nothing of one read with doubt."""
    return "" if publication.doubts else coins.context_object(to_record(publication))


@register.simple_tag(takes_context=True)
def bibtex(context, publication):
    """Return a publication as BibTeX to be pasted; nothing of one read with doubt."""
    return exporting.citation(publication, base=f"{context['origin']}/")


@register.simple_tag
def authors(publication, *, folded=False, explained=False):
    """Show the author list.

    `folded` hides most of a very long one until it is opened; `explained` says that the
    legend of its marks stands elsewhere on the page.
    """
    names = display.signatures(publication)
    is_long = folded and len(names) > MANY
    fold_at = FIRST if is_long else None
    hidden = names[FIRST:] if is_long else []
    legend = [] if explained else display.legend(names)

    def rendered():
        context = {
            "names": names,
            "runs": bylines.runs(names, publication.conjunction, fold_at),
            "hidden": len(hidden),
            "hidden_owner": next((name for name in hidden if name.is_owner), None),
            "and_others": publication.and_others,
            "prefix": publication.authors_prefix if names else "",
            "legend": legend,
        }
        return render_to_string("publications/_authors.html", context)

    return once(publication, ("authors", is_long, bool(legend)), rendered)


@register.tag
def shared(parser, token):
    """Render what is alike wherever a paper is shown: `{% shared publication "venue" %}`.

    What it holds may depend on the paper and on nothing else.
    """
    _, paper, name = token.split_contents()
    nodes = parser.parse(("endshared",))
    parser.delete_first_token()
    return Shared(parser.compile_filter(paper), parser.compile_filter(name), nodes)


class Shared(template.Node):
    def __init__(self, paper, name, nodelist):
        self.paper = paper
        self.name = name
        self.nodelist = nodelist

    def render(self, context):
        name = ("shared", self.name.resolve(context))
        return once(self.paper.resolve(context), name, lambda: self.nodelist.render(context))
