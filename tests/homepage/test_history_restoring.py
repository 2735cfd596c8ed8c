"""What comes back although another row has by now what was unique: with a sentence, never lost."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.redirects.models import Redirect
from django.db import models
from django.urls import reverse

from homepage.common import history
from homepage.common.history_bulk import keep_many, keeping
from homepage.common.history_models import identity, registered, yielding_fields
from homepage.common.slugs import SluggedModel
from homepage.models import Section
from profiles.models import Profile
from publications import merging_catalogue, merging_people
from publications.models import Author, Publication, Topic, Venue
from tests.factories import make_author, make_publication, make_section, make_venue

pytestmark = pytest.mark.django_db

ORCID = "0000-0002-1825-0097"


def keep(*rows):
    for row in rows:
        keep_many(type(row), [row.pk], "Made for the test.")


def delete(row):
    pk = row.pk
    with keeping({type(row): [pk]}, "Deleted."):
        row.delete()
    row.pk = pk


def bring_back(editor, model):
    """Bring the last deleted row of a model back; return what is said."""
    state = history.Deleted(model)[0]
    name = model._meta.label_lower.replace(".", "_")
    address = reverse(f"admin:{name}_deleted")
    return said(editor.post(address, {"state": state.pk}, follow=True))


def restore(editor, row, place=-1):
    name = row._meta.label_lower.replace(".", "_")
    state = history.states_of(row)[place]
    address = reverse(f"admin:{name}_state", args=[row.pk, state.pk])
    return said(editor.post(address, follow=True))


def said(response):
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    return [" ".join(item.text.split()) for item in page.select(".messagelist li")]


def test_every_unique_column_is_looked_at_before_a_state_comes_back():
    for model in registered():
        columns = {("slug",)} if issubclass(model, SluggedModel) else set()
        columns |= {(field.name,) for field in yielding_fields(model)}
        columns |= {tuple(name.removesuffix("_id") for name in identity(model))}
        unique = {(f.name,) for f in model._meta.local_fields if f.unique and not f.primary_key}
        unique |= {tuple(names) for names in model._meta.unique_together}
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                named = [one.get_source_expressions()[0].name for one in constraint.expressions]
                unique.add((*constraint.fields, *named))
        assert unique <= columns, model


def test_a_merged_author_comes_back_without_what_the_one_who_stayed_has_now(editor, owner):
    ada, lady = make_author("Ada Lovelace"), make_author("A. Byron", orcid=ORCID, is_owner=True)
    make_publication("Notes", authors=[lady])
    keep(ada, lady)
    merging_people.merge(ada, [lady], rename=False, user=owner)

    messages = bring_back(editor, Author)

    assert messages == [
        "“A. Byron” is as it was.",
        f"The ORCID iD “{ORCID}” was left out: “Ada Lovelace” has it now.",
        "“This is me” was left out: “Ada Lovelace” has it now.",
    ]
    back, stayed = Author.objects.get(family="Byron"), Author.objects.get(family="Lovelace")
    assert (back.pk, back.orcid, back.is_owner) == (lady.pk, "", False)
    assert (stayed.orcid, stayed.is_owner) == (ORCID, True)
    last, deleted, _ = history.states_of(back)
    assert last.comment.endswith("“This is me” was left out: “Ada Lovelace” has it now.")
    assert (deleted.by, deleted.comment) == (
        "owner", "A. Byron and Ada Lovelace became one person."
    )  # fmt: skip


def test_a_paper_comes_back_with_an_author_whose_orcid_id_another_has_now(editor, owner):
    ada, lady = make_author("Ada Lovelace"), make_author("A. Byron", orcid=ORCID)
    paper = make_publication("Notes", authors=[lady])
    keep(ada, lady, paper)
    merging_people.merge(ada, [lady], rename=False, user=owner)

    messages = restore(editor, paper)

    assert messages[1:] == [f"The ORCID iD “{ORCID}” was left out: “Ada Lovelace” has it now."]
    assert [name.author_id for name in paper.authorships.all()] == [lady.pk]
    comment = history.states_of(lady)[0].comment
    assert comment.startswith("Brought back with “Notes”. The ORCID iD")


def test_an_earlier_state_of_who_was_the_owner_leaves_the_mark_where_it_is(editor, owner):
    before, now = make_author("Ada Lovelace", is_owner=True), make_author("Alan Turing")
    keep(before, now)
    merging_people.make_owner(now, owner)
    Author.objects.filter(pk=before.pk).update(family="Byron")

    messages = restore(editor, before)

    assert messages[1:] == ["“This is me” was left out: “Alan Turing” has it now."]
    before.refresh_from_db()
    assert (before.family, before.is_owner) == ("Lovelace", False)


def test_a_citation_key_stays_with_the_paper_that_has_it_now(editor):
    paper = make_publication("Walking", citation_key="doe2020")
    keep(paper)
    Publication.objects.update(title="Running", citation_key="")
    make_publication("Another", citation_key="DOE2020")

    messages = restore(editor, paper)

    assert messages[1:] == ["The citation key “doe2020” was left out: “Another” has it now."]
    paper.refresh_from_db()
    assert (paper.title, paper.citation_key) == ("Walking", "")


def test_a_deleted_paper_comes_back_under_a_free_address(editor):
    paper = make_publication("Walking")
    keep(paper)
    delete(paper)
    other = make_publication("Walking", uid=paper.uid)

    messages = bring_back(editor, Publication)

    assert messages[1:] == ["Its address ends in “walking-2” now: “Walking” has “walking”."]
    back = Publication.objects.get(pk=paper.pk)
    assert back.slug == "walking-2"
    assert back.uid != other.uid
    assert editor.get(back.get_absolute_url()).status_code == 200


def test_an_earlier_state_keeps_the_address_of_now_where_the_old_one_is_taken(editor):
    section = make_section("Talks", body="Old")
    keep(section)
    Section.objects.update(slug="lectures", body="New")
    make_section("Talks")

    messages = restore(editor, section)

    assert messages[1:] == ["Its address ends in “lectures” now: “Talks” has “talks”."]
    section.refresh_from_db()
    assert (section.slug, section.body) == ("lectures", "Old")


@pytest.mark.parametrize(
    ("make", "kind", "name"),
    [
        (lambda: make_venue("Mind", "M"), "venue", "Mind (M)"),
        (lambda: Topic.objects.create(name="Gaits"), "topic", "Gaits"),
        (
            lambda: Redirect.objects.create(site_id=1, old_path="/old/", new_path="/"),
            "old address",
            "/old/ ---> /",
        ),
    ],
    ids=["venue", "topic", "old address"],
)
def test_two_that_say_the_same_are_refused_with_a_sentence(editor, make, kind, name):
    row = make()
    keep(row)
    delete(row)
    make()

    messages = bring_back(editor, type(row))

    assert messages == [
        f"“{name}” cannot be restored: there is another {kind} “{name}” by now. Change or delete "
        "that one first."
    ]
    assert type(row).objects.count() == 1


def test_a_paper_takes_the_venue_and_topic_that_say_the_same_as_its_own(editor):
    paper = make_publication("Walking", venue="Mind (M)", topics=["Gaits"])
    keep(paper, paper.venue, *paper.topics.all())
    for row in (*paper.topics.all(), paper.venue):
        Publication.objects.update(venue=None)
        delete(row)
    venue, topic = make_venue("Mind", "M"), Topic.objects.create(name="Gaits")

    restore(editor, paper)

    paper.refresh_from_db()
    assert (paper.venue, list(paper.topics.all())) == (venue, [topic])
    assert Venue.objects.count() == Topic.objects.count() == 1


def test_merged_venues_part_again_with_their_papers(editor, owner):
    one, two = make_venue("Mind", "M"), make_venue("Mind")
    paper = make_publication("Walking", venue=two)
    keep(one, two, paper)
    merging_catalogue.merge(one, [two], owner)

    restore(editor, paper)

    paper.refresh_from_db()
    assert (paper.venue_id, str(paper.venue)) == (two.pk, "Mind")


def test_the_one_profile_comes_back_as_it_was(editor):
    profile = Profile.objects.create(name="Jane Doe")
    keep(profile)
    Profile.objects.update(name="J. Doe")

    assert restore(editor, profile) == ["“Jane Doe” is as it was."]
