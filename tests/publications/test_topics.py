"""Topics on their way in and out: none is made unasked, none is lost."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publications.models import ImportRun, Publication, Topic
from publications.undo import undo
from tests.factories import make_publication

pytestmark = pytest.mark.django_db

ENTRY = """@article{nets, title = {Nets}, author = {Doe, Jane}, year = {2024},
  keywords = {%s}}
"""
WORDS = "spiking networks, /unread, C++, Energy"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "my.bib"
    path.write_text(ENTRY % WORDS)
    return path


def bring(file, **options):
    call_command("import_publications", file, stdout=StringIO(), **options)
    return topics()


def topics():
    return [topic.name for topic in Publication.objects.get().topics.all()]


def exported(format="bibtex"):
    out = StringIO()
    call_command("export_publications", format=format, stdout=out)
    return out.getvalue()


def test_a_keyword_becomes_a_topic_only_where_it_is_one_already(file):
    Topic.objects.create(name="Spiking Networks")
    Topic.objects.create(name="C")

    assert bring(file) == ["Spiking Networks"]
    assert Topic.objects.count() == 2
    assert "keywords = {Spiking Networks, /unread, C++, Energy}" in exported()


def test_every_keyword_becomes_a_topic_where_the_owner_asks_but_no_private_mark(file):
    assert bring(file, topics=True) == ["C++", "Energy", "spiking networks"]
    assert "keywords = {C++, Energy, spiking networks, /unread}" in exported()
    assert Publication.objects.filter(search_text__contains="energy").exists()


def test_what_a_keyword_was_is_not_public_where_it_is_a_private_mark(client, file):
    bring(file)

    assert "keywords = {spiking networks, C++, Energy}" in client.get("/publications.bib").text


def test_topics_join_and_what_the_owner_took_off_stays_off(file):
    bring(file, topics=True)
    paper = Publication.objects.get()
    paper.topics.remove(Topic.objects.get(name="Energy"))
    paper.topics.add(Topic.objects.create(name="My own"))
    file.write_text(ENTRY % "spiking networks, Energy, New")

    assert bring(file, topics=True) == ["C++", "My own", "New", "spiking networks"]
    file.write_text(ENTRY % "")
    assert bring(file, topics=True) == ["C++", "My own", "New", "spiking networks"]


def test_topics_are_undone_with_the_import_that_brought_them(file):
    make_publication("Nets", year=2024, topics=["Old"])
    bring(file, topics=True)
    assert topics() == ["C++", "Energy", "Old", "spiking networks"]

    undo(ImportRun.objects.get().pk)

    assert topics() == ["Old"]
    assert list(Topic.objects.values_list("name", flat=True)) == ["Old"]


def test_a_new_paper_with_topics_can_be_undone(file):
    bring(file, topics=True)

    undo(ImportRun.objects.get().pk)

    assert not Publication.objects.exists()
    assert not Topic.objects.exists()


@pytest.mark.parametrize("format", ["bibtex", "ris", "csl"])
def test_topics_are_in_every_format(format):
    make_publication("Nets", topics=["Energy", "Learning, deep"])

    assert "Learning, deep" in exported(format)


def test_topics_come_in_as_many_queries_for_few_papers_as_for_many(tmp_path):
    def queries(numbers):
        entries = [
            ENTRY.replace("{nets,", f"{{n{number},").replace("{Nets}", f"{{Nets {number}}}")
            % f"Word {number}, Other {number}"
            for number in numbers
        ]
        path = tmp_path / "my.bib"
        path.write_text("".join(entries))
        with CaptureQueriesContext(connection) as made:
            call_command("import_publications", path, topics=True, verbosity=0)
        return len(made)

    queries([0])  # the first one makes the author and the category
    few = queries(range(1, 4))

    assert queries(range(4, 20)) == few
    assert Topic.objects.count() == 40


def test_the_form_asks_whether_all_keywords_are_to_be_topics(admin_client, file):
    url = "/admin/publications/publication/import/"
    Topic.objects.create(name="Energy")

    page = admin_client.post(url, {"text": file.read_text()})
    assert page.context["preview"].plan.items[0].record.topics == ("Energy",)
    page = admin_client.post(url, {"text": file.read_text(), "all_topics": "on"})

    assert "<ins>spiking networks, C++, Energy</ins>" in page.text
    posted = {"text": file.read_text(), "entry": "0", "_save": "", "all_topics": "on"}
    admin_client.post(url, {**posted, "token": page.context["preview"].token})
    assert topics() == ["C++", "Energy", "spiking networks"]
