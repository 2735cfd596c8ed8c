"""Whole sites through the command: from the folder to the pages."""

import os
import re
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.redirects.models import Redirect
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homepage.common.progress import told_to
from homepage.models import Section
from profiles.models import NewsItem, Profile, ProfileLink
from publications.models import Author, Category, ImportRun, Publication, Source
from tests.old_sites import copy_site, make_file
from tests.reading import public_pages, source_soup, visible_words

MODELS = (
    Profile, ProfileLink, NewsItem, Section, Publication, Author, Category, Source, ImportRun,
    Redirect,
)  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=False)


def run(source, **options):
    out = StringIO()
    call_command("import_site", source, stdout=out, **options)
    return out.getvalue()


def rows():
    return {model.__name__: sorted(map(str, model.objects.values_list())) for model in MODELS}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Let each test have a folder of uploads of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def uploads(media):
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def stored(file):
    return Path(file.path).read_bytes()


@pytest.fixture
def site(tmp_path):
    return copy_site("academicpages", tmp_path)


def write(site, path, text):
    target = site / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_author_block_becomes_the_profile(site):
    run(site)

    profile = Profile.objects.get()
    assert (profile.name, profile.native_name, profile.pronouns) == ("Jane Doe", "杜珍", "she/her")
    assert profile.headline == "Ph.D. student in Acoustics"
    assert profile.affiliation == "University of Somewhere"
    assert profile.location == ""  # the template's “Earth”
    assert profile.email == "jane@example.org"
    assert profile.photo.size
    assert profile.cv.size
    assert [(link.kind, link.url, link.label) for link in profile.links.all()] == [
        ("google-scholar", "https://scholar.google.com/citations?user=jane", ""),
        ("orcid", "https://orcid.org/0000-0002-1825-0097", ""),
        ("github", "https://github.com/janedoe", ""),
        ("mastodon", "https://mastodon.example.org/@jane", ""),
        ("other", "https://www.kaggle.com/janek", "Kaggle"),
        ("other", "https://lab.example.org/", "Lab"),
    ]


def test_pages_become_sections_in_the_order_of_the_navigation(site):
    run(site)

    sections = [(row.title, row.place, row.slug, row.shows) for row in Section.objects.all()]
    assert sections == [
        ("About me", "home", "about-me", "text"),
        ("Selected publications", "home", "selected-publications", "selected"),
        ("Publications", "home", "publications", "publications"),
        ("Talks and presentations", "page", "talks", "text"),
        ("Teaching", "page", "teaching", "text"),
        ("Curriculum vitae", "page", "cv", "text"),
        ("Notes on echoes", "apart", "notes", "text"),
    ]


def test_publications_of_the_collection_and_of_the_page_come_once(site):
    run(site)

    found = {
        row.title: [str(one) for one in row.authorships.all()] for row in Publication.objects.all()
    }
    assert found == {
        "Hearing the Shape of a Room": ["Jane Doe", "John Roe"],
        "Echoes in H<sub>2</sub>O": ["Jane Doe", "Ada Lovelace", "Bo Chen"],
        "Walls have ears": ["Jane Doe", "John Roe", "Cléo Étienne"],
        "A Preprint of My Own": [],
    }
    room = Publication.objects.get(title__startswith="Hearing")
    assert (str(room.venue), room.volume, room.number, room.pages) == (
        "Journal of Rooms (JoR)", "12", "3", "45-67",
    )  # fmt: skip
    assert (room.year, room.month, room.doi) == (2021, 3, "10.1234/jor.2021.5")
    assert room.abstract == "We listen to rooms and learn their walls."
    assert room.selected
    assert not Publication.objects.exclude(pk=room.pk).filter(selected=True)
    assert Author.objects.get(is_owner=True).publications.count() == 3


def test_headings_of_the_collection_are_those_of_the_settings(site):
    run(site)

    filed = [
        (row.title, row.default_kind, row.publications.count()) for row in Category.objects.all()
    ]
    assert filed == [
        ("Journal Articles", "article-journal", 2),
        ("Conference Papers", "paper-conference", 2),
    ]


