"""The import from the file to the page, through the command."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.redirects.models import Redirect
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homepage.common.addresses import rooted
from homepage.common.text import words
from homepage.models import Section
from profiles.models import Profile
from publications.models import Author, Category, ImportRun, Publication, Source
from tests.reading import public_pages, source_soup, visible_words

PAGES = Path(__file__).parents[1] / "data" / "pages"
SAMPLE = Path(__file__).parents[2] / "homepage" / "sample" / "about.md"
MODELS = (Profile, Section, Publication, Author, Category, Source, ImportRun, Redirect)

pytestmark = pytest.mark.django_db


def run(source, **options):
    out = StringIO()
    call_command("import_site", source, stdout=out, **options)
    return out.getvalue()


def rows():
    return {model.__name__: sorted(map(str, model.objects.values_list())) for model in MODELS}


@pytest.fixture
def write(tmp_path):
    def write(content, name="about.md"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_sample_page_becomes_the_same_page():
    run(SAMPLE)

    headings = [(row.title, row.publications.count()) for row in Category.objects.all()]
    assert headings == [("Journal papers", 3), ("Conference papers", 5), ("Preprints", 1)]
    assert [section.title for section in Section.objects.all()] == ["About me", "Publications"]
    assert Profile.objects.get().name == "Mingqing Xiao"
    first = Publication.objects.in_category_order().first()
    assert first.title == "Invertible Rescaling Network and Its Extensions"
    assert [str(row.author) for row in first.authorships.all()] == [
        "Mingqing Xiao",
        "Shuxin Zheng",
        "Chang Liu",
        "Zhouchen Lin",
        "Tie-Yan Liu",
    ]
    assert (first.venue.name, first.venue.acronym, first.year, first.month) == (
        "International Journal of Computer Vision",
        "IJCV",
        2022,
        None,
    )
    assert [(link.label, link.url) for link in first.links.all()] == [
        ("link", "https://link.springer.com/article/10.1007/s11263-022-01688-4"),
        ("arxiv", "https://arxiv.org/abs/2210.04188"),
        ("code", "https://github.com/pkuxmq/Invertible-Image-Rescaling"),
    ]
    awards = Publication.objects.exclude(award="").values_list("award", flat=True)
    assert sorted(awards) == ["Oral, Top 2%", "Spotlight", "Spotlight, Top 3%"]
    preprint = Publication.objects.get(kind="article")
    assert (preprint.year, preprint.month, preprint.venue) == (2020, 6, None)
    assert Author.objects.get(is_owner=True).publications.count() == 9


def test_sample_page_reads_as_the_old_one_did(client):
    run(SAMPLE)

    html = client.get("/", SERVER_NAME="localhost").content.decode()

    assert "<em>International Journal of Computer Vision (IJCV), 2022</em>" in html
    assert "<strong>Mingqing Xiao</strong>" in html
    assert client.get("/about/", SERVER_NAME="localhost")["Location"] == "/"
    assert client.get("/about.html", SERVER_NAME="localhost").status_code == 301


@pytest.mark.parametrize("name", sorted(path.name for path in PAGES.iterdir()))
def test_nothing_of_a_page_is_lost(name):
    check_nothing_is_lost(PAGES / name)


def check_nothing_is_lost(path):
    run(path, verbosity=0)

    old = source_soup(path.read_bytes())
    pages = public_pages()
    shown = set().union(*map(visible_words, pages.values()))
    assert visible_words(old) - shown - soup_only(old) == set()
    addresses = {link["href"] for page in pages.values() for link in page("a", href=True)}
    wanted = {link["href"] for link in old("a", href=True) if not link["href"].startswith("#")}
    wanted.discard("")
    # From any page, a path without its first slash would lead somewhere else.
    assert set(map(rooted, wanted)) - set(map(rooted, addresses)) == set()
    for publication in Publication.objects.all():
        entry = visible_words(source_soup(publication.sources.get().text.encode()))
        own = visible_words(pages[publication.get_absolute_url()])
        assert (
            entry - own - soup_only(source_soup(publication.sources.get().text.encode())) == set()
        )


def soup_only(soup):
    """Return words that only the measuring makes: the pieces of one that mark-up runs through."""
    whole, apart = words(soup.get_text()), words(soup.get_text(" "))
    return whole ^ apart


def test_same_page_again_changes_nothing():
    run(SAMPLE)
    before = rows()

    out = run(SAMPLE)

    assert "Nothing to do" in out
    assert rows() == before


def test_dry_run_shows_all_and_writes_nothing():
    before = rows()

    out = run(SAMPLE, dry_run=True)

    assert "Dry run, nothing was saved: 9 publications (9 new), 2 sections, 2 new redirects." in out
    assert "Line 21: new: Invertible Rescaling" in " ".join(out.split()).replace("  ", " ")
    assert rows() == before


def test_report_names_entries_with_lines_and_is_kept():
    out = run(SAMPLE)

    assert "5 authors; Neural Networks" not in out
    assert "6 authors; Neural Networks; 2022; links: link" in out
    assert "award: Spotlight, Top 3%" in out
    assert ImportRun.objects.get().report in out


def test_newer_version_adds_and_updates(write):
    run(SAMPLE)
    text = SAMPLE.read_text()
    text = text.replace("*Neural Networks, 2022*", "*Neural Networks (NN), 2023*")
    text = text.replace(
        "### Preprints\n\n1. ",
        "### Preprints\n\n1. **A New One** [[arXiv]](https://arxiv.org/abs/2401.00001)   \n"
        "**Mingqing Xiao**, Zhouchen Lin\n\n2. ",
    )
    text = text.replace(
        "[[arXiv]](https://arxiv.org/abs/2006.11999)",
        "[[arXiv]](https://arxiv.org/abs/2006.11999) [[code]](https://x.org/c)",
    )
    text += "\nService\n------\nReviewer for ICML.\n"

    out = run(write(text))

    assert "10 publications (1 new, 2 changed, 7 unchanged), 3 sections" in out
    deeper = Publication.objects.get(title__startswith="Training Much Deeper")
    assert (deeper.venue.acronym, deeper.year) == ("NN", 2023)
    lost = Publication.objects.get(title__startswith="Modeling Lost")
    assert [link.label for link in lost.links.all()] == ["arXiv", "code"]
    preprints = Publication.objects.filter(category__title="Preprints").in_category_order()
    assert [row.title for row in preprints][0] == "A New One"
    assert [row.title for row in Section.objects.all()] == ["About me", "Publications", "Service"]


def test_what_was_edited_here_since_is_kept_and_named(write):
    run(SAMPLE)
    Publication.objects.filter(title__startswith="Training Much").update(
        title="My Better Title", year=1999
    )
    Section.objects.filter(title="About me").update(body="Mine now.")
    Category.objects.filter(title="Preprints").update(title="Working papers")
    text = (
        SAMPLE.read_text()
        .replace("I study for", "I still study for")
        .replace("*Neural Networks, 2022*", "*Neural Networks, 2023*")
        .replace("With A Small", "with a Small")
    )

    out = run(write(text))

    edited = Publication.objects.get(title="My Better Title")
    assert edited.year == 1999
    assert Section.objects.get(title="About me").body == "Mine now."
    assert Category.objects.filter(title="Working papers").count() == 1
    assert "year: edited here, kept 1999 (the source says 2023)" in out
    assert "body: edited here, kept Mine now." in out
    assert Publication.objects.count() == 9


def test_field_that_the_source_no_longer_has_is_not_cleared(write):
    run(SAMPLE)

    run(write(SAMPLE.read_text().replace("<font color=red>(Spotlight)</font>", "")))

    assert Publication.objects.filter(award="Spotlight").count() == 1


def test_paper_in_the_trash_stays_there_and_is_named():
    run(SAMPLE)
    Publication.objects.filter(title__startswith="TDMPNet").update(visibility="trash")

    out = run(SAMPLE)

    assert "deleted by owner: left in the trash" in out
    assert Publication.objects.filter(visibility="trash").count() == 1
    assert Publication.objects.count() == 9


def test_paper_that_left_the_source_is_kept_and_named(write):
    run(SAMPLE)
    text = SAMPLE.read_text()
    start, end = text.index("5. **TDMPNet"), text.index("### Preprints")

    out = run(write(text[:start] + text[end:]))

    assert "No longer in the source, kept: TDMPNet" in out
    assert Publication.objects.public().count() == 9


@pytest.mark.parametrize(
    ("address", "becomes"),
    [
        ("/old/", True),
        ("/old.html", True),
        ("old.html", True),
        ("/a/b/c/", True),
        ("/", False),
        ("/admin/", False),
        ("/admin/login/", False),
        ("/media/x.png", False),
        ("/publications/", False),
        ("/robots.txt", False),
        ("https://evil.example/", False),
        ("//evil.example/", False),
        ("mailto:a@b.c", False),
        ("/a b/", False),
        ("/../etc/", False),
        ("/x?y=1", False),
        ("/a//b", False),
        ("/" + "x" * 300, False),
        ("\\evil", False),
    ],
)
def test_old_addresses_become_redirects_or_are_refused_in_the_report(
    write, client, address, becomes
):
    out = run(write(f"---\nredirect_from:\n  - '{address}'\n---\n# Hello\nworld\n"))

    assert Redirect.objects.exists() is becomes
    assert ("no redirect, it is" in out) is not becomes
    if becomes:
        path = Redirect.objects.get().old_path
        response = client.get(path, SERVER_NAME="localhost")
        assert (response.status_code, response["Location"]) == (301, "/")


@pytest.mark.parametrize("permalink", ["/", "/publications/", "/index.html"])
def test_permalink_that_the_site_answers_needs_no_redirect(write, permalink):
    out = run(write(f"---\npermalink: {permalink}\n---\n# Hello\nworld\n"))

    assert not Redirect.objects.exists()
    assert "no redirect" not in out


def test_permalink_of_a_page_that_is_none_here_becomes_a_redirect(write):
    run(write("---\npermalink: /pubs.html\n---\n# Hello\nworld\n"))

    assert Redirect.objects.get().old_path == "/pubs.html"


def test_unknown_keys_get_a_word(write):
    out = run(write("---\nlayout: archive\nwhatever: 1\n---\n# Hello\nworld\n"))

    assert "header: not needed here and left out: layout, whatever" in out


TEXT = "# Über mich\n\nIch heiße Käthe.\n\n## Publications\n- **Ein Titel**\n  **Käthe Groß**, Jan Öl\n  *Zeitschrift, 2020*\n"


@pytest.mark.parametrize(
    ("data", "warning"),
    [
        (TEXT.encode(), False),
        (TEXT.encode("utf-8-sig"), False),
        (TEXT.encode("utf-16"), False),
        (TEXT.encode("utf-16-le"), False),
        (TEXT.encode("utf-16-be"), False),
        (TEXT.encode("latin-1"), True),
        (TEXT.encode("cp1252"), True),
        (TEXT.replace("\n", "\r\n").encode(), False),
        (TEXT.replace("\n", "\r").encode(), False),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "crlf", "cr"],
)
def test_whatever_program_wrote_the_file(write, data, warning):
    out = run(write(data))

    publication = Publication.objects.get()
    assert publication.title == "Ein Titel"
    assert [str(row.author) for row in publication.authorships.all()] == ["Käthe Groß", "Jan Öl"]
    assert ("not UTF-8" in out) is warning


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not a text file"),
        (b"%PDF-1.4\n" + bytes(range(32)) * 50, "not a text file"),
        (os.urandom(5000), "not a text file"),
        (b"word " * 4_000_001, "larger than 20 MB"),
    ],
    ids=["empty", "blank", "png", "pdf", "random", "huge"],
)
def test_what_is_no_page_gets_one_sentence_and_saves_nothing(write, data, message):
    before = rows()

    with pytest.raises(CommandError, match=message):
        run(write(data))

    assert rows() == before


def test_missing_path_and_folder_get_one_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"There is no file .*nowhere\.md: check the path\."):
        run(tmp_path / "nowhere.md")
    with pytest.raises(CommandError, match="is a folder, but no site made with Jekyll"):
        run(tmp_path)


def test_page_of_somebody_else_is_named_as_such(write):
    run(SAMPLE)

    out = run(PAGES / "titled.md", dry_run=True)

    assert "this page seems to be Jane Doe’s, and this site is Mingqing Xiao’s" in out


def test_database_that_was_never_set_up_gets_one_sentence(tmp_path):
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": ""}
    environment.pop("DJANGO_SETTINGS_MODULE")
    commands = ["import_site", str(SAMPLE)], ["export_publications"], ["undo_import"]

    for command in commands:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=SAMPLE.parents[2],
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert done.stderr.strip().endswith("run manage.py migrate first.")


def test_broken_header_is_left_out_with_a_word(write):
    out = run(write("---\ntitle: [a\n---\n# Hello\nworld\n"))

    assert "the header is not valid YAML" in out
    assert Section.objects.get().body == "world"


def test_page_without_headings_or_header_comes_in(write):
    run(write("Just some text."))

    assert Section.objects.get().body == "Just some text."


def test_page_that_says_nothing_gets_a_sentence(write):
    with pytest.raises(CommandError, match="shows nothing"):
        run(write("<!-- nothing -->\n"))


def test_failure_while_writing_leaves_nothing_behind(write, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr("publications.rows.insert", fail)
    before = rows()

    with pytest.raises(RuntimeError):
        run(SAMPLE)

    assert rows() == before


def test_silent_at_verbosity_0():
    assert run(SAMPLE, verbosity=0) == ""


@pytest.mark.slow
def test_very_long_page_comes_in_whole(write):
    entry = "Some *words* and a [link](https://example.org/{0}) number {0}.\n\n"

    run(write("# About\n\n" + "".join(entry.format(n) for n in range(5000))), verbosity=0)

    assert Section.objects.count() > 3
    assert "number 4999." in Section.objects.last().body


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from(
            [
                "# Publications", "## Journal papers", "- **A Title**  ", "  **Jane Doe**, John Roe  ",
                "  *Venue (V), 2020* (Oral)", "text with *words* and [a link](https://a.org/x)", "",
                "1. Second Title\\", "**Jane Doe** and Bo Chen\\", "NeurIPS 2021 [pdf](https://a.org/y)",
                "<b>bold", "| a | b |\n|---|---|\n| c | d |", "> quoted",
                "---", "<ol reversed><li>item</li></ol>", "```\ncode here\n```", "Term\n: definition",
            ]
        ),
        min_size=1,
        max_size=14,
    ).map("\n".join)
)  # fmt: skip
def test_any_page_comes_in_whole(tmp_path, text):
    for model in (Section, Publication, Category, Profile, Author, ImportRun):
        model.objects.all().delete()
    path = tmp_path / "page.md"
    path.write_text(f"Hello\n\n{text}\n")

    check_nothing_is_lost(path)
