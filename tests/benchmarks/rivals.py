"""The same papers for builders of static sites: a home page with all of them, and a page of each.

Feeds, tags and archives are switched off, so that nothing else is built.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

ABOUT = "I study brains."
HEAD = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>%s</title>'
    '<link rel="stylesheet" href="/site.css"></head><body><header><h1>Ada Mingxi</h1></header>'
    "<main>\n"
)
FOOT = "\n</main><footer>Ada Mingxi</footer></body></html>\n"
STYLE = "body{max-width:60rem;margin:auto}.authors,.venue{display:block}\n"
KINDS = {"paper-conference": "Conference Papers", "article-journal": "Journal Papers"}


@dataclass(frozen=True)
class Site:
    """A folder with a site, the command that builds it, and the file of one paper."""

    folder: Path
    command: list[str]
    paper: Path

    def change(self, number: int) -> None:
        with self.paper.open("a", encoding="utf-8") as file:
            file.write(f"\nEdit {number}.\n")


def program(name: str) -> str:
    """Return where a program is; raises FileNotFoundError, naming it."""
    if found := shutil.which(name):
        return found
    raise FileNotFoundError(f"{name} is missing")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def names(paper):
    return [f"{name['given']} {name['family']}" for name in paper["author"]]


def year(paper):
    return paper["issued"]["date-parts"][0][0]


def hugo(folder: Path, papers) -> Site:
    command = [program("hugo"), "--quiet", "-s", str(folder), "-d", str(folder / "public")]
    settings = {
        "baseURL": "http://127.0.0.1/",
        "title": "Ada Mingxi",
        "disableKinds": ["taxonomy", "term", "RSS", "sitemap", "404", "section"],
    }
    write(folder / "config.json", json.dumps(settings))
    write(folder / "content/_index.md", f"---\ntitle: Ada Mingxi\n---\n\n{ABOUT}\n")
    for paper in papers:
        front = {
            "title": paper["title"],
            "date": f"{year(paper)}-01-01",
            "year": year(paper),
            "kind": paper["type"],
            "authors": names(paper),
            "venue": paper["container-title"],
            "award": paper["award"],
            "links": [{"label": label, "url": url} for label, url in paper["links"]],
        }
        text = f"{json.dumps(front, ensure_ascii=False)}\n\n{paper['abstract']}\n"
        write(folder / f"content/publications/{paper['id']}.md", text)
    entry = (
        '<span class="authors">{{ range $i, $a := .Params.authors }}{{ if $i }}, {{ end }}'
        '{{ if eq $a "Ada Mingxi" }}<b>{{ $a }}</b>{{ else }}{{ $a }}{{ end }}{{ end }}</span>\n'
        '<span class="venue"><i>{{ .Params.venue }}</i>, {{ .Params.year }}'
        "{{ with .Params.award }} <b>{{ . }}</b>{{ end }}</span>\n"
        '{{ range .Params.links }}<a href="{{ .url }}">{{ .label }}</a> {{ end }}'
    )
    lists = "".join(
        '{{ $s := sort (where (where .Site.RegularPages "Section" "publications") "Params.kind" "'
        f'{kind}") "Params.year" "desc" }}}}<h3>{label}</h3>\n<ol>{{{{ range $s }}}}\n<li>'
        f'<a href="{{{{ .RelPermalink }}}}">{{{{ .Title }}}}</a>\n{entry}</li>{{{{ end }}}}\n</ol>\n'
        for kind, label in KINDS.items()
    )
    home = f"{HEAD % 'Ada Mingxi'}<section>{{{{ .Content }}}}</section>\n{lists}{FOOT}"
    write(folder / "layouts/index.html", home)
    single = f"{HEAD % '{{ .Title }}'}<h2>{{{{ .Title }}}}</h2>\n{entry}\n{{{{ .Content }}}}{FOOT}"
    write(folder / "layouts/_default/single.html", single)
    write(folder / "static/site.css", STYLE)
    return Site(folder, command, folder / f"content/publications/{papers[7]['id']}.md")


PELICAN = """AUTHOR = "Ada Mingxi"
SITENAME = "Ada Mingxi"
SITEURL = ""
PATH = "content"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
THEME = "theme"
THEME_STATIC_DIR = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DIRECT_TEMPLATES = ["index"]
DEFAULT_PAGINATION = False
ARTICLE_URL = "publications/{{slug}}/"
ARTICLE_SAVE_AS = "publications/{{slug}}/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
DEFAULT_CATEGORY = "publications"
TYPOGRIFY = False
ABOUT = "<p>{about}</p>"
KINDS = {kinds!r}
"""


def pelican(folder: Path, papers) -> Site:
    settings, content = folder / "pelicanconf.py", folder / "content"
    output = str(folder / "output")
    command = [program("pelican"), "-q", str(content), "-o", output, "-s", str(settings)]
    write(settings, PELICAN.format(about=ABOUT, kinds=list(KINDS.items())))
    for paper in papers:
        # Its reader of Markdown gives one text for each field.
        fields = {
            "Title": paper["title"],
            "Date": f"{year(paper)}-01-01",
            "Slug": paper["id"],
            "Year": year(paper),
            "Kind": paper["type"],
            "Authornames": "; ".join(names(paper)),
            "Venue": paper["container-title"],
            "Award": paper["award"] or "-",
            "Links": " ".join("|".join(link) for link in paper["links"]),
        }
        head = "".join(f"{name}: {value}\n" for name, value in fields.items())
        write(content / f"{paper['id']}.md", f"{head}\n{paper['abstract']}\n")
    entry = (
        '<span class="authors">{% for a in p.authornames.split("; ") %}'
        '{% if not loop.first %}, {% endif %}{% if a == "Ada Mingxi" %}<b>{{ a }}</b>'
        "{% else %}{{ a|e }}{% endif %}{% endfor %}</span>\n"
        '<span class="venue"><i>{{ p.venue }}</i>, {{ p.year }}'
        '{% if p.award != "-" %} <b>{{ p.award }}</b>{% endif %}</span>\n'
        '{% for l in p.links.split() %}<a href="{{ l.split("|")[1] }}">{{ l.split("|")[0] }}</a> '
        "{% endfor %}"
    )
    lists = (
        "{% for kind, label in KINDS %}<h3>{{ label }}</h3>\n<ol>"
        "{% for p in articles|selectattr('kind', 'equalto', kind)"
        "|sort(attribute='year', reverse=True) %}\n"
        f'<li><a href="/{{{{ p.url }}}}">{{{{ p.title }}}}</a>\n{entry}</li>{{% endfor %}}\n</ol>\n'
        "{% endfor %}"
    )
    templates = folder / "theme/templates"
    home = f"{HEAD % '{{ SITENAME }}'}<section>{{{{ ABOUT }}}}</section>\n{lists}{FOOT}"
    write(templates / "index.html", home)
    title = "{{ article.title }}"
    page = (
        f"{HEAD % title}{{% set p = article %}}<h2>{title}</h2>\n{entry}\n{{{{ p.content }}}}{FOOT}"
    )
    write(templates / "article.html", page)
    for name in "page author category tag archives tags categories authors".split():
        write(templates / f"{name}.html", "")
    write(folder / "theme/static/site.css", STYLE)
    return Site(folder, command, content / f"{papers[7]['id']}.md")
