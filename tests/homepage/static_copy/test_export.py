"""The public site as files."""

import json
import sqlite3
from io import StringIO
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.redirects.models import Redirect
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homepage.models import Section
from homepage.public_addresses import public_addresses
from homepage.static_copy.manifest import MANIFEST
from homepage.static_copy.visitor import close
from publications.models import Publication
from tests.factories import make_publication, make_section
from tests.homepage.static_copy.conftest import PDF

pytestmark = pytest.mark.django_db

BASE = "https://jane.example.org"


def run(target, base_url=BASE, **options):
    out = StringIO()
    call_command("export_site", target, base_url=base_url, stdout=out, **{"jobs": 1, **options})
    return out.getvalue()


def files(target):
    paths = [path for path in target.rglob("*") if path.is_file() and path.name != MANIFEST]
    return {str(path.relative_to(target)): path.read_bytes() for path in paths}


def file_at(found, path):
    return found[f"{path}index.html".lstrip("/") if path.endswith("/") else path.lstrip("/")]


def test_every_address_is_a_file_with_just_what_the_live_site_answers(
    client, settings, site, target
):
    run(target)

    settings.SITE_URL = BASE
    found = files(target)
    for address in public_addresses():
        response = client.get(address.path)
        content = b"".join(response) if response.streaming else response.content
        close(response)
        assert file_at(found, address.path) == content, address.path
    assert found["404.html"] == client.get("/404.html").content


def test_nothing_hidden_is_in_any_file(site, target):
    run(target)

    for name, content in files(target).items():
        assert "hidden" not in name, name
        assert b"Hidden" not in content, name
    assert "media/papers/draft.pdf" not in files(target)


def test_what_pages_show_comes_along_and_nothing_else(site, target):
    run(target)

    found = files(target)
    uploads = {name for name in found if name.startswith("media/")}
    assert uploads == {"media/cv/cv.pdf"}  # a paper's PDF stands beside its page
    assert found["publications/first/paper.pdf"] == PDF
    static = {name for name in found if name.startswith("static/")}
    assert "static/homepage/site.css" in static
    assert not any("admin" in name for name in static)


@pytest.mark.parametrize("base_url", [BASE, "https://jane.example.org/~jane/site/"])
def test_no_link_leads_nowhere(site, target, base_url):
    Redirect.objects.create(site_id=1, old_path="/about/", new_path="/")
    run(target, base_url)

    found = files(target)
    prefix = urlsplit(base_url).path.rstrip("/")
    checked = 0
    for name in found:
        if not name.endswith(".html"):
            continue
        soup = BeautifulSoup(found[name], "html.parser")
        for tag in soup.find_all(["a", "link", "img", "script", "form"]):
            link = tag.get("href") or tag.get("src") or tag.get("action") or ""
            if link.startswith("/"):
                assert link.startswith(f"{prefix}/"), (name, link)
                path = urlsplit(link).path.removeprefix(prefix)
                assert file_at(found, path) is not None, (name, link)
                checked += 1
    assert checked > 50


def test_what_only_lists_refer_to_comes_along_whatever_is_made_again(target):
    make_section("About me", body="Text.")
    make_publication("First")
    for title in ("Second", "Third"):
        run(target)
        assert b"site.js" in files(target)["publications/index.html"]
        assert b"site.js" not in files(target)["index.html"]
        assert "static/homepage/site.js" in files(target)
        Publication.objects.all().delete()
        make_publication(title)


def test_whole_addresses_are_those_of_the_new_place(site, target):
    run(target, "https://jane.example.org/~jane")

    found = files(target)
    soup = BeautifulSoup(found["publications/first/index.html"], "html.parser")
    canonical = soup.find("link", rel="canonical")["href"]
    assert canonical == "https://jane.example.org/~jane/publications/first/"
    assert b"<loc>https://jane.example.org/~jane/service/</loc>" in found["sitemap.xml"]
    assert b"Sitemap: https://jane.example.org/~jane/sitemap.xml" in found["robots.txt"]
    for name, content in found.items():
        assert b"localhost" not in content, name
        assert b"testserver" not in content, name


def test_without_any_address_a_sentence_says_how_to_give_one(target):
    with pytest.raises(CommandError, match="Say where the copy will stand"):
        run(target, None)
    with pytest.raises(CommandError, match="must be a whole address"):
        run(target, "jane.example.org")
    assert not target.exists()


