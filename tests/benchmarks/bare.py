"""The rival: a Django project as `startproject` makes it, with a page of the plainest kind.

`/ok` answers two letters; `/page` renders the papers of a JSON file, kept in the database, with
the ORM and a template as tutorials do.
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
<div>{{ paper.authors }}</div>
<p><em>{{ paper.venue }}, {{ paper.year }}</em>{% if paper.award %} <strong>{{ paper.award }}</strong>{% endif %}</p>
<ul>{% for link in paper.links.all %}<li><a href="{{ link.url }}">{{ link.label }}</a></li>
{% endfor %}</ul></li>
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


class Paper(models.Model):
    KINDS = [("paper-conference", "Conference Papers"), ("article-journal", "Journal Papers")]

    title = models.CharField(max_length=300)
    slug = models.SlugField(unique=True)
    authors = models.TextField()
    venue = models.CharField(max_length=200)
    year = models.IntegerField()
    kind = models.CharField(max_length=20, choices=KINDS)
    award = models.CharField(max_length=60, blank=True)

    class Meta:
        app_label = "bare"
        ordering = ["kind", "-year", "title"]


class Link(models.Model):
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="links")
    label = models.CharField(max_length=20)
    url = models.URLField()

    class Meta:
        app_label = "bare"


def page(request):
    content = {"owner": "Ada Mingxi", "about": "I study brains."}
    papers = Paper.objects.prefetch_related("links")
    return render(request, "page.html", {"papers": papers, **content})


def ok(request):
    return HttpResponse("ok")


def fill(papers):
    """Make the tables anew and put the papers (as `content.papers` makes them) into them."""
    with connection.schema_editor() as editor:
        editor.create_model(Paper)
        editor.create_model(Link)
    for number, item in enumerate(papers):
        names = ", ".join(f"{name['given']} {name['family']}" for name in item["author"])
        paper = Paper.objects.create(
            title=item["title"],
            slug=f"paper-{number}",
            authors=names,
            venue=item["container-title"],
            year=item["issued"]["date-parts"][0][0],
            kind=item["type"],
            award=item.get("award", ""),
        )
        for label, url in item["links"]:
            Link.objects.create(paper=paper, label=label, url=url)


if __name__ == "__main__":
    fill(json.loads((FOLDER / "papers.json").read_text("utf-8")))

urlpatterns = [path("ok", ok), path("page", page)]
application = get_wsgi_application()
