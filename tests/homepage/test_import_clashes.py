"""Folders in which two things wish for the same heading, key or address."""

from io import StringIO

import pytest
from django.contrib.redirects.models import Redirect
from django.core.management import call_command

from homepage.models import Section
from publications.models import Category, Publication

pytestmark = pytest.mark.django_db

CONFIG = "title: Jane Doe\nauthor: {name: Jane Doe}\n"
LIST = """
## Journal Articles

- **Hearing the Shape of a Room** \\
  Jane Doe, John Roe \\
  *Acta Acustica*, 2021
- **Walls That Listen** \\
  Jane Doe \\
  *Sound Studies*, 2019
"""
OTHER_LIST = LIST.replace("Hearing the Shape", "The Echo").replace("Walls That", "Doors That")
LOOP = "{% for post in site.publications reversed %}{% include archive-single.html %}{% endfor %}"
ECHO = "---\ntitle: Echoes in Water\ndate: 2020-07-05\nvenue: Sound Letters\n"


@pytest.fixture
def make_site(tmp_path, settings):
    """Return a function that writes the folder of a site."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def make(files):
        for path, text in ({"_config.yml": CONFIG} | files).items():
            target = tmp_path / "site" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return tmp_path / "site"

    return make


def run(source):
    out = StringIO()
    call_command("import_site", source, stdout=out)
    return out.getvalue()


def page(title, body, url="", **more):
    lines = [f"{key}: {value}" for key, value in {"title": title, **more}.items()]
    return "\n".join(["---", *lines, *([f"permalink: {url}"] if url else []), "---", body, ""])


LISTS_OF_ONE_HEADING = {
    "_pages/about.md": page("About", LIST, "/"),
    "_pages/publications.md": page("Publications", OTHER_LIST, "/publications/"),
}
LIST_AND_COLLECTION_OF_ONE_HEADING = {
    "_config.yml": CONFIG + "publication_category:\n  papers:\n    title: Journal Articles\n",
    "_pages/about.md": page("About", LIST, "/"),
    "_pages/publications.html": page("Publications", LOOP, "/publications/"),
    "_publications/echo.md": f"{ECHO}category: papers\n---\n",
}
COLLECTION_AND_TEXT_AT_ONE_ADDRESS = {
    "_pages/about.md": page("About", "I hear rooms.", "/"),
    "_pages/publications.md": page("Publications", "See my CV for all of them.", "/publications/"),
    "_publications/echo.md": f"{ECHO}---\n",
}
COLLECTION_AND_BIBLIOGRAPHY = {
    "_pages/about.md": page("About", "I hear rooms.", "/"),
    "_publications/echo.md": f"{ECHO}---\n",
    "_bibliography/papers.bib": "@article{w, title={Walls}, author={Doe, Jane}, year={2019}}\n",
}
PART_AND_PAGE_OF_ONE_NAME = {
    "_pages/about.md": page("About", "Hello.\n\n## Research\n\nI hear rooms.", "/"),
    "_pages/research.md": page("Research", "All about rooms.", "/research/"),
    "_pages/talks.md": page("Talks", "In rooms.", "/events/talks/", redirect_from="[/talks/]"),
    "_pages/old.md": page("Talks", "In halls.", "/archive/talks/"),
}


@pytest.mark.parametrize(
    "files",
    [
        LISTS_OF_ONE_HEADING,
        LIST_AND_COLLECTION_OF_ONE_HEADING,
        COLLECTION_AND_TEXT_AT_ONE_ADDRESS,
        COLLECTION_AND_BIBLIOGRAPHY,
        PART_AND_PAGE_OF_ONE_NAME,
    ],
    ids="lists list-and-collection collection-and-text two-formats part-and-page".split(),
)
def test_what_clashes_comes_in_and_the_same_again_changes_nothing(make_site, files):
    site = make_site(files)

    assert "Imported site" in run(site)
    assert "Nothing to do" in run(site)


@pytest.mark.parametrize(
    ("files", "titles"),
    [
        (LISTS_OF_ONE_HEADING, [["Hearing", "Walls"], ["Doors", "The"]]),
        (LIST_AND_COLLECTION_OF_ONE_HEADING, [["Hearing", "Walls"], ["Echoes"]]),
    ],
    ids=["lists", "list-and-collection"],
)
def test_two_lists_of_one_heading_keep_their_papers_apart(make_site, files, titles):
    run(make_site(files))

    sections = Section.objects.filter(shows="publications")
    shown = [Publication.objects.filter(category__in=one.categories.all()) for one in sections]
    assert [sorted(row.title.split()[0] for row in rows) for rows in shown] == titles
    assert [one.title for one in Category.objects.all()] == ["Journal Articles"] * 2


def test_one_list_shows_collection_and_bibliography_and_each_paper_once(make_site, client):
    run(make_site(COLLECTION_AND_BIBLIOGRAPHY))

    home = client.get("/", SERVER_NAME="localhost").text
    assert [one.title for one in Section.objects.filter(shows="publications")] == ["Publications"]
    assert [home.count(f">{title}<") for title in ("Echoes in Water", "Walls")] == [1, 1]


def test_a_page_keeps_its_address_and_a_part_of_the_home_page_gives_way(make_site, client):
    run(make_site(PART_AND_PAGE_OF_ONE_NAME))

    found = client.get("/research/", SERVER_NAME="localhost")
    assert "All about rooms." in found.text
    assert Section.objects.get(title="Research", place="home").slug == "research-2"
    assert not Redirect.objects.filter(old_path="/research/").exists()
    talks = [one.get_absolute_url() for one in Section.objects.filter(title="Talks")]
    assert sorted(talks) == ["/talks-2/", "/talks/"]
    assert Redirect.objects.get(old_path="/archive/talks/").new_path in talks
