"""The rival: a Django project as `startproject` makes it, with a page of the plainest kind.

`/ok` answers two letters; `/page` shows the papers of a JSON file, kept in the database, with the
ORM and a template as tutorials do: the same words and links as our page of them, in as few queries
as prefetching takes, without what ours says to machines.
"""

import json
import os
from pathlib import Path

import django
from django.conf import settings

FOLDER = Path(os.environ.get("BARE_DIR", "."))
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
APPS = "admin auth contenttypes sessions messages staticfiles".split()
PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ owner }}</title></head><body>
<h1>{{ owner }}</h1>{{ about|linebreaks }}
{% regroup papers by get_kind_display as kinds %}{% for kind in kinds %}<h2>{{ kind.grouper }}</h2>
<ol>{% for paper in kind.list %}<li><strong><a href="/papers/{{ paper.slug }}/">{{ paper.title }}</a></strong>
<div>{% for authorship in paper.authorships.all %}{% if authorship.author.is_owner %}<strong>{{ authorship.author }}</strong>{% else %}{{ authorship.author }}{% endif %}{% if not forloop.last %}, {% endif %}{% endfor %}</div>
<p><em>{{ paper.venue.name }}, {{ paper.year }}</em>{% if paper.award %} <strong>{{ paper.award }}</strong>{% endif %}</p>
<ul>{% for link in paper.links.all %}<li><a href="{{ link.url }}">{{ link.label }}</a></li>
{% endfor %}{% if is_short %}<li><details><summary>Abstract</summary>{{ paper.abstract|linebreaks }}</details></li>
<li><details><summary>BibTeX</summary><pre>@{% if paper.kind == "article-journal" %}article{% else %}inproceedings{% endif %}{{ "{" }}{{ paper.slug }},
  title = {{ "{" }}{{ paper.title }}{{ "}" }},
  author = {{ "{" }}{% for authorship in paper.authorships.all %}{{ authorship.author.family }}, {{ authorship.author.given }}{% if not forloop.last %} and {% endif %}{% endfor %}{{ "}" }},
  {% if paper.kind == "article-journal" %}journal{% else %}booktitle{% endif %} = {{ "{" }}{{ paper.venue.name }}{{ "}" }},
  year = {{ "{" }}{{ paper.year }}{{ "}" }}
{{ "}" }}</pre></details></li>{% endif %}</ul></li>
{% endfor %}</ol>{% endfor %}</body></html>
"""

settings.configure(
    DEBUG=False,
    SECRET_KEY="measured, never used" * 3,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[f"django.contrib.{name}" for name in APPS],
    MIDDLEWARE=MIDDLEWARE,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "bare.sqlite3",
            "CONN_MAX_AGE": None,
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": PROCESSORS,
                "loaders": [("django.template.loaders.locmem.Loader", {"page.html": TEMPLATE})],
            },
        }
    ],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    STATIC_URL="static/",
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402

from tests.benchmarks.content import OWNER  # noqa: E402


class Author(models.Model):
    given = models.CharField(max_length=200)
    family = models.CharField(max_length=200)
    is_owner = models.BooleanField(default=False)

    class Meta:
        app_label = "bare"

    def __str__(self):
        return f"{self.given} {self.family}"


class Venue(models.Model):
    name = models.CharField(max_length=400)

    class Meta:
        app_label = "bare"


class Paper(models.Model):
    KINDS = [("paper-conference", "Conference Papers"), ("article-journal", "Journal Papers")]

    title = models.CharField(max_length=300)
    slug = models.SlugField(unique=True)
    authors = models.ManyToManyField(Author, through="Authorship")
    venue = models.ForeignKey(Venue, models.PROTECT)
    abstract = models.TextField()
    year = models.IntegerField()
    kind = models.CharField(max_length=20, choices=KINDS)
    award = models.CharField(max_length=60, blank=True)

    class Meta:
        app_label = "bare"
        ordering = ["kind", "-year", "title"]


class Authorship(models.Model):
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="authorships")
    author = models.ForeignKey(Author, models.PROTECT)
    position = models.IntegerField()

    class Meta:
        app_label = "bare"
        ordering = ["position"]


class Link(models.Model):
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="links")
    label = models.CharField(max_length=20)
    url = models.URLField()

    class Meta:
        app_label = "bare"


def page(request):
    authorships = models.Prefetch("authorships", Authorship.objects.select_related("author"))
    papers = Paper.objects.select_related("venue").prefetch_related(authorships, "links")
    content = {"owner": "Ada Mingxi", "about": "I study brains.", "is_short": len(papers) <= 50}
    return render(request, "page.html", {"papers": papers, **content})


def ok(request):
    return HttpResponse("ok")


def fill(papers):
    """Make the tables anew and put the papers (as `content.papers` makes them) into them."""
    with connection.schema_editor() as editor:
        for model in (Author, Venue, Paper, Authorship, Link):
            editor.create_model(model)
    for number, item in enumerate(papers):
        paper = Paper.objects.create(
            title=item["title"],
            slug=f"paper-{number}",
            venue=Venue.objects.get_or_create(name=item["container-title"])[0],
            abstract=item["abstract"],
            year=item["issued"]["date-parts"][0][0],
            kind=item["type"],
            award=item.get("award", ""),
        )
        for position, name in enumerate(item["author"]):
            is_owner = (name["given"], name["family"]) == OWNER
            author, _ = Author.objects.get_or_create(**name, defaults={"is_owner": is_owner})
            Authorship.objects.create(paper=paper, author=author, position=position)
        for label, url in item["links"]:
            Link.objects.create(paper=paper, label=label, url=url)


if __name__ == "__main__":
    fill(json.loads((FOLDER / "papers.json").read_text("utf-8")))

urlpatterns = [path("ok", ok), path("page", page)]
application = get_wsgi_application()
