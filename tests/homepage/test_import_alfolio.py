"""Whole sites of al-folio through the command."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.redirects.models import Redirect
from django.core.management import call_command

from homepage.models import Section
from profiles.models import NewsItem, Profile
from publications.models import Author, Category, Publication, Venue
from tests.old_sites import copy_site
from tests.reading import public_pages, visible_words

pytestmark = pytest.mark.django_db


def run(source, **options):
    out = StringIO()
    call_command("import_site", source, stdout=out, **options)
    return out.getvalue()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def site(tmp_path):
    return copy_site("alfolio", tmp_path)


def write(site, path, text):
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(text, encoding="utf-8")


def test_settings_header_and_socials_become_the_profile(site):
    run(site)

    profile = Profile.objects.get()
    assert (profile.name, profile.email) == ("Jane Q. Doe", "jane@example.org")
    assert profile.affiliation == "University of Somewhere"
    assert profile.affiliation_url == "https://somewhere.example.org/"
    assert profile.location == "Room 12, 5 Echo Street"
    assert profile.photo.size
    assert profile.cv.size
    assert [(link.kind, link.url, link.label) for link in profile.links.all()] == [
        ("google-scholar", "https://scholar.google.com/citations?user=jane", ""),
        ("orcid", "https://orcid.org/0000-0002-1825-0097", ""),
        ("mastodon", "https://mastodon.example.org/@jane", ""),
        ("other", "https://cv.hal.science/jane-doe", "HAL"),
        ("other", "https://club.example.org/", "My club"),
        ("github", "https://github.com/janedoe", ""),
    ]


def test_author_block_of_academicpages_fills_what_the_settings_leave_open(site):
    config = (site / "_config.yml").read_text()
    block = {
        "name": "Somebody Else",
        "bio": "Acoustician",
        "github": "another",
        "researchgate": "https://www.researchgate.net/profile/Jane-Doe",
    }
    lines = [f"  {key}: {value}" for key, value in block.items()]
    write(site, "_config.yml", "\n".join([config, "author:", *lines, ""]))

    run(site)

    profile = Profile.objects.get()
    assert (profile.name, profile.headline) == ("Jane Q. Doe", "Acoustician")
    urls = [link.url for link in profile.links.all()]
    assert urls[-2:] == ["https://github.com/janedoe", block["researchgate"]]


def test_pages_in_their_order_with_menus_unfolded(site):
    out = run(site)

    sections = [(row.title, row.place, row.slug, row.shows) for row in Section.objects.all()]
    assert sections == [
        ("About", "home", "about", "text"),
        ("News", "home", "news", "news"),
        ("Selected publications", "home", "selected-publications", "selected"),
        ("Teaching", "page", "teaching", "text"),
        ("Projects", "page", "projects", "text"),
        ("Repositories", "page", "repositories", "text"),
        ("CV", "page", "cv", "text"),
    ]
    assert "_pages/more.md: left out: it is a menu of other pages" in out


def test_bibliography_with_its_files_and_people(site):
    run(site)

    room, echoes = Publication.objects.order_by("-year")
    assert (room.title, room.year, room.volume) == ("Hearing the Shape of a Room", 2021, "12")
    assert [(str(name), name.marks) for name in room.authorships.all()] == [
        ("J. Q. Doe", "*"),
        ("A. Lovelace", "*"),
        ("J. S. Bach", ""),
    ]
    assert room.selected
    assert not echoes.selected
    content = (site / "assets/pdf/room.pdf").read_bytes()
    assert Path(room.pdf.path).read_bytes() == content
    assert room.image.size
    assert [(link.label, link.url, bool(link.file)) for link in room.links.all()] == [
        ("code", "https://github.com/janedoe/room", False),
        ("slides", "", True),
    ]
    assert [link.url for link in echoes.links.all()] == [
        "https://jane.example.org/assets/pdf/missing.pdf"
    ]
    assert room.sources.get().format == "bibtex"


def test_coauthors_have_their_names_and_addresses(site):
    run(site)

    found = {str(author): (author.url, author.aliases) for author in Author.objects.all()}
    assert found == {
        "Jane Q. Doe": ("", ""),
        "Ada Lovelace": ("https://ada.example.org/", "A. Lovelace\nAda Augusta Lovelace"),
        "Johann Sebastian Bach": ("https://js.example.org/", "J. S. Bach"),
        "Carl Philipp Emanuel Bach": ("https://cpe.example.org/", "C. P. E. Bach"),
    }
    assert Author.objects.get(is_owner=True).publications.count() == 2


@pytest.mark.parametrize(
    ("given", "people"), [("[Jane, J.]", ["Jane Q. Doe"]), ("[Jane]", ["J. Doe"])]
)
def test_initials_are_the_owner_only_where_the_settings_list_them(site, given, people):
    config = site / "_config.yml"
    config.write_text(config.read_text().replace("[Jane, J., J. Q.]", given))
    write(site, "_bibliography/papers.bib", "@book{a, title = {Walls}, author = {Doe, J.}}\n")

    run(site)

    paper = Publication.objects.get(title="Walls")
    assert [str(one.author) for one in paper.authorships.all()] == people


def test_venue_of_a_known_acronym_has_its_address(site):
    run(site)

    assert Venue.objects.get(acronym="JoR").url == "https://jor.example.org/"


def test_news_with_their_dates_and_emoji(site):
    out = run(site)

    news = [(f"{item.date}", item.body, item.visibility) for item in NewsItem.objects.all()]
    assert news == [
        ("2022-01-02", "**A move**\n\nI moved to *Somewhere*.", "public"),
        ("2021-05-06", "A paper is [accepted](/publications/) ✨", "public"),
    ]
    assert "_news/announcement_3.md, line 3: an example of the template, left out" in out
    assert Redirect.objects.get(old_path="/news/announcement_2").new_path == "/news/"


def test_news_that_no_page_showed_are_drafts(site):
    about = site / "_pages/about.md"
    about.write_text(about.read_text().replace("enabled: true", "enabled: false"))

    run(site)

    assert set(NewsItem.objects.values_list("visibility", flat=True)) == {"draft"}
    assert not Section.objects.filter(shows="news").exists()


def test_projects_stand_under_their_categories_by_importance(site):
    run(site)

    body = Section.objects.get(slug="projects").body
    order = ["## work", "### Doors", "### Walls", "## fun", "### [A game](<https://game.example"]
    assert [body.index(text) for text in order] == sorted(body.index(text) for text in order)
    assert "What walls hear" in body
    assert "Every project" not in body


def test_data_of_the_cv_is_its_text(site):
    run(site)

    assert Section.objects.get(slug="cv").body == (
        "What I did so far.\n\n## General Information\n\n- **Full Name**: Jane Q. Doe\n\n"
        "## Education\n\n- **PhD**, University of Somewhere (2021)\n  - With honours.\n"
        "  - **Thesis**\n    - On rooms."
    )


def test_what_the_template_brings_is_left_out_with_a_word(site):
    out = run(site)

    titles = " ".join(Publication.objects.values_list("title", flat=True))
    texts = " ".join(Section.objects.values_list("body", flat=True))
    assert "Quantum" not in titles
    assert "Shown nowhere" not in titles
    for example in ("biography", "al-folio", "cool projects", "Replace this text", "Edit the"):
        assert example not in texts
    for line in (
        "_bibliography/papers.bib, line 26: an example of the template, left out: Can Quantum",
        "_bibliography/old.bib: left out: no page shows it",
        "_data/repositories.yml: github_repos is the template’s, left out",
        "_pages/about.md, line 27: an example of the template, left out: Write your biography",
        "_projects/4_project.md, line 3: an example of the template, left out: project 1",
        "Warning: _bibliography/papers.bib, line 34: broken2019: the entry is left out",
    ):
        assert line in out


def test_words_of_the_site_are_on_its_pages(site):
    run(site)

    shown = set().union(*map(visible_words, public_pages().values()))
    expected = (
        "listen rooms 🎉 denotes equal contribution Acoustics winter honours Thesis janedoe walls"
    )
    assert {word.lower() for word in expected.split() if word.isalpha()} - shown == set()


def test_same_site_again_changes_nothing_and_a_newer_one_updates(site):
    run(site)
    assert "Nothing to do" in run(site)
    NewsItem.objects.filter(date="2022-01-02").update(body="Mine now.")
    write(site, "_news/announcement_2.md", "---\ndate: 2022-01-02\n---\nI moved to Elsewhere.")
    write(site, "_news/announcement_1.md", "---\ndate: 2021-05-06\n---\nA paper is out.")
    bib = (site / "_bibliography/papers.bib").read_text()
    write(site, "_bibliography/papers.bib", bib.replace("{Sound Conference}", "{Echo Days}"))

    out = run(site)

    assert "body: edited here, kept Mine now." in out
    assert list(NewsItem.objects.values_list("body", flat=True)) == ["Mine now.", "A paper is out."]
    assert str(Publication.objects.get(title="Echoes").venue) == "Echo Days"


def test_bibliography_alone_comes_again_as_the_same_papers(site):
    run(site)
    out = StringIO()

    call_command("import_publications", site / "_bibliography/papers.bib", stdout=out)

    assert "3 publications (1 new, 2 unchanged" in out.getvalue()
    room = Publication.objects.get(title__startswith="Hearing")
    assert room.pdf
    assert room.selected


def test_site_without_selected_papers_shows_all_by_year(site):
    about = site / "_pages/about.md"
    about.write_text(about.read_text().replace("selected_papers: true", "selected_papers: false"))

    run(site)

    section = Section.objects.get(shows="publications")
    assert (section.title, section.group_by) == ("Publications", "year")
    assert section.body == "(*) denotes equal contribution."


def test_list_on_the_home_page_and_bibliography_come_once(site):
    about = site / "_pages/about.md"
    about.write_text(
        about.read_text()
        + "\n## Selected publications\n\n1. **Echoes** [[code]](https://e.org/c)  \n"
        "   **Jane Doe**, Carl Philipp Emanuel Bach  \n   *Sound Conference, 2020*\n"
        "1. **A Talk in No File**  \n   **Jane Doe**, John Roe  \n   *Wall Days, 2018*\n"
    )

    out = run(site)

    titles = sorted(Publication.objects.values_list("title", flat=True))
    assert titles == ["A Talk in No File", "Echoes", "Hearing the Shape of a Room"]
    echoes = Publication.objects.get(title="Echoes")
    assert "https://e.org/c" in [link.url for link in echoes.links.all()]
    assert "the same paper as in _bibliography/papers.bib, line 18" in out
    listed = Section.objects.get(categories__title="Selected publications")
    (category,) = listed.categories.all()
    assert sorted(row.title for row in category.publications.all()) == [
        "A Talk in No File",
        "Echoes",
    ]


def test_selected_papers_of_the_home_page_are_those_of_the_bibliography(site):
    papers = site / "_bibliography/papers.bib"
    third = "@article{doe2019, title = {Walls}, author = {Doe, Jane}, year = {2019}}\n"
    papers.write_text(f"{papers.read_text()}\n{third}")
    about = site / "_pages/about.md"
    about.write_text(
        about.read_text() + "\n## Highlights\n\n1. **Echoes**  \n"
        "   **Jane Doe**, Carl Philipp Emanuel Bach  \n   *Sound Conference, 2020*\n"
        "1. **Hearing the Shape of a Room**  \n   **Jane Doe**, Ada Lovelace  \n   *Journal of Rooms, 2021*\n"
    )

    run(site)

    assert Section.objects.get(title="Highlights").shows == "selected"
    assert Publication.objects.filter(selected=True).count() == 2
    assert not Category.objects.filter(title="Highlights").exists()


@pytest.mark.parametrize(
    ("path", "text", "sentence"),
    [
        ("_data/coauthors.yml", "a: [", "_data/coauthors.yml, line 1: is not valid YAML"),
        ("_data/cv.yml", "- a: [", "_data/cv.yml, line 1: is not valid YAML"),
        (
            "_news/undated.md",
            "---\ntitle: When\n---\nSome day.",
            "_news/undated.md: it has no date",
        ),
    ],
)
def test_what_is_wrong_gets_one_sentence(site, path, text, sentence):
    write(site, path, text)

    assert run(site).count(sentence) == 1
