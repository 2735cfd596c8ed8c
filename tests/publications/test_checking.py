"""What Google Scholar, Zotero and link previews read on the page of a paper."""

import io

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse

from publications.checking import Outcome, read_page
from publications.checking.rendered import check_paper
from publications.models import Publication
from tests.factories import make_profile, make_publication

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site_url(settings, tmp_path):
    settings.SITE_URL = "https://jane.example.org"
    settings.MEDIA_ROOT = tmp_path


def complete(**values):
    return make_publication(
        **{
            "title": "On $x^2$ & more",
            "authors": ["Ada Lovelace", "Alan Turing"],
            "venue": "Mind (M)",
            "doi": "10.1000/x",
            "abstract": "What it is about.",
            "pdf": ContentFile(b"%PDF-1.7", "a.pdf"),
            "image": "",
        }
        | values
    )


def failing(paper, outcome=Outcome.FAIL):
    return [check.label for check in check_paper(paper) if check.outcome is outcome]


def test_a_complete_paper_passes_every_check():
    make_profile(photo="photos/a.jpg")

    checks = check_paper(complete())

    assert {check.outcome for check in checks} == {Outcome.GOOD}
    assert {check.reader for check in checks} == {"Google Scholar", "Zotero", "Link previews"}
    found = {check.label: check.found for check in checks}
    assert found["All authors, in order"] == "Lovelace, Ada; Turing, Alan"
    assert found["The PDF"].startswith("https://jane.example.org/publications/")
    assert found["It is saved as"] == "Journal Article"


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ({"authors": []}, "All authors, in order"),
        ({"year": None}, "The date"),
        ({"abstract": "", "pdf": ""}, "Something to read"),
        ({"visibility": "draft"}, "It may be indexed"),
        ({"doubts": "The venue may be wrong."}, "The fields are sure"),
    ],
)
def test_what_is_missing_fails_with_what_to_do(values, label):
    paper = complete(**values)

    checks = [check for check in check_paper(paper) if check.outcome is Outcome.FAIL]

    assert [check.label for check in checks] == [label]
    assert checks[0].help.endswith(".")


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ({"venue": ""}, "What it appeared in"),
        ({"pdf": ""}, "The PDF"),
        ({"doi": ""}, "The DOI"),
        ({"authors": ["Wei Wang", "Wei Wang"]}, "Every author is kept"),
        ({}, "A picture"),
    ],
)
def test_what_could_be_better_is_advice(values, label):
    assert label in failing(complete(**values), Outcome.ADVICE)
    assert failing(complete(**values)) == []


def test_a_large_pdf_is_not_read():
    paper = complete(pdf=ContentFile(b"%PDF-1.7" + bytes(5_000_001), "a.pdf"))

    (check,) = [check for check in check_paper(paper) if check.label == "The PDF"]

    assert check.outcome is Outcome.ADVICE
    assert "5.0 MB" in check.found


def test_a_site_without_its_address_fails(settings):
    settings.SITE_URL = ""

    assert failing(complete()) == ["Its address is whole and lasting"]


def test_a_check_leaves_a_draft_as_it_is():
    paper = complete(visibility="draft")

    check_paper(paper)

    assert Publication.objects.get().visibility == "draft"


def test_tags_are_read_in_order_whatever_the_html():
    page = read_page(
        '<meta name=a content="1 &amp; 2"><meta property="b" content=x><meta name=a content=3>'
        "<link rel=canonical href=/c><h1>A <em>b</em></h1><span class='Z3988'></span><p <"
    )

    assert page.all("a") == ["1 & 2", "3"]
    assert (page.first("b"), page.first("none"), page.canonical) == ("x", "", "/c")
    assert (page.headings, page.has_coins) == (["A b"], True)


def run(*arguments, **options):
    out = io.StringIO()
    call_command("check_publications", *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_command_names_what_fails_and_counts():
    complete(title="Good")
    complete(title="Bad", year=None, doi="10.1000/y")
    complete(title="Draft", year=None, visibility="draft", doi="10.1000/z")

    assert run() == (
        "Bad\n"
        "  Google Scholar: the date. Give the year: without it a paper is not indexed.\n"
        "2 papers checked: 1 good, 1 failing.\n"
    )
    assert "A picture" not in run()
    assert "Link previews: a picture." in run("--advice")
    assert run(verbosity=0) == ""


def test_the_command_has_nothing_to_check():
    assert run() == "Nothing to check: there is no public paper.\n"


def test_the_admin_shows_each_check(client):
    paper = complete(title="A <b>", year=None)
    address = reverse("admin:publications_publication_check", args=[paper.pk])
    client.force_login(get_user_model().objects.create_superuser("owner"))

    page = BeautifulSoup(client.get(address).content, "html.parser")

    (failed,) = page.select(".checks .fail")
    assert "Give the year" in failed.text
    assert [heading.text for heading in page.select(".checks h2")] == [
        "Google Scholar", "Zotero", "Link previews"
    ]  # fmt: skip
    form = client.get(reverse("admin:publications_publication_change", args=[paper.pk]))
    assert address in form.content.decode()
