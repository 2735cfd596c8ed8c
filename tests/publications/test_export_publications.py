"""The public list as files: by command and by address."""

import json
import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from publications import views
from publications.formats import EXCHANGED, READABLE, WRITABLE, recognise
from publications.models import Author, Authorship, Publication, Source
from tests.factories import make_author, make_publication

pytestmark = pytest.mark.django_db

TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}
SUFFIXES = sorted(EXCHANGED)


def run(**options):
    out = StringIO()
    call_command("export_publications", stdout=out, **options)
    return out.getvalue()


def titles(response, suffix):
    text = response.content.decode()
    return [record.title for record in EXCHANGED[suffix].load(text).records]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_list_is_a_file_of_what_is_public_and_sure_newest_first(client, suffix):
    make_publication("Old", year=2019)
    make_publication("New", year=2024)
    make_publication("Draft", visibility="draft")
    make_publication("Trash", visibility="trash")
    make_publication("Doubted", doubts="Two titles.", source="The source")

    response = client.get(f"/publications.{suffix}")

    assert response.headers["Content-Type"] == TYPES[suffix]
    assert response.headers["Content-Disposition"] == f'inline; filename="publications.{suffix}"'
    assert titles(response, suffix) == ["New", "Old"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_one_paper_is_a_file(client, suffix):
    make_publication("Another one")
    make_publication("Learning to walk")

    response = client.get(f"/publications/learning-to-walk.{suffix}")

    assert response.headers["Content-Type"] == TYPES[suffix]
    assert (
        response.headers["Content-Disposition"] == f'inline; filename="learning-to-walk.{suffix}"'
    )
    assert titles(response, suffix) == ["Learning to walk"]
    assert client.head(response.request["PATH_INFO"]).status_code == 200


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "values", [{"visibility": "draft"}, {"visibility": "trash"}, {"doubts": "Two titles."}]
)
def test_a_paper_that_is_not_public_or_not_sure_answers_404(client, suffix, values):
    make_publication("Learning to walk", **values)

    assert client.get(f"/publications/learning-to-walk.{suffix}").status_code == 404


@pytest.mark.parametrize("path", ["/publications.exe", "/publications/gone.ris", "/publications."])
def test_other_addresses_answer_404(client, path):
    make_publication("Learning to walk")

    assert client.get(path).status_code == 404


def test_an_empty_list_is_an_empty_file_and_is_not_linked(client):
    assert json.loads(client.get("/publications.json").content) == []
    assert b"publications.ris" not in client.get(reverse("publications:list")).content


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_number_of_queries_does_not_grow_with_the_list(
    client, django_assert_max_num_queries, suffix
):
    def add(start):
        for number in range(start, start + 10):
            make_publication(
                f"Paper {number}",
                authors=[f"Jane Doe{number}", f"John Roe{number}"],
                links=[("code", f"https://jane.example.org/{number}")],
                venue=f"Venue {number}",
                source="text",
            )

    add(0)
    with django_assert_max_num_queries(7):
        client.get(f"/publications.{suffix}")
    add(10)
    with django_assert_max_num_queries(7):
        assert len(titles(client.get(f"/publications.{suffix}"), suffix)) == 20


def test_a_list_of_more_authors_than_a_query_takes_is_written(client):
    # SQLite takes at most 1,000 values in a query that Django prefetches with.
    authors = Author.objects.bulk_create(
        Author(given="Jane", family=f"Doe{number}", slug=f"doe{number}") for number in range(1100)
    )
    papers = [make_publication(authors=()) for _ in range(2)]
    Authorship.objects.bulk_create(
        Authorship(publication=papers[number % 2], author=author, position=number)
        for number, author in enumerate(authors)
    )

    records = EXCHANGED["ris"].load(client.get("/publications.ris").content.decode()).records

    assert sorted(len(record.authors) for record in records) == [550, 550]


