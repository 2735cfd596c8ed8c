"""Import in the admin: paste or upload, look through, save what is ticked, take it back."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publications.models import Author, ImportRun, Publication, Source, Venue
from tests.factories import make_author, make_category, make_publication
from tests.queries import changes

pytestmark = pytest.mark.django_db

IMPORT = reverse("admin:publications_publication_import")
WALK = {
    "id": "doe2020walk",
    "type": "paper-conference",
    "title": "Learning to Walk",
    "author": [{"given": "Jane", "family": "Doe"}, {"given": "John", "family": "Roe"}],
    "container-title": "Conference on Walking",
    "issued": {"date-parts": [[2020]]},
    "DOI": "10.1234/walk",
}
RUN = {**WALK, "id": "doe2020run", "title": "Running", "DOI": "10.1234/run"}


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_superuser("owner", password="a long password")
    client.force_login(user)
    return client


def member(client, *permissions):
    """Log in somebody of the staff who may do only that."""
    user = get_user_model().objects.create_user("staff", password="a long password", is_staff=True)
    for name in permissions:
        user.user_permissions.add(Permission.objects.get(codename=name))
    client.force_login(user)
    return client


def csl(*items):
    return json.dumps(list(items))


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def paste(client, text, **typed):
    return client.post(IMPORT, {"text": text, **typed})


def form_values(response, but=()):
    """Return what a browser would send if only “Save” were pressed, `but` some boxes unticked."""
    form = page_of(response).select_one("#content-main form")
    values = {}
    for field in form.select("input[name]:not([type=submit]), textarea, select"):
        kind = field.get("type", "")
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "textarea":
            value = field.text.removeprefix("\n").replace("\n", "\r\n")  # as browsers send it
        elif field.name == "select":
            value = field.select_one("option[selected]")["value"]
        else:
            value = field["value"] if field.has_attr("value") else ""
        if (field["name"], value) not in but:
            values.setdefault(field["name"], []).append(value)
    return {**values, "_save": "Save"}


def save(client, text, but=(), **typed):
    values = form_values(paste(client, text), but)
    return client.post(IMPORT, {**values, **typed}, follow=True)


def group(response, name):
    """Return the text of the entries under a heading of the preview."""
    for part in page_of(response).select(".group"):
        if part.select_one("h2, summary").text.startswith(name):
            return " ".join(part.text.split())
    return ""


def errors_of(response):
    return " ".join(item.text for item in page_of(response).select(".errorlist li"))


def notices(response):
    return " ".join(item.text for item in page_of(response).select(".messagelist li"))


def test_the_list_has_a_button_that_leads_to_the_form(editor):
    page = page_of(editor.get(reverse("admin:publications_publication_changelist")))
    assert page.select_one(f".object-tools a[href='{IMPORT}']").text == "Import"

    page = page_of(editor.get(IMPORT))
    assert page.select_one("textarea[name=text]")
    assert page.select_one("input[type=file][name=file]")


def test_one_entry_takes_a_paste_and_two_clicks(editor):
    make_publication("Older", year=2020, position=1)
    preview = paste(editor, csl(WALK))
    assert "Learning to Walk Jane Doe, John Roe" in group(preview, "New (1)")
    assert not Publication.objects.filter(doi="10.1234/walk").exists()

    result = editor.post(IMPORT, form_values(preview), follow=True)

    paper = Publication.objects.get(doi="10.1234/walk")
    assert paper.position == 0  # it heads its year, as if typed in
    assert [str(name) for name in paper.authorships.all()] == ["Jane Doe", "John Roe"]
    assert "Imported: 1 added." in notices(result)
    assert page_of(result).select_one(
        f"a[href='{reverse('admin:publications_publication_change', args=[paper.pk])}']"
    )
    entry = LogEntry.objects.get()
    assert (entry.is_addition(), entry.object_id) == (True, str(paper.pk))
    run = ImportRun.objects.get()
    assert run.source == "Pasted CSL-JSON"
    assert "new: Learning to Walk" in run.report


def test_the_preview_only_reads(editor):
    make_publication("Learning to Walk", year=2020)
    with CaptureQueriesContext(connection) as queries:
        paste(editor, csl(WALK, RUN))

    assert changes(queries) == []


def test_exactly_what_is_ticked_is_written(editor):
    save(editor, csl(WALK, RUN), but=[("entry", "0")])

    assert [paper.title for paper in Publication.objects.all()] == ["Running"]
    assert Author.objects.count() == 2


def test_nothing_ticked_saves_nothing_and_says_so(editor):
    response = save(editor, csl(WALK), but=[("entry", "0")])

    assert "Nothing was ticked" in notices(response)
    assert not ImportRun.objects.exists()


def test_the_same_again_is_the_same(editor):
    save(editor, csl(WALK, RUN))

    response = paste(editor, csl(WALK, RUN))

    assert "Already here (2)" in group(response, "Already here")
    assert not page_of(response).select("input[name=entry], input[name=_save]")


def test_changes_are_shown_field_by_field_and_saved(editor):
    save(editor, csl(WALK, RUN))
    changed = {**WALK, "title": "Learning to Walk Well", "page": "1-9"}

    preview = paste(editor, csl(changed, RUN))
    page = page_of(preview)
    shown = [
        (row.dt.text, *(one.text.split(": ")[1] for one in row.select("del, ins")))
        for row in page.select(".changes > div")
    ]
    assert shown == [
        ("Title", "Learning to Walk", "Learning to Walk Well"),
        ("Pages", "1-9"),
    ]

    editor.post(IMPORT, form_values(preview))
    paper = Publication.objects.get(doi="10.1234/walk")
    assert (paper.title, paper.pages) == ("Learning to Walk Well", "1-9")
    assert LogEntry.objects.filter(object_id=paper.pk, action_flag=2).count() == 1


def test_edits_are_kept_unless_their_box_is_ticked(editor):
    save(editor, csl({**WALK, "page": "1-9", "volume": "1"}))
    Publication.objects.update(pages="10-19", volume="7")
    changed = csl({**WALK, "page": "2-9", "volume": "2"})

    preview = paste(editor, changed)
    assert "10-19 take 2-9" in group(preview, "Edited here (1)")
    values = form_values(preview)
    assert "take" not in values

    editor.post(IMPORT, {**values, "take": ["0:pages"]})
    paper = Publication.objects.get()
    assert (paper.pages, paper.volume) == ("2-9", "7")


def test_the_trash_stays_and_is_listed(editor):
    save(editor, csl(WALK))
    Publication.objects.update(visibility="trash")

    preview = paste(editor, csl({**WALK, "page": "1-9"}))

    assert "Learning to Walk" in group(preview, "In the trash (1)")
    editor.post(IMPORT, {**form_values(preview), "entry": ["0"]})
    assert Publication.objects.get().pages == ""


def test_two_papers_of_one_citation_key_are_both_saved_and_one_says_why(editor):
    preview = paste(editor, csl(WALK, {**RUN, "id": "DOE2020walk"}))
    assert "Another paper has the citation key “DOE2020walk”" in group(preview, "Needs a look (1)")

    editor.post(IMPORT, form_values(preview))

    assert {paper.citation_key for paper in Publication.objects.all()} == {"doe2020walk", ""}


def test_the_published_version_of_a_preprint_is_offered_and_joined(editor):
    preprints = make_category("Preprints", default_kind="article")
    make_category("Conference Papers", default_kind="paper-conference")
    paper = make_publication(
        "Learning to Walk", kind="article", year=2018, arxiv_id="1801.00001",
        category=preprints, authors=["Jane Doe"],
    )  # fmt: skip

    preview = paste(editor, csl(WALK))
    assert "looks like the published version of “Learning to Walk”, 2018" in group(
        preview, "Needs a look (1)"
    )
    editor.post(IMPORT, form_values(preview))

    paper.refresh_from_db()
    assert (paper.kind, paper.year, paper.doi) == ("paper-conference", 2020, "10.1234/walk")
    assert (paper.arxiv_id, paper.category.title) == ("1801.00001", "Conference Papers")
    assert Publication.objects.count() == 1


def test_what_is_offered_may_be_declined(editor):
    make_publication("Learning to Walk", kind="article", year=2018, authors=["Jane Doe"])

    save(editor, csl(WALK), **{"as-0": "new"})

    assert Publication.objects.count() == 2


@pytest.mark.parametrize("field", ["text", "token", "site"])
def test_a_preview_that_has_grown_old_is_refused_and_made_anew(editor, field):
    values = form_values(paste(editor, csl(WALK)))
    if field == "site":
        make_publication("Meanwhile")
    else:
        values[field] = [csl(RUN)]

    response = editor.post(IMPORT, values)

    assert "have changed since you saw the preview, so nothing was saved" in notices(response)
    assert not ImportRun.objects.exists()
    assert "New (1)" in group(response, "New")


def test_saving_twice_saves_once(editor):
    values = form_values(paste(editor, csl(WALK)))

    editor.post(IMPORT, values)
    editor.post(IMPORT, values)

    assert (Publication.objects.count(), ImportRun.objects.count()) == (1, 1)


def test_a_change_between_preview_and_write_is_refused(editor, monkeypatch):
    from publications import reconcile

    values = form_values(paste(editor, csl(WALK)))

    def stale(*args):
        raise reconcile.StalePlan

    monkeypatch.setattr(reconcile, "apply", stale)
    response = editor.post(IMPORT, values)

    assert "nothing was saved" in notices(response)
    assert not ImportRun.objects.exists()


def test_a_file_is_read_by_its_bytes_and_travels_as_text(editor):
    text = "\ufeff" + csl({**WALK, "title": "Über das Gehen"})
    file = SimpleUploadedFile("refs.json", text.encode("utf-16"))

    preview = editor.post(IMPORT, {"file": file})
    editor.post(IMPORT, form_values(preview))

    assert Publication.objects.get().title == "Über das Gehen"
    assert ImportRun.objects.get().source == "refs.json"


def test_a_file_in_windows_1252_is_read_with_a_warning(editor):
    text = csl({**WALK, "title": "Über"}).encode().decode("unicode_escape").encode("cp1252")

    response = editor.post(IMPORT, {"file": SimpleUploadedFile("refs.json", text)})

    assert "is not UTF-8" in page_of(response).select_one(".note").text
    assert "Über" in group(response, "New (1)")


def test_what_left_the_file_is_kept_and_listed(editor):
    for items in ((WALK, RUN), (RUN,)):
        file = SimpleUploadedFile("refs.json", csl(*items).encode())
        preview = editor.post(IMPORT, {"file": file})
        if page_of(preview).select("input[name=_save]"):
            editor.post(IMPORT, form_values(preview))

    assert "Learning to Walk" in group(preview, "No longer in refs.json, kept here (1)")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"text": ""}, "Paste some entries, or choose a file."),
        ({"text": " \n"}, "Paste some entries, or choose a file."),
        ({"text": "Dear reader,"}, "none of the formats that can be read here"),
        ({"text": "Dear reader,", "format": "ris"}, "There is no entry of RIS in it."),
        ({"text": "x", "format": "docx"}, "Select a valid choice"),
        ({"text": "x" * 1_000_001}, "It is larger than 1 MB"),
        ({"text": "é" * 500_001}, "It is larger than 1 MB"),
        ({"text": "TY  - JOUR\nTI  - A\nER  - \n" * 2_001}, "2,001 entries; at most 2,000"),
        ({"text": "[]"}, "There is no entry of CSL-JSON in it."),
        ({"text": '[{"title": NaN, '}, "There is no entry of CSL-JSON in it."),
        ({"text": "[" * 100_000}, "There is no entry of CSL-JSON in it."),
        (
            {"text": "[" + "1," * 100_000 + "1]", "format": "csl"},
            "There is no entry of CSL-JSON in it.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(editor, data, message):
    response = editor.post(IMPORT, data)

    assert message in errors_of(response)
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "it is not a text file"),
        ("big.bib", b"x" * 1_000_001, "It is larger than 1 MB"),
        ("empty.bib", b"", "The submitted file is empty."),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(editor, name, content, message):
    response = editor.post(IMPORT, {"file": SimpleUploadedFile(name, content)})

    assert message in errors_of(response)


def test_a_text_and_a_file_are_not_both_taken(editor):
    file = SimpleUploadedFile("refs.json", csl(RUN).encode())

    assert "not both" in errors_of(editor.post(IMPORT, {"text": csl(WALK), "file": file}))


@pytest.mark.slow
def test_two_thousand_entries_are_looked_through_and_saved(editor):
    items = [{**WALK, "id": f"k{n}", "title": f"Walk {n}", "DOI": ""} for n in range(2_000)]

    result = save(editor, csl(*items))

    assert "Imported: 2000 added." in notices(result)
    assert Publication.objects.count() == 2_000
    assert Venue.objects.count() == 1


def test_nothing_of_the_source_runs_in_the_page(editor):
    wild = {**WALK, "title": "<script>hit()</script>", "URL": "javascript:hit()", "note": "<b>"}

    response = paste(editor, csl(wild))

    assert "<script>hit" not in response.content.decode()
    assert not page_of(response).select("#content-main script, #content-main a[href^=javascript]")


def test_pages_name_no_style_and_no_script_of_their_own(editor):
    save(editor, csl(WALK))
    run = ImportRun.objects.get()
    addresses = [IMPORT, f"{IMPORT}{run.pk}/", f"{IMPORT}{run.pk}/undo/"]

    pages = [editor.get(address) for address in addresses] + [paste(editor, csl(WALK, RUN))]

    for response in pages:
        main = page_of(response).select_one("#content-main")
        assert response.status_code == 200
        assert not main.select("script, style, [style], [onclick]")
        assert not re.search(r"\son[a-z]+=", str(main))


def test_undo_says_what_will_happen_and_does_it(editor):
    make_publication("Running", year=2020, doi="10.1234/run", authors=["Jane Doe"])
    save(editor, csl(WALK, {**RUN, "page": "1-9"}))
    run = ImportRun.objects.get()
    undo = reverse("admin:publications_publication_import_undo", args=[run.pk])
    runs_page = editor.get(reverse("admin:publications_importrun_change", args=[run.pk]))
    assert page_of(runs_page).select_one(f"a[href='{undo}']")

    question = " ".join(page_of(editor.get(undo)).select_one("#content-main").text.split())
    assert "Removed for good (1)" in question
    assert "As before the import (1)" in question
    assert Publication.objects.count() == 2

    result = editor.post(undo, follow=True)
    assert "1 removed, 1 as before, 0 edited since and left." in notices(result)
    paper = Publication.objects.get()
    assert (paper.title, paper.pages) == ("Running", "")
    assert not Source.objects.exists()

    assert "was undone already" in notices(editor.get(undo, follow=True))
    assert "was undone already" in notices(editor.post(undo, follow=True))
    runs_page = editor.get(reverse("admin:publications_importrun_change", args=[run.pk]))
    assert not page_of(runs_page).select(f"a[href='{undo}']")


def test_what_was_undone_can_be_imported_again(editor):
    save(editor, csl(WALK))
    editor.post(f"{IMPORT}{ImportRun.objects.get().pk}/undo/")

    save(editor, csl(WALK))

    assert Publication.objects.count() == 1


def addresses_of(run):
    return [IMPORT, f"{IMPORT}{run.pk}/", f"{IMPORT}{run.pk}/undo/"]


def test_who_is_not_logged_in_is_led_to_the_login(client):
    run = ImportRun.objects.create(source="secret.bib", report="secret")
    for address in addresses_of(run):
        for response in (client.get(address), client.post(address, {"text": csl(WALK)})):
            assert response.status_code == 302
            assert response.url.startswith(reverse("admin:login"))
    assert not Publication.objects.exists()


@pytest.mark.parametrize("permissions", [(), ("view_publication",), ("change_publication",)])
def test_staff_without_the_right_is_refused(client, permissions):
    run = ImportRun.objects.create(source="secret.bib", report="secret")
    member(client, *permissions)
    for address in addresses_of(run):
        for response in (client.get(address), client.post(address, {"text": csl(WALK)})):
            assert response.status_code == 403
            assert b"secret" not in response.content
    assert not Publication.objects.exists()


def test_who_may_only_add_changes_nothing_and_undoes_nothing(client):
    make_publication("Running", year=2020, doi="10.1234/run", authors=["Jane Doe"])
    member(client, "add_publication")

    preview = paste(client, csl(WALK, {**RUN, "page": "1-9"}))
    assert "You may add papers but not change them" in group(preview, "Changed (1)")
    result = client.post(IMPORT, {**form_values(preview), "entry": ["0", "1"]}, follow=True)

    assert Publication.objects.get(doi="10.1234/run").pages == ""
    assert Publication.objects.filter(doi="10.1234/walk").exists()
    undo = f"{IMPORT}{ImportRun.objects.get().pk}/undo/"
    assert not page_of(result).select(f"a[href='{undo}']")
    assert client.post(undo).status_code == 403


def test_an_import_that_is_not_there_is_not_found(editor):
    assert editor.get(f"{IMPORT}99/").status_code == 404
    assert editor.post(f"{IMPORT}99/undo/").status_code == 404


def test_pasting_needs_the_token_of_the_form(client):
    from django.test import Client

    user = get_user_model().objects.create_superuser("owner", password="a long password")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)

    assert strict.post(IMPORT, {"text": csl(WALK)}).status_code == 403


def test_new_papers_are_filed_under_the_heading_of_their_kind(editor):
    mine = make_category("My talks at conferences", default_kind="paper-conference")

    save(editor, csl(WALK, {**RUN, "type": "article-journal"}, {**RUN, "id": "x", "DOI": ""}))

    filed = {paper.title: paper.category.title for paper in Publication.objects.filter(doi__gt="")}
    assert filed == {"Learning to Walk": mine.title, "Running": "Journal Papers"}


def test_many_papers_keep_the_order_of_the_source(editor):
    save(editor, csl(RUN, WALK))

    titles = [paper.title for paper in Publication.objects.newest_first()]
    assert titles == ["Running", "Learning to Walk"]


def test_what_could_not_be_read_stands_above_with_its_line(editor):
    text = csl(WALK, {"id": "none"}).replace(', {"id"', ',\n{"id"')

    preview = paste(editor, text)

    (problem,) = page_of(preview).select(".problems li")
    assert "line 2" in problem.text.lower()
    assert '{"id": "none"}' in problem.select_one("pre").text
    assert "New (1)" in group(preview, "New")


def test_what_a_reader_doubts_needs_a_look_and_is_saved_all_the_same(editor):
    item = {**WALK, "issued": {"date-parts": [[20200]]}}

    preview = paste(editor, csl(item))

    assert "date" in group(preview, "Needs a look (1)")
    assert "Source, line 1" in group(preview, "Needs a look (1)")
    editor.post(IMPORT, form_values(preview))
    assert Publication.objects.get().year is None


def test_authors_and_venues_of_the_site_are_used_again(editor):
    jane = make_author("Jane Doe", is_owner=True)

    save(editor, csl(WALK))

    assert Publication.objects.get().authorships.first().author == jane
