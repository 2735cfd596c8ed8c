"""The form of a paper in the admin: its order, the line of authors, venue, links, conflicts."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from publications.models import Author, Category, Publication, Source, Venue
from tests.factories import make_author, make_category, make_publication, make_venue
from tests.forms import form_values

pytestmark = pytest.mark.django_db

LIST = "admin:publications_publication_changelist"
ADD = "admin:publications_publication_add"
EIGHT = (
    "Mingqing Xiao*, Shuxin Zheng*, Chang Liu†, Yaolong Wang, Di He, Guolin Ke, "
    "Jiang Bian, Tie-Yan Liu, et al."
)


def change_url(paper):
    return reverse("admin:publications_publication_change", args=[paper.pk])


def save(editor, url, **typed):
    """Open the form at `url`, type `typed` into it and save; return the answer."""
    values = form_values(editor.get(url))
    unknown = set(typed) - set(values)
    values |= typed
    response = editor.post(url, values)
    assert not {name for name in unknown if "-" not in name}, unknown
    return response


def errors_of(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [item.text for item in page.select(".errorlist li")]


def names_of(paper):
    return [str(authorship) for authorship in paper.authorships.all()]


def add(editor, **typed):
    response = save(editor, reverse(ADD), **typed)
    assert response.status_code == 302, errors_of(response)
    return Publication.objects.latest("id")


def test_a_paper_with_eight_authors_and_four_links_touches_at_most_25_fields(editor):
    typed = {
        "title": "Invertible Rescaling",
        "authors_line": EIGHT,
        "venue_name": "International Journal of Computer Vision (IJCV)",
        "year": "2022",
        "award": "Oral, Top 2%",
    }
    typed["links-TOTAL_FORMS"] = "4"
    for number, label in enumerate(["paper", "arxiv", "code", "slides"]):
        typed[f"links-{number}-label"] = label
        typed[f"links-{number}-url"] = f"https://example.org/{label}"

    paper = add(editor, **typed)

    assert len(typed) <= 25
    assert names_of(paper)[:3] == ["Mingqing Xiao", "Shuxin Zheng", "Chang Liu"]
    assert [a.marks for a in paper.authorships.all()] == ["*", "*", "†", "", "", "", "", ""]
    assert paper.and_others
    assert (paper.venue.name, paper.venue.acronym) == (
        "International Journal of Computer Vision",
        "IJCV",
    )
    assert [(link.label, link.url) for link in paper.links.all()] == [
        (label, f"https://example.org/{label}") for label in ["paper", "arxiv", "code", "slides"]
    ]
    assert "mingqing xiao" in paper.search_text


def test_the_form_opens_no_pop_ups(editor):
    paper = make_publication(links=[("code", "https://example.org/")])

    page = BeautifulSoup(editor.get(change_url(paper)).content, "html.parser")

    assert not page.select("[data-popup], .related-widget-wrapper-link")


def test_the_form_goes_in_the_order_of_thought_and_folds_the_rest(editor):
    paper = make_publication(links=[("code", "https://example.org/")], doubts="Perhaps not.")

    page = BeautifulSoup(editor.get(change_url(paper)).content, "html.parser")

    form = page.select_one("#publication_form .paper-fields")
    assert [heading.text.strip() for heading in form.select("h2")] == [
        "Read with doubt",
        "The paper",
        "Links",
        "PDF and remarks",
        "Who sees it",
        "Abstract and topics",
        "Volume, pages, publisher",
        "Identifiers",
        "Picture, order and address",
    ]
    assert [heading.text.strip() for heading in form.select("details h2")] == [
        "Abstract and topics",
        "Volume, pages, publisher",
        "Identifiers",
        "Picture, order and address",
    ]


def test_the_line_shows_the_present_list(editor):
    paper = make_publication(
        authors=[("Ada Lovelace", {"marks": "*"}), "Alan Turing"], and_others=True
    )

    values = form_values(editor.get(change_url(paper)))

    assert values["authors_line"] == "Ada Lovelace*, Alan Turing, et al."


def test_a_name_with_a_comma_survives_the_line(editor):
    paper = make_publication(authors=[make_author("Smith, Jones and Sons"), "Alan Turing"])

    save(editor, change_url(paper), title="Another title")
    assert names_of(paper) == ["Smith, Jones and Sons", "Alan Turing"]


def test_the_changed_line_decides_and_keeps_the_details_of_who_stays(editor):
    paper = make_publication(
        authors=[
            ("Ada Lovelace", {"equal_contribution": True}),
            ("Alan Turing", {"corresponding": True, "printed_name": "A. Turing"}),
            "Grace Hopper",
        ]
    )
    rows = {str(row.author): row.pk for row in paper.authorships.all()}

    save(editor, change_url(paper), authors_line="A. Turing, Ada Lovelace†, Kurt Gödel")

    turing, lovelace, godel = paper.authorships.all()
    assert (turing.pk, turing.corresponding, turing.printed_name) == (
        rows["Alan Turing"],
        True,
        "A. Turing",
    )
    assert (lovelace.pk, lovelace.equal_contribution, lovelace.marks) == (
        rows["Ada Lovelace"],
        True,
        "†",
    )
    assert (godel.author.given, godel.author.family) == ("Kurt", "Gödel")
    assert Author.objects.filter(family="Hopper").exists()


def test_names_are_matched_whole_and_folded_never_by_initials(editor):
    godel = make_author("Kurt Gödel", aliases="K. F. Gödel")

    paper = add(editor, title="On Propositions", authors_line="kurt godel, K. Gödel, K. F. Gödel")

    first, second, third = paper.authorships.all()
    assert first.author == third.author == godel
    assert second.author != godel
    assert [first.printed_name, second.printed_name, third.printed_name] == [
        "kurt godel",
        "",
        "K. F. Gödel",
    ]


def test_saving_another_field_leaves_the_authors_as_they_are(editor):
    paper = make_publication(authors=[("Ada Lovelace", {"marks": "*"}), "Alan Turing"])
    before = list(paper.authorships.values_list("id", "author", "marks"))

    save(editor, change_url(paper), year="2021")

    assert list(paper.authorships.values_list("id", "author", "marks")) == before


def test_the_same_person_twice_is_kept_and_said(editor):
    values = form_values(editor.get(reverse(ADD)))
    values |= {"title": "Twice", "authors_line": "Ada Lovelace, Alan Turing, Ada Lovelace"}

    response = editor.post(reverse(ADD), values, follow=True)

    assert names_of(Publication.objects.get()) == ["Ada Lovelace", "Alan Turing", "Ada Lovelace"]
    assert "Ada Lovelace is on this paper more than once." in response.content.decode()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (" ,;, ", "There is no name in this line."),
        ("A" * 400, "is no name"),
        (", ".join(f"Jane Doe{n}" for n in range(3001)), "These are 3,001 names"),
    ],
)
def test_a_line_that_cannot_be_kept_is_refused_with_a_sentence(editor, line, message):
    response = save(editor, reverse(ADD), title="Refused", authors_line=line)

    assert any(message in error for error in errors_of(response))
    assert not Publication.objects.exists()
    assert not Author.objects.exists()


def test_the_line_orders_the_authors_and_their_details_go_with_them(editor):
    paper = make_publication(
        authors=[("Ada Lovelace", {"equal_contribution": True}), "Alan Turing", "Grace Hopper"]
    )
    rows = {str(row.author): row.pk for row in paper.authorships.all()}

    save(editor, change_url(paper), authors_line="Grace Hopper, Ada Lovelace, Alan Turing")

    assert names_of(paper) == ["Grace Hopper", "Ada Lovelace", "Alan Turing"]
    assert [row.position for row in paper.authorships.all()] == [1, 2, 3]
    assert {str(row.author): row.pk for row in paper.authorships.all()} == rows
    assert [row.equal_contribution for row in paper.authorships.all()] == [False, True, False]


def details(*items):
    return json.dumps(
        [{"person": None, "equal": False, "corresponding": False, **item} for item in items]
    )


def test_roles_are_given_without_a_change_of_the_line(editor):
    paper = make_publication(authors=[("Ada Lovelace", {"marks": "a"}), "Alan Turing"])

    save(
        editor,
        change_url(paper),
        authors_details=details(
            {"text": "Ada Lovelace", "equal": True}, {"text": "Alan Turing", "corresponding": True}
        ),
    )

    first, second = paper.authorships.all()
    assert (first.equal_contribution, first.corresponding, first.marks) == (True, False, "a")
    assert (second.equal_contribution, second.corresponding) == (False, True)


def test_one_of_two_people_of_the_same_name_is_chosen(editor):
    first, second = make_author("Wei Wang"), make_author("Wei Wang")
    paper = make_publication(authors=[first, "Alan Turing"])

    save(
        editor,
        change_url(paper),
        authors_details=details({"text": "Wei Wang", "person": second.pk}),
    )

    assert [row.author for row in paper.authorships.all()][0] == second


def test_somebody_else_of_a_known_name_becomes_a_person_of_their_own(editor):
    known = make_author("Wei Wang")

    paper = add(
        editor,
        title="By another",
        authors_line="Wei Wang, Alan Turing",
        authors_details=details({"text": "Wei Wang", "person": "new"}),
    )

    assert paper.authorships.first().author != known
    assert Author.objects.filter(family="Wang").count() == 2


def test_a_new_name_is_parted_as_its_source_parts_it(editor):
    parts = {"given": "Gabriel", "family": "García Márquez"}

    paper = add(
        editor,
        title="Parted",
        authors_line="Gabriel García Márquez, Ada Lovelace",
        authors_details=details({"text": "Gabriel García Márquez", "parts": parts}),
    )

    author = paper.authorships.first().author
    assert (author.given, author.family) == ("Gabriel", "García Márquez")


@pytest.mark.parametrize(
    "nonsense",
    [
        "no JSON",
        "null",
        "{}",
        "[1, null, [], {}]",
        '[{"text": 1}]',
        '[{"text": "Ada Lovelace", "person": 99999, "equal": "yes", "parts": {"family": 7}}]',
        '[{"text": "Ada Lovelace", "person": true, "parts": {"family": "%s"}}]' % ("A" * 400),
        '[{"text": "Somebody Else", "equal": true}]',
    ],
)  # fmt: skip
def test_nonsense_beside_the_line_changes_nothing(editor, nonsense):
    paper = make_publication(authors=["Ada Lovelace"])

    response = save(editor, change_url(paper), authors_details=nonsense)

    assert response.status_code == 302, errors_of(response)
    row = paper.authorships.get()
    assert (str(row), row.equal_contribution, row.author.family) == (
        "Ada Lovelace",
        False,
        "Lovelace",
    )


@pytest.mark.slow
def test_three_thousand_authors_are_saved(editor):
    line = ", ".join(f"Jane Doe{number:04}" for number in range(3000))

    paper = add(editor, title="By many", authors_line=line)

    assert len(names_of(paper)) == 3000
    values = form_values(editor.get(change_url(paper)))
    assert len(json.loads(values["authors_details"])) == 3000
    response = save(
        editor, change_url(paper), authors_line=values["authors_line"] + ", Ada Lovelace"
    )
    assert "These are 3,001 names" in errors_of(response)[0]


def test_the_venue_is_matched_by_equality_and_else_created(editor):
    ijcv = make_venue("International Journal of Computer Vision", "IJCV")

    known = add(editor, title="Known", venue_name="International Journal of Computer Vision (IJCV)")
    new = add(editor, title="New", venue_name="Neural Networks")

    assert known.venue == ijcv
    assert (new.venue.name, new.venue.acronym) == ("Neural Networks", "")
    assert Venue.objects.count() == 2


def test_a_venue_whose_name_ends_in_parentheses_stays_itself(editor):
    odd = make_venue("Journal of Physics (Paris)")
    paper = make_publication(venue=odd)

    save(editor, change_url(paper), venue_name="")
    save(editor, change_url(paper), venue_name="Journal of Physics (Paris)")

    paper.refresh_from_db()
    assert paper.venue == odd


def test_known_venues_are_suggested(editor):
    make_venue("Neural Networks", "NN")

    page = BeautifulSoup(editor.get(reverse(ADD)).content, "html.parser")

    list_id = page.select_one("#id_venue_name")["list"]
    options = page.select(f"datalist#{list_id} option")
    assert [option["value"] for option in options] == ["Neural Networks (NN)"]


def test_a_paper_without_category_is_filed_under_the_first_of_its_kind(editor):
    make_category("Talks", default_kind="document", position=1)
    second = make_category("Conference Papers", default_kind="paper-conference", position=2)
    make_category("Workshops", default_kind="paper-conference", position=3)

    paper = add(editor, title="Filed", kind="paper-conference")

    assert paper.category == second


def test_a_category_is_made_where_its_kind_has_none(editor):
    paper = add(editor, title="A thesis", kind="thesis")

    assert (paper.category.title, paper.category.default_kind) == ("Theses", "thesis")
    assert Category.objects.count() == 1


def test_links_are_ordered_by_their_numbers(editor):
    paper = make_publication(links=[("arxiv", "https://a.example"), ("code", "https://b.example")])

    save(
        editor,
        change_url(paper),
        **{
            "links-0-position": "2",
            "links-1-position": "1",
            "links-2-label": "talk",
            "links-2-url": "/talk/",
        },
    )

    assert [link.label for link in paper.links.all()] == ["code", "arxiv", "talk"]


def test_a_link_needs_an_address_or_a_file(editor):
    response = save(editor, reverse(ADD), title="Linkless", **{"links-0-label": "code"})

    assert "Give an address or a file." in errors_of(response)


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("https://arxiv.org/abs/2005.05650", "arXiv"),
        ("https://github.com/jane/code", "code"),
        ("https://jane.example.org/paper.pdf", "PDF"),
        ("https://jane.example.org/", "link"),
    ],
)
def test_a_link_without_label_is_named_after_its_address(editor, address, label):
    paper = add(editor, title="Linked", **{"links-0-url": address})

    assert [(link.label, link.url) for link in paper.links.all()] == [(label, address)]


def test_saving_leaves_the_source_and_counts_the_version(editor):
    paper = make_publication(source="**Learning to fold**")
    source = Source.objects.values().get()

    save(editor, change_url(paper), title="Learning to unfold")

    paper.refresh_from_db()
    assert paper.version == 1
    assert "learning to unfold" in paper.search_text
    assert Source.objects.values().get() == source


def test_a_form_opened_before_another_save_is_refused_once(editor):
    paper = make_publication(title="First", category="Journal Papers")
    values = form_values(editor.get(change_url(paper)))
    save(editor, change_url(paper), title="Second")

    response = editor.post(change_url(paper), values | {"title": "Third"})

    paper.refresh_from_db()
    assert paper.title == "Second"
    assert "saved from another window" in " ".join(errors_of(response))
    page = BeautifulSoup(response.content, "html.parser")
    rows = [
        [cell.text for cell in row.find_all(["th", "td"])] for row in page.select(".conflict tr")
    ]
    assert rows == [["Field", "Saved meanwhile", "Here, not saved"], ["Title", "Second", "Third"]]

    editor.post(change_url(paper), form_values(response))

    paper.refresh_from_db()
    assert paper.title == "Third"


def test_the_slug_is_shown_and_never_changes(editor):
    paper = make_publication(title="First title")

    save(editor, change_url(paper), title="Second title")

    paper.refresh_from_db()
    assert paper.slug == "first-title"
    assert "slug" not in form_values(editor.get(change_url(paper)))
    assert "first-title" in editor.get(change_url(paper)).content.decode()


@pytest.mark.parametrize("site_url", ["", "https://jane.example.org"])
def test_view_on_site_leads_to_the_papers_page(editor, settings, site_url):
    settings.SITE_URL = site_url
    paper = make_publication(title="First title")

    page = BeautifulSoup(editor.get(change_url(paper)).content, "html.parser")
    link = page.find("a", string="View on site")["href"]

    if link.startswith("/admin/"):
        link = editor.get(link).headers["Location"]
    assert link == f"{site_url}/publications/first-title/"


def test_a_draft_has_no_page_to_view(editor):
    paper = make_publication(visibility="draft")

    assert "View on site" not in editor.get(change_url(paper)).content.decode()


def test_the_form_moves_a_paper_to_the_trash(editor):
    paper = make_publication(title="Unwanted")
    url = reverse("admin:publications_publication_delete", args=[paper.pk])

    assert "Move to the trash" in editor.get(change_url(paper)).content.decode()
    assert "Nothing of it is deleted" in editor.get(url).content.decode()
    response = editor.post(url, {"post": "yes"})

    paper.refresh_from_db()
    assert response.status_code == 302
    assert paper.visibility == "trash"
    assert LogEntry.objects.latest("id").get_change_message() == "Moved to the trash."
