"""Two rows of one work become one; several authors become one person."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.redirects.models import Redirect
from django.db.models import Sum
from django.urls import reverse

from homepage.common.history_restoring import restore
from publications import merging
from publications.formats import READABLE
from publications.models import Author, Publication
from publications.twins import suspects
from tests.factories import make_author, make_publication

pytestmark = pytest.mark.django_db

PAPERS = "admin:publications_publication_changelist"
AUTHORS = "admin:publications_author_changelist"


def act(client, url, action, rows):
    return client.post(reverse(url), {"action": action, "_selected_action": [r.pk for r in rows]})


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def form_of(page):
    """Return what the form of a merge sends if nothing is changed in it."""
    fields = page.select("form.merge input[name]")
    return {
        field["name"]: field["value"] if field.has_attr("value") else "on"
        for field in fields
        if field["type"] == "hidden" or field.has_attr("checked")
    }


def messages_of(response):
    return [item.text for item in page_of(response).select(".messagelist li")]


def twins():
    preprint = make_publication(
        title="Learning to unfold proteins",
        authors=["Ada Lovelace", "Alan Turing"],
        links=[("arXiv", "https://arxiv.org/abs/2005.05650"), ("code", "https://a.example/")],
        topics=["Folding"],
        kind="article",
        arxiv_id="2005.05650",
        abstract="We show.",
        citation_key="lovelace2020",
        year=2020,
        selected=True,
    )
    published = make_publication(
        title="Learning to Unfold Proteins",
        authors=["Ada Lovelace", "A. Turing"],
        links=[("code", "https://a.example/"), ("slides", "/slides/")],
        topics=["Proteins"],
        venue="Neural Networks (NN)",
        kind="article-journal",
        doi="10.1000/1",
        year=2021,
    )
    return preprint, published


def merge_page(editor, *papers):
    response = act(editor, PAPERS, "merge", papers)
    assert response.status_code == 302
    return response.headers["Location"]


def test_two_papers_become_one_and_nothing_is_lost(editor):
    preprint, published = twins()
    address = merge_page(editor, preprint, published)
    page = page_of(editor.get(address))
    values = form_of(page)

    assert values["keep"] == str(published.pk)
    assert {name for name in values if name not in ("keep", "token", "csrfmiddlewaretoken")} == {
        "title", "authors", "kind", "year",
    }  # fmt: skip
    response = editor.post(address, {**values, "authors": str(preprint.pk)}, follow=True)

    assert "Merged." in messages_of(response)[0]
    paper = Publication.objects.public().get()
    assert paper.pk == published.pk
    assert (paper.title, paper.year) == ("Learning to Unfold Proteins", 2021)
    assert (paper.doi, paper.arxiv_id, paper.abstract, paper.citation_key) == (
        "10.1000/1", "2005.05650", "We show.", "lovelace2020",
    )  # fmt: skip
    assert [str(row) for row in paper.authorships.all()] == ["Ada Lovelace", "Alan Turing"]
    assert [link.label for link in paper.links.all()] == ["code", "slides", "arXiv"]
    assert {topic.name for topic in paper.topics.all()} == {"Folding", "Proteins"}
    assert paper.selected
    assert "folding" in paper.search_text
    preprint.refresh_from_db()
    assert preprint.visibility == "trash"
    assert [str(row) for row in preprint.authorships.all()] == ["Ada Lovelace", "Alan Turing"]
    assert suspects() == []


def test_the_old_address_leads_to_the_paper_that_stays(editor, client):
    preprint, published = twins()
    Redirect.objects.create(
        site_id=1, old_path="/old/", new_path=preprint.get_absolute_url()
    )  # fmt: skip
    address = merge_page(editor, preprint, published)
    editor.post(address, form_of(page_of(editor.get(address))))

    for path in (preprint.get_absolute_url(), "/old/"):
        response = client.get(path)
        assert (response.status_code, response.headers["Location"]) == (
            301, published.get_absolute_url(),
        )  # fmt: skip


def test_a_later_import_of_either_finds_what_was_merged(editor):
    from publications import reconcile

    preprint, published = twins()
    address = merge_page(editor, preprint, published)
    editor.post(address, form_of(page_of(editor.get(address))))
    text = (
        '[{"title": "Learning to unfold proteins", "DOI": "10.1000/1"},'
        ' {"title": "Learning to unfold proteins", "issued": {"date-parts": [[2020]]}}]'
    )

    plan = reconcile.plan(READABLE["csl"].load(text).records, format="csl", source="my.json")

    assert reconcile.NEW not in {item.action for item in plan.items}


def test_the_other_one_may_be_kept_under_its_address(editor):
    preprint, published = twins()
    address = merge_page(editor, preprint, published)

    editor.post(address, {**form_of(page_of(editor.get(address))), "keep": str(preprint.pk)})

    paper = Publication.objects.public().get()
    assert (paper.pk, paper.doi, paper.year) == (preprint.pk, "10.1000/1", 2021)


def test_what_changed_meanwhile_is_not_merged(editor):
    preprint, published = twins()
    address = merge_page(editor, preprint, published)
    values = form_of(page_of(editor.get(address)))
    Publication.objects.filter(pk=preprint.pk).update(version=5, title="Changed")

    response = editor.post(address, values)

    assert "changed meanwhile" in messages_of(response)[0]
    assert Publication.objects.public().count() == 2
    assert form_of(page_of(response))["token"] != values["token"]


def test_two_papers_that_are_two_are_not_suspected_again(editor):
    first = make_publication(title="Learning to unfold proteins")
    second = make_publication(title="Learning to unfold proteins")
    assert suspects()
    address = merge_page(editor, first, second)

    response = editor.post(address, {"_different": "1"}, follow=True)

    assert messages_of(response) == ["They stay two papers."]
    assert suspects() == []
    assert Publication.objects.public().count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_merging_takes_two_papers(editor, count):
    response = act(editor, PAPERS, "merge", [make_publication() for _ in range(count)])

    assert messages_of(editor.get(response.headers["Location"])) == [
        "Tick the two papers that are one."
    ]


@pytest.mark.parametrize("query", ["", "papers=1", "papers=x,y", "papers=1,1", "papers=1,99999"])
def test_merging_what_is_not_there_is_not_found(editor, query):
    make_publication()

    assert (
        editor.get(f"{reverse('admin:publications_publication_merge')}?{query}").status_code == 404
    )


def test_a_merge_can_be_taken_back_by_the_history(editor):
    from homepage.common import history

    preprint, published = twins()
    address = merge_page(editor, preprint, published)
    editor.post(address, form_of(page_of(editor.get(address))))

    states = history.states_of(published)
    assert [state.comment for state in states][0].startswith("Merged with")
    restore(states[1], get_user_model().objects.get())

    published.refresh_from_db()
    assert (published.arxiv_id, published.links.count()) == ("", 2)


def test_the_key_of_a_merge_moves_with_its_choice():
    first, second = make_publication(citation_key="a2020"), make_publication(citation_key="b2020")

    merging.merge(first, second, {"citation_key": second.pk}, merging.plan(first, second).token)

    assert dict(Publication.objects.values_list("pk", "citation_key")) == {
        first.pk: "b2020", second.pk: "",
    }  # fmt: skip


# People


def people():
    whole = make_author("Mingqing Xiao", native_name="肖明庆")
    short = make_author("M. Xiao", orcid="0000-0002-1825-0097", aliases="Xiao M.\nmingqing xiao")
    make_publication(title="First", authors=[whole, "Alan Turing"])
    make_publication(title="Second", authors=["Ada Lovelace", (short, {"marks": "*"})])
    make_publication(title="Third", authors=[(short, {"printed_name": "M. Q. Xiao"})])
    return whole, short


def author_page(editor, *authors):
    return act(editor, AUTHORS, "merge", authors).headers["Location"]


def printed(title):
    return [str(row) for row in Publication.objects.get(title=title).authorships.all()]


def test_two_authors_become_one_and_all_papers_follow(editor):
    whole, short = people()
    address = author_page(editor, whole, short)
    values = form_of(page_of(editor.get(address)))

    response = editor.post(address, {**values, "keep": str(whole.pk)}, follow=True)

    assert messages_of(response) == [
        "M. Xiao and Mingqing Xiao are one person now; 2 papers followed."
    ]
    assert not Author.objects.filter(pk=short.pk).exists()
    whole.refresh_from_db()
    assert whole.publications.count() == 3
    assert whole.orcid == "0000-0002-1825-0097"
    assert whole.aliases.splitlines() == ["M. Xiao", "Xiao M."]
    assert (printed("Second"), printed("Third")) == (["Ada Lovelace", "M. Xiao"], ["M. Q. Xiao"])
    assert Publication.objects.get(title="Second").authorships.last().marks == "*"
    assert Publication.objects.aggregate(all=Sum("version"))["all"] == 2


def test_the_name_that_stays_may_be_printed_everywhere(editor):
    whole, short = people()
    address = author_page(editor, whole, short)
    values = form_of(page_of(editor.get(address)))

    editor.post(address, {**values, "keep": str(whole.pk), "rename": "on"})

    assert printed("Second") == ["Ada Lovelace", "Mingqing Xiao"]
    assert "mingqing xiao" in Publication.objects.get(title="Third").search_text


def test_a_later_import_knows_the_merged_names(editor):
    from publications.people import People
    from publications.records import AuthorName

    whole, short = people()
    address = author_page(editor, whole, short)
    editor.post(address, {**form_of(page_of(editor.get(address))), "keep": str(whole.pk)})

    for name in ("M. Xiao", "Xiao M.", "肖明庆"):
        assert People().find_or_create(AuthorName(literal=name)).pk == whole.pk


def test_who_was_me_stays_me_and_the_old_page_leads_on(editor, client):
    whole, short = people()
    Author.objects.filter(pk=short.pk).update(is_owner=True)
    old = reverse("publications:facet", args=["author", short.slug])
    address = author_page(editor, whole, short)
    values = form_of(page_of(editor.get(address)))

    assert values["keep"] == str(short.pk)
    editor.post(address, {**values, "keep": str(whole.pk)})

    assert Author.objects.get(is_owner=True).pk == whole.pk
    response = client.get(old)
    assert response.headers["Location"] == reverse(
        "publications:facet", args=["author", whole.slug]
    )


def test_people_with_different_orcid_ids_are_not_merged(editor):
    first = make_author("Wei Wang", orcid="0000-0002-1825-0097")
    second = make_author("Wei Wang", orcid="0000-0001-5109-3700")

    response = editor.get(author_page(editor, first, second), follow=True)

    assert "different ORCID iDs" in messages_of(response)[0]
    assert Author.objects.count() == 2


def test_two_people_of_one_paper_are_pointed_out(editor):
    first, second = make_author("Wei Wang"), make_author("W. Wang")
    make_publication(title="By both", authors=[first, second])

    page = page_of(editor.get(author_page(editor, first, second)))

    assert "both stand on the same paper" in page.select_one(".note").text
    assert "By both" in page.select_one(".note").text


def test_papers_that_came_meanwhile_stop_the_merge_of_people(editor):
    whole, short = people()
    address = author_page(editor, whole, short)
    values = form_of(page_of(editor.get(address)))
    make_publication(authors=[short])

    response = editor.post(address, values)

    assert "changed meanwhile" in messages_of(response)[0]
    assert Author.objects.filter(pk=short.pk).exists()


def test_who_may_be_the_same_is_named_beside_the_form(editor):
    whole, short = people()

    page = page_of(editor.get(reverse("admin:publications_author_change", args=[whole.pk])))

    (link,) = page.select(".alike a")
    assert link.text == "M. Xiao"
    assert editor.get(link["href"]).status_code == 200


def test_this_is_me_moves_the_mark(editor):
    before = make_author("Ada Lovelace", is_owner=True)
    after = make_author("Alan Turing")

    response = act(editor, AUTHORS, "this_is_me", [after])

    assert Author.objects.get(is_owner=True) == after
    assert messages_of(editor.get(response.headers["Location"])) == [
        "Ada Lovelace was marked as you before."
    ]
    form = page_of(editor.get(reverse("admin:publications_author_change", args=[before.pk])))
    values = {
        field["name"]: field.get("value", "")
        for field in form.select("#author_form input[name]:not([type=submit])")
        if field.get("type") != "checkbox"
    }
    editor.post(
        reverse("admin:publications_author_change", args=[before.pk]),
        {**values, "aliases": "", "is_owner": "on"},
    )
    assert Author.objects.get(is_owner=True) == before


@pytest.mark.parametrize("count", [1, 21])
def test_merging_people_takes_two_or_a_few(editor, count):
    authors = [make_author(f"Jane Doe{number}") for number in range(count)]

    response = act(editor, AUTHORS, "merge", authors)

    assert (
        "Tick the authors who are one person"
        in messages_of(editor.get(response.headers["Location"]))[0]
    )


@pytest.mark.parametrize("model", ["publication", "author"])
def test_only_who_may_change_and_delete_merges(client, model):
    user = get_user_model().objects.create_user("helper", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename=f"change_{model}"))
    client.force_login(user)

    assert client.get(reverse(f"admin:publications_{model}_merge")).status_code == 403
