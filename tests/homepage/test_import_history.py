"""What an import writes: every state it found or left is kept, says who and why, and comes back."""

import re
from dataclasses import replace
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.redirects.models import Redirect
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from reversion.models import Revision

from homepage.common import history
from homepage.common.history_bulk import keeping
from homepage.common.history_restoring import restore
from homepage.models import Section
from profiles.models import NewsItem, Profile
from publications import merging, merging_people, reconcile
from publications.changes import publication_state
from publications.models import Author, Category, ImportRun, Publication, Topic, Venue
from publications.names import parse_name
from publications.records import CategoryRecord, Link, PublicationRecord
from publications.undo import undo
from tests.factories import make_author, make_category, make_publication, make_section
from tests.forms import form_values

pytestmark = pytest.mark.django_db

CHANGED = "Changed by the import of refs.bib."
MADE = "Made by the import of refs.bib."
COMMAND = ", with a command by jane."
CHANGED_BY_COMMAND = CHANGED.removesuffix(".") + COMMAND
MADE_BY_COMMAND = MADE.removesuffix(".") + COMMAND
WALK = PublicationRecord(
    title="Learning to Walk",
    kind="paper-conference",
    authors=(parse_name("Jane Doe"), replace(parse_name("John Roe"), marks="*", equal=True)),
    venue="Conference on Walking",
    year=2020,
    doi="10.1234/walk",
    links=(Link("pdf", "https://a.example/x.pdf"), Link("code", "https://a.example/code")),
)
LATER = replace(
    WALK,
    title="Learning to Walk Again",
    authors=(parse_name("Kurt Gödel"), *WALK.authors),
    venue="Journal of Walking",
    award="Best paper",
    links=(*WALK.links, Link("slides", "https://a.example/slides")),
)


@pytest.fixture(autouse=True)
def account_of_the_machine(monkeypatch):
    monkeypatch.setenv("LOGNAME", "jane")


def bring(*records, user=None, **options):
    plan = reconcile.plan(records, format="bibtex", source="refs.bib", **options)
    run = ImportRun.objects.create(source="refs.bib", user=user)
    reconcile.apply(plan, run)
    return run


def states(row):
    """Return the kept states of a row: who, why, and the fields, the latest first."""
    kept = history.states_of(row)
    return [
        (state.by, state.comment, {one.label for one in state.since(earlier)})
        for state, earlier in zip(kept, [*kept[1:], None], strict=True)
    ]


def whole(paper):
    """Return all that a paper is made of, positions included."""
    paper = Publication.objects.get(pk=paper.pk)
    names = paper.authorships.values_list("position", "marks", "equal_contribution", "author")
    return publication_state(paper), list(names), paper.search_text


def test_what_an_import_changes_is_kept_with_who_and_the_fields_and_comes_back_exactly(owner):
    bring(WALK)
    paper = Publication.objects.get()
    paper.topics.add(Topic.objects.create(name="Gaits"))
    Publication.objects.refresh_search_text()
    before = whole(paper)

    bring(LATER, user=owner)

    last, found, made = states(paper)
    assert last == ("owner", CHANGED, {"Title", "Award", "Venue", "Authors", "Links"})
    assert found == ("", history.FOUND, {"Topics"})
    assert made[:2] == ("", MADE_BY_COMMAND)
    after = whole(paper)
    restore(history.states_of(paper)[1], owner)
    assert whole(paper) == before
    restore(history.states_of(paper)[1], owner)
    assert whole(paper) == after


def test_what_an_import_makes_is_kept_with_who_and_comes_back_after_an_edit(editor, owner):
    bring(WALK, user=owner)
    paper, author = Publication.objects.get(), Author.objects.get(family="Roe")
    for row in (paper, author, Venue.objects.get()):
        assert [state[:2] for state in states(row)] == [("owner", MADE)]
    address = reverse("admin:publications_author_change", args=[author.pk])
    values = form_values(editor.get(address)) | {"family": "Doe"}
    assert editor.post(address, values).status_code == 302

    assert [fields for _, _, fields in states(author)][0] == {"Family name"}
    restore(history.states_of(author)[-1], owner)

    author.refresh_from_db()
    assert str(author) == "John Roe"
    assert "john roe" in Publication.objects.get().search_text


def test_an_import_that_changes_nothing_keeps_nothing():
    bring(WALK)
    kept = Revision.objects.count()
    bring(WALK)

    assert Revision.objects.count() == kept


def test_a_paper_that_only_moved_in_the_source_has_a_state_with_its_place(owner):
    bring(replace(WALK, position=1))
    new = replace(WALK, title="Running", doi="", position=1)

    run = bring(new, replace(WALK, position=2), user=owner)

    paper = Publication.objects.get(doi=WALK.doi)
    last, made = history.states_of(paper)
    assert (last.by, last.comment) == ("owner", CHANGED)
    assert last.since(made) == [history.Difference("Position", "1", "2")]
    undo(run.pk, owner)
    assert states(paper)[0] == ("owner", "The import of refs.bib was undone.", {"Position"})
    restore(last, owner)
    paper.refresh_from_db()
    assert paper.position == 2


