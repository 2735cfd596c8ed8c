"""What helps while a paper is typed: pasting, recognised names, the entry as it will look."""

import json
from contextlib import suppress

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from publications import entries, pasting
from publications.models import Author, Publication, Source, Topic, Venue
from tests.factories import make_author, make_publication, make_venue

pytestmark = pytest.mark.django_db

READ, LOOK, ENTRY = (f"admin:publications_publication_{name}" for name in ("read", "look", "entry"))
RIS = """TY  - JOUR
AU  - Xiao, Mingqing
AU  - García Márquez, Gabriel
TI  - Invertible Image Rescaling
JO  - International Journal of Computer Vision
PY  - 2022
VL  - 130
DO  - 10.1007/s11263-022-01688-4
UR  - https://github.com/jane/code
KW  - flows
ER  -
"""
CSL = json.dumps(
    [
        {"type": "article-journal", "title": "One", "author": [{"family": "Roe", "given": "A."}]},
        {"type": "book", "title": "Two"},
    ]
)
LINE = """**On Spiking Networks** [[code](https://github.com/a/b)]
Ada Lovelace*, **Mingqing Xiao**
*Neural Networks (NN), 2024* (Oral)"""


def read(client, text):
    return client.post(reverse(READ), {"text": text})


def look(client, *, paper=None, links=(), **typed):
    data = {"title": "", "authors_line": "", "venue_name": "", **typed}
    data["links-TOTAL_FORMS"] = str(len(links))
    for number, (label, url) in enumerate(links):
        data |= {f"links-{number}-label": label, f"links-{number}-url": url}
    query = f"?paper={paper.pk}" if paper else ""
    return client.post(reverse(LOOK) + query, data).json()


def entry(answer):
    return BeautifulSoup(answer["entry"], "html.parser")


# Pasting


def test_a_pasted_entry_fills_the_fields_and_saves_nothing(editor):
    answer = read(editor, RIS).json()

    assert answer["label"] == "RIS"
    assert answer["count"] == 1
    values = answer["values"]
    assert values["title"] == "Invertible Image Rescaling"
    assert values["authors_line"] == "Mingqing Xiao, Gabriel García Márquez"
    assert values["venue_name"] == "International Journal of Computer Vision"
    assert (values["kind"], values["year"], values["volume"]) == ("article-journal", 2022, "130")
    assert values["doi"] == "10.1007/s11263-022-01688-4"
    assert answer["details"][1]["parts"] == {"given": "Gabriel", "family": "García Márquez"}
    assert answer["links"] == [{"label": "code", "url": "https://github.com/jane/code"}]
    assert not Publication.objects.exists()
    assert not Author.objects.exists()


def test_each_readable_format_is_taken(editor):
    from publications.exporting import export
    from publications.formats import EXCHANGED

    paper = make_publication(
        title="Invertible Image Rescaling", authors=["Ada Lovelace"], doi="10.1000/1", year=2022
    )
    for format in EXCHANGED.values():
        text = "".join(export(Publication.objects.all(), format))

        answer = read(editor, text).json()

        assert answer["label"] == format.label
        assert answer["values"]["title"] == paper.title
        assert answer["values"]["authors_line"] == "Ada Lovelace"


def test_the_first_of_many_fills_the_form_and_the_rest_is_counted(editor):
    answer = read(editor, CSL).json()

    assert answer["count"] == 2
    assert answer["values"]["title"] == "One"


