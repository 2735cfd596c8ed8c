"""What is typed is not lost: drafts in the browser, warnings, history, two windows."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from homepage.models import Section
from publications.models import Publication
from tests.browser.steps import (
    PASSWORD,
    WIDTH_TOO_MUCH,
    button,
    expect,
    expect_value,
    follow,
    resize,
    save,
    settle,
)
from tests.factories import make_publication, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"
TITLE = "Title:"


def form_of(row):
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])


@pytest.fixture
def open_form(log_in):
    """Return a function that opens a form and waits until it is watched."""

    def open_page(address, **options):
        page = log_in(address, **options)
        settle(page)
        return page

    return open_page


def field(page, label):
    return page.get_by_label(label, exact=True)


def type_and_wait(page, label, text):
    field(page, label).fill(text)
    expect_value(page, KEPT, 1)


def test_a_session_that_ended_keeps_what_was_typed(open_form):
    paper = make_publication("Old title")
    page = open_form(form_of(paper))
    type_and_wait(page, TITLE, "New title")
    page.locator("#id_links-0-label").fill("code")
    page.locator("#id_links-0-url").fill("https://example.org/code")
    page.get_by_text("Add another Link").click()
    page.locator("#id_links-1-label").fill("slides")
    page.locator("#id_links-1-url").fill("/slides/")
    Session.objects.all().delete()

    follow(button(page, "Save"))
    field(page, "Username:").fill("owner")
    field(page, "Password:").fill(PASSWORD)
    follow(button(page, "Log in"))
    expect(field(page, TITLE)).to_have_value("Old title")
    button(page, "Put it back").click()
    expect(field(page, TITLE)).to_have_value("New title")
    save(page)

    assert Publication.objects.get().title == "New title"
    assert [link.label for link in Publication.objects.get().links.all()] == [
        "code", "slides"
    ]  # fmt: skip
    expect_value(page, KEPT, 0)


def test_leaving_is_questioned_only_when_something_would_be_lost(open_form):
    section = make_section("About me", body="Text")
    page = open_form(form_of(section))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    field(page, "Heading:").fill("About us")
    field(page, "Heading:").fill("About me")
    page.reload()
    settle(page)
    assert asked == []

    field(page, "Heading:").fill("About us")
    page.reload()
    assert asked == ["beforeunload"]
    button(page, "Forget it").click()
    expect_value(page, KEPT, 0)


def test_two_clicks_on_save_make_one_paper(open_form):
    page = open_form(reverse("admin:publications_publication_add"))
    field(page, TITLE).fill("Only once")

    button(page, "Save").dblclick()
    expect(page.get_by_text("was added successfully")).to_be_visible()

    assert Publication.objects.count() == 1


def test_logging_out_leaves_nothing_in_the_browser(open_form):
    section = make_section("About me")
    page = open_form(form_of(section))
    page.on("dialog", lambda dialog: dialog.accept())
    type_and_wait(page, "Heading:", "Secret")

    page.locator("#user-tools summary").click()
    follow(button(page, "Log out"))

    expect(page.get_by_text("Log in again")).to_be_visible()
    assert page.evaluate(KEPT) == 0


def expect_to_fit(page):
    for width in (360, 1280):
        resize(page, width)
        assert page.evaluate(WIDTH_TOO_MUCH) <= 0, width


def test_an_earlier_state_is_looked_at_and_brought_back(log_in, violations):
    section = make_section("About me", body="First text")
    page = log_in(form_of(section))
    field(page, "Heading:").fill("About us")
    save(page, "Save and continue editing")
    page.goto(reverse("admin:homepage_section_history", args=[section.pk]))
    assert violations(page) == []
    expect_to_fit(page)
    follow(page.locator(".states a").last)
    expect(page.locator(".differences td")).to_have_text(["About me", "About us"])
    assert violations(page) == []
    expect_to_fit(page)

    follow(button(page, "Bring this state back"))

    expect(field(page, "Heading:")).to_have_value("About me")
    assert Section.objects.get().title == "About me"


def test_the_conflict_page_shows_both_versions(log_in):
    section = make_section("About me")
    page = log_in(form_of(section))
    other = page.context.new_page()
    other.goto(form_of(section))
    field(other, "Heading:").fill("Theirs")
    save(other)

    field(page, "Heading:").fill("Mine")
    follow(button(page, "Save"))

    expect(page.locator(".conflict td")).to_have_text(["Theirs", "Mine"])
    expect_to_fit(page)
    save(page)
    assert Section.objects.get().title == "Mine"
