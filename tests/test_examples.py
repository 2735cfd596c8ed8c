"""The same checks over real pages that are not ours to ship: EXAMPLES_DIR names their folder.

It holds `home/*.md`, and `truth.json` with facts checked by hand; beside it may lie
`seeds/about.md`, the page this project began with.
"""

import json
import os
import re
from pathlib import Path

import pytest
from django.contrib.redirects.models import Redirect

from homepage.common.decode import decode
from homepage.common.markdown import plain
from homepage.models import Section
from profiles.models import Profile
from publications.models import Authorship, Category, Publication
from tests.homepage.test_import_site import check_nothing_is_lost, rows, run
from tests.reading import source_soup

EXAMPLES = Path(os.environ.get("EXAMPLES_DIR") or "/nonexistent")
SEED = EXAMPLES.parent / "seeds" / "about.md"
PAGES = sorted((EXAMPLES / "home").glob("*.md"))


def truth():
    return json.loads((EXAMPLES / "truth.json").read_text())["home"]


def folded(title):
    return re.sub(r"\W+", "", plain(title)).casefold()


def titles_in(facts):
    titles = [*facts.get("titles", []), *(p["title"] for p in facts.get("publications", []))]
    return {folded(title) for title in titles}


NEAR = [path for path in PAGES if truth().get(path.name, {}).get("class") == "near"]
SEED_LIKE = [path for path in PAGES if truth().get(path.name, {}).get("class") == "seed-like"]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not PAGES, reason="EXAMPLES_DIR is not set: no real pages to try"),
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_nothing_of_a_real_page_is_lost(path):
    check_nothing_is_lost(path)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_real_page_again_changes_nothing(path):
    run(path, verbosity=0)
    before = rows()

    run(path, verbosity=0)

    assert rows() == before


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_nothing_is_invented(path):
    run(path, verbosity=0)

    facts = truth().get(path.name, {})
    found = [folded(title) for title in Publication.objects.values_list("title", flat=True)]
    if titles := titles_in(facts):
        assert set(found) <= titles
    text = decode(path.read_bytes()).text
    visible = " ".join(source_soup(path.read_bytes()).get_text().split())
    for authorship in Authorship.objects.select_related("author"):
        assert str(authorship) in visible or str(authorship) in text


@pytest.mark.parametrize("path", NEAR, ids=lambda path: path.name)
def test_titles_links_and_authors_of_a_list_that_a_person_can_read(path):
    facts = truth()[path.name]
    run(path, verbosity=0)

    papers = {folded(row.title): row for row in Publication.objects.all()}
    assert len(papers) == facts["n"]
    if titles := titles_in(facts):
        assert len(titles & papers.keys()) >= 0.95 * len(titles)
    expected = found = 0
    for entry in facts.get("entries", []):
        paper = papers.get(folded(entry["title"]))
        links = {link.url for link in paper.links.all()} if paper else set()
        expected += len(entry["urls"])
        found += len(links & set(entry["urls"]))
        if paper and "author_line" in entry:
            names = [str(authorship) for authorship in paper.authorships.all()]
            assert names == re.split(r",\s*and\s+|,\s*|\s+and\s+", entry["author_line"])
    assert found >= 0.95 * expected


@pytest.mark.parametrize("path", SEED_LIKE, ids=lambda path: path.name)
def test_every_fact_of_a_page_like_the_seed(path):
    facts = truth()[path.name]
    run(path, verbosity=0)

    found = [
        {
            "title": row.title,
            "authors": [str(authorship) for authorship in row.authorships.all()],
            "owner": [str(a) for a in row.authorships.all() if a.author.is_owner],
            "venue_line": ", ".join(filter(None, [str(row.venue or ""), str(row.year or "")])),
            "year": row.year,
            "award": row.award or None,
            "links": [{"label": link.label, "url": link.url} for link in row.links.all()],
            "section": row.category.title,
        }
        for row in Publication.objects.in_category_order()
    ]
    assert len(found) == len(facts["publications"])
    for row, paper in zip(found, facts["publications"], strict=True):
        if not paper["venue_line"]:
            row["venue_line"], row["year"] = paper["venue_line"], paper["year"]
        assert row == {name: paper[name] for name in row}


@pytest.mark.skipif(not SEED.exists(), reason="the seed page does not lie beside EXAMPLES_DIR")
class TestSeed:
    @pytest.fixture(autouse=True)
    def _import(self, db):
        run(SEED, verbosity=0)

    def test_papers_in_categories_in_the_order_of_the_page(self):
        counts = [(row.title, row.publications.count()) for row in Category.objects.all()]

        assert counts == [("Journal Papers", 3), ("Conference Papers", 5), ("Preprints", 1)]

    def test_every_author_link_and_venue_equals_the_source(self):
        text = decode(SEED.read_bytes()).text
        for row in Publication.objects.all():
            source = row.sources.get().text
            assert source.replace("**", "").startswith(row.title)
            for name in row.authorships.all():
                assert str(name) in source
            links = re.findall(r"\[\[(\w+)\]\]\((\S+)\)", source)
            assert [(link.label, link.url) for link in row.links.all()] == links
            assert not row.venue or f"*{row.venue}, {row.year}*" in source
            assert source in text

    def test_awards_without_their_parentheses(self):
        awards = Publication.objects.exclude(award="").values_list("award", flat=True)

        assert sorted(awards) == ["Oral, Top 2%", "Spotlight", "Spotlight, Top 3%"]

    def test_only_the_preprint_is_dated_by_its_arxiv_id(self):
        dated = Publication.objects.exclude(month=None)

        assert [(row.year, row.month, row.arxiv_id) for row in dated] == [(2020, 6, "2006.11999")]
        assert dated.get().authorships.count() == 5

    def test_dois_come_from_publishers_addresses_only(self):
        dois = Publication.objects.exclude(doi="").values_list("doi", flat=True)

        assert set(dois) == {"10.1007/s11263-022-01688-4", "10.1007/978-3-030-58452-8_8"}

    def test_text_section_with_its_links(self):
        section = Section.objects.get(shows="text")

        assert section.title == "ABOUT ME"
        assert section.body.count("](http") == 4

    def test_profile_says_no_more_than_the_page(self):
        profile = Profile.objects.get()

        assert profile.name == "Mingqing Xiao"
        assert [profile.headline, profile.affiliation, profile.photo.name, profile.email] == [
            ""
        ] * 4

    def test_old_addresses_lead_home(self, client):
        assert set(Redirect.objects.values_list("old_path", flat=True)) == {
            "/about/",
            "/about.html",
        }
        for path in ("/about/", "/about.html"):
            response = client.get(path, SERVER_NAME="localhost")
            assert (response.status_code, response["Location"]) == (301, "/")

    def test_page_shows_venue_award_and_owner(self, client):
        html = client.get("/", SERVER_NAME="localhost").content.decode()

        assert "<em>International Journal of Computer Vision (IJCV), 2022</em>" in html
        assert "<strong>Mingqing Xiao</strong>" in html
        assert html.count('class="award"') == 3