def test_an_edit_and_an_import_alternate_and_each_state_is_there(editor, owner):
    bring(WALK)
    paper = Publication.objects.get()
    paper.award = "Typed"
    paper.save()
    history.keep_found(paper)

    bring(replace(LATER, award=""), user=owner)
    bring(replace(LATER, award="", pages="1-9"))

    comments = [comment for _, comment, _ in states(paper)]
    assert comments == [CHANGED_BY_COMMAND, CHANGED, history.FOUND, MADE_BY_COMMAND]
    assert states(paper)[0] == ("", CHANGED_BY_COMMAND, {"Pages"})
    assert {state.portrait["Award"] for state in history.states_of(paper)[:3]} == {"Typed"}


def test_keeping_takes_as_many_queries_for_many_papers_as_for_one():
    keys = [make_publication(links=[("pdf", "https://a.example/")]).pk for _ in range(12)]

    def count(some):
        with CaptureQueriesContext(connection) as queries, keeping({Publication: some}, "Changed."):
            Publication.objects.filter(pk__in=some).update(award="Best paper")
        return len(queries)

    assert count(keys[:1]) == count(keys[1:])


def test_a_heading_that_an_import_makes_and_changes_has_both_states():
    heading = CategoryRecord("talks", "Talks", "", "", 1)
    bring(WALK, categories=[heading])
    bring(WALK, categories=[replace(heading, title="Invited talks")])

    category = Category.objects.get(slug="talks")
    assert [state[1:] for state in states(category)] == [
        (CHANGED_BY_COMMAND, {"Title"}),
        (MADE_BY_COMMAND, {"Title", "End of the address", "Position", "Order"}),
    ]


def test_the_author_whom_an_import_marks_as_the_owner_has_a_state_before(owner):
    author = make_author("Jane Doe")

    bring(replace(WALK, authors=(parse_name("John Roe"), JANE)), owner="Jane Doe", user=owner)

    assert states(author)[0] == ("owner", CHANGED, {"This is me"})
    assert len(states(author)) == 2


JANE = replace(parse_name("Jane Doe"), is_owner=True)


def test_undoing_an_import_is_a_change_like_others(owner):
    bring(WALK)
    paper = Publication.objects.get()
    run = bring(LATER)
    imported = whole(paper)

    undo(run.pk, owner)

    undone, *_ = states(paper)
    assert undone[:2] == ("owner", "The import of refs.bib was undone.")
    assert len(states(paper)) == 3
    restore(history.states_of(paper)[1], owner)
    assert whole(paper) == imported


def test_what_undoing_an_import_deletes_comes_back_with_its_authors_and_venue(owner):
    run = bring(WALK)
    paper = Publication.objects.get()
    before = whole(paper)
    undo(run.pk, owner)
    assert not Publication.objects.exists()
    assert not Author.objects.exists()
    assert not Venue.objects.exists()

    (state,) = history.Deleted(Publication)
    restore(state, owner)

    assert whole(paper) == before
    author = Author.objects.get(family="Roe")
    assert states(author)[0][:2] == ("owner", "Brought back with “Learning to Walk”.")


def test_what_was_read_with_doubt_comes_back_as_a_draft_once_its_source_is_gone(owner):
    run = bring(replace(WALK, doubts="Is this the title?", text="*Learning*"))
    paper = Publication.objects.get()
    assert restore(history.states_of(paper)[0], owner).row.is_public
    undo(run.pk, owner)
    (state,) = history.Deleted(Publication)

    row, notes = restore(state, owner)

    assert not Publication.objects.public().exists()
    assert notes == ["It is a draft: it was read with doubt, and its source is gone."]
    assert notes[0] in history.states_of(row)[0].comment


SITE = """# About me

I study walking. Write to me.

# Publications

- **Learning to Walk**. Jane Doe, John Roe. *Conference on Walking*, 2020.
"""


def test_the_rows_of_an_old_site_have_their_states(tmp_path, owner):
    page = tmp_path / "about.md"
    page.write_text(f"---\nauthor:\n  name: Jane Doe\n---\n{SITE}")
    call_command("import_site", page, verbosity=0)
    section = Section.objects.get(title="About me")
    page.write_text(page.read_text().replace("Write to me.", "Write to us."))

    call_command("import_site", page, verbosity=0)

    changed, made = states(section)
    assert changed == ("", f"Changed by the import of about.md{COMMAND}", {"Text"})
    assert made[1] == f"Made by the import of about.md{COMMAND}"
    restore(history.states_of(section)[-1], owner)
    section.refresh_from_db()
    assert "Write to me." in section.body