def test_links_to_files_of_the_site_are_whole_addresses(client, settings):
    paper = make_publication("Walk", links=[("pdf", "/media/papers/walk.pdf")])

    text = client.get(f"/publications/{paper.slug}.ris").content.decode()
    assert "L1  - http://testserver/media/papers/walk.pdf" in text

    settings.SITE_URL = "https://jane.example.org"
    text = client.get(f"/publications/{paper.slug}.ris").content.decode()
    assert "L1  - https://jane.example.org/media/papers/walk.pdf" in text


def test_kept_fields_come_out_again_in_their_format_but_private_ones_not_in_public(client):
    paper = make_publication("Walk")
    extra = {"KW": ["legs", "feet"], "RN": "My notes"}
    Source.objects.create(publication=paper, format="ris", extra=extra)

    public = client.get("/publications.ris").content.decode()

    assert "KW  - legs\r\nKW  - feet\r\n" in public
    assert "My notes" not in public
    assert "legs" not in client.get("/publications.json").content.decode()
    assert "RN  - My notes\r\n" in run(format="ris")


def test_the_pages_link_to_the_files(client):
    paper = make_publication("Walk")

    page = client.get(paper.get_absolute_url()).content.decode()
    whole = client.get(reverse("publications:list")).content.decode()

    for suffix, format in EXCHANGED.items():
        kind = f'type="{format.media_type}">{format.label}</a>'
        assert f'<a href="/publications/walk.{suffix}" {kind}' in page
        assert f'<a href="/publications.{suffix}" {kind}' in whole


def test_the_page_of_a_doubted_paper_links_to_no_file(client):
    paper = make_publication("Walk", doubts="Two titles.", source="The source")

    assert b"walk.ris" not in client.get(paper.get_absolute_url()).content


def test_the_command_writes_to_standard_output():
    make_publication("Walk", year=2020, authors=["Jane Doe", "John Roe"], venue="Feet (F)")
    make_publication("Draft", visibility="draft")

    assert run(format="plain", verbosity=0) == "Jane Doe and John Roe. Walk. Feet (F), 2020.\n"


@pytest.mark.parametrize("name", sorted(READABLE.keys() & WRITABLE.keys()))
def test_the_command_writes_a_file_whose_name_says_the_format(tmp_path, name):
    make_publication("Walk")
    path = tmp_path / f"mine.{READABLE[name].suffix}"
    path.write_text("old")

    out = run(output=path)

    assert out == f"Wrote 1 publication to {path} ({READABLE[name].label}).\n"
    text = path.read_bytes().decode()
    assert [record.title for record in READABLE[name].load(text).records] == ["Walk"]
    assert recognise(text) == READABLE[name]
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"year": "2019-2021"}, ["Spikes"]),
        ({"topic": "deep-nets"}, ["Spikes", "Older"]),
        ({"topic": "deep-nets", "year": "2020"}, ["Spikes"]),
        ({"kind": "book"}, ["Book"]),
        ({"venue": "nn"}, ["Older"]),
        ({"author": "di-he"}, ["Book"]),
        ({"category": "books"}, ["Book"]),
        ({"q": "spik"}, ["Spikes"]),
        ({"first": True}, ["Book"]),
    ],
)
def test_the_command_writes_the_same_lists_as_the_addresses(options, expected):
    me = make_author("Di He", is_owner=True)
    make_publication("Book", kind="book", year=2022, category="Books", authors=[me, "Bo Li"])
    make_publication("Spikes", year=2020, topics=["Deep nets"])
    make_publication("Older", year=2018, topics=["Deep nets"], venue="Neural Networks (NN)")
    make_publication("Draft", year=2020, topics=["Deep nets"], visibility="draft")
    Publication.objects.refresh_search_text()

    found = READABLE["bibtex"].load(run(**options)).records

    assert [record.title for record in found] == expected


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"topic": "none"}, "No publication is in that list .topic “none”.*/publications/topic/"),
        ({"first": True}, "No publication is in that list .first author."),
        ({"q": "???"}, "--q “...” says nothing to look for"),
    ],
)
def test_a_list_of_nothing_gets_one_sentence(options, sentence):
    make_publication("Paper")

    with pytest.raises(CommandError, match=sentence):
        run(**options)


