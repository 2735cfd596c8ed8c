"""Lists narrowed, arranged and paged, as a visitor gets them without a script."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from publications import listing
from publications.facets import GROUPS
from publications.models import Author, Authorship, Publication, Topic
from tests.factories import make_author, make_category, make_profile, make_publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers():
    """Five papers that differ in all a list is narrowed by, and some that are in none."""
    me = make_author("Mingqing Xiao", is_owner=True)
    journals = make_category("Journal Papers", position=1)
    make_category("Working papers", position=2, default_kind="article", ordering="manual")
    made = [
        make_publication(
            "Training Spiking Networks",
            authors=[me, "Di He"],
            venue="Neural Networks (NN)",
            topics=["Spiking", "Energy"],
            category=journals,
            year=2022,
        ),
        make_publication(
            "Naïve Łukasz models",
            authors=["Di He", me],
            kind="paper-conference",
            venue="NeurIPS",
            year=2021,
        ),
        make_publication(
            "脉冲神经网络的训练",
            authors=["ATLAS", (me, {"equal_contribution": True})],
            kind="article",
            topics=["Spiking"],
            year=2021,
            position=2,
        ),
        make_publication(
            "Equal first",
            authors=[
                ("Zoe Li", {"equal_contribution": True}),
                (me, {"equal_contribution": True}),
                "Di He",
            ],
            kind="article",
            year=2019,
            position=1,
        ),
        make_publication("Undated", authors=[me], kind="thesis", year=None),
    ]
    secret = {"authors": ["Hidden Hand"], "topics": ["Hiddentopic"], "venue": "Hiddenvenue"}
    for values in ({"visibility": "draft"}, {"visibility": "trash"}):
        make_publication("Hidden", year=1950, kind="patent", **secret, **values)
    make_publication("Wrong", doubts="?", source="As typed", year=1960, kind="patent", **secret)
    for paper in Publication.objects.all():
        paper.update_search_text()
    return made


def get(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return BeautifulSoup(response.content, "html.parser")


def titles(soup):
    return [title.text for title in soup.select("#results .title")]


def said(element):
    return " ".join(element.get_text().split())


NETWORKS, MODELS, CHINESE = "Training Spiking Networks", "Naïve Łukasz models", "脉冲神经网络的训练"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=networks+TRAINING", [NETWORKS]),
        ("q=naive+lukasz", [MODELS]),
        ("q=Nai%CC%88ve", [MODELS]),
        ("q=神经网络", [CHINESE]),
        ("q=训练+脉冲", [CHINESE]),
        ("q=di+he+spiking", [NETWORKS]),
        ("q=neurips", [MODELS]),
        ("q=nn", [NETWORKS]),
        ("q=energy", [NETWORKS]),
        ("q=100%25", []),
        ("q=_", [NETWORKS, CHINESE, MODELS, "Equal first", "Undated"]),
        ("kind=article", [CHINESE, "Equal first"]),
        ("year=2021", [CHINESE, MODELS]),
        ("year=2020-2022", [NETWORKS, CHINESE, MODELS]),
        ("year=2022-", [NETWORKS]),
        ("year=-2019", ["Equal first"]),
        ("topic=spiking", [NETWORKS, CHINESE]),
        ("venue=nn", [NETWORKS]),
        ("category=journal-papers", [NETWORKS]),
        ("category=working-papers", [CHINESE, "Equal first"]),
        ("author=di-he", [NETWORKS, MODELS, "Equal first"]),
        ("first=1", [NETWORKS, "Equal first", "Undated"]),
        ("first=1&author=di-he&year=2000-2021", ["Equal first"]),
        ("topic=spiking&kind=article&q=网络", [CHINESE]),
        ("kind=book", []),
        ("kind=nonsense", []),
        ("year=soon", []),
        ("author=hidden-hand", []),
        ("year=1950", []),
        ("author=' OR 1=1", []),
    ],
)
def test_a_query_keeps_what_all_its_parts_keep(client, papers, query, expected):
    soup = get(client, f"/publications/?{query}")

    found = titles(soup)
    # Within a year the position on the page counts, which the rows above leave open.
    assert sorted(found) == sorted(expected)
    count = said(soup.select_one("#count"))
    one = len(expected) == 1
    if "q=_" not in query:
        assert count == (
            f"{len(expected)} publication{'' if one else 's'}"
            if expected
            else "There is no publication like that."
        )


def test_the_words_of_an_entry_read_with_doubt_are_found_and_its_fields_are_no_choice(
    client, papers
):
    soup = get(client, "/publications/")
    assert "As typed" in soup.text
    assert said(soup.select_one("#count")) == "5 publications, and 1 more as it was written"
    assert "hidden" not in soup.text.lower()
    assert "1960" not in soup.select_one("#filter").text

    assert "As typed" in get(client, "/publications/?q=typed").text
    assert "As typed" not in get(client, "/publications/?year=1960").text


@pytest.mark.parametrize(
    ("path", "heading", "expected"),
    [
        ("kind/article/", "Publications: Preprint", [CHINESE, "Equal first"]),
        ("year/2022/", "Publications of 2022", [NETWORKS]),
        ("category/journal-papers/", "Journal Papers", [NETWORKS]),
        ("topic/energy/", "Publications on Energy", [NETWORKS]),
        ("venue/neurips/", "Publications in NeurIPS", [MODELS]),
        ("author/atlas/", "Publications with ATLAS", [CHINESE]),
    ],
)
def test_each_facet_has_pages_of_its_own(client, papers, path, heading, expected):
    soup = get(client, f"/publications/{path}")

    assert titles(soup) == expected
    assert said(soup.h1) == heading
    address = f"http://testserver/publications/{path}"
    assert soup.select_one("link[rel=canonical]")["href"] == address


@pytest.mark.parametrize(
    "path",
    [
        "kind/nonsense/",
        "kind/book/",
        "kind/patent/",
        "year/1999/",
        "year/1950/",
        "year/1960/",
        "year/20222/",
        "year/2019-2022/",
        "topic/hiddentopic/",
        "venue/hiddenvenue/",
        "author/hidden-hand/",
        "author/Di-He/",
        "category/working/",
        "colour/red/",
        "year/2022/page/2/",
        "year/2022/page/0/",
        "page/2/",
        "page/0/",
        "year/2022/kind/article/",
        "year/2022.exe",
        "author/hidden-hand.ris",
    ],
)
def test_a_path_that_names_nothing_answers_404(client, papers, path):
    assert client.get(f"/publications/{path}").status_code == 404


def test_a_query_narrows_what_a_path_names(client, papers):
    soup = get(client, "/publications/author/di-he/?year=2021")

    assert titles(soup) == [MODELS]
    assert soup.select_one("link[rel=canonical]")["href"].endswith("?year=2021&author=di-he")
    assert get(client, "/publications/author/di-he/?year=1999").select("#results .title") == []


@pytest.mark.parametrize(
    ("path", "robots"),
    [
        ("", None),
        ("?utm_source=x", None),
        ("?group=kind", None),
        ("?kind=article", None),
        ("kind/article/", None),
        ("author/mingqing-xiao/", None),
        ("author/di-he/", "noindex, follow"),
        ("?author=di-he", "noindex, follow"),
        ("?q=a", "noindex, follow"),
        ("?kind=article&year=2021", "noindex, follow"),
        ("?year=2019-2021", "noindex, follow"),
        ("?kind=nonsense", "noindex, follow"),
    ],
)
def test_search_engines_keep_lists_of_one_facet_but_not_the_pages_of_others(
    client, papers, path, robots
):
    tag = get(client, f"/publications/{path}").select_one("meta[name=robots]")

    assert (tag and tag["content"]) == robots


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("?year=2021", "year/2021/"),
        ("?kind=article&group=year&page=9", "kind/article/"),
        ("?q=&kind=article&year=&first=&x=1", "kind/article/"),
        ("?group=kind", ""),
        ("?q=a&year=2021–2022", "?q=a&year=2021-2022"),
        ("?kind=nonsense", "?kind=nonsense"),
    ],
)
def test_a_list_has_one_canonical_address_that_answers(client, papers, query, canonical):
    address = get(client, f"/publications/{query}").select_one("link[rel=canonical]")["href"]

    assert address == f"http://testserver/publications/{canonical}"
    assert get(client, address).select_one("link[rel=canonical]")["href"] == address


def choices(soup, facet):
    rows = soup.select(f"[data-facet={facet}] li")
    return {row.a.text: int(row.span.text) for row in rows if row.span}


def test_each_choice_says_how_many_papers_it_leads_to(client, papers):
    soup = get(client, "/publications/?author=di-he")

    assert choices(soup, "kind") == {"Journal article": 1, "Conference paper": 1, "Preprint": 1}
    assert choices(soup, "year") == {"2022": 1, "2021": 1, "2019": 1}
    assert choices(soup, "author") == {"Di He": 3, "ATLAS": 1, "Zoe Li": 1}
    assert choices(soup, "category") == {"Journal Papers": 1, "Working papers": 1}
    assert soup.select_one(".toggle span").text == "2"


@pytest.mark.slow
def test_every_choice_leads_where_it_says(client, papers):
    """Each link of each form is followed once: it answers, with as many papers as it said."""
    seen, waiting = set(), ["/publications/"]
    while waiting and len(seen) < 60:
        path = waiting.pop(0)
        for option in get(client, path).select("#filter li, #filter .toggle"):
            link = option if option.name == "a" else option.a
            if link["href"] in seen:
                continue
            seen.add(link["href"])
            waiting.append(link["href"])
            page = get(client, link["href"])
            is_way_back = link.has_attr("aria-current") or not option.span
            if not is_way_back:
                assert len(titles(page)) == int(option.span.text), link["href"]
    assert len(seen) >= 60


def test_what_is_chosen_can_be_taken_back_and_is_said_again_by_the_form(client, papers):
    soup = get(client, "/publications/?q=a&kind=article&first=1&group=kind&year=2019-2022")

    back = {said(a): a["href"] for a in soup.select(".chosen a")}
    assert back["“a”"] == "/publications/?kind=article&year=2019-2022&first=1&group=kind"
    assert set(back) == {"“a”", "Preprint", "2019–2022", "First author", "Show all"}
    fields = {i["name"]: i["value"] for i in soup.select("#filter input")}
    assert fields == {
        "q": "a",
        "kind": "article",
        "year": "2019-2022",
        "first": "1",
        "group": "kind",
    }


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("year", ["2022", "2021", "2019", "1960", "Undated"]),
        ("category", ["Journal Papers", "Working papers", "Conference paper", "Thesis", "Patent"]),
        (
            "kind",
            ["Journal article", "Conference paper", "Preprint", "Thesis", "Patent"],
        ),
    ],
)
def test_a_list_stands_under_headings(client, papers, group, expected):
    soup = get(client, f"/publications/?group={group}")

    assert [said(h) for h in soup.select("h2")] == expected
    assert len(soup.select("#results ol.papers > li")) == 6


def test_categories_keep_their_own_order(client, papers):
    assert titles(get(client, "/publications/?kind=article&group=category")) == [
        "Equal first",
        CHINESE,
    ]


@pytest.fixture
def two_a_page(monkeypatch):
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)


@pytest.mark.parametrize("group", GROUPS)
def test_pages_hold_every_paper_once_in_order(client, papers, two_a_page, group):
    whole = titles(get(client, f"/publications/?group={group}"))
    pages = get(client, f"/publications/?group={group}").select(".pages a")

    assert len(whole) == 2
    assert [page.text for page in pages] == ["1", "2", "3"]
    assert pages[0]["aria-current"] == "page"
    found = [t for page in pages for t in titles(get(client, page["href"]))]
    assert sorted(found) == sorted(paper.title for paper in papers)


def test_pages_have_paths_and_titles_of_their_own(client, papers, two_a_page):
    make_profile(name="Ada")
    soup = get(client, "/publications/author/di-he/page/2/")

    assert soup.title.text == "Publications with Di He, page 2 · Ada"
    assert titles(soup) == ["Equal first"]
    assert [a["href"] for a in soup.select(".pages a")] == [
        "/publications/author/di-he/",
        "/publications/author/di-he/page/2/",
    ]
    assert soup.select_one("link[rel=canonical]")["href"].endswith("/author/di-he/page/2/")


def test_the_first_page_has_one_address(client, papers):
    response = client.get("/publications/year/2021/page/1/?utm_source=x")

    assert (response.status_code, response["Location"]) == (301, "/publications/year/2021/")


@pytest.mark.parametrize("page", ["3", "0", "-1", "abc", "99999999999", ""])
def test_a_query_for_a_page_that_is_not_there_shows_the_first(client, papers, two_a_page, page):
    soup = get(client, f"/publications/?author=di-he&page={page}")

    assert titles(soup) == [NETWORKS, MODELS]


@pytest.mark.parametrize(
    "path", ["/publications.ris?topic=spiking", "/publications/topic/spiking.ris"]
)
def test_a_list_is_a_file_of_all_its_pages(client, papers, two_a_page, path):
    make_publication("A third", topics=["Spiking"], year=2000)

    response = client.get(path)

    text = response.content.decode()
    assert [line[6:].strip() for line in text.splitlines() if line.startswith("TI")] == [
        NETWORKS,
        CHINESE,
        "A third",
    ]


def test_a_list_links_to_its_own_files(client, papers):
    soup = get(client, "/publications/?topic=spiking&first=1")

    [address] = [a["href"] for a in soup.select(".links a") if ".ris" in a["href"]]
    assert address == "/publications.ris?topic=spiking&first=1"
    assert NETWORKS in client.get(address).content.decode()


@pytest.mark.slow
def test_the_queries_of_a_list_do_not_grow_with_it(
    client, monkeypatch, django_assert_max_num_queries
):
    """SQLite takes at most 1,000 values in a query: here are more papers and authors than that."""
    monkeypatch.setattr(listing, "PAGE_SIZE", 20)
    category = make_category("Journal Papers")
    make_publication("First", authors=["Ada Byron"], topics=["Nets"], venue="NN", category=category)
    addresses = [
        "/publications/",
        "/publications/?group=category",
        "/publications/?q=paper&first=1&year=2000-2030",
        "/publications/author/ada-byron/",
        "/publications/topic/nets/",
        "/publications.ris",
        "/publications/author/ada-byron.json",
        "/publications.atom",
        "/feed.atom",
        "/sitemap.xml",
    ]

    def queries():
        found = {}
        for path in addresses:
            with django_assert_max_num_queries(28) as captured:
                assert client.get(path).status_code == 200
            found[path] = len(captured)
        return found

    few = queries()
    ada, nets = Author.objects.get(), Topic.objects.get()
    authors = Author.objects.bulk_create(
        Author(given="Jane", family=f"Doe{number}", slug=f"doe{number}") for number in range(1100)
    )
    papers = Publication.objects.bulk_create(
        Publication(title="Paper", slug=f"paper{number}", year=2000, search_text="paper")
        for number in range(1100)
    )
    pairs = list(zip(papers, authors, strict=True))
    Authorship.objects.bulk_create(
        Authorship(publication=paper, author=author, position=position)
        for paper, jane in pairs
        for position, author in enumerate([ada, jane])
    )
    Publication.topics.through.objects.bulk_create(
        Publication.topics.through(publication=paper, topic=nets) for paper in papers
    )

    assert queries() == few


def test_the_addresses_that_the_readme_names_answer(client):
    make_publication("Networks", authors=[make_author("Me Myself", is_owner=True)], year=2024)
    make_publication("Networks", authors=["Me Myself"], year=2020).update_search_text()
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(/(?:publications|feed)[./][^`]*)`", readme))

    assert "/publications/?q=networks&year=2019-2022&first=1" in named
    for address in named:
        assert client.get(address).status_code == 200, address
    assert titles(get(client, "/publications/?q=networks&year=2019-2022&first=1")) == ["Networks"]
