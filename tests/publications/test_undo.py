"""Taking an import back: what it made goes, what it changed is as before, edits stay."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from publications import reconcile
from publications.changes import publication_state
from publications.models import (
    Author,
    Category,
    ImportRun,
    Publication,
    PublicationLink,
    Source,
    Topic,
    Venue,
)
from publications.names import parse_name
from publications.records import CategoryRecord, Link, PublicationRecord
from publications.undo import CannotUndo, undo
from tests.factories import make_author, make_publication, make_section, make_venue

pytestmark = pytest.mark.django_db

WALK = PublicationRecord(
    title="Learning to Walk",
    kind="paper-conference",
    authors=(parse_name("Jane Doe"), parse_name("John Roe")),
    venue="Conference on Walking",
    venue_acronym="CoW",
    year=2020,
    doi="10.1234/walk",
    citation_key="doe2020walk",
    links=(Link("pdf", "https://a.org/x.pdf"),),
    text="@inproceedings{doe2020walk}",
)
RUN = replace(WALK, title="Running", doi="", citation_key="doe2020run", venue="", venue_acronym="")


def bring(*records, format="bibtex", chosen=None, categories=()):
    plan = reconcile.plan(records, format=format, source="refs.bib", categories=categories)
    run = ImportRun.objects.create(source="refs.bib")
    reconcile.apply(plan, run, chosen)
    run.refresh_from_db()
    return run


def snapshot():
    """Return all that an import may touch, without what counts saves."""
    models = (Author, Venue, Category, Source, PublicationLink)
    return {
        "papers": {
            row.pk: {**publication_state(row), "search": set(row.search_text.split())}
            for row in Publication.objects.all()
        },
        **{model.__name__: sorted(map(_as_text, model.objects.values_list())) for model in models},
    }


def _as_text(row):
    """Return a row's values, JSON among them, whatever the order of its names."""
    return json.dumps(row, default=str, sort_keys=True)


def run_command(*args, **options):
    out = StringIO()
    call_command("undo_import", *args, stdout=out, **options)
    return out.getvalue()


def test_what_a_run_made_is_gone_for_good_with_its_authors_and_venues():
    before = snapshot()

    undo(bring(WALK, RUN).pk)

    assert snapshot() == before
    assert not Publication.objects.exists()


def test_what_is_undone_can_be_imported_again():
    undo(bring(WALK).pk)

    plan = reconcile.plan([WALK], format="bibtex", source="refs.bib")

    assert [item.action for item in plan.items] == ["new"]


def test_a_changed_paper_gets_its_former_values_back():
    make_publication(
        "Learning to Walk", year=2020, authors=["Jane Doe"], links=[("code", "https://a.org/c")]
    )
    bring(WALK)
    before = snapshot()
    longer = replace(
        WALK,
        authors=(*WALK.authors, parse_name("Cy Dee")),
        award="Best paper",
        venue="Another Venue",
        pages="1-9",
        links=(*WALK.links, Link("slides", "https://a.org/s")),
        text="@inproceedings{again}",
    )
    run = bring(longer)
    assert snapshot() != before

    undoing = undo(run.pk)

    assert snapshot() == before
    assert list(undoing.restored.values()) == ["Learning to Walk"]


def test_an_import_without_news_leaves_the_base_of_the_merge_as_it_was():
    first = bring(WALK)
    Publication.objects.update(award="Mine")
    kept = bring(replace(WALK, award="Theirs"), RUN)
    assert Source.objects.get(line=0, publication__doi=WALK.doi).record["award"] == "Theirs"

    undo(kept.pk)

    source = Source.objects.get()
    assert "award" not in source.record
    assert source.run == first


def test_only_what_differs_is_kept_of_what_a_source_had_said():
    bring(WALK)
    run = bring(replace(WALK, position=2, award="Theirs"))

    (said,) = run.changes[0]["sources"].values()
    assert said["said"] == {"position": None, "award": None}