def test_an_item_of_a_list_is_read_as_it_was_written(editor):
    make_author("Mingqing Xiao", is_owner=True)

    answer = read(editor, LINE).json()

    assert answer["label"] == "a line of a list"
    assert not answer["is_kept"]
    values = answer["values"]
    assert values["title"] == "On Spiking Networks"
    assert values["authors_line"] == "Ada Lovelace*, Mingqing Xiao"
    assert values["venue_name"] == "Neural Networks (NN)"
    assert (values["year"], values["award"]) == (2024, "Oral")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Paste an entry first."),
        (" \n ", "Paste an entry first."),
        ("a", "could not be told apart"),
        ("https://doi.org/10.1000/1", "could not be told apart"),
        ("TY  - JOUR\nER  - ", "No entry of RIS could be read"),
        ("[{]", "No entry of CSL-JSON could be read"),
        ('[{"title": 1', "CSL-JSON"),
        ("x" * 1_000_001, "more than 1 MB"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_sentence(editor, text, message):
    response = read(editor, text)

    assert response.status_code == 400
    assert message in response.json()["error"]


@pytest.mark.slow
class AnyText(TestCase):
    @given(st.text(max_size=300))
    def test_no_text_breaks_the_box(self, text):
        with suppress(pasting.UnreadablePaste):
            pasted = pasting.read(text, ["Ada Lovelace"])
            assert json.dumps([pasting.values(pasted.record), pasted.label])


def test_names_that_hold_commas_come_through_the_box_whole(editor):
    csl = json.dumps([{"title": "By a firm", "author": [{"literal": "Smith, Jones and Sons"}, {"family": "Roe", "given": "Ann"}]}])  # fmt: skip
    answer = read(editor, csl).json()

    response = save_new(editor, answer)

    assert response.status_code == 302
    assert [str(row) for row in Publication.objects.get().authorships.all()] == [
        "Smith, Jones and Sons",
        "Ann Roe",
    ]


def save_new(client, answer, text="", **typed):
    """Save the form as the script fills it from an answer."""
    values = {name: str(value) for name, value in answer["values"].items()}
    return client.post(
        reverse("admin:publications_publication_add"),
        {
            "kind": "article-journal",
            "status": "published",
            "visibility": "public",
            "position": "0",
            **values,
            "authors_details": json.dumps(answer["details"]),
            "pasted": text if answer["is_kept"] else "",
            "links-TOTAL_FORMS": "0",
            "links-INITIAL_FORMS": "0",
            **typed,
        },
    )


def test_keywords_that_are_topics_here_are_chosen(editor):
    topic = Topic.objects.create(name="Flows")

    assert read(editor, RIS).json()["topics"] == [[topic.pk, "Flows"]]


def test_what_was_pasted_is_kept_as_what_its_source_said(editor):
    save_new(editor, read(editor, RIS).json(), RIS, title="Invertible Image Rescaling, revised")

    source = Source.objects.get()
    assert (source.format, source.run) == ("ris", None)
    assert source.text.strip() == RIS.strip()
    assert source.extra == {"topics": ["flows"]}
    paper = Publication.objects.get()
    assert paper.title == "Invertible Image Rescaling, revised"
    assert Author.objects.get(given="Gabriel").family == "García Márquez"


def test_a_later_import_of_the_same_entry_leaves_what_was_corrected(editor):
    from publications import reconcile
    from publications.formats import READABLE

    save_new(editor, read(editor, RIS).json(), RIS, title="Invertible Image Rescaling, revised")

    records = READABLE["ris"].load(RIS).records
    plan = reconcile.plan(records, format="ris", source="my.ris")

    (item,) = plan.items
    assert item.action == reconcile.SAME
    assert item.publication_id == Publication.objects.get().pk
    assert "title" not in item.merged.taken


def test_an_entry_of_another_paper_is_not_kept(editor):
    answer = read(editor, RIS).json()

    save_new(editor, answer, RIS, title="Something else", doi="")

    assert not Source.objects.exists()


# Looking


def test_known_and_new_names_are_told_apart(editor):
    ada = make_author("Ada Lovelace", is_owner=True)
    liu = make_author("Chang Liu", aliases="C. Y. Liu")
    make_publication(authors=[ada, liu])

    answer = look(editor, authors_line="Ada Lovelace*, C. Y. Liu, Chang Lin, et al.")["authors"]

    first, second, third = answer["names"]
    assert (first["person"], first["is_owner"], first["papers"], first["marks"]) == (
        ada.pk, True, 1, "*",
    )  # fmt: skip
    assert (second["person"], second["name"], second["papers"]) == (liu.pk, "Chang Liu", 1)
    assert (third["person"], third["alike"]) == (None, ["Chang Liu"])
    assert (answer["count"], answer["new_count"], answer["others"]) == (3, 1, True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("C. Liu", ["Chang Liu"]),
        ("Chang Luo", ["Chang Liu"]),
        ("Chang  LIU", None),
        ("Grace Hopper", []),
        ("Liu", []),
    ],
)
def test_who_may_be_meant_by_a_new_name_is_proposed(editor, typed, meant):
    make_author("Chang Liu")

    (name,) = look(editor, authors_line=typed)["authors"]["names"]

    if meant is None:
        assert name["person"]
    else:
        assert (name["person"], name["alike"]) == (None, meant)


