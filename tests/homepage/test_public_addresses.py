"""The one list of every public address, which the sitemap and a static copy are made from."""

from io import StringIO

import pytest
from django.core.management import call_command

from homepage.public_addresses import public_addresses
from publications import addresses
from publications.formats import WRITABLE
from publications.models import Publication
from tests.factories import (
    make_author,
    make_category,
    make_news,
    make_profile,
    make_publication,
    make_section,
)
from tests.homepage.test_site_files import sitemap

pytestmark = pytest.mark.django_db


def fill(papers):
    category = make_category()
    for number in range(papers):
        make_publication(
            authors=[f"Author {number}", "Ada Lovelace"],
            category=category if number % 2 else None,
            topics=[f"Topic {number}"],
            venue=f"Venue {number}",
            year=1990 + number,
        )


@pytest.fixture
def site():
    """A small site of which something is hidden in every place."""
    make_profile()
    make_section("Service", place="page")
    make_section("Hidden page", place="page", visibility="draft")
    owner = make_author("Mingqing Xiao", is_owner=True)
    journals = make_category("Journal Papers")
    make_publication(
        "A paper", authors=[owner, "Di He"], topics=["Nets"], venue="NN", category=journals
    )
    hidden = {"authors": ["Hidden Hand"], "topics": ["Hidden"], "venue": "Hidden", "year": 1950}
    make_publication("Hidden draft", visibility="draft", **hidden)
    make_publication("Hidden trash", visibility="trash", **hidden)
    make_publication("Doubted", doubts="?", source="As typed", **hidden)


LISTS = {
    "/publications",
    "/publications/author/di-he",
    "/publications/author/mingqing-xiao",
    "/publications/category/journal-papers",
    "/publications/kind/article-journal",
    "/publications/topic/nets",
    "/publications/venue/nn",
    "/publications/year/2022",
}


def test_they_are_the_pages_and_files_of_all_that_is_public(site):
    paths = [address.path for address in public_addresses()]

    assert len(paths) == len(set(paths))
    pages = {path for path in paths if path.endswith("/")}
    assert pages == {f"{path}/" for path in LISTS} | {
        "/",
        "/service/",
        "/publications/a-paper/",
        "/publications/doubted/",
    }
    files = {path for path in paths if path.endswith(".ris")}
    assert files == {f"{path}.ris" for path in [*LISTS, "/publications/a-paper"]}
    assert {"/sitemap.xml", "/robots.txt", "/favicon.svg"} < set(paths)


def test_each_of_them_answers(client, site):
    for address in public_addresses():
        assert client.get(address.path).status_code == 200, address.path


SECRET = "Xyzzy"


@pytest.mark.slow
def test_nothing_hidden_is_in_any_page_file_feed_or_tag_nor_what_was_read_with_doubt(
    client, site, tmp_path
):
    for visibility, doubts in [("draft", ""), ("trash", ""), ("public", "Who?")]:
        make_publication(
            f"{SECRET} {visibility}",
            visibility=visibility,
            doubts=doubts,
            source="As it was typed",
            slug=f"slug-{visibility}",
            authors=[f"{SECRET} Author"],
            topics=[f"{SECRET} topic"],
            venue=f"{SECRET} venue",
            doi=f"10.1000/{SECRET}",
            links=[(SECRET, f"https://{SECRET}.example.org/")],
            **dict.fromkeys("publisher award note abstract volume number pages".split(), SECRET),
        )
    make_section("Selected", shows="selected")
    make_section(SECRET, visibility="draft", body=SECRET)
    make_news(SECRET, visibility="draft")
    Publication.objects.update(selected=True)

    said = {one.path: client.get(one.path).content.decode() for one in public_addresses()}
    for name, format in WRITABLE.items():
        said[name] = run("export_publications", format=format.name)
    run("export_markdown", tmp_path / "left")
    for name in ("about.md", "publications.bib", "_config.yml"):
        said[name] = (tmp_path / "left" / name).read_text()

    assert [path for path, text in said.items() if SECRET.lower() in text.lower()] == []
    shown = {path for path, text in said.items() if "As it was typed" in text}
    assert shown == {"/", "/publications/", "/publications/slug-public/", "about.md"}


def run(*args, **options):
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


@pytest.mark.slow
def test_search_engines_are_told_of_those_pages_that_ask_to_be_kept(client, site):
    named = {path.removeprefix("http://testserver") for path in sitemap(client)}

    for address in public_addresses():
        page = client.get(address.path).content.decode()
        is_page = "<!doctype html>" in page
        assert (address.path in named) == (is_page and "noindex" not in page), address.path


@pytest.mark.slow
def test_every_page_of_a_long_list_is_among_them(client, monkeypatch):
    monkeypatch.setattr(addresses, "PAGE_SIZE", 2)
    monkeypatch.setattr("publications.listing.PAGE_SIZE", 2)
    fill(5)

    paths = {address.path for address in public_addresses()}

    assert {"/publications/page/2/", "/publications/page/3/"} < paths
    assert "/publications/author/ada-lovelace/page/3/" in paths
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_they_cost_the_same_queries_for_one_paper_and_for_many(django_assert_num_queries):
    make_section("Service", place="page")
    fill(1)
    with django_assert_num_queries(8):
        few = len(list(public_addresses()))
    fill(20)
    with django_assert_num_queries(8):
        assert len(list(public_addresses())) > few


def test_a_page_of_papers_is_as_new_as_the_papers_on_it(client):
    make_section("Talks", place="page", shows="publications")
    text = make_section("Service", place="page")
    paper = make_publication()

    found = {address.path: address.modified for address in public_addresses()}

    assert found["/talks/"] == paper.modified
    assert found["/service/"] == text.modified