def test_the_command_says_nothing_at_verbosity_0(tmp_path):
    assert run(output=tmp_path / "mine.ris", verbosity=0) == ""


def test_a_file_that_cannot_be_written_whole_is_not_written(tmp_path, monkeypatch):
    make_publication("Walk")
    path = tmp_path / "mine.ris"
    path.write_text("old")

    def fail(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)

    with pytest.raises(CommandError, match=r"cannot be written: No space left on device\.$"):
        run(output=path)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["mine.ris"]


def test_bad_outputs_get_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="does not say in which format to write: add --format"):
        run(output=tmp_path / "mine.doc")
    with pytest.raises(CommandError, match="is no file"):
        run(output=tmp_path, format="ris")
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        run(output=tmp_path / "gone" / "mine.ris")


@pytest.mark.parametrize("name", sorted(READABLE.keys() & WRITABLE.keys()))
def test_what_the_command_writes_comes_in_again_as_the_same_papers(tmp_path, name):
    make_publication(
        "Learning to *walk* in $O(n)$",
        kind="paper-conference",
        authors=["Jane Doe", "ATLAS Collaboration"],
        venue="Conference on Walking (CoW)",
        month=6,
        pages="1-20",
        doi="10.1000/walk",
        links=[("code", "https://github.com/jane/walk")],
        citation_key="doe2022",
    )
    path = tmp_path / f"mine.{READABLE[name].suffix}"
    run(output=path)
    out = StringIO()

    call_command("import_publications", str(path), stdout=out)

    assert "1 publication (0 new, 1 unchanged)" in out.getvalue()
    assert Publication.objects.get().links.count() == 1


def test_with_latex_the_letters_are_commands_and_only_in_bibtex():
    make_publication("Über Wände", authors=["Jörg Müller"])

    assert r"{\"U}ber {W{\"a}nde}" in run(format="bibtex", latex=True)
    assert "Über {Wände}" in run(format="bibtex")
    with pytest.raises(CommandError, match=r"^RIS knows no LaTeX: leave out --latex\.$"):
        run(format="ris", latex=True)


def test_bibtex_is_written_if_nothing_is_said():
    make_publication("Walk")

    assert run().startswith("@")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_very_long_list_is_not_kept_in_memory(client, monkeypatch, suffix):
    for number in range(3):
        make_publication(f"Paper {number}", authors=["Jane Doe"])

    with monkeypatch.context() as patched:
        patched.setattr(views, "MOST_IN_MEMORY", 100)
        response = client.get(f"/publications.{suffix}")

    whole = client.get(f"/publications.{suffix}").content
    assert response.streaming
    assert response.headers["Content-Length"] == str(len(whole))
    assert response.headers["Content-Type"] == TYPES[suffix]
    assert response.headers["Content-Disposition"] == f'inline; filename="publications.{suffix}"'
    assert response.getvalue() == whole


@pytest.mark.parametrize("name", WRITABLE)
def test_records_are_written_one_after_the_other(name):
    """However long the list is, no more than one paper stands in memory."""
    papers = [make_publication(f"Paper {number}", position=number) for number in range(3)]
    records = Publication.objects.newest_first().records(name)
    read = []

    def watched():
        for record in records:
            read.append(record.title)
            yield record

    class Watched:
        __iter__ = staticmethod(watched)

    pieces = WRITABLE[name].write(Watched())
    with_title = next(piece for piece in pieces if papers[0].title in piece)

    assert papers[1].title not in with_title
    assert read[-1] == papers[0].title
    assert papers[2].title in "".join(pieces)
