"""What each page says to machines, tag by tag: search engines, Zotero, link previews."""

import json
from urllib.parse import parse_qs

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile

from homepage.common.data_blocks import data_block
from publications.formats import EXCHANGED
from tests.factories import (
    make_author,
    make_category,
    make_profile,
    make_publication,
    make_section,
)

pytestmark = pytest.mark.django_db

SITE = "https://jane.example.org"
PAPER, BARE, DOUBTED = "/publications/a-paper/", "/publications/bare/", "/publications/wrong/"
LISTS = [
    "/",
    "/talks/",
    "/publications/",
    "/publications/year/2024/",
    "/publications/author/di-he/",
    "/publications/?year=2020-2024",
]
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def pages(client, settings, tmp_path):
    """The pages of a site with something for every tag, as (path -> soup)."""
    settings.SITE_URL = SITE
    settings.MEDIA_ROOT = tmp_path
    make_profile(
        name="Ada Byron",
        native_name="爱达",
        headline="Countess",
        affiliation="Analytical Society",
        affiliation_url="https://as.example.org/",
        summary="I compute.",
        photo="photos/ada.jpg",
        links=[("orcid", "https://orcid.org/0000-0002-1825-0097"), ("other", "https://x.example/")],
    )
    make_section("Papers", shows="publications")
    make_section("Talks", shows="publications", place="page", categories=[make_category("T")])
    me = make_author("Ada Byron", is_owner=True, orcid="0000-0002-1825-0097")
    paper = make_publication(
        "A <b> *paper* & $x$",
        slug="a-paper",
        category="T",
        authors=[
            (me, {"marks": "*", "equal_contribution": True, "printed_name": "A. Byron"}),
            "Di He",
        ],
        venue="Venue Name (VN)",
        year=2024,
        month=5,
        day=1,
        doi="10.1000/xyz",
        abstract="We **learn**.",
        topics=["Nets"],
        language="de",
        image="images/figure.png",
    )
    paper.pdf.save("a.pdf", ContentFile(PDF))
    make_publication("Bare", authors=["Di He"], year=None, kind="thesis")
    make_publication("Wrong", doubts="?", source="As typed", doi="10.1000/wrong")
    for visibility in ("draft", "trash"):
        make_publication("Hidden", visibility=visibility, doi="10.1000/hidden", topics=["Hidden"])
    return lambda path: BeautifulSoup(client.get(path).content, "html.parser")


def metas(soup, attribute="name"):
    """Return the tags of the head, by name; those that may repeat as lists."""
    found = {}
    for tag in soup.head.select(f"meta[{attribute}]"):
        found.setdefault(tag[attribute], []).append(tag["content"])
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def links(soup, relation):
    return [tag["href"] for tag in soup.head.select(f'link[rel="{relation}"]')]


def data(soup):
    return [json.loads(tag.string) for tag in soup.select("script[type='application/ld+json']")]


def test_a_paper_says_what_google_scholar_and_zotero_read(pages):
    soup = pages(PAPER)

    known = {name: v for name, v in metas(soup).items() if name.startswith(("citation", "DC"))}
    assert known == {
        "citation_title": "A paper & x",
        "citation_author": ["Byron, Ada", "He, Di"],
        "citation_publication_date": "2024/05/01",
        "citation_journal_title": "Venue Name",
        "citation_journal_abbrev": "VN",
        "citation_doi": "10.1000/xyz",
        "citation_language": "de",
        "citation_keywords": "Nets",
        "citation_abstract": "We learn.",
        "citation_abstract_html_url": SITE + PAPER,
        "citation_pdf_url": f"{SITE}{PAPER}paper.pdf",
    }


def test_the_pdf_that_a_paper_names_is_there_beside_it(pages, client):
    address = metas(pages(PAPER))["citation_pdf_url"]

    response = client.get(address.removeprefix(SITE))

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"


