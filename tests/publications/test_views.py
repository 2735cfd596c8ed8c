import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_author, make_profile, make_publication

pytestmark = pytest.mark.django_db


def soup_of(client: Client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def entry(client, **values):
    """Return the one entry of the list page, and the paper."""
    paper = make_publication(**values)
    [item] = soup_of(client, reverse("publications:list")).select("ol.papers > li")
    return item, paper


def text(element):
    return " ".join(element.get_text().split())


def test_the_list_is_grouped_by_year_newest_first_and_undated_last(client):
    make_publication("Old", year=2019)
    make_publication("Undated", year=None)
    make_publication("New", year=2024)

    soup = soup_of(client, reverse("publications:list"))

    assert [text(h) for h in soup.select("h2")] == ["2024", "2019", "Undated"]
    assert [text(t) for t in soup.select("p.title")] == ["New", "Old", "Undated"]


def test_an_empty_list_says_so(client):
    assert "Nothing is published here yet." in soup_of(client, reverse("publications:list")).text


def test_an_entry_shows_the_venue_in_italics_and_the_award_in_words(client):
    item, _ = entry(
        client,
        venue="International Journal of Computer Vision (IJCV)",
        award="Spotlight, Top 3%",
    )

    assert str(item.em) == "<em>International Journal of Computer Vision (IJCV), 2022</em>"
    assert str(item.select_one(".award")) == '<strong class="award">Spotlight, Top 3%</strong>'


def test_an_entry_shows_words_before_the_venue_then_volume_pages_and_note(client):
    item, _ = entry(
        client,
        venue="Neural Networks",
        venue_prefix="In",
        volume="44",
        number="3",
        pages="1-20",
        note="With an *appendix*",
    )

    assert text(item.select_one(".venue")) == "In Neural Networks, 2022, vol. 44, no. 3, pp. 1–20"
    assert item.select_one(".note em").text == "appendix"


def test_an_entry_shows_links_with_their_labels_in_order(client):
    item, _ = entry(
        client,
        links=[("openreview", "https://openreview.net/forum?id=1&a=2"), ("Arxiv", "/x.pdf")],
    )

    links = [(a.text, a["href"]) for a in item.select(".links a")]
    assert links == [("openreview", "https://openreview.net/forum?id=1&a=2"), ("Arxiv", "/x.pdf")]


def test_an_entry_shows_authors_in_order_with_the_owner_strong_and_marks_raised(client):
    owner = make_author("Mingqing Xiao", is_owner=True)
    item, _ = entry(
        client,
        authors=[
            ("Di He", {"marks": "*", "equal_contribution": True}),
            (owner, {"marks": "*", "equal_contribution": True, "printed_name": "M. Xiao"}),
        ],
        and_others=True,
    )

    authors = item.select_one(".authors")
    assert [s.text for s in authors.select("strong")] == ["M. Xiao"]
    assert [s.text for s in authors.select("sup")] == ["*", "*"]
    assert text(authors) == (
        "Di He* (equal contribution), M. Xiao* (equal contribution), et al. * equal contribution"
    )


def test_a_very_long_author_list_is_folded_and_still_names_the_owner(client):
    owner = make_author("Mingqing Xiao", is_owner=True)
    item, paper = entry(client, authors=[f"Author N{n:02}" for n in range(39)] + [owner])

    summary = item.select_one(".authors summary")
    assert text(summary) == "and 30 more, among them Mingqing Xiao"
    assert "Author N38" in item.select_one(".authors details").text
    assert not soup_of(client, paper.get_absolute_url()).select(".authors details")


def test_an_entry_read_with_doubt_shows_its_source_in_its_place_and_no_field(client):
    make_publication("First", year=2022, position=1)
    make_publication(
        "Wrong field",
        year=2022,
        position=2,
        doubts="Two titles.",
        source="**The source** by [Ada](https://ada.example.org/)",
        links=[("wrong", "https://wrong.example.org/")],
    )
    make_publication("Last", year=2022, position=3)

    items = soup_of(client, reverse("publications:list")).select("ol.papers > li")

    assert [text(item).partition(" ")[0] for item in items] == ["First", "The", "Last"]
    assert text(items[1]) == "The source by Ada"
    assert [a["href"] for a in items[1].select("a")] == ["https://ada.example.org/"]


def test_the_page_of_a_paper_read_with_doubt_shows_its_source_and_is_not_indexed(client):
    paper = make_publication("Wrong field", doubts="Two titles.", source="**The source**")

    soup = soup_of(client, paper.get_absolute_url())

    assert "The source" in soup.main.text
    assert "Wrong field" not in soup.text
    assert soup.select_one('meta[name="robots"]')["content"] == "noindex"


def test_a_paper_page_shows_all_that_is_known(client):
    make_profile(name="Mingqing Xiao")
    paper = make_publication(
        "Learning in $O(n)$ time",
        kind="article",
        year=2020,
        month=6,
        abstract="We **learn**.",
        doi="10.1007/s11263-022-01688-4",
        arxiv_id="2006.11999",
        isbn="9783030584528",
        publisher="Springer",
        topics=["Spiking networks"],
        note="With an appendix",
        language="en-GB",
    )

    soup = soup_of(client, paper.get_absolute_url())

    assert soup.title.text == "Learning in O(n) time · Mingqing Xiao"
    assert soup.h1.math is not None
    assert soup.h1["lang"] == "en-GB"
    assert soup.select_one(".prose strong").text == "learn"
    facts = {dt.text: text(dt.find_next_sibling("dd")) for dt in soup.select("dt")}
    assert facts == {
        "Type": "Preprint",
        "Date": "June 2020",
        "Publisher": "Springer",
        "DOI": "https://doi.org/10.1007/s11263-022-01688-4",
        "arXiv": "https://arxiv.org/abs/2006.11999",
        "ISBN": "9783030584528",
        "Topics": "Spiking networks",
    }
    assert soup.select_one('meta[name="description"]')["content"] == "We learn."


def test_a_title_with_markup_is_shown_as_text(client):
    paper = make_publication("<script>alert(1)</script> & <b>more</b>")

    soup = soup_of(client, paper.get_absolute_url())

    assert not soup.select("script:not([src], [type='application/ld+json'])")
    assert soup.title.text == "<script>alert(1)</script> & more"


@pytest.mark.parametrize("visibility", ["draft", "trash"])
def test_what_is_not_public_answers_404(client, admin_client, visibility):
    paper = make_publication(visibility=visibility)

    assert client.get(paper.get_absolute_url()).status_code == 404
    assert admin_client.get(paper.get_absolute_url()).status_code == 404


def test_a_name_written_from_right_to_left_keeps_its_place(client):
    item, _ = entry(client, authors=["محمد علي", "Di He"])

    assert item.bdi.text == "محمد علي"


def test_marks_of_a_list_are_explained_once(client):
    for _ in range(2):
        make_publication(authors=[("Ada Lovelace", {"marks": "*", "corresponding": True}), "Di He"])

    soup = soup_of(client, reverse("publications:list"))

    assert [text(small) for small in soup.select("small")] == ["* corresponding author"]
    assert len(soup.select(".authors .hidden")) == 2


def bibtex_of(soup):
    return [pre.text for pre in soup.select("pre.bibtex")]


def test_bibtex_is_what_a_bibliography_prints_and_no_more(client):
    paper = make_publication(
        "Learning in $O(n)$ time",
        authors=[("Di He", {"marks": "*", "equal_contribution": True, "printed_name": "D. He"})],
        venue="Neural Networks (NN)",
        year=2022,
        award="Spotlight",
        note="With an appendix",
        abstract="We learn.",
        links=[("paper", "/media/x/"), ("code", "https://github.com/x/y")],
    )

    [shown] = bibtex_of(soup_of(client, paper.get_absolute_url()))

    assert shown == (
        "@article{he2022learning,\n"
        "  author = {He, Di},\n"
        "  title = {Learning in {$O(n)$} time},\n"
        "  journal = {Neural Networks},\n"
        "  year = {2022},\n"
        "  url = {http://testserver/media/x/},\n"
        "}\n"
    )


def test_bibtex_needs_no_address_beside_a_doi_and_keeps_the_owners_key_and_fields(client):
    paper = make_publication(
        doi="10.1000/1", citation_key="Mine22", links=[("link", "https://example.org/")]
    )
    paper.sources.create(format="bibtex", extra={"series": "LNCS", "annote": "read it again"})

    [shown] = bibtex_of(soup_of(client, paper.get_absolute_url()))

    assert shown.startswith("@article{Mine22,\n")
    assert "  series = {LNCS},\n" in shown
    assert "annote" not in shown
    assert "https://example.org/" not in shown


def test_a_short_list_unfolds_what_is_known_of_a_paper_and_a_long_one_does_not(client, monkeypatch):
    make_publication(abstract="We learn.")
    make_publication(doubts="Two titles.", source="**The source**")
    path = reverse("publications:list")

    soup = soup_of(client, path)
    assert [text(summary) for summary in soup.select("#results summary")] == ["Abstract", "BibTeX"]
    assert "We learn." in soup.select_one("#results details").text
    assert len(bibtex_of(soup)) == 1

    monkeypatch.setattr("publications.listing.MOST_DETAILED", 1)
    soup = soup_of(client, f"{path}?group=kind")
    assert not soup.select("#results details")


def test_bibtex_costs_no_query_of_its_own(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert len(bibtex_of(soup_of(client, reverse("publications:list")))) > 0
        return len(captured)

    make_publication().sources.create(format="bibtex", extra={"series": "LNCS"})
    one = queries()
    for _ in range(9):
        make_publication().sources.create(format="bibtex", extra={"series": "LNCS"})

    assert queries() == one


def test_a_venue_in_chinese_says_its_language(client):
    """So that it is not slanted: Han characters have no italics."""
    make_publication("Paper", venue="计算机学报")
    make_publication("Other", venue="Mind")

    page = BeautifulSoup(client.get("/publications/").content, "html.parser")

    assert {
        p.em.text.split(",")[0].split("，")[0]: p.get("lang") for p in page.select(".venue")
    } == {
        "计算机学报": "zh",
        "Mind": None,
    }
