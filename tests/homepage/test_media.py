"""Uploaded files, as visitors and as attackers ask for them (35 of the bad inputs)."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from homepage.static_copy.visitor import close
from publications.models import PublicationLink
from tests.factories import make_publication

pytestmark = pytest.mark.django_db

BODY = bytes(range(256)) * 4
PDF = b"%PDF-1.7\n" + BODY


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "db.sqlite3").write_bytes(b"SQLite format 3")
    write(settings.MEDIA_ROOT, "uploads/a.png", BODY)
    write(settings.MEDIA_ROOT, "papers/a.pdf", PDF)
    return settings.MEDIA_ROOT


class ClosingClient(Client):
    """Closes the file of an answer whose body nobody reads, as a server does."""

    def request(self, **request):
        response = super().request(**request)
        if response.streaming:
            response.body = b"".join(response)
            close(response)
        return response


@pytest.fixture
def client():
    return ClosingClient()


def write(root, name, content):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def body(response):
    return response.body


def test_a_picture_comes_with_its_type_and_may_do_nothing(client):
    response = client.get("/media/uploads/a.png")

    assert body(response) == BODY
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Length"] == str(len(BODY))
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
    assert response.headers["Content-Disposition"] == 'inline; filename="a.png"'
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert "Vary" not in response.headers
    assert not response.cookies


def test_a_pdf_may_load_nothing(client):
    make_publication(title="Learning to fold", pdf="papers/a.pdf")

    upload = client.get("/media/papers/a.pdf")
    paper = client.get("/publications/learning-to-fold/paper.pdf")

    for response in (upload, paper):
        assert response.headers["Content-Type"] == "application/pdf"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "script-src" not in response.headers["Content-Security-Policy"]
    assert "sandbox" in upload.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "uploads",
        "uploads/",
        "uploads/b.png",
        "../db.sqlite3",
        "uploads/../../db.sqlite3",
        "uploads/%2e%2e/%2e%2e/db.sqlite3",
        "..%2fdb.sqlite3",
        "..%5cdb.sqlite3",
        "/etc/passwd",
        "uploads//a.png",
        "uploads/./a.png",
        "uploads/a.png%00.pdf",
        "uploads/a.png%0d%0aX-Evil:1",
        "uploads/a.png/",
        ".hidden/a.png",
        "uploads/.a.png",
        "C:/a.png",
        "uploads/page.html",
        "uploads/image.svg",
        "uploads/noending",
        "loop/a.png",
        "out/db.sqlite3",
        "out/secret.png",
        "uploads/secret.png",
        "folder.png",
        "x" * 5000 + ".png",
        "%c0%ae%c0%ae/db.sqlite3",
    ],
)
def test_35_nothing_else_is_there(client, media_root, tmp_path, path):
    for name in ("page.html", "image.svg", "noending", ".a.png"):
        write(media_root, f"uploads/{name}", b"<script>")
    write(media_root, ".hidden/a.png", BODY)
    write(tmp_path, "secret.png", BODY)
    (media_root / "out").symlink_to(tmp_path)
    (media_root / "uploads/secret.png").symlink_to(tmp_path / "secret.png")
    (media_root / "loop").symlink_to(media_root / "loop")
    (media_root / "folder.png").mkdir()

    assert client.get(f"/media/{path}").status_code == 404


def test_a_browser_that_has_it_gets_304(client):
    first = client.get("/media/uploads/a.png")

    again = client.get("/media/uploads/a.png", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    since = client.get(
        "/media/uploads/a.png", HTTP_IF_MODIFIED_SINCE=first.headers["Last-Modified"]
    )
    odd = client.get("/media/uploads/a.png", HTTP_IF_MODIFIED_SINCE="yesterday")

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert since.status_code == 304
    assert odd.status_code == 200


def test_a_changed_file_has_another_etag(client, media_root):
    first = client.get("/media/uploads/a.png").headers["ETag"]
    write(media_root, "uploads/a.png", BODY + b"more")

    response = client.get("/media/uploads/a.png", HTTP_IF_NONE_MATCH=first)

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, 1024),
        ("bytes=-24", 1000, 1024),
        ("bytes=-5000", 0, 1024),
        ("bytes=1000-999999", 1000, 1024),
        ("bytes= 5 - 9", 5, 10),
    ],
)
def test_a_part_is_sent(client, asked, start, stop):
    response = client.get("/media/uploads/a.png", HTTP_RANGE=asked)

    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {start}-{stop - 1}/1024"
    assert response.headers["Content-Length"] == str(stop - start)
    assert body(response) == BODY[start:stop]


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=5-2",
        "bytes=-",
        "bytes=a-b",
        "bytes 0-5",
        "lines=0-5",
        "bytes=0-0,5-9",
        "bytes=" + ",".join(["0-"] * 10_000),
        "bytes=٠-٥",
        "bytes=1" + "0" * 60 + "-",
        "bytes=--5",
    ],
    ids=lambda asked: asked[:20],
)
def test_35_36_other_ranges_are_ignored(client, asked):
    response = client.get("/media/uploads/a.png", HTTP_RANGE=asked)

    assert response.status_code == 200
    assert body(response) == BODY


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
def test_a_part_that_is_not_there_is_416(client, asked):
    response = client.get("/media/uploads/a.png", HTTP_RANGE=asked)

    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */1024"


def test_a_part_of_another_version_is_not_sent(client):
    etag = client.get("/media/uploads/a.png").headers["ETag"]
    ask = {"HTTP_RANGE": "bytes=0-9"}

    same = client.get("/media/uploads/a.png", HTTP_IF_RANGE=etag, **ask)
    other = client.get("/media/uploads/a.png", HTTP_IF_RANGE='"other"', **ask)

    assert (same.status_code, other.status_code) == (206, 200)


def test_head_has_the_headers_and_no_body(client):
    response = client.head("/media/uploads/a.png", HTTP_RANGE="bytes=0-9")

    assert response.status_code == 200
    assert response.headers["Content-Length"] == "1024"
    assert response.content == b""


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_files_are_only_read(client, method):
    assert getattr(client, method)("/media/uploads/a.png").status_code == 405


@pytest.mark.parametrize("field", ["pdf", "image", "link"])
@pytest.mark.parametrize("visibility", ["draft", "trash"])
def test_a_file_of_drafts_only_is_for_staff(client, field, visibility):
    paper = make_publication(visibility=visibility)
    if field == "link":
        PublicationLink.objects.create(publication=paper, label="pdf", file="papers/a.pdf")
    else:
        setattr(paper, field, "papers/a.pdf")
        paper.save()

    assert client.get("/media/papers/a.pdf").status_code == 404
    client.force_login(get_user_model().objects.create_user("reader"))
    assert client.get("/media/papers/a.pdf").status_code == 404
    client.force_login(get_user_model().objects.create_superuser("owner"))
    response = client.get("/media/papers/a.pdf")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Vary"] == "Cookie"


def test_a_file_that_a_public_paper_has_too_is_public(client):
    make_publication(visibility="draft", pdf="papers/a.pdf")
    make_publication(pdf="papers/a.pdf")

    assert client.get("/media/papers/a.pdf").status_code == 200


def test_a_paper_has_its_pdf_at_its_own_address(client):
    make_publication(title="Learning to fold", pdf="papers/a.pdf")

    response = client.get(reverse("paper", args=["learning-to-fold"]))

    assert response.request["PATH_INFO"] == "/publications/learning-to-fold/paper.pdf"
    assert body(response) == PDF
    assert response.headers["Content-Disposition"] == 'inline; filename="learning-to-fold.pdf"'


@pytest.mark.parametrize("values", [{"visibility": "draft"}, {"pdf": ""}, {"pdf": "papers/no.pdf"}])
def test_no_pdf_without_a_public_paper_that_has_one(client, values):
    make_publication(title="Learning to fold", **{"pdf": "papers/a.pdf", **values})

    assert client.get("/publications/learning-to-fold/paper.pdf").status_code == 404
