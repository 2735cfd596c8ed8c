"""The list of publications narrows as one types; the address and the way back keep step."""

from urllib.parse import urlencode

import pytest

from tests.browser.steps import expect
from tests.factories import make_profile, make_publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def papers(live_server):
    make_profile()
    for title, year in [("Naïve spikes", 2024), ("Deep nets", 2024), ("Spiking nets", 2020)]:
        make_publication(title, year=year).update_search_text()


def expect_titles(page, *titles):
    expect(page.locator(".title:visible")).to_have_text(titles)


def expect_count(page, count):
    expect(page.locator("#count")).to_have_text(count)


def type_in(page, text, count):
    """Type `text` into the field, letter by letter, and wait for the answer to the last one."""
    asked = urlencode({"q": text})
    with page.expect_response(lambda answer: asked in answer.url):
        page.locator("#q").press_sequentially(text)
    expect_count(page, count)


def test_typing_narrows_the_list_says_how_many_are_left_and_keeps_the_address(visit, papers):
    page = visit("/publications/")

    type_in(page, "spik", "2 publications")

    expect_titles(page, "Naïve spikes", "Spiking nets")
    expect(page).to_have_url("/publications/?q=spik")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#count")).to_have_role("status")

    page.reload()
    expect_titles(page, "Naïve spikes", "Spiking nets")


def test_one_step_back_leads_to_the_list_before_the_first_letter(visit, papers):
    page = visit("/")
    page.goto("/publications/")

    type_in(page, "deep", "1 publication")
    page.go_back()
    expect_count(page, "3 publications")

    expect(page).to_have_url("/publications/")
    expect(page.locator("#q")).to_have_value("")
    page.go_forward()
    expect_count(page, "1 publication")
    expect_titles(page, "Deep nets")
    page.go_back()
    page.go_back()
    expect(page).to_have_url("/")


def test_what_the_list_is_narrowed_to_stays_while_typing(visit, papers):
    page = visit("/publications/year/2024/")
    page.locator("summary", has_text="Group by").click()

    type_in(page, "spik", "1 publication")

    expect_titles(page, "Naïve spikes")
    expect(page).to_have_url("/publications/?q=spik&year=2024")
    expect(page.locator("[data-facet=group]")).to_have_attribute("open", "")


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
    expect_titles(page, "Spiking nets")
    expect(page.locator("h2:visible")).to_have_text(["2020"])
    expect(page).to_have_url("/publications/?q=nets+2020")

    page.locator("#q").fill("")
    expect_count(page, "3 publications")
    expect_titles(page, "Deep nets", "Naïve spikes")
    expect(page.locator(".pages a")).to_have_count(2)


def test_a_part_of_the_list_stays_that_part_in_a_copy_of_the_site(visit, papers):
    page = visit("/publications/year/2024/")
    answer_like_a_host_of_files(page)

    type_in(page, "spik", "1 of 2 publications")
    expect(page).to_have_url("/publications/year/2024/?q=spik")
    page.reload()
    expect_count(page, "1 of 2 publications")

    expect_titles(page, "Naïve spikes")


def test_a_shared_address_narrows_a_copy_of_the_site(visit, papers):
    page = visit("/publications/")
    answer_like_a_host_of_files(page)

    page.goto("/publications/?q=deep")
    expect_count(page, "1 of 3 publications")

    expect_titles(page, "Deep nets")


def test_the_year_stands_beside_the_first_paper_of_a_long_list(visit):
    for number in range(60):
        make_publication(f"Paper {number}", year=2024)
    page = visit("/publications/")

    heading = page.locator("#results h2", has_text="2024").first.bounding_box()
    title = page.locator("#results .title").first.bounding_box()

    assert abs(heading["y"] - title["y"]) < 12
