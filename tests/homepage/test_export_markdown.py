"""Leaving: what is written comes in again as it was, and others can go on with it."""

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.contrib.redirects.models import Redirect
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from homepage.common.addresses import rooted
from homepage.models import Section
from profiles.models import Profile
from publications.formats import FORMATS
from publications.models import ImportRun, Publication
from publications.undo import undo
from tests.content import content, forget
from tests.factories import make_news, make_profile, make_publication, make_section, make_venue
from tests.old_sites import copy_site
from tests.test_examples import NEAR, PAGES, SEED, SEED_LIKE

SAMPLE = Path(__file__).parents[2] / "homepage" / "sample" / "about.md"
SEEDS = [SAMPLE, *([SEED] if SEED.exists() else [])]

pytestmark = pytest.mark.django_db


@pytest.fixture
def left(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "left"


def leave(folder, **options):
    out = StringIO()
    call_command("export_markdown", folder, stdout=out, **options)
    return out.getvalue()


def bring(source):
    out = StringIO()
    call_command("import_site", source, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("path", [*SEEDS, *PAGES], ids=lambda path: path.name)
@pytest.mark.parametrize("begin", ["", "about.md"])
def test_a_page_that_came_in_goes_out_and_comes_in_again_as_it_was(path, begin, left):
    call_command("import_site", path, verbosity=0)
    before = content()

    leave(left)
    forget()
    assert not any(content().values())
    bring(left / begin)

    assert content() == before
    assert "Nothing to do, the site has it all already" in bring(left / begin)


@pytest.mark.parametrize("path", [*SEEDS, *SEED_LIKE, *NEAR], ids=lambda path: path.name)
def test_the_page_alone_says_the_same_as_the_page_that_came_in(path, left, tmp_path):
    call_command("import_site", path, verbosity=0)
    before = said_by_a_page()

    leave(left)
    forget()
    bring(shutil.copy(left / "about.md", tmp_path / "about.md"))

    assert said_by_a_page() == before


def test_the_page_alone_tells_volume_number_and_pages_and_sections_with_headings_in_them(
    left, tmp_path
):
    make_profile(name="Jane Doe")
    make_section("About", shows="text", body="One.\n\n## Cats\n\nTwo.")
    make_section("Publications", shows="publications")
    venue = make_venue("Journal of Walking")
    make_publication(
        "A paper", kind="article-journal", venue=venue, year=2020, authors=["Jane Doe", "A. Roe"],
        volume="103", number="1-2", pages="12-19", note="With cats",
    )  # fmt: skip
    make_publication(
        "Another", kind="article-journal", venue=venue, year=2019, authors=["Jane Doe", "A. Roe"],
        volume="7", pages="125918", award="Best paper",
    )  # fmt: skip
    before = said_by_a_page()

    leave(left)
    forget()
    bring(shutil.copy(left / "about.md", tmp_path / "about.md"))

    assert numbers() == [("103", "1-2", "12-19", "With cats"), ("7", "", "125918", "")]
    assert said_by_a_page()[1][0] == before[1][0]


def numbers():
    return list(Publication.objects.newest_first().values_list("volume", "number", "pages", "note"))


def said_by_a_page():
    """Return what a list on a page says of each paper, in the order of its headings."""
    fields = "title kind status year month award note doi arxiv_id doubts volume number pages"
    papers = [
        (
            [getattr(row, name) for name in fields.split()],
            row.category and row.category.title,
            str(row.venue or ""),
            [(str(a), a.author.is_owner, a.marks) for a in row.authorships.all()],
            [(link.label, rooted(link.url)) for link in row.links.all()],
        )
        for row in Publication.objects.in_category_order()
    ]
    sections = Section.objects.values_list("title", "body", "shows", "group_by")
    redirects = Redirect.objects.order_by("old_path").values_list("old_path", "new_path")
    return papers, list(sections), list(redirects)


@pytest.mark.parametrize("name", ["academicpages", "alfolio"])
def test_a_whole_site_that_came_in_comes_in_again_with_its_files(name, left, tmp_path, settings):
    call_command("import_site", copy_site(name, tmp_path), verbosity=0)
    before, files = content(), uploads(settings)

    leave(left)
    forget()
    shutil.rmtree(settings.MEDIA_ROOT)
    bring(left)

    assert content() == before
    assert uploads(settings) == files
    assert "(0 new, " in (again := bring(left))
    assert "Nothing to do" in again


def uploads(settings):
    """Return the bytes of all uploads, but for the sizes of pictures that are made of them."""
    return {
        path.relative_to(settings.MEDIA_ROOT).as_posix(): path.read_bytes()
        for path in settings.MEDIA_ROOT.rglob("*")
        if path.is_file() and "renditions" not in path.parts
    }


def rich_site():
    """Make a site with one of everything."""
    for name in ("papers/a.pdf", "papers/draft.pdf", "cv/cv.pdf"):
        default_storage.save(name, ContentFile(b"%PDF-" + name.encode()))
    make_profile(
        cv="cv/cv.pdf", headline="Ph.D. student", links=[("github", "https://github.com/x")]
    )
    make_section("About me", body="I am {{ here }}: [CV](/media/cv/cv.pdf)")
    make_section("News", shows="news")
    make_section("Service", place="page", slug="my-service", body="Reviewer")
    make_section("Not yet", place="page", visibility="draft", body="Secret plans")
    make_section("Publications", shows="publications")
    make_news("A paper is accepted.")
    make_news("Not to be told.", visibility="draft")
    make_publication(
        "First *one*",
        authors=[("Mingqing Xiao", {"marks": "*"}), "Ada Lovelace"],
        venue="Neural Networks (NN)",
        pdf="papers/a.pdf",
        topics=["Spikes"],
        abstract="We show $x$.",
        month=5,
    )
    make_publication("Hidden", visibility="draft", pdf="papers/draft.pdf")
    make_publication("Doubted", doubts="Who?", source="A list, of *what*?")
    make_publication("Thrown away", visibility="trash")
    Redirect.objects.create(site_id=1, old_path="/cv.pdf", new_path="/media/cv/cv.pdf")
    Redirect.objects.create(site_id=1, old_path="/old.html", new_path="/")
    Publication.objects.refresh_search_text()


def test_the_folder_is_a_site_that_people_and_jekyll_go_on_with(left):
    rich_site()

    out = leave(left)

    found = {str(path.relative_to(left)) for path in left.rglob("*") if path.is_file()}
    data = {path for path in found if path.startswith("_data/homepage/")}
    assert found - data == {
        "_config.yml", "_data/navigation.yml", "_redirects", "about.md", "publications.bib",
        "_pages/my-service.md", "_pages/not-yet.md", "_news/2024-09-25-1.md",
        "_news/2024-09-25-2.md", "_publications/first-one.md", "_publications/hidden.md",
        "_publications/doubted.md", "_media/papers/draft.pdf", "media/papers/a.pdf",
        "media/cv/cv.pdf",
    }  # fmt: skip
    config = yaml.safe_load((left / "_config.yml").read_text())
    assert config["author"] == {
        "name": "Mingqing Xiao", "bio": "Ph.D. student", "github": "https://github.com/x",
    }  # fmt: skip
    assert (left / "_redirects").read_text() == "/cv.pdf /media/cv/cv.pdf 301\n"
    home = (left / "about.md").read_text()
    assert "- 2024-09-25: A paper is accepted." in home
    assert "[[PDF]](/media/papers/a.pdf)" in home
    assert "A list, of *what*?" in home
    assert '  - "/old.html"' in home
    public = [home, *(left / name for name in ("publications.bib", "_redirects"))]
    for secret in ("Hidden", "Thrown away", "Secret", "told", "Reviewer"):
        assert not any(secret in (text if text is home else text.read_text()) for text in public)
    assert "Thrown away" not in "".join((left / path).read_text() for path in data)
    _, header, body = (left / "_publications/first-one.md").read_text().split("---\n")
    assert yaml.safe_load(header) == {
        "title": "First one",
        "collection": "publications",
        "category": "manuscripts",
        "permalink": "/publications/first-one/",
        "date": "2022-05-01",
        "venue": "Neural Networks",
        "paperurl": "/media/papers/a.pdf",
        "citation": "Mingqing Xiao and Ada Lovelace. First one. Neural Networks (NN), 2022.",
    }
    assert body == "We show $x$.\n"
    for name in ("_publications/hidden", "_news/2024-09-25-2", "_pages/not-yet"):
        header = (left / f"{name}.md").read_text().split("---\n")[1]
        assert yaml.safe_load(header)["published"] is False
    assert len(FORMATS["bibtex"].load((left / "publications.bib").read_text()).records) == 1
    assert f"Wrote {len(found)} files with 2 publications to {left}: begin with" in out
    assert "1 draft came along, marked as unpublished." in out
    assert "1 publication in the trash stayed behind." in out


def test_a_site_without_sections_leaves_with_its_papers_on_the_page(left):
    make_publication("Alone", authors=["Ada Lovelace"])

    leave(left)

    assert "1. **Alone**" in (left / "about.md").read_text()


def test_drafts_and_their_files_come_in_again_as_drafts(left, settings, client):
    rich_site()
    Publication.objects.filter(visibility="trash").delete()
    before, files = content(), uploads(settings)

    leave(left)
    forget()
    shutil.rmtree(settings.MEDIA_ROOT)
    bring(left)

    assert content() == before
    assert uploads(settings) == files
    assert client.get("/media/papers/draft.pdf").status_code == 404


def test_what_came_in_again_can_be_undone(left):
    rich_site()
    leave(left)
    forget()
    bring(left)

    undo(ImportRun.objects.get().pk)

    assert not Publication.objects.exists()


def test_a_folder_joins_a_site_that_has_content_and_overwrites_nothing(left):
    rich_site()
    leave(left)
    forget()
    make_profile(headline="Professor")
    make_publication("First *one*", authors=["Mingqing Xiao", "Ada Lovelace"], award="Mine")

    out = bring(left)

    assert Profile.objects.get().headline == "Professor"
    papers = {str(row): row for row in Publication.objects.all()}
    assert set(papers) == {"First one", "Hidden", "Doubted"}
    assert papers["First one"].award == "Mine"
    assert papers["First one"].abstract == "We show $x$."
    assert [topic.name for topic in papers["First one"].topics.all()] == ["Spikes"]
    assert papers["Hidden"].visibility == "draft"
    assert Section.objects.get(slug="not-yet").visibility == "draft"
    assert "3 publications (2 new, 1 changed)" in out
    assert "Nothing to do" in bring(left)


def test_pages_that_were_changed_by_hand_count(left):
    rich_site()
    leave(left)
    forget()
    page = left / "about.md"
    page.write_text(page.read_text().replace("I am", "I was"))

    out = bring(left)

    assert Section.objects.get(title="About me").body.startswith("I was")
    assert "Warning: about.md: changed since it was written here, so the pages count" in out
    assert not Publication.objects.filter(title="Hidden").exists()


def test_line_ends_of_another_system_are_no_change(left):
    rich_site()
    leave(left)
    forget()
    for path in left.rglob("*.md"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert "changed since" not in bring(left)
    assert Publication.objects.filter(visibility="draft").exists()


@pytest.mark.parametrize(
    ("file", "change", "sentence"),
    [
        ("publications", lambda rows: rows[0].update(venue="nowhere"), "which is no venue"),
        ("publications", lambda rows: rows[0].update(title=""), "publications.json, row 1: title"),
        ("publications", lambda rows: rows[0].update(year=7), "cannot be stored"),
        ("publications", lambda rows: rows[0].update(year=10**30), "cannot be stored"),
        ("publications", lambda rows: rows[0].update(title="\ud800"), "characters in it that no"),
        ("publications", lambda rows: rows[0].update(title="a\0b"), "characters in it that no"),
        ("publications", lambda rows: rows[0].update(topics="x"), "“topics” should be a list"),
        ("publications", lambda rows: rows.append(rows[0]), "cannot be stored"),
        ("publications", lambda rows: rows.append("x"), "should be a list of objects"),
        ("people", lambda rows: rows.clear(), "which is no author"),
        ("folder", lambda index: index.update(version=99), "not written by this version"),
        ("folder", lambda index: index.update(texts=[]), "damaged"),
    ],
)
def test_data_that_are_no_site_get_a_sentence_and_nothing_is_saved(file, change, sentence, left):
    rich_site()
    leave(left)
    forget()
    path = left / "_data" / "homepage" / f"{file}.json"
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))

    with pytest.raises(CommandError, match=sentence):
        bring(left)

    assert not any(content().values())


def test_nothing_outside_of_the_folder_is_read(left, tmp_path):
    rich_site()
    leave(left)
    forget()
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"%PDF-secret")
    paper = left / "media" / "papers" / "a.pdf"
    paper.unlink()
    paper.symlink_to(secret)
    index = left / "_data" / "homepage" / "folder.json"
    as_written = index.read_text()
    data = json.loads(as_written)
    data["texts"] |= {"../secret.pdf": "0", "/dev/zero": "0", "a\0b": "0"}
    index.write_text(json.dumps(data))

    assert "../secret.pdf: changed since it was written here and 2 more" in bring(left)
    index.write_text(as_written)
    assert "Warning: papers/a.pdf: the file is missing" in bring(left)
    assert not any(b"secret" in path.read_bytes() for path in (tmp_path / "media").rglob("*.pdf"))


