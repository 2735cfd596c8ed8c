"""Venues, headings and topics that are one are made one; papers, sections and addresses follow."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homepage.common import history
from homepage.common.history_restoring import restore
from publications.merging_catalogue import merge, plan
from publications.models import Category, Publication, Topic, Venue
from tests.factories import make_category, make_publication, make_section, make_venue
from tests.forms import form_values

pytestmark = pytest.mark.django_db


def merge_page(editor, *rows):
    """Tick rows in their list and choose “Merge…”; return the address it leads to."""
    listed = reverse(f"admin:publications_{rows[0]._meta.model_name}_changelist")
    data = {"action": "merge", "_selected_action": [row.pk for row in rows]}
    return editor.post(listed, data).url


def test_two_venues_become_one_and_their_papers_name_it(editor, client):
    full = make_venue("International Conference on Machine Learning", "", url="")
    short = make_venue("ICML", "ICML", url="https://icml.example/")
    papers = [make_publication(venue=venue) for venue in (full, full, short)]
    address = merge_page(editor, full, short)
    page = editor.get(address)
    assert form_values(page)["keep"] == str(full.pk)
    assert "1 paper" in BeautifulSoup(page.content, "html.parser").select("label")[1].text

    response = editor.post(address, form_values(page), follow=True)

    assert "1 paper followed" in response.content.decode()
    venue = Venue.objects.get()
    assert (venue.name, venue.acronym, venue.url) == (full.name, "ICML", short.url)
    assert {paper.venue_id for paper in Publication.objects.all()} == {full.pk}
    assert Publication.objects.filter(search_text__contains="international conference").count() == 3
    old = client.get(f"/publications/venue/{short.slug}/")
    assert old.url == f"/publications/venue/{full.slug}/"
    assert history.states_of(papers[2])[0].comment.endswith("became one.")
    assert history.states_of(venue)[0].by == "owner"


def test_two_headings_become_one_and_sections_show_it(editor):
    journals, articles = make_category("Journal Papers"), make_category("Articles")
    papers = [make_publication(category=journals), make_publication(category=articles)]
    section = make_section("Papers", categories=[articles])

    merge(journals, [articles], get_user_model().objects.get())

    assert Category.objects.get() == journals
    assert {paper.category_id for paper in Publication.objects.all()} == {journals.pk}
    assert list(section.categories.all()) == [journals]
    restore(history.states_of(papers[1])[-1], get_user_model().objects.get())
    assert Publication.objects.get(pk=papers[1].pk).category.title == "Articles"


def test_two_topics_become_one_and_a_paper_has_it_once():
    both = make_publication(topics=["Spikes", "Spiking networks"])
    one = make_publication(topics=["Spikes"])
    spikes, networks = (Topic.objects.get(name=name) for name in ("Spikes", "Spiking networks"))

    assert merge(networks, [spikes]) == 2

    assert list(both.topics.all()) == list(one.topics.all()) == [networks]
    assert history.states_of(one)[0].since(history.states_of(one)[1])[0].label == "Topics"


def test_an_acronym_that_another_venue_has_is_not_taken_over():
    make_venue("Neural Networks", "NN")
    plain, other = make_venue("Neural Networks"), make_venue("Networks", "NN")

    merge(plain, [other])

    assert Venue.objects.get(pk=plain.pk).acronym == ""


def test_papers_that_came_meanwhile_stop_the_merge(editor):
    one, other = make_venue("One"), make_venue("Other")
    address = merge_page(editor, one, other)
    values = form_values(editor.get(address))
    make_publication(venue=other)

    response = editor.post(address, values)

    assert "nothing was merged" in response.content.decode()
    assert Venue.objects.count() == 2


@pytest.mark.parametrize("count", [1, 21])
def test_merging_takes_two_or_a_few(editor, count):
    rows = [make_category(f"Heading {number}") for number in range(count)]

    address = merge_page(editor, *rows)

    assert "that are one: two, or up to 20" in editor.get(address).content.decode()


@pytest.mark.parametrize("query", ["", "rows=1", "rows=1,99999", "rows=x"])
def test_what_is_not_there_is_not_found(editor, query):
    make_venue()

    address = reverse("admin:publications_venue_merge")
    assert editor.get(f"{address}?{query}").status_code == 404


@pytest.mark.parametrize("model", ["venue", "category", "topic"])
def test_only_who_may_change_and_delete_merges(client, model):
    client.force_login(get_user_model().objects.create_user("helper", is_staff=True))

    assert client.get(reverse(f"admin:publications_{model}_merge")).status_code == 403


def test_merging_takes_the_same_queries_for_many_papers():
    def count(papers):
        keep, other = make_venue(f"Keep {papers}"), make_venue(f"Other {papers}")
        for _ in range(papers):
            make_publication(venue=other)
        with CaptureQueriesContext(connection) as queries:
            merge(keep, [other])
        return len(queries)

    count(1)  # what is looked up once
    assert count(2) == count(9)


def test_the_one_with_the_most_papers_is_proposed():
    few, many = make_venue("Few"), make_venue("Many")
    make_publication(venue=many)

    assert plan([few, many]).keeps == many.pk


def test_what_stands_on_papers_is_not_deleted_and_leads_to_them(editor):
    paper = make_publication("Walking", venue="Mind")
    delete = reverse("admin:publications_venue_delete", args=[paper.venue_id])

    page = BeautifulSoup(editor.get(delete).content, "html.parser").select_one("#content")

    assert "“Mind” stands on papers, and they would lose it." in page.text
    assert "Walking" in editor.get(page.select_one("a")["href"]).content.decode()
    assert editor.post(delete, {"post": "yes"}).status_code in {200, 403}
    assert Venue.objects.exists()
