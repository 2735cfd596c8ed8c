"""Leaving: what is written comes in again as it was."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.redirects.models import Redirect
from django.core.management import CommandError, call_command

from homepage.models import Section
from profiles.models import Profile
from publications.formats import FORMATS
from publications.models import Author, Category, ImportRun, Publication, Source, Venue
from tests.factories import make_news, make_profile, make_publication, make_section
from tests.test_examples import PAGES, SEED, truth

SAMPLE = Path(__file__).parents[2] / "homepage" / "sample" / "about.md"
MODELS = (Source, ImportRun, Publication, Section, Category, Author, Venue, Profile, Redirect)
CLOSE = [path for path in PAGES if truth().get(path.name, {}).get("class") == "seed-like"]

pytestmark = pytest.mark.django_db


def leave(folder, **options):
    out = StringIO()
    call_command("export_markdown", folder, stdout=out, **options)
    return out.getvalue()


def site():
    """Return all rows as what they say, papers under their headings in order."""
    fields = "title kind status year month award note doi arxiv_id doubts volume number pages"
    papers = [
        (
            [getattr(row, name) for name in fields.split()],
            row.category and row.category.title,
            str(row.venue or ""),
            [(str(a), a.author.is_owner, a.marks) for a in row.authorships.all()],
            [(link.label, link.url) for link in row.links.all()],
        )
        for row in Publication.objects.in_category_order()
    ]
    sections = [
        (s.title, s.body, s.shows, s.group_by, [c.title for c in s.categories.all()])
        for s in Section.objects.all()
    ]
    categories = [(c.title, c.intro, c.default_kind, c.ordering) for c in Category.objects.all()]
    redirects = sorted(Redirect.objects.values_list("old_path", "new_path"))
    return papers, sections, categories, redirects, [str(p) for p in Profile.objects.all()]


def forget():
    for model in MODELS:
        model.objects.all().delete()


@pytest.mark.parametrize(
    "path", [SAMPLE, *([SEED] if SEED.exists() else []), *CLOSE], ids=lambda path: path.name
)
def test_a_page_that_came_in_goes_out_and_comes_in_again_as_it_was(path, tmp_path):
    call_command("import_site", path, verbosity=0)
    before = site()

    leave(tmp_path / "left")
    forget()
    call_command("import_site", tmp_path / "left" / "about.md", verbosity=0)

    for now, then in zip(site(), before, strict=True):
        assert now == then


def test_the_publications_go_along_as_bibtex(tmp_path):
    call_command("import_site", SAMPLE, verbosity=0)

    out = leave(tmp_path / "left")

    text = (tmp_path / "left" / "publications.bib").read_text()
    assert len(FORMATS["bibtex"].load(text).records) == Publication.objects.count() == 9
    assert "Wrote 2 files with 9 publications" in out


def test_uploads_news_and_other_old_addresses_go_along_and_nothing_hidden(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    for name in ("papers/a.pdf", "papers/draft.pdf", "cv/cv.pdf"):
        (settings.MEDIA_ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (settings.MEDIA_ROOT / name).write_bytes(b"%PDF-")
    make_profile(cv="cv/cv.pdf")
    make_section("News", shows="news")
    make_news("A paper is accepted.")
    make_section("Publications", shows="publications")
    make_publication("First", authors=["Mingqing Xiao"], pdf="papers/a.pdf")
    make_publication("Hidden", visibility="draft", pdf="papers/draft.pdf")
    Redirect.objects.create(site_id=1, old_path="/cv.pdf", new_path="/media/cv/cv.pdf")

    leave(tmp_path / "left")

    found = {str(p.relative_to(tmp_path / "left")) for p in (tmp_path / "left").rglob("*.*")}
    assert found == {"about.md", "publications.bib", "media/papers/a.pdf", "media/cv/cv.pdf"}
    assert (tmp_path / "left" / "_redirects").read_text() == "/cv.pdf /media/cv/cv.pdf 301\n"
    page = (tmp_path / "left" / "about.md").read_text()
    assert "- 2024-09-25: A paper is accepted." in page
    assert "[[PDF]](/media/papers/a.pdf)" in page
    assert "Hidden" not in page


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
        patch.setattr(Path, "write_text", full)
        with pytest.raises(CommandError, match="No space left on device"):
            leave(folder)
    assert list(tmp_path.rglob("*")) == [folder]

    (tmp_path / ".left.leaving").mkdir()  # as a run that was killed leaves it
    leave(folder)
    assert (folder / "about.md").exists()
    assert list(tmp_path.iterdir()) == [folder]