def test_a_value_that_its_column_refuses_is_left_out_with_a_word(left):
    rich_site()
    leave(left)
    forget()
    path = left / "_data" / "homepage" / "publications.json"
    rows = json.loads(path.read_text())
    rows[0] |= {"doi": "no doi", "pdf": "../../db.sqlite3", "kind": "spell"}
    path.write_text(json.dumps(rows))

    out = bring(left)

    paper = Publication.objects.get(slug="first-one")
    assert (paper.doi, paper.pdf.name, paper.kind) == ("", "", "article-journal")
    for said in ("row 1: doi: ", "row 1: pdf: ", "row 1: kind: "):
        assert f"Warning: publications.json, {said}" in out


def test_a_file_that_was_changed_is_looked_at_like_any_upload(left, settings):
    rich_site()
    leave(left)
    forget()
    shutil.rmtree(settings.MEDIA_ROOT)
    (left / "media" / "papers" / "a.pdf").write_bytes(b"<script>")

    with pytest.raises(CommandError, match="papers/a.pdf: The file is not a PDF"):
        bring(left)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine.md").write_text("mine")

    with pytest.raises(CommandError, match="is not empty"):
        leave(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.md"]
    assert leave(tmp_path / "new", verbosity=0) == ""


def test_a_full_disk_leaves_the_folder_as_it_was(tmp_path, monkeypatch):
    make_profile()
    folder = tmp_path / "left"
    folder.mkdir()

    def full(self, *args, **kwargs):
        raise OSError(28, "No space left on device", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(CommandError, match="No space left on device"):
            leave(folder)
    assert list(tmp_path.rglob("*")) == [folder]

    (tmp_path / ".left.leaving").mkdir()  # as a run that was killed leaves it
    leave(folder)
    assert (folder / "about.md").exists()
    assert list(tmp_path.iterdir()) == [folder]