def test_links_and_files_of_a_publication(site):
    run(site)

    echo = Publication.objects.get(title__startswith="Echoes")
    assert stored(echo.pdf) == (site / "files/echo.pdf").read_bytes()
    (slides,) = echo.links.all()
    assert slides.label == "slides"
    assert stored(slides.file) == (site / "files/echo-slides.pdf").read_bytes()
    walls = Publication.objects.get(title="Walls have ears")
    assert [(link.label, link.url) for link in walls.links.all()] == [
        ("Paper", "https://example.net/walls(final).pdf"),
        ("Code", "https://github.com/janedoe/walls"),
    ]
    assert (walls.year, walls.month, walls.abstract) == (2019, None, "Walls hear $x^2$ things.")


def test_what_is_the_template_s_own_is_left_out_with_a_word(site):
    out = run(site)

    assert "Paper Title Number" not in " ".join(Publication.objects.values_list("title", flat=True))
    mine = Publication.objects.get(title="A Preprint of My Own")
    assert (mine.venue, mine.abstract, mine.arxiv_id) == (None, "", "2205.00001")
    texts = " ".join(Section.objects.values_list("body", flat=True))
    for example in ("Relevant Topic", "Register a GitHub", "powered by", "GitHub University"):
        assert example not in texts
    assert "_pages/about.md, line 14: an example of the template, left out: This is the" in out
    assert "_publications/2009-10-01-paper-title-number-1.md, line 2: an example" in out
    assert "_publications/2015-10-01-mine.md, line 7: venue is the template’s, left out" in out
    assert "_pages/markdown.md: an example of the template, left out" in out


def test_what_is_left_out_by_rule_is_in_the_report_with_its_path(site):
    out = run(site)

    for line in (
        "_posts/2012-08-14-blog-post-1.md: left out: blog posts do not come along",
        "_pages/year-archive.html: left out: it lists blog posts",
        "_pages/hidden.md: left out: no navigation or link leads there",
        "_publications/stub.md: it has no title, so it is left out",
        "_pages/notes.md, line 5: left out: <!-- a hidden thought -->",
        "_publications/2021-03-01-room.md, line 2: the same paper as in _pages/about.md, line 21",
        "_pages/about.md, line 12: /files/data.zip was not taken (only PDFs and pictures are "
        "stored); the link leads to the old site, https://jane.example.org/files/data.zip",
    ):
        assert line in out
    assert ImportRun.objects.get().report in out


def test_talks_stand_under_the_headings_of_their_page(site, client):
    run(site)

    html = client.get("/talks/", SERVER_NAME="localhost").content.decode().partition("<main")[2]
    order = ["Ask me", ">Invited<", "Rooms that sing", ">Posters<", "A poster on walls"]
    assert [html.index(text) for text in order] == sorted(html.index(text) for text in order)
    assert "Invited talk, Institute of Sound, Oslo, Norway, 3 February 2020" in html
    assert 'href="https://video.example.org/rooms"' in html


def test_list_on_another_page_becomes_a_link_and_an_empty_one_goes_with_its_heading(site, client):
    run(site)

    html = client.get("/cv/", SERVER_NAME="localhost").content.decode()
    main = html[html.index("<main") :]
    assert '<a href="/publications/">Publications</a>' in main
    assert '<a href="/talks/">Talks and presentations</a>' in main
    assert "Portfolio" not in main
    assert "Work experience" not in main


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/about.html", "/"),
        ("/resume", "/cv/"),
        ("/talks/2020-rooms", "/talks/"),
        ("/publication/2021-room", "/publications/hearing-the-shape-of-a-room/"),
        ("/publication/2020-echo", "/publications/echoes-in-h2o/"),
    ],
)
def test_old_addresses_of_pages_lead_to_what_stood_there(site, client, old, new):
    run(site)

    response = client.get(old, SERVER_NAME="localhost")
    assert (response.status_code, response["Location"]) == (301, new)
    assert client.get(new, SERVER_NAME="localhost").status_code == 200


def test_old_address_of_a_file_leads_to_the_file(site, client):
    make_file(site / "files/my paper.pdf")
    write(
        site,
        "_pages/notes.md",
        "---\npermalink: /notes/\ntitle: N\n---\n[a](/files/my%20paper.pdf)",
    )
    run(site)

    for path in ("/files/poster.pdf", "/images/room.png", "/files/my%20paper.pdf"):
        response = client.get(path, SERVER_NAME="localhost")
        assert response.status_code == 301
        found = client.get(response["Location"], SERVER_NAME="localhost")
        assert found.status_code == 200
        assert b"".join(found.streaming_content)


