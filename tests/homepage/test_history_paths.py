"""Every way in which content is written: what is there is kept as it is, what is gone as it was."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from reversion.models import Revision

from homepage.common import history
from homepage.common.history_bulk import keep_many
from homepage.common.history_models import registered
from homepage.fetching import bring_in
from homepage.models import Section
from profiles.models import NewsItem, Profile
from publications.fetching.works import DOI, Fetched
from publications.formats import READABLE
from publications.models import Author, Category, ImportRun, Publication, Topic, Venue
from tests.content import forget
from tests.factories import make_author, make_category, make_news, make_publication, make_venue
from tests.forms import form_values

pytestmark = pytest.mark.django_db

ENTRIES = """@article{{one, title={{Walking}}, author={{Doe, Jane and Roe, John}}, year={{2020}},
  journal={{Gait}}, keywords={{Gaits}}, note={{{note}}}}}
"""
RUNNING = "@article{two, title={Running}, author={Doe, Jane}, year={2021}}\n"


def unkept():
    """Return the rows that are not as their last kept state says."""
    album = history.Album()
    found = []
    for model in registered():
        for row in model._base_manager.all():
            last = history.states_of(row, limit=1)
            if not last or last[0].portrait != album.of_row(row):
                found.append((model.__name__, str(row), [state.comment for state in last]))
    return found


def keep_all():
    """Keep what a factory has made."""
    for model in registered():
        keep_many(model, model._base_manager.values_list("pk", flat=True), "Made for the test.")


def admin(row_or_model, name, *args):
    return reverse(f"admin:{row_or_model._meta.label_lower.replace('.', '_')}_{name}", args=args)


def save(editor, address, **typed):
    response = editor.post(address, form_values(editor.get(address)) | typed)
    assert response.status_code == 302, response.content.decode()


def act(editor, model, action, *rows, **typed):
    values = {"action": action, "_selected_action": [row.pk for row in rows], **typed}
    assert editor.post(admin(model, "changelist"), values).status_code == 302


def put(tmp_path, text, name="refs.bib"):
    (tmp_path / name).write_text(text)
    return tmp_path / name


# Each path makes what it needs, and writes; what was made before it was kept is not its own.


def import_command(editor, tmp_path):
    for text in (ENTRIES.format(note="a"), RUNNING + ENTRIES.format(note="b")):
        call_command("import_publications", put(tmp_path, text), "--topics", verbosity=0)


def renumbering(editor, tmp_path):
    for text in (ENTRIES.format(note="a"), RUNNING + ENTRIES.format(note="a")):
        call_command("import_publications", put(tmp_path, text), verbosity=0)


def import_in_the_admin(editor, tmp_path):
    page = admin(Publication, "import")
    values = form_values(editor.post(page, {"text": RUNNING + ENTRIES.format(note="a")}))
    assert editor.post(page, values | {"_save": "Save"}).status_code == 302


def undo_import(editor, tmp_path):
    import_command(editor, tmp_path)
    call_command("undo_import", verbosity=0)
    for run in ImportRun.objects.filter(undone=None):
        editor.post(reverse("admin:publications_publication_import_undo", args=[run.pk]))


def site(editor, tmp_path):
    page = "---\nauthor:\n  name: Jane Doe\n---\n# About me\n\nI walk.\n\n# Papers\n\n"
    entry = "- **{}**. __Jane Doe__, John Roe. *Gait*, 2020.\n"
    for text in (page + entry.format("Walking"), page + entry.format("Running")):
        call_command("import_site", put(tmp_path, text, "about.md"), verbosity=0)
    assert Author.objects.filter(is_owner=True).exists()


def quickstart(editor, tmp_path):
    call_command("quickstart", "--no-serve", stdout=StringIO())


def fetched(editor, tmp_path):
    item = {"type": "article-journal", "title": "Walking", "author": [{"literal": "Jane Doe"}]}
    (record,) = READABLE["csl"].load(json.dumps([item])).records
    bring_in([Fetched(DOI, record)], "10.1/x")


def folder(editor, tmp_path):
    quickstart(editor, tmp_path)
    call_command("export_markdown", tmp_path / "left", verbosity=0)
    forget()
    Revision.objects.all().delete()
    call_command("import_site", tmp_path / "left", verbosity=0)


def form(editor, tmp_path):
    add = admin(Publication, "add")
    save(editor, add, title="Walking", authors_line="Jane Doe, John Roe", venue_name="Gait (G)")
    paper = Publication.objects.get()
    save(editor, admin(paper, "change", paper.pk), authors_line="Ann Poe", venue_name="Run")


def forms(editor, tmp_path):
    save(editor, admin(Section, "add"), title="About", body="Me")
    save(editor, admin(NewsItem, "add"), date="2024-01-02", body="News")
    save(editor, admin(Profile, "add"), name="Jane Doe")
    save(editor, admin(Author, "add"), family="Doe", is_owner="on")
    save(editor, admin(Author, "add"), family="Roe", is_owner="on")


def actions(editor, tmp_path):
    form(editor, tmp_path)
    paper = Publication.objects.get()
    act(editor, Publication, "topics", paper, add="Gaits, Legs", _apply="yes")
    for action in ("select", "make_draft", "publish", "move_to_trash"):
        act(editor, Publication, action, paper)
    act(editor, Author, "this_is_me", Author.objects.first())
    forms(editor, tmp_path)
    act(editor, Section, "make_draft", Section.objects.get())


def cells(editor, tmp_path):
    forms(editor, tmp_path)
    values = form_values(editor.get(admin(Section, "changelist")))
    list_form = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": Section.objects.get().pk,
    }
    editor.post(
        admin(Section, "changelist"), values | list_form | {"form-0-position": 7, "_save": 1}
    )
    assert Section.objects.get().position == 7


def merges(editor, tmp_path):
    for model, make in ((Author, make_author), (Venue, make_venue), (Category, make_category)):
        one, two = make("One Row"), make("Two Rows")
        make_publication("Walking", authors=[one] if model is Author else ["Jane Doe"])
        keep_all()
        query = {"authors": f"{one.pk},{two.pk}", "rows": f"{one.pk},{two.pk}"}
        address = f"{admin(model, 'merge')}?" + "&".join(f"{k}={v}" for k, v in query.items())
        save(editor, address, keep=str(two.pk))
        assert not model.objects.filter(pk=one.pk).exists()


def merged_papers(editor, tmp_path):
    one, two = make_publication("Walking"), make_publication("Walking", pages="1-9")
    keep_all()
    save(editor, f"{admin(Publication, 'merge')}?papers={one.pk},{two.pk}", keep=str(one.pk))
    act(editor, Publication, "publish", two)  # and what led to the other one is gone


def deletions(editor, tmp_path):
    actions(editor, tmp_path)
    news = make_news()
    keep_all()
    for row in (news, Topic.objects.first(), Section.objects.get()):
        address = admin(row, "delete", row.pk)
        assert editor.post(address, {"post": "yes"}).status_code == 302
    paper = Publication.objects.get()
    editor.post(admin(paper, "delete", paper.pk), {"post": "yes"})


def restored(editor, tmp_path):
    deletions(editor, tmp_path)
    for model in (NewsItem, Topic, Section):
        state = history.Deleted(model)[0]
        assert editor.post(admin(model, "deleted"), {"state": state.pk}).status_code == 302
    paper = Publication.objects.get()
    for state in history.states_of(paper):
        editor.post(admin(paper, "state", paper.pk, state.pk))


PATHS = [
    import_command, renumbering, import_in_the_admin, undo_import, site, quickstart, fetched,
    folder, form, forms, actions, cells, merges, merged_papers, deletions, restored,
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_what_is_written_is_kept(path, editor, tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()

    path(editor, tmp_path)

    assert unkept() == []
    assert Revision.objects.exists()
    found = Revision.objects.filter(comment=history.FOUND)
    assert not found.exists(), "something was written before it was kept"
