"""What is typed is not lost: drafts in the browser, warnings, history, two windows."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from homepage.models import Section
from publications.models import Publication
from tests.browser.test_admin import COUNT_WIDE
from tests.factories import make_publication, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"
TITLE = "Title:"


def form_of(row):
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])


def type_and_wait(page, label, text):
    page.get_by_label(label, exact=True).fill(text)
    while page.evaluate(KEPT) != 1:  # the policy of the site forbids to wait by script
        page.wait_for_timeout(50)


def test_a_session_that_ended_keeps_what_was_typed(log_in):
    paper = make_publication("Old title")
    page = log_in(form_of(paper))
    type_and_wait(page, TITLE, "New title")
    page.locator("#id_links-0-label").fill("code")
    page.locator("#id_links-0-url").fill("https://example.org/code")
    page.get_by_text("Add another Link").click()
    page.locator("#id_links-1-label").fill("slides")
    page.locator("#id_links-1-url").fill("/slides/")
    Session.objects.all().delete()

    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("Username:").fill("owner")
    page.get_by_label("Password:").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    assert page.get_by_label(TITLE, exact=True).input_value() == "Old title"
    page.get_by_role("button", name="Put it back").click()
    assert page.get_by_label(TITLE, exact=True).input_value() == "New title"
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/admin/publications/publication/")

    assert Publication.objects.get().title == "New title"
    assert [link.label for link in Publication.objects.get().links.all()] == [
        "code", "slides"
    ]  # fmt: skip
    assert page.evaluate(KEPT) == 0


def test_leaving_is_questioned_only_when_something_would_be_lost(log_in):
    section = make_section("About me", body="Text")
    page = log_in(form_of(section))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.get_by_label("Heading:").fill("About us")
    page.get_by_label("Heading:").fill("About me")
    page.reload()
    assert asked == []

    page.get_by_label("Heading:").fill("About us")
    page.reload()
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Forget it").click()
    assert page.evaluate(KEPT) == 0


def test_two_clicks_on_save_make_one_paper(log_in):
    page = log_in(reverse("admin:publications_publication_add"))
    page.get_by_label(TITLE, exact=True).fill("Only once")

    page.get_by_role("button", name="Save", exact=True).dblclick()
    page.wait_for_url("**/admin/publications/publication/")

    assert Publication.objects.count() == 1


def test_logging_out_leaves_nothing_in_the_browser(log_in):
    section = make_section("About me")
    page = log_in(form_of(section))
    page.on("dialog", lambda dialog: dialog.accept())
    type_and_wait(page, "Heading:", "Secret")

    page.locator("#user-tools summary").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/admin/logout/")

    assert page.evaluate(KEPT) == 0


@pytest.mark.parametrize("width", [1280, 360])
def test_an_earlier_state_is_looked_at_and_brought_back(log_in, violations, width):
    section = make_section("About me", body="First text")
    page = log_in(form_of(section), width=width)
    page.get_by_label("Heading:").fill("About us")
    page.get_by_role("button", name="Save and continue editing").click()
    page.goto(reverse("admin:homepage_section_history", args=[section.pk]))
    assert violations(page) == []
    assert page.evaluate(COUNT_WIDE) <= 0
    page.locator(".states a").last.click()
    assert page.locator(".differences td").all_text_contents() == ["About me", "About us"]
    assert violations(page) == []
    assert page.evaluate(COUNT_WIDE) <= 0

    page.get_by_role("button", name="Bring this state back").click()

    assert page.get_by_label("Heading:").input_value() == "About me"
    assert Section.objects.get().title == "About me"


@pytest.mark.parametrize("width", [1280, 360])
def test_the_conflict_page_shows_both_versions(log_in, width):
    section = make_section("About me")
    page = log_in(form_of(section), width=width)
    other = page.context.new_page()
    other.goto(form_of(section))
    other.get_by_label("Heading:").fill("Theirs")
    other.get_by_role("button", name="Save", exact=True).click()
    other.wait_for_url("**/admin/homepage/section/")

    page.get_by_label("Heading:").fill("Mine")
    page.get_by_role("button", name="Save", exact=True).click()

    page.locator(".conflict").wait_for()
    assert page.locator(".conflict td").all_text_contents() == ["Theirs", "Mine"]
    assert page.evaluate(COUNT_WIDE) <= 0
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/admin/homepage/section/")
    assert Section.objects.get().title == "Mine"