def test_nothing_that_visitors_saw_is_lost(site):
    run(site)

    pages = public_pages()
    shown = set().union(*map(visible_words, pages.values()))
    for path in ("about.md", "publications.html", "talks.html", "cv.md", "notes.md"):
        old = seen(without_lists((site / "_pages" / path).read_text()))
        left_out = seen(EXAMPLES.get(path, ""))
        assert old - shown - left_out == set(), path
    for path in ("_talks/2020-01-01-invited.md", "_teaching/2020-acoustics.md"):
        text = (site / path).read_text().replace("Heading 1\n======\n", "")
        assert seen(text) - shown == set(), path


EXAMPLES = {
    "about.md": (
        "This is the front page of a website that is powered by the Academic Pages template. "
        "Getting started. Register a GitHub account if you don't have one and confirm your e-mail "
        "(required!)"
    ),
    "cv.md": "Work experience Fall 2015: Research Assistant GitHub University Supervisor: Professor Git "
    "Portfolio",
}  # fmt: skip


def seen(text):
    return visible_words(source_soup(text.encode()))


def without_lists(text):
    return re.sub(r"\{% for .*\{% endfor %\}", "", text, flags=re.S)


def test_same_site_again_changes_nothing(site, media):
    run(site)
    before, files = rows(), uploads(media)

    out = run(site)

    assert "Nothing to do" in out
    assert rows() == before
    assert uploads(media) == files


def test_dry_run_shows_the_same_and_writes_nothing(site, media):
    before = rows()

    out = run(site, dry_run=True)

    assert "Dry run, nothing was saved: 4 publications (4 new), 7 sections" in out
    assert rows() == before
    assert uploads(media) == []
    done = run(site)
    same = out.splitlines()[:-1]
    assert [line for line in same if "/publications/…/" not in line] == [
        line for line in done.splitlines()[:-1] if "/publications/…/" not in line
    ]


def test_newer_version_adds_and_updates_and_edits_win(site):
    run(site)
    Section.objects.filter(slug="teaching").update(body="Mine now.", place="apart")
    Publication.objects.filter(title="Walls have ears").update(title="Walls Have Ears!")
    Profile.objects.update(headline="Doctor")
    text = (site / "_config.yml").read_text()
    write(site, "_config.yml", text.replace("Ph.D. student", "Postdoc").replace("Kaggle", "x"))
    write(site, "_pages/notes.md", "---\npermalink: /notes/\ntitle: Notes\n---\nNew notes.")
    path = "_publications/2019-walls.md"
    write(site, path, (site / path).read_text().replace("Wall Workshop", "Workshop on Walls"))
    write(site, "_publications/new.md", "---\ntitle: Brand New\ndate: 2023-01-01\n---\n")
    write(site, "_teaching/b.md", "---\ntitle: Acoustics II\n---\nMore.")
    write(site, "files/poster.pdf", b"%PDF-1.4 second edition")

    out = run(site)

    assert Section.objects.get(slug="teaching").body == "Mine now."
    assert Section.objects.get(slug="teaching").place == "apart"
    assert "body: edited here, kept Mine now." in out
    assert Profile.objects.get().headline == "Doctor"
    assert "headline: edited here, kept Doctor" in out
    assert Section.objects.get(slug="notes").body == "New notes."
    walls = Publication.objects.get(title="Walls Have Ears!")
    assert str(walls.venue) == "Workshop on Walls"
    assert Publication.objects.filter(title="Brand New").count() == 1
    assert Publication.objects.count() == 5
    poster = Redirect.objects.get(old_path="/files/poster.pdf").new_path.removeprefix("/media/")
    assert (Path(default_storage.location) / poster).read_bytes() == b"%PDF-1.4 second edition"
    assert poster in Section.objects.get(slug="about-me").body


def test_second_edition_of_slides_takes_the_place_of_the_first(site):
    run(site)
    write(site, "files/echo-slides.pdf", b"%PDF-1.4 second edition")

    run(site)

    (slides,) = Publication.objects.get(title__startswith="Echoes").links.all()
    assert stored(slides.file) == b"%PDF-1.4 second edition"


