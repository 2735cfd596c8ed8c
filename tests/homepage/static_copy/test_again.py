"""A second export makes only what changed, and nothing that it leaves is ever out of date."""

import os
import shutil
import sqlite3
import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.redirects.models import Redirect
from django.core.management import CommandError
from django.db import IntegrityError, models, transaction

from homepage.models import Section
from homepage.revision import is_content
from homepage.static_copy.export import workshop_of
from homepage.static_copy.index import Index
from homepage.static_copy.state import NAME
from profiles.models import Profile
from publications.models import Author, Category, Publication, Topic, Venue
from tests.factories import make_author, make_category, make_news, make_publication, make_section
from tests.homepage.static_copy.test_export import BASE, files, run
from tests.publications.test_fingerprints import another

pytestmark = pytest.mark.django_db

MODELS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if is_content(model) and model._meta.managed
]


def outcome(target, **options):
    """Return what stands in a folder after an export, and what the export complained about."""
    try:
        out = run(target, **options)
    except CommandError as error:
        return str(error), {}
    warnings = sorted(line for line in out.splitlines() if line.startswith("Warning"))
    return warnings, files(target)


def check(target, number):
    """Export again, and to a new folder: there is no difference."""
    again = outcome(target)
    fresh = outcome(target.with_name(f"fresh-{number}"))
    assert again[0] == fresh[0]
    assert again[1].keys() == fresh[1].keys()
    assert [name for name in fresh[1] if again[1][name] != fresh[1][name]] == []


def change(model, name):
    """Give the first row of a model another value in a field, as no signal tells; True if done."""
    field = model._meta.get_field(name)
    row = model._base_manager.order_by("pk").values("pk", field.attname).first()
    if row is None or field.primary_key:
        return False
    try:
        value = row[field.attname]
        is_date = type(field) is models.DateField
        value = value + timedelta(days=400) if is_date else another(field, value)
        with transaction.atomic():
            rows = model._base_manager.filter(pk=row["pk"])
            return bool(rows.update(**{field.attname: value}))
    except (IndexError, IntegrityError):  # no other row, or a value that may not be
        return False


def columns(model):
    return [field.name for field in model._meta.concrete_fields]


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_whatever_column_changes_the_copy_is_that_of_a_first_export(site, target, model):
    Redirect.objects.create(site_id=1, old_path="/about/", new_path="/")
    run(target)

    for number, name in enumerate(columns(model)):
        if change(model, name):
            check(target, number)


STEPS = {
    "a paper": lambda: make_publication("New", authors=["Di He"], year=2022, topics=["Nets"]),
    "the first with marks": lambda: make_publication(
        "Marked", authors=[("Di He", {"marks": "*", "equal_contribution": True})]
    ),
    "the second with marks": lambda: make_publication(
        "Signed", authors=[("Di He", {"marks": "*", "equal_contribution": True})]
    ),
    "a title": lambda: Publication.objects.filter(slug="second").update(title="Other words"),
    "a name": lambda: Author.objects.filter(family="He").update(given="Dee"),
    "the owner": lambda: Author.objects.update(is_owner=False),
    "a venue": lambda: Venue.objects.update(acronym="NNet"),
    "a topic": lambda: Topic.objects.update(name="Networks"),
    "a heading": lambda: Category.objects.update(title="Journals"),
    "a category for all of a kind": lambda: make_category(
        "Articles", default_kind=Publication.objects.get(slug="second").kind
    ),
    "a draft": lambda: Publication.objects.filter(slug="first").update(visibility="draft"),
    "a doubt": lambda: Publication.objects.filter(slug="second").update(doubts="Is it?"),
    "no doubts": lambda: Publication.objects.update(doubts=""),
    "a slug": lambda: Publication.objects.filter(slug="second").update(slug="moved"),
    "another author": lambda: make_publication(
        "Third", authors=[make_author("Ada Lovelace"), "Di He"], pdf="papers/draft.pdf"
    ),
    "news": lambda: make_news("More news."),
    "a page": lambda: make_section("Talks", place="page", body="Many."),
    "text": lambda: Section.objects.filter(title="Service").update(body="None any more."),
    "the head": lambda: Profile.objects.update(headline="Professor"),
    "a deletion": lambda: Publication.objects.filter(slug="moved").delete(),
    "nothing left": lambda: Publication.objects.all().delete(),
}