def test_a_run_that_kept_whole_records_is_undone_as_well():
    bring(WALK)
    before = snapshot()
    run = bring(replace(WALK, award="Theirs"))
    (former,) = run.changes[0]["sources"].values()
    former["record"] = {**Source.objects.get().record}
    del former["said"], former["record"]["award"]
    run.save()

    undo(run.pk)

    assert snapshot() == before


@pytest.mark.parametrize(
    "edit",
    [
        {"award": "Mine"},
        {"selected": True},
        {"visibility": "trash"},
        {"visibility": "draft"},
    ],
)
def test_a_paper_edited_since_is_left_and_named(edit):
    run = bring(WALK, RUN)
    Publication.objects.filter(doi=WALK.doi).update(**edit)

    undoing = undo(run.pk)

    assert [paper.title for paper in Publication.objects.all()] == ["Learning to Walk"]
    assert list(undoing.left.values()) == ["Learning to Walk"]
    assert {str(name) for name in Author.objects.all()} == {"Jane Doe", "John Roe"}
    assert "edited since, left as it is: Learning to Walk" in ImportRun.objects.get().report


def test_authors_links_and_topics_count_as_edits():
    run = bring(WALK, RUN, replace(RUN, title="Swimming", citation_key=""))
    walk, running, swimming = Publication.objects.order_by("id")
    walk.authorships.last().delete()
    running.links.create(label="mine", url="https://a.org/mine")
    swimming.topics.add(Topic.objects.create(name="Water"))

    assert len(undo(run.pk).left) == 3
    assert Publication.objects.count() == 3


def test_an_author_with_a_page_of_their_own_or_another_paper_stays():
    run = bring(WALK)
    Author.objects.filter(family="Doe").update(url="https://jane.example.org/")
    make_publication(authors=["John Roe"], venue="Conference on Walking (CoW)")

    undo(run.pk)

    assert {str(name) for name in Author.objects.all()} == {"Jane Doe", "John Roe"}
    assert Venue.objects.count() == 1


def test_headings_go_unless_a_section_shows_them():
    heading = CategoryRecord("journal", "Journal")
    run = bring(replace(WALK, category="journal"), categories=[heading])
    make_section(categories=Category.objects.all())
    undo(run.pk)
    assert Category.objects.count() == 1

    run = bring(
        replace(WALK, category="talks"), categories=[replace(heading, intro="New"), *[
            CategoryRecord("talks", "Talks")
        ]],
    )  # fmt: skip
    undo(run.pk)
    assert [(row.slug, row.intro) for row in Category.objects.all()] == [("journal", "")]


def test_runs_are_undone_one_after_the_other():
    before = snapshot()
    first = bring(WALK)
    second = bring(replace(WALK, award="Best paper"))

    undo(second.pk)
    undo(first.pk)

    assert snapshot() == before


def test_an_older_run_leaves_what_a_newer_one_changed():
    first = bring(WALK)
    bring(replace(WALK, award="Best paper"))

    assert undo(first.pk).left
    assert Publication.objects.get().award == "Best paper"


def test_two_plans_of_one_run_are_undone_together():
    before = snapshot()
    run = ImportRun.objects.create(source="site")
    for format, record in (("markdown", WALK), ("bibtex", replace(WALK, award="Oral"))):
        reconcile.apply(reconcile.plan([record], format=format, source="site"), run)
    assert len(run.changes) == 2

    assert len(undo(run.pk).removed) == 1
    assert snapshot() == before


def test_a_paper_whose_former_venue_is_gone_is_left():
    make_publication(
        "Learning to Walk", year=2020, venue=make_venue("Old"), doi=WALK.doi, authors=[]
    )
    bring(replace(WALK, venue="Old", venue_acronym=""))
    run = bring(replace(WALK, venue="New", venue_acronym=""))
    assert Publication.objects.get().venue.name == "New"
    Venue.objects.filter(name="Old").delete()

    assert list(undo(run.pk).left.values()) == ["Learning to Walk"]
    assert Publication.objects.get().venue.name == "New"