def test_failure_while_writing_leaves_nothing_behind(site, media, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr("homepage.importing.Redirect.objects.bulk_create", fail)
    before = rows()

    with pytest.raises(RuntimeError):
        run(site)

    assert rows() == before
    assert uploads(media) == []


def test_files_that_could_not_be_stored_come_with_the_next_import(site, media, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("homepage.importing.default_storage.save", fail)
        with pytest.raises(CommandError, match="only 0 of 7 files: No space left on device"):
            run(site)
    assert Publication.objects.count() == 4
    assert uploads(media) == []

    out = run(site)

    assert "7 new files" in out
    assert len(uploads(media)) == 7
    assert Profile.objects.get().photo.size


def test_with_the_address_of_the_old_site_dead_links_become_whole(site):
    out = run(site, base_url="old.example.net/~jane")

    assert "(https://old.example.net/~jane/files/data.zip)" in Section.objects.first().body
    assert "the link leads to the old site, https://old.example.net/~jane/files/data.zip" in out


def test_page_alone_with_the_address_of_the_old_site(tmp_path):
    text = (
        "---\npermalink: /people/\n---\n# About\n[a](files/a.pdf) ![b]({{ site.baseurl }}/b.png) "
        '<a href="../c">c</a> [d](#top) [e](mailto:e@example.org) `[f](/f)` [g]\n\n[g]: /g "G"\n'
    )
    write(tmp_path, "about.md", text)

    run(tmp_path / "about.md", base_url="https://old.example.org/")

    assert Section.objects.get().body == (
        "[a](https://old.example.org/people/files/a.pdf) ![b](https://old.example.org/b.png) "
        '<a href="https://old.example.org/c">c</a> [d](#top) [e](mailto:e@example.org) `[f](/f)` '
        '[g]\n\n[g]: https://old.example.org/g "G"'
    )


@pytest.mark.parametrize(
    ("path", "data", "sentence"),
    [
        ("_config.yml", "author: [", "_config.yml, line 1: is not valid YAML"),
        ("_data/navigation.yml", "main:\n\t- a", "_data/navigation.yml, line 2: is not valid YAML"),
        ("_talks/bad.md", "---\ntitle: a: b\n---\nx", "_talks/bad.md, line 2: the header is not"),
        (
            "_talks/big.md",
            b"---\ntitle: Big\n---\n" + b"x " * 10_000_001,
            "_talks/big.md: is larger",
        ),
        (
            "_talks/binary.md",
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
            "it is not a text file",
        ),
        ("_talks/latin.md", "---\ntitle: Ü\n---\nx".encode("latin-1"), "line 2 is not UTF-8"),
        (
            "images/me.png",
            b"\x89PNG\r\n\x1a\nbroken",
            "the photo /images/me.png was not taken (The",
        ),
        ("files/echo.pdf", b"MZ no pdf", "/files/echo.pdf was not taken (The file is not a PDF"),
    ],
    ids=["config", "navigation", "header", "huge", "binary", "latin", "photo", "pdf"],
)
def test_what_is_wrong_with_a_file_gets_one_sentence(site, path, data, sentence):
    write(site, path, data)

    out = run(site)

    assert out.count(sentence) == 1
    assert Publication.objects.count() == 4


def test_missing_files_get_one_sentence_each(site):
    (site / "images/me.png").unlink()
    (site / "files/poster.pdf").unlink()

    out = run(site)

    assert out.count("there is no photo me.png in the folder") == 1
    assert out.count("/files/poster.pdf is no page or file that came along") == 1


def test_links_out_of_the_folder_are_not_followed(site, tmp_path):
    write(tmp_path, "secret.md", "---\ntitle: Secret\n---\nA secret.")
    write(tmp_path, "secret.pdf", b"%PDF-1.4 secret")
    os.symlink(tmp_path / "secret.md", site / "_talks" / "secret.md")
    (site / "files/poster.pdf").unlink()
    os.symlink(tmp_path / "secret.pdf", site / "files" / "poster.pdf")
    os.symlink(site / "_talks", site / "_talks" / "circle")

    out = run(site)

    assert "_talks/secret.md: is a link that leads out of the folder; it was left out" in out
    assert "/files/poster.pdf is no page or file that came along" in out
    assert not [path for path in uploads(Path(default_storage.location)) if "secret" in path]
    assert "secret" not in " ".join(Section.objects.values_list("body", flat=True))


@pytest.mark.parametrize(
    ("folder", "sentence"),
    [
        ({}, "is a folder, but no site made with Jekyll"),
        ({"_config.yml": "title: x"}, "shows nothing"),
        ({"_pages/about.md": "---\npermalink: /\n---\n<!-- -->"}, "shows nothing"),
    ],
    ids=["empty", "settings alone", "nothing said"],
)
def test_folder_that_is_no_site_gets_one_sentence(tmp_path, folder, sentence):
    for path, text in folder.items():
        write(tmp_path, path, text)
    before = rows()

    with pytest.raises(CommandError, match=sentence):
        run(tmp_path)

    assert rows() == before


def test_address_of_the_old_site_that_is_none_gets_one_sentence(site):
    with pytest.raises(CommandError, match="ftp://x is no address of a site"):
        run(site, base_url="ftp://x")


def test_queries_do_not_grow_with_the_publications(tmp_path):
    def queries(number):
        folder = tmp_path / str(number)
        write(folder, "_config.yml", "author:\n  name: Jane Doe")
        write(folder, "_pages/about.md", "---\npermalink: /\n---\nHello.")
        for count in range(number):
            path = f"_publications/2020-01-01-{number}-{count}.md"
            text = f"---\ntitle: On {number} and {count}\npermalink: /p/{number}/{count}\n---\n**Jane Doe**"
            write(folder, path, text)
        with CaptureQueriesContext(
            connection,
        ) as context:
            run(folder, verbosity=0)
        return len(context)

    queries(1)
    assert abs(queries(3) - queries(40)) <= 2


def test_a_page_in_parts_comes_whole_and_problems_name_the_part(site):
    write(site, "_pages/includes/more.md", "# Hobbies\n\nRowing, and [lost](/nowhere.pdf)\n")
    write(site, "_pages/about.md", "---\npermalink: /\ntitle: Hello\n---\n\nI am Ada.\n\n"
          "{% include_relative includes/more.md %}\n")  # fmt: skip

    report = run(site)

    assert Section.objects.get(title="Hobbies").body.startswith("Rowing")
    assert "_pages/includes/more.md, line 3" in report


DATA = """
journals:
  - title: Walls that listen
    authors: Ada Byron and Charles Babbage
    journal: Journal of Rooms
    volume: 3
    year: 1844
    doi: 10.1000/walls
  - title: Echoes in small rooms
    authors: Ada Byron
    year: 1843
"""


def test_a_list_in_a_data_file_that_a_page_shows_comes_along_each_paper_once(site):
    write(site, "_data/papers.yml", DATA)
    write(site, "_data/old_papers.yml", "- {title: Forgotten, year: 1800}\n")
    write(site, "_includes/all.html", "{% for p in site.data.papers.journals %}x{% endfor %}")
    write(
        site,
        "_publications/echoes.md",
        "---\ntitle: Echoes in small rooms\ndate: 1843-02-03\n---\n",
    )

    report = run(site)

    (walls,) = Publication.objects.filter(title="Walls that listen")
    assert (walls.volume, walls.year, walls.doi) == ("3", 1844, "10.1000/walls")
    assert walls.category.title == "Journals"
    assert Publication.objects.filter(title="Echoes in small rooms").count() == 1
    assert not Publication.objects.filter(title="Forgotten").exists()
    assert "_data/old_papers.yml: left out: no page shows it" in report
    assert "Nothing to do" in run(site)


def test_long_jobs_of_an_import_say_how_far_they_are(site):
    heard = []

    @contextmanager
    def listener(name, steps):
        done = []
        yield done.append
        heard.append((name, steps, sum(done)))

    with told_to(listener):
        run(site)

    assert {"Opening _publications", "Reading papers", "Comparing"} <= {name for name, *_ in heard}
    assert all(steps == done for _, steps, done in heard)


def test_a_list_of_data_that_only_a_page_of_projects_shows_holds_no_publications(site):
    write(site, "_data/publist.yml", "- {title: A robot, authors: Ada Byron}\n")
    write(
        site,
        "_pages/projects.md",
        "---\ntitle: Projects\n---\n{% for p in site.data.publist %}{% endfor %}",
    )

    report = run(site)

    assert not Publication.objects.filter(title="A robot").exists()
    assert "_data/publist.yml: left out: only a page of something else shows it" in report


def test_a_site_that_lists_nothing_comes_in_with_its_pages(tmp_path):
    (tmp_path / "_config.yml").write_text("title: Jane Doe\n")
    (tmp_path / "awards.md").write_text("---\ntitle: Awards\n---\nBest paper.\n")

    run(tmp_path)

    assert [section.title for section in Section.objects.all()] == ["Awards"]
    assert "Nothing to do" in run(tmp_path)
