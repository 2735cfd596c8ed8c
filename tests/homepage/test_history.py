"""Every state of what the owner edits is kept and comes back; nothing typed is lost."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.redirects.models import Redirect
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homepage.common import history
from homepage.models import Section
from profiles.models import NewsItem
from publications.models import Author, Publication, Venue
from tests.factories import make_author, make_news, make_profile, make_publication, make_section
from tests.forms import form_values

pytestmark = pytest.mark.django_db


def address(row, name="change", *args):
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_{name}", args=[row.pk, *args])


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def save(editor, row, **changes):
    response = editor.post(address(row), form_values(editor.get(address(row))) | changes)
    assert response.status_code == 302, soup(response).select(".errorlist")
    row.refresh_from_db()
    return row


def states(row):
    return history.states_of(row)


def restore(editor, row, state):
    return editor.post(address(row, "state", state.pk), follow=True)


def test_a_change_is_kept_with_who_when_and_the_fields(editor):
    section = make_section("About me", body="First")

    save(editor, section, body="Second", visibility="draft")

    last, found = states(section)
    assert (last.by, found.by, found.comment) == ("owner", "", history.FOUND)
    changed = {one.label: (one.before, one.after) for one in last.since(found)}
    assert changed == {"Text": ("First", "Second"), "Visibility": ("Public", "Draft")}


def test_a_change_says_whose_it_was_once_the_account_is_gone(editor):
    section = make_section("About me", body="First")
    save(editor, section, body="Second")

    get_user_model().objects.all().delete()

    last, _ = states(section)
    assert last.comment == "Changed Text. By owner, whose account is gone."


def test_the_words_of_an_old_address_are_those_of_its_form(editor):
    row = Redirect.objects.create(site_id=1, old_path="/old/", new_path="/")
    save(editor, row, new_path="/news/")

    last, found = states(row)
    assert last.since(found) == [history.Difference("Leads to", "/", "/news/")]


def test_the_history_page_lists_states_the_latest_first(editor):
    section = make_section("About me", body="First")
    save(editor, section, body="Second")
    save(editor, section, title="About us")

    items = soup(editor.get(address(section, "history"))).select(".states > li")

    assert [item.select_one("p.quiet").text for item in items[:2]] == ["Heading", "Text"]
    assert "by owner" in items[0].h2.text
    assert items[0].a["href"] == address(section, "state", states(section)[0].pk)


def test_an_earlier_state_is_compared_and_comes_back(editor):
    section = make_section("About me", body="First <b>")
    save(editor, section, body="Second")
    first = states(section)[-1]

    page = soup(editor.get(address(section, "state", first.pk)))
    assert [cell.text for cell in page.select(".differences td")] == ["First <b>", "Second"]
    response = restore(editor, section, first)

    section.refresh_from_db()
    assert section.body == "First <b>"
    assert "is as it was" in response.content.decode()
    assert [state.portrait["Text"] for state in states(section)] == [
        "First <b>", "Second", "First <b>"
    ]  # fmt: skip


def test_a_paper_comes_back_with_its_authors_links_and_topics(editor):
    paper = make_publication(
        "Title",
        authors=["Ada Lovelace", ("Alan Turing", {"marks": "*"})],
        links=[("pdf", "https://a.example/"), ("code", "https://b.example/")],
        topics=["Logic"],
        venue="Mind",
        abstract="The abstract",
    )
    values = form_values(editor.get(address(paper)))
    values |= {"authors_line": "Kurt Gödel", "topics": [], "venue_name": "Nature"}
    values |= {"links-0-DELETE": "on", "links-1-label": "software"}
    assert editor.post(address(paper), values).status_code == 302
    paper.refresh_from_db()
    assert [str(row) for row in paper.authorships.all()] == ["Kurt Gödel"]
    version = paper.version

    restore(editor, paper, states(paper)[-1])

    paper = Publication.objects.get()
    assert [(str(row), row.marks) for row in paper.authorships.all()] == [
        ("Ada Lovelace", ""), ("Alan Turing", "*")
    ]  # fmt: skip
    assert [link.label for link in paper.links.all()] == ["pdf", "code"]
    assert [topic.name for topic in paper.topics.all()] == ["Logic"]
    assert paper.venue.name == "Mind"
    assert "turing" in paper.search_text
    assert paper.version > version


def test_restoring_one_paper_leaves_what_others_use_alone(editor):
    paper = make_publication("Title", venue="Mind", authors=["Ada Lovelace"])
    save(editor, paper, title="Other title")
    Venue.objects.update(acronym="M")
    Author.objects.update(url="https://ada.example/")

    restore(editor, paper, states(paper)[-1])

    assert (Venue.objects.get().acronym, Author.objects.get().url) == (
        "M", "https://ada.example/"
    )  # fmt: skip


def test_what_a_restored_state_needs_must_be_there(editor):
    paper = make_publication("Title", venue="Mind", authors=["Ada Lovelace"])
    save(editor, paper, authors_line="Alan Turing", title="Other")
    Author.objects.filter(family="Lovelace").delete()

    response = restore(editor, paper, states(paper)[-1])

    assert "cannot be restored" in response.content.decode()
    assert Publication.objects.get().title == "Other"


def test_a_state_that_an_import_wrote_can_come_back(editor):
    section = make_section("About me", body="First")
    save(editor, section, body="Second")
    Section.objects.update(body="Imported", imported={"key": "about"})
    save(editor, section, body="Third")

    assert [state.portrait["Text"] for state in states(section)] == [
        "Third", "Imported", "Second", "First"
    ]  # fmt: skip
    restore(editor, section, states(section)[-1])
    section.refresh_from_db()
    assert section.imported == {"key": "about"}


def test_each_row_changed_by_an_action_has_its_own_state(editor):
    first, second, third = (make_section(name) for name in ("One", "Two", "Three"))

    editor.post(
        reverse("admin:homepage_section_changelist"),
        {"action": "make_draft", "_selected_action": [first.pk, second.pk]},
    )

    assert [len(states(row)) for row in (first, second, third)] == [2, 2, 0]
    restore(editor, first, states(first)[-1])
    visibilities = dict(Section.objects.values_list("title", "visibility"))
    assert visibilities == {"One": "public", "Two": "draft", "Three": "public"}


def test_what_was_deleted_comes_back(editor):
    item = make_news("We moved.")
    editor.post(reverse("admin:profiles_newsitem_delete", args=[item.pk]), {"post": "yes"})
    assert not NewsItem.objects.exists()
    news = soup(editor.get(reverse("admin:profiles_newsitem_changelist")))
    list_ = news.find("a", string="Deleted")["href"]

    page = soup(editor.get(list_))
    assert "We moved." in page.select_one("tbody").text
    response = editor.post(
        list_, {"state": page.select_one("input[name=state]")["value"]}, follow=True
    )

    assert NewsItem.objects.get().body == "We moved."
    assert "is as it was" in response.content.decode()
    assert "Nothing was deleted." in editor.get(list_).content.decode()


def test_rows_deleted_together_come_back(editor):
    for name in ("One", "Two"):
        make_section(name)
    keys = list(Section.objects.values_list("pk", flat=True))

    editor.post(
        reverse("admin:homepage_section_changelist"),
        {"action": "delete_selected", "_selected_action": keys, "post": "yes"},
    )

    assert not Section.objects.exists()
    assert {state.name for state in history.Deleted(Section)} == {"One", "Two"}


def test_two_windows_on_one_text(editor):
    section = make_section("About me", body="Old")
    mine = form_values(editor.get(address(section)))
    save(editor, section, body="Theirs")

    response = editor.post(address(section), mine | {"body": "Mine"})

    section.refresh_from_db()
    assert (response.status_code, section.body) == (200, "Theirs")
    assert [cell.text for cell in soup(response).select(".conflict td")] == ["Theirs", "Mine"]
    assert form_values(response)["body"] == "Mine"
    editor.post(address(section), form_values(response))
    section.refresh_from_db()
    assert section.body == "Mine"


def test_two_windows_on_the_authors_of_a_paper(editor):
    paper = make_publication(authors=["Ada Lovelace"])
    mine = form_values(editor.get(address(paper)))
    save(editor, paper, authors_line="Ada Lovelace, Alan Turing")

    response = editor.post(address(paper), mine | {"title": "Mine"})

    assert response.status_code == 200
    assert "Alan Turing" in soup(response).select_one(".conflict").text


def test_a_form_without_a_change_in_between_is_no_conflict(editor):
    section = make_section("About me")
    mine = form_values(editor.get(address(section)))
    save(editor, section)

    assert editor.post(address(section), mine | {"title": "Mine"}).status_code == 302


def test_a_new_form_sent_twice_saves_once(editor):
    add = reverse("admin:profiles_newsitem_add")
    values = form_values(editor.get(add)) | {"date": "2024-09-25", "body": "We moved."}

    first = editor.post(add, values)
    second = editor.post(add, values, follow=True)

    assert first.status_code == 302
    assert NewsItem.objects.count() == 1
    assert "saved already" in second.content.decode()


def test_a_refused_form_changes_no_state(editor):
    section = make_section("About me", place="page")

    editor.post(address(section), form_values(editor.get(address(section))) | {"title": ""})

    assert [state.comment for state in states(section)] == [history.FOUND]
    assert not LogEntry.objects.exists()


def test_history_is_for_those_who_may_see_it_and_restoring_for_those_who_may_change(client):
    section = make_section("Secret heading")
    history.keep_found(section)
    state = states(section)[0]
    pages = [
        address(section, "history"),
        address(section, "state", state.pk),
        reverse("admin:homepage_section_deleted"),
    ]
    helper = get_user_model().objects.create_user("helper", is_staff=True)
    for page in pages:
        assert client.get(page).status_code == 302
    client.force_login(helper)
    for page in pages:
        assert client.get(page).status_code == 403
    helper.user_permissions.add(Permission.objects.get(codename="view_section"))
    for page in pages:
        assert client.get(page).status_code == 200
        assert "Bring" not in soup(client.get(page)).select_one("#content-main").text
    assert client.post(pages[1]).status_code == 403
    assert client.post(pages[2], {"state": state.pk}).status_code == 403


def test_states_of_other_rows_are_not_found(editor):
    one, two = make_section("One"), make_section("Two")
    history.keep_found(one)

    assert editor.get(address(two, "state", states(one)[0].pk)).status_code == 404


@pytest.mark.parametrize("make", [make_section, make_news, make_author, make_profile])
def test_portraits_name_what_an_editor_sees(make):
    portrait = history.Album().of_row(make())

    assert portrait
    assert not {"Imported", "Modified", "Id", "ID", "Search text"} & set(portrait)


def test_a_page_of_the_deleted_takes_as_many_queries_for_many_as_for_a_few(editor):
    def delete(number):
        for _ in range(number):
            row = make_news("We moved.")
            history.keep_found(row)
            row.delete()

    def cost():
        with CaptureQueriesContext(connection) as queries:
            page = soup(editor.get(reverse("admin:profiles_newsitem_deleted")))
        return len(queries), len(page.select("tbody tr"))

    delete(2)
    cost()  # what is looked up once
    few, shown = cost()
    delete(30)
    assert (shown, cost()) == (2, (few, 20))
