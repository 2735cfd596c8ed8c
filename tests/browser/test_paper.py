"""Copying BibTeX, and a walk through the site with nothing but a keyboard."""

import pytest

from tests.browser.steps import button, expect
from tests.browser.test_list import type_in
from tests.factories import make_author, make_profile, make_publication, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def paper(live_server):
    make_profile(email="jane@example.org")
    make_section("About", body="I study spikes.")
    make_section("Papers", shows="publications", position=1)
    owner = make_author("Mingqing Xiao", is_owner=True)
    authors = [*(f"Author Number{n}" for n in range(20)), owner]
    paper = make_publication("Spikes", authors=authors, abstract="We learn.", links=[("code", "/")])
    paper.update_search_text()
    return paper


@pytest.mark.parametrize("permissions", [["clipboard-read", "clipboard-write"], []])
def test_bibtex_is_copied_and_that_is_said(visit, paper, permissions):
    """Where the clipboard is not open to pages, the old way of copying is used."""
    page = visit("/", permissions=permissions)
    page.locator("summary", has_text="BibTeX").click()
    said = page.locator("[role=status]")
    expect(said).to_have_text("")

    button(page, "Copy BibTeX").click()

    expect(said).to_have_text("Copied")
    if permissions:
        shown = page.locator("pre.bibtex").text_content()
        assert page.evaluate("navigator.clipboard.readText()") == shown


def test_without_a_script_there_is_bibtex_and_no_button(visit, paper):
    page = visit("/", java_script_enabled=False)
    page.locator("summary", has_text="BibTeX").click()

    expect(page.locator("pre.bibtex")).to_be_visible()
    expect(button(page, "Copy BibTeX")).to_have_count(0)


def test_everything_can_be_reached_and_done_with_the_keyboard(visit, paper):
    """From the home page to the abstract of a paper, its authors and its BibTeX, then the list."""
    page = visit("/", permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce")

    def walk_to(name):
        """Press Tab until `name` has the focus; it must be seen, and seen to have it."""
        for _ in range(40):
            page.keyboard.press("Tab")
            focused = page.locator(":focus")
            if focused.inner_text().strip() == name:
                expect(focused).to_be_in_viewport(ratio=1)
                expect(focused).to_have_css("outline-style", "solid")
                return
        raise AssertionError(f"no way leads to {name}")

    walk_to("Skip to the content")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/#main")
    walk_to("Spikes")
    walk_to("and 11 more, among them Mingqing Xiao")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Author Number19")).to_be_visible()
    walk_to("code")
    walk_to("Abstract")
    page.keyboard.press("Space")
    expect(page.get_by_text("We learn.")).to_be_visible()
    walk_to("BibTeX")
    page.keyboard.press("Enter")
    walk_to("Copy BibTeX")
    page.keyboard.press("Enter")
    expect(button(page, "Copied")).to_be_visible()

    page.goto("/")
    walk_to("All publications")
    page.keyboard.press("Enter")
    page.wait_for_url("**/publications/")
    walk_to("Group by")
    page.keyboard.press("Enter")
    walk_to("type")
    page.keyboard.press("Enter")
    page.wait_for_url("**group=kind")
    type_in(page, "spik", "1 publication")
    expect(page.locator(".chosen")).to_contain_text("spik")
    walk_to("Spikes")
    page.keyboard.press("Enter")
    expect(page).to_have_url(paper.get_absolute_url())
    expect(page.locator("h1")).to_have_text("Spikes")
