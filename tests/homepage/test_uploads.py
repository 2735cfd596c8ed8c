"""Preview and upload of the Markdown editor, and the attacks that the package alone allows."""

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse
from PIL import Image

from homepage.common.markdown import render

pytestmark = pytest.mark.django_db

SCRIPT = b"<script>alert(1)</script>"
HTML = b"<!doctype html>" + SCRIPT
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def encoded(format, mode="RGB", size=(8, 8), **options):
    out = io.BytesIO()
    Image.new(mode, size).save(out, format, **options)
    return out.getvalue()


def bomb():
    """Return a PNG of 400 million pixels in some 50 kB."""
    return encoded("PNG", "1", (20_000, 20_000))


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def send(client, content, name="photo.png", content_type="image/png", **headers):
    file = SimpleUploadedFile(name, content, content_type)
    return client.post(reverse("markdown-upload"), {"image": file}, **headers)


def stored(media_root):
    return [path for path in media_root.rglob("*") if path.is_file()]


def test_a_picture_is_stored_under_a_name_of_its_content(editor, media_root):
    answer = send(editor, encoded("PNG"), name="My Photo.PNG").json()

    [file] = stored(media_root)
    assert re.fullmatch(r"[0-9a-f]{32}\.png", file.name)
    assert answer["image_path"] == f"/media/uploads/{file.name}"
    assert answer["image_code"] == f"![Describe the picture](/media/uploads/{file.name})"
    assert f'src="/media/uploads/{file.name}"' in render(answer["image_code"])


def test_the_same_picture_is_stored_once(editor, media_root):
    first = send(editor, encoded("PNG")).json()
    second = send(editor, encoded("PNG"), name="again.png").json()

    assert first == second
    assert len(stored(media_root)) == 1


@pytest.mark.parametrize(
    ("name", "content_type", "content"),
    [
        ("evil.html", "image/gif", HTML),
        ("evil.svg", "image/gif", SVG),
        ("evil.svg", "image/svg+xml", SVG),
        ("evil.svg", "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
        ("evil.svg", "image/svg+xml", b'<svg><a href="javascript:x()"><text>x</text></a></svg>'),
        (
            "evil.svg",
            "image/svg+xml",
            b'<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>x()</s:script></s:svg>',
        ),
        ("evil.svg", "image/svg+xml", SVG.decode().encode("utf-16")),
        ("broken.svg", "image/svg+xml", b"<svg><"),
        ("broken.png", "image/png", encoded("PNG")[:40]),
        ("page.png", "image/png", HTML),
        ("empty.png", "image/png", b""),
        ("bomb.png", "image/png", bomb()),
        ("big.png", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(5_000_001)),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_is_no_picture_is_refused_with_a_sentence(
    editor, media_root, name, content_type, content
):
    response = send(editor, content, name, content_type)

    assert response.status_code == 400
    assert response.json()["error"].endswith(".")
    assert not stored(media_root)


@pytest.mark.parametrize(
    ("name", "content_type", "content", "suffix"),
    [
        ("e.html", "image/jpeg", encoded("JPEG", comment=SCRIPT), ".jpg"),
        ("e.html", "image/png", encoded("PNG"), ".png"),
        ("x.php.jpg", "image/jpeg", encoded("PNG") + SCRIPT, ".png"),
        ("rgba.jpg", "image/jpeg", encoded("PNG", "RGBA"), ".png"),
        ("../../evil.png", "image/png", encoded("PNG"), ".png"),
        ("CON.png", "text/html", encoded("PNG"), ".png"),
        ("n" * 300 + ".png", "image/png", encoded("PNG"), ".png"),
        ("moving.gif", "image/gif", encoded("GIF"), ".png"),
        ("photo.webp", "image/webp", encoded("WEBP"), ".webp"),
    ],
)
def test_a_picture_is_encoded_anew_whatever_it_is_called(
    editor, media_root, name, content_type, content, suffix
):
    response = send(editor, content, name, content_type)

    assert response.status_code == 200
    [file] = stored(media_root)
    assert file.parent == media_root / "uploads"
    assert file.suffix == suffix
    assert SCRIPT not in file.read_bytes()
    Image.open(file).verify()


def test_an_upload_without_a_picture_is_refused(editor):
    response = editor.post(reverse("markdown-upload"))

    assert (response.status_code, response.json()["error"]) == (400, "Choose a picture first.")


def test_the_preview_shows_what_the_page_shows(editor):
    text = "# Title\n\nSome *text*, $x^2$ and a [link](https://example.org/)\n\n| a |\n| - |\n| b |"

    response = editor.post(reverse("markdown-preview"), {"content": text})

    assert response.content.decode() == render(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<a href='jAvAsCrIpT:alert(1)'>x</a>",
        "<svg onload=alert(1)>",
        "<iframe src='//evil.example'></iframe>",
    ],
)
def test_the_preview_runs_nothing(editor, text):
    html = editor.post(reverse("markdown-preview"), {"content": text}).content.decode().lower()

    assert "<script" not in html
    assert "<svg" not in html
    assert "<iframe" not in html
    assert not re.search(r"<[^>]*(onerror|onload|javascript:)", html)


def test_the_preview_refuses_a_text_that_is_too_long(editor):
    response = editor.post(reverse("markdown-preview"), {"content": "x" * 100_001})

    assert response.status_code == 400
    assert response.content.decode() == "The text is longer than 100,000 characters."


def test_a_preview_of_nothing_is_empty(editor):
    response = editor.post(reverse("markdown-preview"))

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("name", ["markdown-preview", "markdown-upload"])
@pytest.mark.parametrize("user", ["nobody", "reader", "inactive"])
def test_only_staff_may_call_them(client, media_root, name, user):
    if user != "nobody":
        staff = {"is_staff": user == "inactive", "is_active": user == "reader"}
        client.force_login(get_user_model().objects.create_user(user, **staff))

    response = client.post(
        reverse(name), {"content": "x", "image": SimpleUploadedFile("a.png", encoded("PNG"))}
    )

    assert response.status_code == 403
    assert response.content.decode() == "You are logged out. Log in again in another tab."
    assert not stored(media_root)


@pytest.mark.parametrize("name", ["markdown-preview", "markdown-upload"])
def test_they_take_nothing_but_post(editor, name):
    assert editor.get(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", ["markdown-preview", "markdown-upload"])
def test_they_need_the_token_of_the_form(name):
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.create_superuser("owner"))

    assert client.post(reverse(name), {"content": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["markdownx_upload", "markdownx_markdownify"])
def test_the_urls_of_the_package_are_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_editor_calls_our_addresses(settings):
    from markdownx import settings as package

    assert reverse("markdown-preview") == package.MARKDOWNX_URLS_PATH
    assert reverse("markdown-upload") == package.MARKDOWNX_UPLOAD_URLS_PATH


def test_the_packages_own_views_would_be_narrow_too():
    from django.utils.module_loading import import_string
    from markdownx import settings as package

    assert set(package.MARKDOWNX_UPLOAD_CONTENT_TYPES) == {"image/jpeg", "image/png"}
    assert package.MARKDOWNX_UPLOAD_MAX_SIZE == 5 * 1024 * 1024
    assert import_string(package.MARKDOWNX_MARKDOWNIFY_FUNCTION) is render


def test_an_upload_is_served_as_the_picture_it_is(editor):
    path = send(editor, encoded("JPEG"), "e.html", "text/html").json()["image_path"]

    response = Client().get(path)
    assert b"".join(response)

    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert default_storage.exists(path.removeprefix("/media/"))