@pytest.mark.slow
def test_after_any_change_the_copy_is_that_of_a_first_export(site, target):
    run(target)

    for number, step in enumerate(STEPS.values()):
        step()
        check(target, number)


def test_only_what_a_paper_is_shown_on_is_made_again(site, target, monkeypatch):
    for number in range(5):
        make_publication(f"More {number}", authors=[f"Other Name{number}"], year=1980 + number)
    run(target)
    rendered = []
    monkeypatch.setattr(
        "homepage.static_copy.visitor.Visitor.framed",
        watched("homepage.static_copy.visitor.Visitor.framed", rendered),
    )

    Publication.objects.filter(slug="more-3").update(title="Another title")
    run(target)

    paths = {response._request.path for response in rendered}
    assert "/publications/more-3/" in paths
    assert "/publications/year/1983/" in paths
    assert not paths & {"/publications/more-2/", "/publications/year/1982/"}


def watched(path, seen):
    """Return a method that notes what it is called with."""
    from django.utils.module_loading import import_string

    owner, _, name = path.rpartition(".")
    method = getattr(import_string(owner), name)

    def call(self, response, *args):
        seen.append(response)
        return method(self, response, *args)

    return call


@pytest.mark.parametrize("harm", ["edit", "same size", "remove", "touch"])
def test_a_file_that_somebody_changed_is_written_anew(site, target, harm):
    run(target)
    before, path = files(target), target / "publications/first/index.html"
    if harm == "edit":
        path.write_text("mine")
    elif harm == "same size":
        path.write_bytes(b"x" * path.stat().st_size)
    elif harm == "remove":
        path.unlink()
    else:
        os.utime(path, (1, 1))

    run(target)

    assert files(target) == before


@pytest.mark.parametrize("harm", ["lost", "damaged", "damaged within", "not there for long"])
def test_without_what_the_last_export_left_everything_is_made_again(site, target, harm):
    run(target)
    before, path = files(target), workshop_of(target) / NAME
    if harm == "lost":
        shutil.rmtree(workshop_of(target))
    elif harm == "damaged":
        path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 64)
    elif harm == "damaged within":
        content = path.read_bytes()
        path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    else:
        for table in ("piece", "paper"):
            with sqlite3.connect(path) as file:
                file.execute(f"DELETE FROM {table}")
            file.close()

    Publication.objects.filter(slug="second").update(title="Other words")
    run(target)

    assert files(target).keys() == before.keys()
    assert b"Other words" in files(target)["publications.bib"]
    check(target, 1)


@pytest.mark.parametrize("harm", ["remove", "replace", "add"])
def test_what_befell_the_copy_before_does_not_come_back(site, target, harm):
    run(target)
    Publication.objects.filter(slug="second").update(title="Other words")
    run(target)
    spare = workshop_of(target) / "copy"
    if harm == "add":
        (spare / "more.html").write_text("mine")
    else:
        path = spare / "publications/first/index.html"
        path.unlink()
        if harm == "replace":
            path.write_text("mine")

    Publication.objects.filter(slug="second").update(title="More words")

    check(target, 1)


def test_one_folder_may_be_exported_for_several_places(site, target):
    run(target)
    run(target, f"{BASE}/site")
    check_other = outcome(target)

    assert check_other == outcome(target.with_name("fresh"))


def test_what_is_a_file_becomes_a_folder_and_the_reverse(site, target):
    for old in ("/x", "/x.html/y/", "/x.html", "/x.html/y/"):
        Redirect.objects.all().delete()
        Redirect.objects.create(site_id=1, old_path=old, new_path="/")
        run(target)
        check(target, len(old))
        shutil.rmtree(target.with_name(f"fresh-{len(old)}"))


def test_any_thread_may_throw_away_what_an_export_remembered(monkeypatch):
    """The garbage collector runs in whichever thread is at work, also in one that answers."""
    errors = []
    monkeypatch.setattr("sys.unraisablehook", errors.append)
    remembered = [Index()]

    thread = threading.Thread(target=remembered.clear)
    thread.start()
    thread.join()

    assert errors == []