def test_people_of_one_name_are_a_choice_and_one_twice_is_said(editor):
    first, second = make_author("Wei Wang"), make_author("Wei Wang")

    names = look(
        editor,
        authors_line="Wei Wang, Wei Wang, Ada Lovelace",
        authors_details=json.dumps(
            [{"text": "Wei Wang", "person": first.pk}, {"text": "Wei Wang", "person": second.pk}]
        ),
    )["authors"]["names"]

    assert [choice["pk"] for choice in names[0]["choices"]] == [first.pk, second.pk]
    assert [name["twice"] for name in names] == [False, False, False]
    names = look(editor, authors_line="Wei Wang, Wei Wang")["authors"]["names"]
    assert [name["twice"] for name in names] == [True, True]


def test_very_many_names_are_counted_and_only_the_new_ones_named(editor):
    for number in range(105):
        make_author(f"Jane Doe{number:03}")
    line = ", ".join(f"Jane Doe{number:03}" for number in range(106))

    answer = look(editor, title="By many", authors_line=line)

    assert answer["authors"]["names"] == []
    assert (answer["authors"]["count"], answer["authors"]["new"]) == (106, ["Jane Doe105"])
    assert "Jane Doe105" in entry(answer).text


def test_the_venue_is_known_or_new_and_likely_ones_are_proposed(editor):
    venue = make_venue("Advances in Neural Information Processing Systems", "NeurIPS")
    make_publication(venue=venue)

    known = look(editor, venue_name=str(venue))["venue"]
    new = look(editor, venue_name="neural information processing")["venue"]

    assert (known["known"], known["papers"]) == (True, 1)
    assert (new["known"], new["alike"]) == (False, [str(venue)])
    assert look(editor)["venue"] is None
    assert look(editor, venue_name="Brain (B)")["venue"]["acronym"] == "B"
    assert Venue.objects.count() == 1


def test_the_entry_is_as_the_page_will_show_it(editor):
    make_author("Ada Lovelace", is_owner=True)
    typed = {
        "title": "Learning in $O(n)$ time",
        "authors_line": "Ada Lovelace*, Alan Turing",
        "venue_name": "Neural Networks (NN)",
        "year": "2024",
        "kind": "article-journal",
        "status": "published",
        "visibility": "public",
        "position": "0",
        "award": "Oral",
    }
    links = [("", "https://github.com/jane/code"), ("slides", "/slides/")]

    answer = look(editor, links=links, **typed)

    assert answer["labels"] == {"0": "code", "1": "link"}
    assert not Publication.objects.exists()
    data = {"links-TOTAL_FORMS": "2", "links-INITIAL_FORMS": "0"}
    for number, (label, url) in enumerate(links):
        data |= {f"links-{number}-label": label, f"links-{number}-url": url}
    editor.post(reverse("admin:publications_publication_add"), {**typed, **data})
    saved = Publication.objects.for_page().get()
    html = entries.render(saved, entries.Look(level=3, is_again=True), False)
    on_the_page = BeautifulSoup(html, "html.parser").text.strip()
    assert entry(answer).select_one("li").text.strip() == on_the_page
    assert entry(answer).select_one("math")
    assert entry(answer).select_one(".authors strong").text == "Ada Lovelace"


def test_the_entry_of_a_saved_paper_follows_what_is_typed(editor):
    paper = make_publication(title="Before", authors=["Ada Lovelace"], links=[("code", "/code/")])

    answer = look(editor, paper=paper, title="After", authors_line="Alan Turing", year="2020")

    assert "After" in entry(answer).text
    assert "Alan Turing" in entry(answer).text
    assert "code" not in entry(answer).text
    paper.refresh_from_db()
    assert paper.title == "Before"