def test_a_paper_says_what_link_previews_show(pages):
    assert metas(pages(PAPER), "property") == {
        "og:title": "A paper & x",
        "og:description": "We learn.",
        "og:type": "article",
        "og:url": SITE + PAPER,
        "og:locale": "en_US",
        "og:site_name": "Ada Byron",
        "og:image": f"{SITE}/media/images/figure.png",
        "og:image:alt": "A paper & x",
        "article:published_time": "2024-05-01",
        "article:author": f"{SITE}/",
    }
    assert metas(pages(PAPER))["twitter:card"] == "summary"


def test_a_paper_says_who_it_is_in_the_words_of_schema_org(pages):
    [work] = data(pages(PAPER))

    assert work["@id"] == SITE + PAPER
    assert work["author"][0]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    assert work["author"][0]["url"] == f"{SITE}/"
    assert work["image"] == f"{SITE}/media/images/figure.png"
    assert work["encoding"]["contentUrl"] == f"{SITE}{PAPER}paper.pdf"
    assert work["inLanguage"] == "de"


def test_a_paper_points_to_all_that_belongs_to_it(pages, client):
    soup = pages(PAPER)

    assert links(soup, "canonical") == [SITE + PAPER]
    assert links(soup, "cite-as") == ["https://doi.org/10.1000/xyz"]
    assert links(soup, "item") == [f"{SITE}{PAPER}paper.pdf"]
    assert links(soup, "author") == ["https://orcid.org/0000-0002-1825-0097"]
    assert links(soup, "type") == [
        "https://schema.org/AboutPage",
        "https://schema.org/ScholarlyArticle",
    ]
    described = soup.head.select("link[rel=describedby]")
    assert [tag["type"] for tag in described] == [f.media_type for f in EXCHANGED.values()]
    back = f'<{SITE}{PAPER}>; rel="{{}}"; type="text/html"'
    for tag in described:
        assert client.get(tag["href"]).headers["Link"] == back.format("describes")
    assert client.head(f"{PAPER}paper.pdf").headers["Link"] == back.format("collection")


def test_a_preprint_is_cited_by_the_doi_that_arxiv_gave_it(client):
    paper = make_publication(kind="article", arxiv_id="2104.08253")

    soup = BeautifulSoup(client.get(paper.get_absolute_url()).content, "html.parser")

    assert links(soup, "cite-as") == ["https://doi.org/10.48550/arXiv.2104.08253"]


def test_a_paper_of_which_little_is_known_claims_nothing_more(pages):
    soup = pages(BARE)

    known = {name: v for name, v in metas(soup).items() if name.startswith(("citation", "DC"))}
    assert known == {
        "citation_title": "Bare",
        "citation_author": "He, Di",
        "DC.type": "thesis",
        "citation_language": "en",
        "citation_abstract_html_url": SITE + BARE,
    }
    assert "article:published_time" not in metas(soup, "property")
    assert "article:author" not in metas(soup, "property")
    assert metas(soup, "property")["og:image"] == f"{SITE}/media/photos/ada.jpg"
    # Zotero takes any time element for the date of an undated paper.
    assert soup.select("time[datetime]") == []


def test_what_was_read_with_doubt_says_nothing_to_machines(pages):
    soup = pages(DOUBTED)

    assert metas(soup)["robots"] == "noindex"
    assert not [name for name in metas(soup) if name.startswith(("citation", "DC"))]
    assert metas(soup, "property") == {}
    assert data(soup) == []
    relations = [link["rel"] for link in soup.head.select("link")]
    assert relations == [["stylesheet"], ["alternate"], ["icon"]]
    assert links(soup, "alternate") == ["/feed.atom"]
    assert "10.1000/wrong" not in str(soup)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_names_its_sure_papers_for_zotero_and_is_itself_no_paper(pages, path):
    soup = pages(path)

    objects = [parse_qs(tag["title"]) for tag in soup.select("span.Z3988")]
    titles = [o.get("rft.atitle", o.get("rft.title"))[0] for o in objects]
    assert titles
    assert set(titles) <= {"A paper & x", "Bare"}
    assert all(tag.text == "" for tag in soup.select("span.Z3988"))
    assert not [name for name in metas(soup) if name.startswith(("citation", "DC"))]