def test_the_address_of_the_site_is_the_default(settings, site, target):
    settings.SITE_URL = "https://mine.example.org"

    run(target, None)

    assert b"https://mine.example.org/service/" in files(target)["sitemap.xml"]


def test_a_redirect_is_a_page_that_leads_on_or_a_copy_where_the_path_names_a_kind(site, target):
    for old, new in [
        ("/about/", "/"),
        ("/about.html", "/"),
        ("/cv.pdf", "/media/cv/cv.pdf"),
        ("/teaching", "/service/"),
        ("/elsewhere/", "https://other.example.org/x"),
        ("/gone/", ""),
        ("/publications/", "/"),
    ]:
        Redirect.objects.create(site_id=1, old_path=old, new_path=new)

    out = run(target, f"{BASE}/site")

    found = files(target)
    assert found["about.html"] == found["index.html"]
    assert found["cv.pdf"] == PDF
    for name, address in [
        ("about/index.html", "/site/"),
        ("teaching/index.html", "/site/service/"),
        ("elsewhere/index.html", "https://other.example.org/x"),
    ]:
        stub = BeautifulSoup(found[name], "html.parser")
        assert stub.find("meta", {"http-equiv": "refresh"})["content"] == f"0; url={address}"
        assert stub.a["href"] == address
    assert "gone/index.html" not in found
    assert b"<h1" in found["publications/index.html"]
    assert "Warning" not in out


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("/a/../../x", "/", "no file can stand for it"),
        ("/old/", "/nothing/", "there is nothing at its target"),
        ("/old/", "/admin/", "there is nothing at its target"),
        ("/old.pdf", "https://other.example.org/x.pdf", "its target is elsewhere"),
    ],
)
def test_a_redirect_that_no_file_can_be_is_named(site, target, old, new, why):
    Redirect.objects.create(site_id=1, old_path=old, new_path=new)

    assert why in run(target)


def test_a_broken_link_that_the_owner_typed_is_reported(site, target):
    make_section(
        "More",
        body="See [this](/files/none.pdf), [that](/admin/) and [draft](/media/papers/draft.pdf).",
    )
    make_publication("Third", links=[("slides", "/files/slides.pdf")])

    out = run(target)

    assert "Broken link: /files/none.pdf on /, typed in section “More”." in out
    assert "Broken link: /admin/ on /, typed in section “More”." in out
    assert "Broken link: /media/papers/draft.pdf on /, typed in section “More”." in out
    assert "Broken link: /files/slides.pdf on /publications/third/, typed in link “slides”." in out
    assert "media/papers/draft.pdf" not in files(target)


@pytest.mark.parametrize(
    ("name", "path", "place"),
    [
        ("cv/cv.pdf", "/media/cv/cv.pdf", "/"),
        ("papers/a.pdf", "/publications/first/paper.pdf", "/publications/first/"),
    ],
)
def test_a_lost_upload_stops_the_export(site, target, media_root, name, path, place):
    run(target)
    before = files(target)
    (media_root / name).unlink()
    Publication.objects.update(note="Changed")

    with pytest.raises(CommandError, match=f"links to what is not there: .*{path} on {place}"):
        run(target)

    assert files(target) == before


def test_the_same_again_writes_nothing_and_a_change_only_what_it_touches(site, target):
    assert "0 unchanged" in run(target)
    before = {name: (target / name).stat().st_ino for name in files(target)}

    assert "0 new or changed" in run(target)
    Publication.objects.filter(slug="second").update(title="Second thoughts")
    Publication.objects.filter(slug="first").update(visibility="draft")
    run(target)

    after = {name: (target / name).stat().st_ino for name in files(target)}
    assert before["service/index.html"] == after["service/index.html"]
    assert before["publications/second/index.html"] != after["publications/second/index.html"]
    assert "publications/first/index.html" not in after
    assert "media/papers/a.pdf" not in after


def test_a_dry_run_says_what_would_be_done(site, target):
    assert "Dry run, nothing was written" in run(target, dry_run=True)
    assert not target.exists()
    run(target)
    Section.objects.filter(title="Service").update(body="No more.")

    out = run(target, dry_run=True)

    assert "1 new or changed" in out
    assert b"No more" not in files(target)["service/index.html"]