def test_without_a_title_there_is_no_entry(editor):
    assert look(editor, authors_line="Ada Lovelace")["entry"] == ""


@pytest.mark.parametrize("wrong", [{"year": "soon"}, {"doi": "nonsense"}, {"day": "31"}])
def test_a_mistake_in_one_field_does_not_take_the_entry_away(editor, wrong):
    assert "Typed" in look(editor, title="Typed", **wrong)["entry"]


@pytest.mark.parametrize(
    ("values", "typed"),
    [
        ({"title": "Learning to fold"}, {"title": "learning to FOLD"}),
        ({"doi": "10.1000/abc"}, {"title": "Other", "doi": "https://doi.org/10.1000/ABC"}),
        ({"arxiv_id": "2005.05650"}, {"title": "Other", "arxiv_id": "arXiv:2005.05650v2"}),
        ({"title": "Gone", "visibility": "trash"}, {"title": "Gone"}),
    ],
)
def test_a_paper_that_is_here_already_is_said(editor, values, typed):
    paper = make_publication(**values)

    twin = look(editor, **typed)["twin"]

    assert twin["url"] == reverse("admin:publications_publication_change", args=[paper.pk])
    assert twin["in_trash"] == (paper.visibility == "trash")
    assert look(editor, paper=paper, **typed)["twin"] is None


def test_looking_takes_the_same_queries_for_few_names_and_many(editor):
    def queries(count):
        line = ", ".join(f"Jane Doe{number}" for number in range(count))
        with CaptureQueriesContext(connection) as found:
            look(editor, title="Typed", authors_line=line, venue_name="Neural Networks")
        return len(found)

    make_publication(authors=[f"Jane Doe{number}" for number in range(20)], venue="Neural Networks")
    queries(1)

    assert queries(20) == queries(1)


# Who, and how


def test_the_preview_alone_may_be_framed_and_only_by_the_form(editor):
    preview = editor.get(reverse(ENTRY))
    form = editor.get(reverse("admin:publications_publication_add"))
    other = editor.get(reverse("admin:publications_author_add"))

    policy = preview.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert preview.headers["Cache-Control"] == "no-store, private"
    for page in (form, other):
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert page.headers["X-Frame-Options"] == "DENY"
    assert "frame-src 'self'" in form.headers["Content-Security-Policy"]
    assert "frame-src" not in other.headers["Content-Security-Policy"]
    assert "unsafe" not in policy + form.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", [READ, LOOK])
def test_what_reads_is_asked_by_post_alone(editor, name):
    assert editor.get(reverse(name)).status_code == 405


@pytest.mark.parametrize(("permission", "status"), [("add", 200), ("change", 200), ("view", 403)])
def test_only_who_may_write_papers_is_helped(client, permission, status):
    user = get_user_model().objects.create_user("helper", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename=f"{permission}_publication"))
    client.force_login(user)

    assert read(client, RIS).status_code == status
    assert client.post(reverse(LOOK), {"title": "Typed"}).status_code == status
    assert client.get(reverse(ENTRY)).status_code == status


def test_a_paper_that_is_not_there_is_not_looked_at(editor):
    for key in ("999999", "x", "-1"):
        assert editor.post(f"{reverse(LOOK)}?paper={key}", {}).status_code == 404


def test_who_may_only_read_sees_authors_and_venue_and_no_helpers(client):
    paper = make_publication(authors=["Ada Lovelace"], venue="Neural Networks (NN)")
    user = get_user_model().objects.create_user("helper", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_publication"))
    client.force_login(user)

    response = client.get(reverse("admin:publications_publication_change", args=[paper.pk]))

    page = BeautifulSoup(response.content, "html.parser")
    assert "Ada Lovelace" in page.select_one(".field-authors_line").text
    assert "Neural Networks (NN)" in page.select_one(".field-venue_name").text
    assert not page.select("#paste, #entry-preview, .field-authors_details")
