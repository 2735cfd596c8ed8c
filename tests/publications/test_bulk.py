"""Many papers at once: found, filtered, published, filed, given topics, exported."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.redirects.models import Redirect
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homepage.common import history_admin
from publications.formats import READABLE, WRITABLE
from publications.models import Publication, Topic
from tests.factories import make_author, make_category, make_publication, make_venue

pytestmark = pytest.mark.django_db

LIST = "admin:publications_publication_changelist"
MANY = 10_000


def titles(client, **query):
    page = BeautifulSoup(client.get(reverse(LIST), query).content, "html.parser")
    return [cell.text for cell in page.select("#result_list .field-short_title")]


def act(client, action, papers, query="", **typed):
    data = {"action": action, "_selected_action": [paper.pk for paper in papers], **typed}
    return client.post(reverse(LIST) + query, data, follow=True)


def messages_of(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [item.text for item in page.select(".messagelist li")]


# Finding


@pytest.mark.parametrize(
    "words",
    [
        "unfölding PROTEINS", "lovelace", "neural networks", "NN", "folding topic", "spotlight",
        "appendix", "2019", "https://doi.org/10.1000/ABC", "10.1000/abc", "arXiv:2005.05650",
        "2005.05650", "lovelace2019", "proteins 2019 lovelace",
    ],
)  # fmt: skip
def test_a_paper_is_found_by_anything_that_is_known_of_it(editor, words):
    make_publication(
        title="Unfolding Protéins", authors=["Ada Lovelace"], venue="Neural Networks (NN)",
        topics=["Folding topic"], award="Spotlight", note="With an appendix", year=2019,
        doi="10.1000/abc", arxiv_id="2005.05650", citation_key="lovelace2019",
    )  # fmt: skip
    make_publication(title="Another", authors=["Alan Turing"])

    Publication.objects.all().refresh_search_text()

    assert titles(editor, q=words) == ["Unfolding Protéins"]


@pytest.mark.parametrize("words", ["%", "_", "'", "\x00", "𝕏" * 500, "a" * 5000, '" OR 1=1 --'])
def test_odd_searches_find_nothing_and_break_nothing(editor, words):
    make_publication(title="Found")

    assert titles(editor, q=words) in ([], ["Found"])


def test_the_list_is_narrowed_by_what_matters(editor):
    venue, author = make_venue("Neural Networks"), make_author("Ada Lovelace")
    paper = make_publication(
        title="Wanted", venue=venue, authors=[author], topics=["Spikes"], kind="book", year=2019,
        category="Books", doubts="Perhaps.", selected=True,
    )  # fmt: skip
    make_publication(title="Other", year=2020, topics=["Rate codes"], category="Papers")
    make_publication(title="Undated", year=None, kind="thesis")
    topic = Topic.objects.get(name="Spikes")

    for query in (
        {"venue": venue.pk}, {"author": author.pk, "year": 2019}, {"topic": topic.pk},
        {"kind": "book"}, {"year": 2019}, {"category__id__exact": paper.category.pk},
        {"needs": "look"}, {"selected__exact": 1},
    ):  # fmt: skip
        assert titles(editor, **query) == ["Wanted"], query
    assert titles(editor, year="none") == ["Undated"]


@pytest.mark.parametrize(
    "query",
    [{"year": "9" * 30}, {"year": "x"}, {"topic": "-1"}, {"author": "1 OR 1"}, {"kind": "x"},
     {"needs": "x"}, {"visibility": "x"}, {"venue": "\x00"}],
)  # fmt: skip
def test_nonsense_in_the_address_of_the_list_breaks_nothing(editor, query):
    make_publication()

    assert editor.get(reverse(LIST), query).status_code == 200


def test_each_filter_says_how_many(editor):
    make_publication(visibility="draft")
    make_publication()
    make_publication()

    page = BeautifulSoup(editor.get(reverse(LIST)).content, "html.parser")

    choices = [choice.text.strip() for choice in page.select("#changelist-filter li")]
    assert {"Public (2)", "Draft (1)", "Trash (0)", "Without abstract (2)"} <= set(choices)


@pytest.mark.parametrize(
    ("model", "text", "words"),
    [
        ("publications_venue", "Zeitschrift für Ökologie", "okologie"),
        ("publications_topic", "Sécurité", "SECURITE"),
        ("publications_category", "Vorträge", "vortrage"),
        ("homepage_section", "Über mich", "uber"),
        ("profiles_newsitem", "Café opened", "cafe"),
    ],
)
def test_no_search_minds_accents(editor, model, text, words):
    from tests.factories import make_news, make_section

    makers = {
        "publications_venue": make_venue, "publications_category": make_category,
        "publications_topic": lambda name: Topic.objects.create(name=name),
        "homepage_section": make_section, "profiles_newsitem": make_news,
    }  # fmt: skip
    makers[model](text)
    makers[model]("Something else")

    page = BeautifulSoup(
        editor.get(reverse(f"admin:{model}_changelist"), {"q": words}).content, "html.parser"
    )

    assert [row.text for row in page.select("#result_list tbody tr") if text in row.text]
    assert len(page.select("#result_list tbody tr")) == 1


def test_the_papers_of_a_row_are_a_click_away(editor):
    paper = make_publication(title="Wanted", venue="Neural Networks", topics=["Spikes"])
    make_publication(title="Other", authors=["Alan Turing"])

    for row in (paper.venue, paper.topics.get(), paper.authors.get()):
        address = reverse(f"admin:publications_{row._meta.model_name}_changelist")
        page = BeautifulSoup(editor.get(address, {"q": str(row)}).content, "html.parser")
        (link,) = page.select("#result_list .field-papers a")

        assert link.text == "1"
        shown = BeautifulSoup(editor.get(reverse(LIST) + link["href"][link["href"].index("?"):]).content, "html.parser")  # fmt: skip
        assert [cell.text for cell in shown.select(".field-short_title")] == ["Wanted"]


# Doing


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("select", {"selected": False}, {"selected": True}),
        ("unselect", {"selected": True}, {"selected": False}),
        ("publish", {"visibility": "draft"}, {"visibility": "public"}),
        ("move_to_trash", {"visibility": "draft"}, {"visibility": "trash"}),
    ],
)
def test_actions_change_the_ticked_papers_alone_and_say_how_many(editor, action, before, after):
    ticked = [make_publication(**before), make_publication(**before)]
    done, other = make_publication(**after), make_publication(**before)
    query = "?visibility=trash" if done.visibility == "trash" else ""

    response = act(editor, action, [*ticked, done] if not query else ticked)

    (name,) = after
    values = dict(Publication.objects.values_list("pk", name))
    assert [values[paper.pk] for paper in ticked] == [after[name]] * 2
    assert values[other.pk] == before[name]
    assert messages_of(response)[0].startswith("2 papers were")
    versions = dict(Publication.objects.values_list("pk", "version"))
    assert [versions[paper.pk] for paper in (*ticked, done, other)] == [1, 1, 0, 0]
    assert LogEntry.objects.filter(object_id__in=[paper.pk for paper in ticked]).count() == 2


def test_only_what_lies_in_the_trash_is_restored(editor):
    make_publication()
    make_publication(visibility="trash")

    usual = editor.get(reverse(LIST)).content.decode()
    trash = editor.get(reverse(LIST), {"visibility": "trash"}).content.decode()

    assert 'value="move_to_trash"' in usual
    assert 'value="restore"' not in usual
    assert 'value="restore"' in trash
    assert 'value="move_to_trash"' not in trash


def test_papers_are_given_topics_and_lose_others(editor):
    first = make_publication(topics=["Spikes", "Rate codes"])
    second, other = make_publication(), make_publication(topics=["Rate codes"])

    asked = act(editor, "topics", [first, second])
    page = BeautifulSoup(asked.content, "html.parser")
    assert {box.parent.text.strip() for box in page.select("[name=remove]")} == {
        "Rate codes", "Spikes",
    }  # fmt: skip
    rates = Topic.objects.get(name="Rate codes")
    response = act(
        editor,
        "topics",
        [first, second],
        _apply="Apply",
        add=" SPIKES,, Invertible  networks",
        remove=[rates.pk],
    )

    assert messages_of(response) == ["2 papers were given other topics."]
    for paper in (first, second):
        names = {topic.name for topic in paper.topics.all()}
        assert names == {"Spikes", "Invertible networks"}
        paper.refresh_from_db()
        assert "invertible networks" in paper.search_text
    assert [topic.name for topic in other.topics.all()] == ["Rate codes"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"add": " , "}, "Name a topic to add, or tick one to take off."),
        ({"add": "x" * 101}, "at most 100 characters"),
        ({"add": "a\u202eb"}, "Remove the invisible character"),
        ({"remove": ["99999"]}, "not one of the available choices"),
    ],
)
def test_topics_that_cannot_be_are_refused(editor, typed, message):
    response = act(editor, "topics", [make_publication()], _apply="Apply", **typed)

    assert message in response.content.decode()
    assert not Topic.objects.exists()


def test_papers_are_filed_under_a_heading(editor):
    papers = [make_publication(category="Papers"), make_publication()]
    talks = make_category("Talks")

    asked = act(editor, "file_under", papers)
    assert "Talks" in asked.content.decode()
    response = act(editor, "file_under", papers, _apply="Apply", category=talks.pk)

    assert messages_of(response) == ["2 papers were filed anew."]
    assert Publication.objects.filter(category=talks).count() == 2


@pytest.mark.parametrize("format", WRITABLE.values(), ids=lambda format: format.name)
def test_the_ticked_papers_are_taken_out_in_every_format(editor, format):
    wanted = make_publication(title="Wanted", citation_key="wanted2022", visibility="draft")
    make_publication(title="Other")

    response = act(editor, f"export_{format.name}", [wanted])

    text = response.content.decode()
    assert response.headers["Content-Type"] == format.content_type
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="publications.{format.suffix}"'
    )
    assert "Wanted" in text
    assert "Other" not in text
    if format.name in READABLE:
        assert [record.title for record in format.load(text).records] == ["Wanted"]


def test_who_may_only_read_takes_out_and_changes_nothing(client):
    user = get_user_model().objects.create_user("helper", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_publication"))
    client.force_login(user)
    paper = make_publication(visibility="draft")

    for action in ("publish", "topics", "file_under", "merge", "move_to_trash"):
        act(client, action, [paper])

    paper.refresh_from_db()
    assert (paper.visibility, paper.version) == ("draft", 0)
    assert act(client, "export_ris", [paper]).headers["Content-Type"].startswith("application/x-")


def test_a_restored_paper_stands_at_its_own_address_again(editor):
    paper = make_publication(visibility="trash")
    Redirect.objects.create(site_id=1, old_path=paper.get_absolute_url(), new_path="/")

    act(editor, "restore", [paper], query="?visibility=trash")

    paper.refresh_from_db()
    assert paper.visibility == "draft"
    assert not Redirect.objects.exists()


# Ten thousand papers


@pytest.fixture
def many():
    authors = [make_author(f"Jane Doe{number}") for number in range(20)]
    category = make_category("Papers")
    papers = Publication.objects.bulk_create(
        Publication(title=f"Paper {n}", slug=f"paper-{n}", year=2000 + n % 20, category=category)
        for n in range(MANY)
    )
    through = Publication.authors.through
    through.objects.bulk_create(
        through(publication=paper, author=authors[n % 20]) for n, paper in enumerate(papers)
    )
    return papers


def queries(client, url, **query):
    with CaptureQueriesContext(connection) as found:
        response = client.get(url, query)
    assert response.status_code == 200
    return len(found)


@pytest.mark.slow
def test_ten_thousand_papers_take_the_queries_of_one(editor, many):
    pages = [
        (reverse(LIST), {}),
        (reverse(LIST), {"q": "paper"}),
        (reverse(LIST), {"needs": "doi", "p": 2}),
        (reverse("admin:publications_author_changelist"), {}),
        (reverse("admin:publications_category_changelist"), {}),
        (reverse("admin:index"), {}),
    ]
    for url, query in pages:
        editor.get(url, query)
    many_queries = [queries(editor, url, **query) for url, query in pages]
    keep = [paper.pk for paper in many[:51]]
    through = Publication.authors.through
    through.objects.exclude(publication__in=keep).delete()
    Publication.objects.exclude(pk__in=keep).delete()

    assert [queries(editor, url, **query) for url, query in pages] == many_queries


def test_more_papers_than_one_request_can_change_are_left_alone_with_a_sentence(
    editor, monkeypatch
):
    monkeypatch.setattr(history_admin, "MOST_AT_ONCE", 2)
    papers = [make_publication() for _ in range(3)]
    data = {"action": "select", "_selected_action": [papers[0].pk], "select_across": "1"}

    response = editor.post(reverse(LIST), data, follow=True)

    assert messages_of(response) == [
        "At most 2 publications can be changed at once; these are 3. Narrow the list first."
    ]
    assert not Publication.objects.filter(selected=True).exists()
    exported = editor.post(reverse(LIST), {**data, "action": "export_plain"})
    assert len(exported.content.decode().splitlines()) == 3


@pytest.mark.slow
def test_an_action_takes_the_same_statements_for_few_papers_and_for_many(editor):
    def statements(papers):
        with CaptureQueriesContext(connection) as found:
            act(editor, "select", papers)
        return len(found)

    papers = [make_publication(authors=["Ada Lovelace"], topics=["Spikes"]) for _ in range(60)]
    statements(papers[:1])

    assert statements(papers[1:3]) == statements(papers[3:53])