def test_if_nothing_changed_it_ends_at_once(site, target, monkeypatch):
    assert "Wrote " in run(target, if_changed=True)
    with monkeypatch.context() as patch:
        patch.setattr("homepage.static_copy.export.Copy", None)
        assert "Nothing to do" in run(target, if_changed=True)

    Section.objects.filter(title="Service").update(body="No more.")
    assert " new or changed" in run(target, if_changed=True)
    assert "Wrote " in run(target, f"{BASE}/site", if_changed=True)


def test_files_that_hosts_ask_for(site, target):
    run(target, f"{BASE}/site", cname=True)

    found = files(target)
    assert found["CNAME"] == b"jane.example.org\n"
    assert found[".nojekyll"] == b""
    run(target)
    assert "CNAME" not in files(target)


def test_it_says_what_it_does_unless_asked_not_to(site, target):
    assert run(target).endswith(f" removed) to {target}, for {BASE}/\n") is False
    assert run(target, verbosity=0) == ""
    Publication.objects.all().update(visibility="draft")
    assert " removed) to " in run(target)


def test_a_folder_of_somebody_else_is_left_alone(site, target):
    target.mkdir()
    (target / "thesis.tex").write_text("mine")

    with pytest.raises(CommandError, match="is not empty and no earlier export"):
        run(target)

    assert [path.name for path in target.iterdir()] == ["thesis.tex"]


def test_style_sheets_that_were_never_collected_get_a_sentence(site, target, settings):
    backend = "homepage.static_files.CollectedFiles"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}

    with pytest.raises(CommandError, match=r"homepage/site\.css is not among .* collectstatic"):
        run(target)

    assert not target.exists()


def test_a_full_disk_gets_a_sentence(site, target, monkeypatch):
    def fail(*args):
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr("homepage.static_copy.target.Draft.write", fail)

    with pytest.raises(CommandError, match="x cannot be written: No space left on device"):
        run(target)
    assert not target.exists()


def test_a_full_disk_in_the_data_folder_gets_a_sentence(site, target, monkeypatch):
    run(target)
    before = files(target)

    def fail(*args):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("homepage.static_copy.state.State.put_papers", fail)
    Publication.objects.update(note="Changed")

    with pytest.raises(
        CommandError, match="exports/.* cannot be written: database or disk is full"
    ):
        run(target)
    assert files(target) == before


def test_more_papers_take_no_more_queries(site, media_root, tmp_path):
    """A batch of papers, their pages, files and uploads, is looked up at once."""
    counts = []
    for number in (1, 12):
        for one in range(number):
            # Nothing that makes a list of its own: these would be more pages.
            paper = make_publication(
                f"More {number}-{one}", authors=["Di He"], year=1999, pdf="papers/a.pdf"
            )
            slides = f"uploads/{number}-{one}.pdf"
            (media_root / slides).write_bytes(b"%PDF-1.7")
            paper.links.create(label="slides", file=slides)
        with CaptureQueriesContext(connection) as queries:
            run(tmp_path / str(number))
        assert (tmp_path / str(number) / "media" / slides).exists()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_start_page_tells_how_the_last_export_ended(site, target, admin_client):
    def page():
        found = BeautifulSoup(admin_client.get("/admin/").content, "html.parser")
        return " ".join(found.select_one(".desk").get_text(" ").split())

    run(target, dry_run=True)
    assert "The last copy" not in page()
    run(target)
    count = len(files(target))
    assert f"The last copy was made 0 minutes ago: {count} files in {target}." in page()
    make_section("More", body="See [this](/files/none.pdf).")
    run(target, if_changed=True)
    assert "1 thing is missing in the copy Broken link: /files/none.pdf on /" in page()
    (target / "mine").touch()
    with pytest.raises(CommandError):
        run(target)
    assert f"The copy in {target} could not be made {target} holds what the export did" in page()
    (target / "mine").unlink()
    run(target, if_changed=True)
    assert "could not be made" not in page()


def test_a_site_with_nothing_on_it_gets_a_sentence(target):
    with pytest.raises(CommandError, match="nothing on the site yet"):
        run(target)
    assert not target.exists()


def test_the_manifest_names_what_was_written(site, target):
    run(target)

    head, *lines = (target / MANIFEST).read_text().splitlines()
    assert json.loads(head)["base_url"] == BASE
    sizes = {line.split("\t")[0]: int(line.split("\t")[1]) for line in lines}
    assert sizes == {name: len(content) for name, content in files(target).items()}