def test_the_profile_news_and_old_addresses_of_a_site_have_their_states(tmp_path, owner):
    site = tmp_path / "site"
    (site / "_pages").mkdir(parents=True)
    (site / "_news").mkdir()
    (site / "_data").mkdir()
    (site / "_pages" / "about.md").write_text("---\npermalink: /\nsubtitle: Student\n---\nHello.\n")
    (site / "_config.yml").write_text("first_name: Jane\nlast_name: Doe\nscholar:\n  source: /b/\n")
    (site / "_news" / "one.md").write_text("---\ndate: 2024-01-02\n---\nWe moved.\n")
    call_command("import_site", site, verbosity=0)
    profile, news = Profile.objects.get(), NewsItem.objects.get()
    assert [state[1] for state in (*states(profile), *states(news))] == [
        f"Made by the import of site{COMMAND}"
    ] * 2
    (site / "_config.yml").write_text(
        "first_name: Jane\nlast_name: Doe\ncontact_note: x\nscholar:\n  source: /b/\n"
    )
    (site / "_news" / "one.md").write_text("---\ndate: 2024-01-02\n---\nWe moved again.\n")
    (site / "_pages" / "about.md").write_text("---\npermalink: /\nsubtitle: Dr.\n---\nHello.\n")

    call_command("import_site", site, verbosity=0)

    assert states(news)[0] == ("", f"Changed by the import of site{COMMAND}", {"Text"})
    assert states(profile)[0][1:] == (f"Changed by the import of site{COMMAND}", {"Headline"})
    restore(history.states_of(news)[-1], owner)
    assert NewsItem.objects.get().body == "We moved."


def test_importing_a_file_again_by_command_names_the_file(tmp_path):
    file = tmp_path / "mine.bib"
    entry = "@article{{a, title={{Walking}}, author={{Doe, Jane}}, year={{2020}}, note={{{}}}}}"
    for note in ("One", "Two"):
        file.write_text(entry.format(note))
        call_command("import_publications", file, stdout=StringIO())

    assert states(Publication.objects.get())[0] == (
        "", f"Changed by the import of mine.bib{COMMAND}", {"Note"}
    )  # fmt: skip


def test_an_import_in_the_admin_is_the_editors(editor):
    entry = "@article{{a, title={{Walking}}, author={{Doe, Jane}}, year={{2020}}, note={{{}}}}}"
    page = reverse("admin:publications_publication_import")
    for note in ("One", "Two"):
        values = form_values(editor.post(page, {"text": entry.format(note)}))
        assert editor.post(page, values | {"_save": "Save"}).status_code == 302

    paper = Publication.objects.get()
    assert [(by, fields) for by, _, fields in states(paper)][:1] == [("owner", {"Note"})]
    listed = editor.get(reverse("admin:publications_publication_history", args=[paper.pk]))
    page = BeautifulSoup(listed.content, "html.parser")
    text = " ".join(page.select_one("#content").text.split())
    assert re.search(r"by owner .* Changed by the import of .*\. Note", text)
    assert re.search(r"\d+ \w+ \d{4}, \d\d:\d\d by owner Made by the import of .*\.", text)


def test_papers_that_follow_a_merged_author_have_states_and_bring_the_author_back(owner):
    ada, lady = make_author("Ada Lovelace"), make_author("A. Lovelace")
    paper = make_publication("Notes", authors=[lady, "Charles Babbage"])
    before = whole(paper)

    merging_people.merge(ada, [lady], rename=True, user=owner)

    comment = "A. Lovelace and Ada Lovelace became one person."
    assert states(paper)[0] == ("owner", comment, {"Authors"})
    assert states(ada)[0][:2] == ("owner", comment)
    restore(history.states_of(paper)[-1], owner)
    assert whole(paper)[:2] == before[:2]
    assert Author.objects.get(pk=lady.pk).given == "A."


def test_merged_papers_and_the_addresses_that_lead_on_have_states(owner):
    first, second = make_publication("Walking", doi=""), make_publication("Walking", pages="1-9")
    old = Redirect.objects.create(site_id=1, old_path="/old/", new_path=second.get_absolute_url())
    plan = merging.plan(first, second)

    merging.merge(first, second, {"pages": second.pk}, plan.token, owner)

    assert states(first)[0] == ("owner", f"Merged with number {second.pk}.", {"Pages"})
    assert states(second)[0] == ("owner", f"Merged into number {first.pk}.", {"Visibility"})
    assert states(old)[0][0] == "owner"
    assert states(old)[0][2] == {"Leads to"}


def test_who_was_marked_as_the_owner_before_has_states(owner):
    before, now = make_author("Ada Lovelace", is_owner=True), make_author("Alan Turing")

    merging_people.make_owner(now, owner)

    comment = "Alan Turing is the owner of the site now."
    assert states(before)[0] == ("owner", comment, {"This is me"})


def test_papers_that_lose_a_topic_and_sections_that_lose_a_heading_have_states(editor):
    paper = make_publication("Walking", topics=["Gaits"])
    category = make_category("Talks")
    section = make_section("Talks", categories=[category])
    topic = Topic.objects.get()

    for row in (topic, category):
        name = row._meta.model_name
        address = reverse(f"admin:publications_{name}_delete", args=[row.pk])
        assert editor.post(address, {"post": "yes"}).status_code == 302

    assert states(paper)[0] == ("owner", "“Gaits” was deleted.", {"Topics"})
    assert states(section)[0] == ("owner", "“Talks” was deleted.", {"Categories"})
    restore(history.states_of(paper)[-1], get_user_model().objects.get())
    assert [topic.name for topic in paper.topics.all()] == ["Gaits"]
