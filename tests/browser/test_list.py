"""The list of publications narrows as one types; the address and the way back keep step."""

from urllib.parse import urlsplit

import pytest

from tests.factories import make_profile, make_publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def papers(live_server):
    make_profile()
    for title, year in [("Naïve spikes", 2024), ("Deep nets", 2024), ("Spiking nets", 2020)]:
        make_publication(title, year=year).update_search_text()


def titles(page):
    return [title.inner_text() for title in page.locator(".title:visible").all()]


def type_in(page, text, count):
    """Type `text` into the field, letter by letter, and wait until `count` is said."""
    page.locator("#q").press_sequentially(text)
    page.locator("#count", has_text=count).wait_for()


def address(page):
    parts = urlsplit(page.url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def test_typing_narrows_the_list_says_how_many_are_left_and_keeps_the_address(visit, papers):
    page = visit("/publications/")

    type_in(page, "spik", "2 publications")

    assert titles(page) == ["Naïve spikes", "Spiking nets"]
    assert address(page) == "/publications/?q=spik"
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.locator("#count").get_attribute("role") == "status"

    page.reload()
    assert titles(page) == ["Naïve spikes", "Spiking nets"]


def test_one_step_back_leads_to_the_list_before_the_first_letter(visit, papers):
    page = visit("/")
    page.goto(page.url + "publications/")

    type_in(page, "deep", "1 publication")
    page.go_back()
    page.locator("#count", has_text="3 publications").wait_for()

    assert (address(page), page.locator("#q").input_value()) == ("/publications/", "")
    page.go_forward()
    page.locator("#count", has_text="1 publication").wait_for()
    assert titles(page) == ["Deep nets"]
    page.go_back()
    page.go_back()
    assert address(page) == "/"


def test_what_the_list_is_narrowed_to_stays_while_typing(visit, papers):
    page = visit("/publications/year/2024/")
    page.locator("summary", has_text="Group by").click()

    type_in(page, "spik", "1 publication")

    assert titles(page) == ["Naïve spikes"]
    assert address(page) == "/publications/?q=spik&year=2024"
    assert page.locator("[data-facet=group]").get_attribute("open") is not None


def answer_like_a_host_of_files(page):
    """Answer every query with the file at its path, as a static copy of the site does."""
    page.route(
        "**/publications/**",
        lambda route: route.fulfill(response=route.fetch(url=route.request.url.partition("?")[0])),
    )


def test_a_copy_of_the_site_without_a_server_narrows_too(visit, papers, monkeypatch):
    monkeypatch.setattr("publications.listing.PAGE_SIZE", 2)
    page = visit("/publications/")
    answer_like_a_host_of_files(page)

    type_in(page, "nets 2020", "1 of 3 publications")
    assert titles(page) == ["Spiking nets"]
    assert [h.inner_text() for h in page.locator("h2:visible").all()] == ["2020"]
    assert address(page) == "/publications/?q=nets+2020"

    page.locator("#q").fill("")
    page.get_by_text("3 publications", exact=True).wait_for()
    assert titles(page) == ["Deep nets", "Naïve spikes"]
    assert page.locator(".pages a").count() == 2


def test_a_part_of_the_list_stays_that_part_in_a_copy_of_the_site(visit, papers):
    page = visit("/publications/year/2024/")
    answer_like_a_host_of_files(page)

    type_in(page, "spik", "1 of 2 publications")
    page.wait_for_url("**/publications/year/2024/?q=spik")
    page.reload()
    page.locator("#count", has_text="1 of 2 publications").wait_for()

    assert titles(page) == ["Naïve spikes"]


def test_a_shared_address_narrows_a_copy_of_the_site(visit, papers):
    page = visit("/publications/")
    answer_like_a_host_of_files(page)

    page.goto(page.url + "?q=deep")
    page.locator("#count", has_text="1 of 3").wait_for()

    assert titles(page) == ["Deep nets"]


def test_the_year_stands_beside_the_first_paper_of_a_long_list(visit):
    for number in range(60):
        make_publication(f"Paper {number}", year=2024)
    page = visit("/publications/")

    heading = page.locator("#results h2", has_text="2024").first.bounding_box()
    title = page.locator("#results .title").first.bounding_box()

    assert abs(heading["y"] - title["y"]) < 12