def test_a_paper_whose_former_key_is_taken_is_left():
    bring(WALK)
    run = bring(replace(WALK, citation_key="walk"))
    make_publication("Another", citation_key="DOE2020walk")

    assert list(undo(run.pk).left.values()) == ["Learning to Walk"]


def test_only_the_chosen_are_undone_because_only_they_were_written():
    before = snapshot()

    undo(bring(WALK, RUN, chosen={1}).pk)

    assert snapshot() == before


def test_a_run_is_undone_once():
    run = bring(WALK)
    undo(run.pk)

    with pytest.raises(CannotUndo, match=f"Import {run.pk} .refs.bib. was undone already"):
        undo(run.pk)


def test_nothing_is_half_undone(monkeypatch):
    run = bring(WALK)
    before = snapshot()

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("publications.undo._restore_sources", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        undo(run.pk)

    assert snapshot() == before
    assert ImportRun.objects.get().undone is None


def test_the_command_undoes_the_newest_import_and_says_what_stays():
    bring(WALK)
    newest = bring(WALK, RUN)

    text = run_command()

    assert [paper.title for paper in Publication.objects.all()] == ["Learning to Walk"]
    assert "removed: Running" in text
    assert f"Undone: import {newest.pk}: 1 removed, 0 as before, 0 edited since" in text
    assert "Only publications are undone: text sections, profile and old addresses stay." in text


def test_the_command_undoes_a_run_by_its_number():
    first = bring(WALK)
    bring(RUN)

    run_command(str(first.pk))

    assert [paper.title for paper in Publication.objects.all()] == ["Running"]


def test_a_dry_run_writes_nothing_and_says_what_would_be_done():
    bring(WALK)
    before = snapshot()

    text = run_command("--dry-run")

    assert snapshot() == before
    assert ImportRun.objects.get().undone is None
    assert "removed: Learning to Walk" in text
    assert "Dry run, nothing was saved: 1 removed" in text


def test_the_command_is_silent_when_asked():
    bring(WALK)

    assert run_command(verbosity=0) == ""
    assert not Publication.objects.exists()


def test_the_command_says_why_there_is_nothing_to_undo():
    with pytest.raises(CommandError, match="Nothing was imported yet"):
        run_command()
    with pytest.raises(CommandError, match="There is no import 7. Nothing was imported yet."):
        run_command("7")
    run = bring(WALK)
    with pytest.raises(CommandError, match=f"no import 7{run.pk}. The latest are: {run.pk}."):
        run_command(f"7{run.pk}")
    bring(WALK)
    with pytest.raises(CommandError, match="changed no publication"):
        run_command()


titles = st.sampled_from(["Walking", "Running", "Swimming", "Flying"])
names = st.sampled_from(["Ann Lee", "Bo Chen", "张三"]).map(parse_name)
records = st.builds(
    PublicationRecord,
    title=titles,
    kind=st.sampled_from(["article-journal", "article"]),
    authors=st.lists(names, unique=True).map(tuple),
    venue=st.sampled_from(["", "Nature", "Science"]),
    year=st.none() | st.sampled_from([2020, 2021]),
    arxiv_id=st.sampled_from(["", "2001.00001"]),
    citation_key=st.sampled_from(["", "key", "Key2"]),
    award=st.sampled_from(["", "Oral"]),
    links=st.lists(st.builds(Link, st.just("pdf"), titles.map("/{}".format))).map(tuple),
)


@pytest.mark.slow
class TestAnyImport(TestCase):
    @settings(deadline=None)  # a busy machine is no failure
    @given(st.lists(records, max_size=4), st.lists(records, max_size=4))
    def test_undone_leaves_the_site_as_it_was(self, first, second):
        make_author("Ann Lee")
        before = snapshot()
        old = bring(*first)
        between = snapshot()

        new = bring(*second)
        for run, then in ((new, between), (old, before)):
            if any(step["made"] or step["publications"] for step in run.changes):
                assert not undo(run.pk).left
                assert snapshot() == then