def test_a_paper_in_two_sections_of_a_page_is_told_to_zotero_once(client):
    for number in range(3):
        make_publication(f"Paper {number}", selected=number < 2)
    make_section("Selected", shows="selected")
    make_section("Publications", shows="publications")

    soup = BeautifulSoup(client.get("/").content, "html.parser")

    assert len(soup.select(".papers > li")) == 5
    titles = [parse_qs(tag["title"])["rft.atitle"] for tag in soup.select("span.Z3988")]
    assert sorted(titles) == [["Paper 0"], ["Paper 1"], ["Paper 2"]]


def test_a_pdf_has_one_address_on_all_pages(pages):
    for path in (PAPER, "/", "/publications/"):
        links = {a["href"] for a in pages(path).select("a") if a.text == "PDF"}
        assert links == ({f"{PAPER}paper.pdf"} if path != "/" else set())


@pytest.mark.parametrize("path", [PAPER, BARE, DOUBTED])
def test_the_page_of_a_paper_never_has_coins(pages, path):
    assert pages(path).select(".Z3988") == []


@pytest.mark.parametrize(
    ("path", "type", "title", "address"),
    [
        ("/", "profile", "Ada Byron", "/"),
        ("/talks/", "website", "Talks", "/talks/"),
        ("/publications/", "website", "Publications", "/publications/"),
        ("/publications/?year=2024", "website", "Publications of 2024", "/publications/year/2024/"),
    ],
)
def test_pages_without_a_paper_say_what_link_previews_show(pages, path, type, title, address):
    soup = pages(path)

    said = metas(soup, "property")
    assert said.pop("og:description") == metas(soup)["description"] != ""
    assert said == {
        "og:title": title,
        "og:type": type,
        "og:url": SITE + address,
        "og:locale": "en_US",
        "og:site_name": "Ada Byron",
        "og:image": f"{SITE}/media/photos/ada.jpg",
        "og:image:alt": "Ada Byron",
    }
    assert links(soup, "canonical") == [SITE + address]


def test_the_home_page_says_who_the_person_is(pages):
    [page] = data(pages("/"))

    modified = page.pop("dateModified")
    assert modified[-6:] == "+00:00"
    assert page == {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": f"{SITE}/",
        "mainEntity": {
            "@type": "Person",
            "@id": f"{SITE}/#person",
            "name": "Ada Byron",
            "alternateName": "爱达",
            "description": "I compute.",
            "jobTitle": "Countess",
            "affiliation": {
                "@type": "Organization",
                "name": "Analytical Society",
                "url": "https://as.example.org/",
            },
            "url": f"{SITE}/",
            "image": f"{SITE}/media/photos/ada.jpg",
            "identifier": "https://orcid.org/0000-0002-1825-0097",
            "sameAs": ["https://orcid.org/0000-0002-1825-0097", "https://x.example/"],
        },
    }


def test_a_site_of_nobody_says_nobody(client):
    assert data(BeautifulSoup(client.get("/").content, "html.parser")) == []


def test_no_page_has_an_empty_tag(pages):
    for path in [*LISTS, PAPER, BARE, DOUBTED]:
        empty = [str(tag) for tag in pages(path).select("meta[content='']")]
        assert empty == [], path


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028", "a & b", '"\\"']
)
def test_no_text_ends_the_block_it_stands_in(text):
    block = data_block({"name": text})

    soup = BeautifulSoup(f"<p>{block}</p>", "html.parser")
    assert len(soup.select("script")) == 1
    assert block.count("<") == 2
    assert "\u2028" not in block
    assert json.loads(soup.script.string) == {"name": text}
